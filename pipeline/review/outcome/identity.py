"""A theme found again keeps its id: themes as people last saw them, and which candidate is which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.files.spreadsheet import read_sheet
from pipeline.review.replaying.state import Remembered

COLUMNS = ("theme_id", "label", "idea_id")

SAME = 1 / 3
"""Overlap (Jaccard) from which two groups are one theme: two groups of one size that share half of their ideas."""


def read_identity(content: bytes, name: str) -> dict[str, Remembered]:
    """Return themes as people last saw them, by id; none for an empty file.

    Args:
        content: CSV with one line per idea of each theme.
        name: of the file, for errors.

    Raises:
        MinilabsError: `review.identity` when it is not the file that the program wrote.
    """
    members: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    try:
        rows = read_sheet(content, name, dict.fromkeys(COLUMNS, ()), needed=COLUMNS)
    except MinilabsError as why:
        raise MinilabsError("review.identity", path=name) from why
    for row in rows:
        members.setdefault(row.cells["theme_id"], set()).add(row.cells["idea_id"])
        labels[row.cells["theme_id"]] = row.cells["label"]
    return {theme: Remembered(labels[theme], frozenset(members[theme])) for theme in members}


def identity_bytes(remembered: Mapping[str, Remembered]) -> bytes:
    """Return the file of themes as people last saw them: a line per idea, so that git shows what changed."""
    rows = [
        (theme, remembered[theme].label, idea)
        for theme in sorted(remembered)
        for idea in sorted(remembered[theme].members)
    ]
    return csv_bytes([COLUMNS, *rows])


def members_of(idea_themes: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Return theme id → ideas whose main theme it is, weak signals left out."""
    kept = idea_themes[~idea_themes["weak_signal"].astype(bool) & idea_themes["theme_id"].notna()]
    return {str(theme): frozenset(group) for theme, group in kept.groupby("theme_id")["idea_id"]}


def labels_of(themes: pd.DataFrame) -> dict[str, str]:
    """Return theme id → title."""
    return {str(theme): str(label) for theme, label in zip(themes["theme_id"], themes["label"], strict=True)}


def recognise(found: Mapping[str, frozenset[str]], remembered: Mapping[str, Remembered]) -> dict[str, str]:
    """Return candidate id → lasting id: that of the remembered theme with the best overlap, one to one, else a new one.

    Only ideas known both times count, so that a theme which grows with new ideas is still itself. New ids follow the
    highest number ever used: the number of a theme that is gone is not given again.
    """
    if not remembered:
        return {theme: theme for theme in found}
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - half a second, only to recognise

    candidates, known = sorted(found), sorted(remembered)
    overlap = _overlaps([found[c] for c in candidates], [remembered[k].members for k in known])
    pairs = zip(*linear_sum_assignment(-overlap), strict=True)
    lasting = {candidates[row]: known[column] for row, column in pairs if overlap[row, column] >= SAME}
    last = max((int(m[1]) for theme in known if (m := re.fullmatch(r"T(\d{1,9})", theme))), default=0)
    new = [candidate for candidate in candidates if candidate not in lasting]
    return lasting | {candidate: f"T{number:02}" for number, candidate in enumerate(new, start=last + 1)}


def _overlaps(found: Sequence[frozenset[str]], former: Sequence[frozenset[str]]) -> np.ndarray:
    """Return found × former: their overlap, of the ideas known both times."""
    before, now = frozenset().union(*former), frozenset().union(*found)
    return np.array([[_jaccard(one & before, other & now) for other in former] for one in found]).reshape(
        len(found), len(former)
    )


def _jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    union = len(first | second)
    return len(first & second) / union if union else 0.0


def renamed(
    themes: pd.DataFrame, idea_themes: pd.DataFrame, lasting: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the candidate tables with lasting ids."""
    if all(candidate == theme for candidate, theme in lasting.items()):
        return themes, idea_themes
    themes = themes.assign(**{c: _mapped(themes[c], lasting) for c in ("theme_id", "nearest_theme")})
    columns = ("theme_id", "theme_id_2")
    return themes, idea_themes.assign(**{c: _mapped(idea_themes[c], lasting) for c in columns})


def renamed_nodes(hierarchy: pd.DataFrame, lasting: Mapping[str, str]) -> pd.DataFrame:
    """Return the candidate hierarchy with the lasting ids of themes."""
    columns = ("node_id", "parent_id")
    return hierarchy.assign(**{column: _mapped(hierarchy[column], lasting) for column in columns})


def _mapped(column: pd.Series[str], lasting: Mapping[str, str]) -> pd.Series[str]:
    return column.map(lambda theme: lasting.get(theme, theme), na_action="ignore")


def remember(
    themes: pd.DataFrame, idea_themes: pd.DataFrame, remembered: Mapping[str, Remembered]
) -> dict[str, Remembered]:
    """Return what people see now as what to remember; themes not found this time are kept as they were.

    Args:
        themes: candidates with lasting ids; their titles.
        idea_themes: candidate places with lasting ids.
        remembered: so far.
    """
    members, labels = members_of(idea_themes), labels_of(themes)
    return {
        **remembered,
        **{theme: Remembered(labels[theme], members[theme]) for theme in members if theme in labels},
    }
