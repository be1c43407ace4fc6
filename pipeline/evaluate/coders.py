"""Two people's codings of the same ideas: how far they agree beyond chance, and where they do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.metrics import cohen_kappa_score

from pipeline.evaluate.agreement import agreement


@dataclass(frozen=True, slots=True)
class TwoCoders:
    """Agreement of two codings, the second one's themes renamed after the first's they match best.

    Attributes:
        ideas: coded by both.
        ami: adjusted mutual information (needs no matching of names).
        kappa: Cohen's kappa (Cohen, 1960).
        alpha: Krippendorff's alpha, nominal (Krippendorff, 2004).
        disagreements: a row per pair of themes that differ: first, second, count, ideas (ids joined by spaces); the
            pair that would settle most ideas first.
        renamed: theme of the second coding → theme of the first that it stands for, where the names differ.
    """

    ideas: int
    ami: float
    kappa: float
    alpha: float
    disagreements: pd.DataFrame
    renamed: dict[str, str]


def compare_coders(first: pd.Series[str], second: pd.Series[str]) -> TwoCoders | None:
    """Return the agreement of two codings (theme by idea_id), or None when no idea is in both."""
    both = sorted(set(first[first.notna() & (first != "")].index) & set(second[second.notna() & (second != "")].index))
    result = agreement(second.reindex(both), first.reindex(both)) if both else None
    if result is None:
        return None
    names = {row["theme_id"]: row["theme"] for row in result.themes.to_dict("records") if row["theme_id"]}
    one, two = first[both], second[both].map(lambda theme: names.get(theme, f"{theme} (autre codage)"))
    renamed = {theme: name for theme, name in names.items() if theme != name}
    figures = _kappa(one, two), nominal_alpha(one, two)
    return TwoCoders(len(both), result.ami, *figures, _disagreements(one, two), renamed)


def _kappa(first: pd.Series[str], second: pd.Series[str]) -> float:
    if len(set(first) | set(second)) == 1:  # one theme in all: chance explains everything, and so does agreement
        return 1.0
    return float(cohen_kappa_score(first.to_numpy(), second.to_numpy()))


def nominal_alpha(first: pd.Series[str], second: pd.Series[str]) -> float:
    """Return Krippendorff's alpha of two coders who coded every idea, names of themes compared as they are.

    Alpha is one minus the disagreement observed over the disagreement expected when all 2n codes are drawn at random
    without replacement.
    """
    counts = pd.concat([first, second]).value_counts().to_numpy(dtype=float)
    total = counts.sum()
    expected = 1 - float((counts * (counts - 1)).sum()) / (total * (total - 1))
    observed = float(np.mean(first.to_numpy() != second.to_numpy()))
    return 1.0 if expected == 0 else 1 - observed / expected


def _disagreements(first: pd.Series[str], second: pd.Series[str]) -> pd.DataFrame:
    frame = pd.DataFrame({"idea_id": first.index, "first": first.to_numpy(), "second": second.to_numpy()})
    frame = frame[frame["first"] != frame["second"]]
    pairs = frame.groupby(["first", "second"])["idea_id"]
    table = pairs.agg(count="size", ideas=lambda ids: " ".join(sorted(ids))).reset_index()
    return table.sort_values(["count", "first", "second"], ascending=[False, True, True], ignore_index=True)
