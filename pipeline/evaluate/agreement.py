"""Agreement of two groupings of the same ideas: theme found and theme given in, figures between 0 and 1 out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, v_measure_score


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two groupings say the same.

    Attributes:
        ideas: number compared.
        v_measure: harmonic mean of homogeneity and completeness (Rosenberg and Hirschberg, 2007).
        ari: adjusted Rand index, 0 by chance (Hubert and Arabie, 1985).
        ami: adjusted mutual information, 0 by chance (Vinh, Epps and Bailey, 2010).
        accuracy: share of ideas in the theme matched to theirs, one theme found to one theme given at the most.
        majority: share of ideas whose theme given is the most frequent one of their theme found; an idea without one is
            not right.
        themes: a row per theme given: theme, size, matched theme_id (empty without), precision, recall.
    """

    ideas: int
    v_measure: float
    ari: float
    ami: float
    accuracy: float
    majority: float
    themes: pd.DataFrame


def agreement(found: pd.Series[str], given: pd.Series[str]) -> Agreement | None:
    """Return the agreement of two groupings, or None when no idea is in both.

    Args:
        found: theme_id by idea_id; an idea without a theme is a group of its own.
        given: theme of the person by idea_id; an empty one is not compared.
    """
    truth = given[given.notna() & (given != "")]
    truth = truth[truth.index.isin(found.index)].sort_index()
    if truth.empty:
        return None
    guess = found.reindex(truth.index)
    alone = pd.Series([f"\0{idea}" for idea in truth.index], index=truth.index)
    guess = guess.where(guess.notna(), alone)
    table = pd.crosstab(truth, guess)
    matched = _match(table)
    return Agreement(
        ideas=len(truth),
        v_measure=float(v_measure_score(truth, guess)),
        ari=float(adjusted_rand_score(truth, guess)),
        ami=float(adjusted_mutual_info_score(truth, guess)),
        accuracy=float((truth.map(matched) == guess).mean()),
        majority=float(table.drop(columns=alone, errors="ignore").max().sum() / len(truth)),
        themes=_per_theme(table, matched),
    )


def _match(table: pd.DataFrame) -> dict[str, str]:
    rows, columns = linear_sum_assignment(-table.to_numpy())
    pairs = zip(rows, columns, strict=True)
    return {str(table.index[r]): str(table.columns[c]) for r, c in pairs if table.iloc[r, c] > 0}


def _per_theme(table: pd.DataFrame, matched: dict[str, str]) -> pd.DataFrame:
    rows = []
    for theme in table.index:
        found = matched.get(theme)
        common = int(table.loc[theme, found]) if found else 0
        rows.append(
            {
                "theme": theme,
                "size": int(table.loc[theme].sum()),
                "theme_id": found or "",
                "precision": common / int(table[found].sum()) if found else 0.0,
                "recall": common / int(table.loc[theme].sum()),
            }
        )
    return pd.DataFrame(rows)


def secondary_recall(idea_themes: pd.DataFrame, secondary: pd.Series[str], matched: dict[str, str]) -> float | None:
    """Return the share of second themes given that are among the two themes found, or None when none is given.

    Args:
        idea_themes: with idea_id, theme_id, theme_id_2.
        secondary: second theme of the person by idea_id.
        matched: theme given → theme_id.
    """
    asked = secondary[secondary.notna() & (secondary != "")].map(matched).dropna()
    found = idea_themes.set_index("idea_id")[["theme_id", "theme_id_2"]].reindex(asked.index)
    if asked.empty:
        return None
    return float(np.mean(found.eq(asked, axis=0).any(axis=1)))
