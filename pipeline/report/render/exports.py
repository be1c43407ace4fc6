"""The public exports: tables that other programs read, with these file names and at least these columns.

They are for everyone: beside the file of one directorate, which lists its agents' ideas, they place no holder. A reason
names no idea; an affinity, which is the membership of one of the person's ideas, is shared by enough people of its
group (microaggregation); a person waits in one line, not in the several that tell which themes their idea touches.
The whole tables are in `private/export`, for the team.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.report.facts.frames import Row, rows, text
from pipeline.report.facts.themes import Theme
from pipeline.report.facts.words import capital
from pipeline.report.papers.places import best_line

NAMES = {
    "themes": "Thèmes", "idea_themes": "Thème de chaque idée", "hierarchy": "Familles et sous-thèmes",
    "assignments": "Composition des groupes", "waiting_list": "Listes d’attente",
}  # fmt: skip
"""Tables exported, each as `<name>.csv`, with their titles."""
FULL = ("assignments", "waiting_list", "themes")
"""Tables that the team also has as they are."""
REASONS = {
    "placed": "Place proposée d’après ses idées, ses vœux ou une décision.",
    "volunteer": "Place proposée à une personne volontaire.",
    "waiting": "En attente d’une place.",
    "not_concerned": "Aucune place proposée.",
    "facilitator": "Anime ce groupe, sans en être membre.",
}
"""Status → what everyone may read."""
_SPREAD = ("transversality", "transversality_chance", "transversality_low", "transversality_high")
_SHARES = ("kind_value", "kind_share")
_FEW = 2
"""Themes of fewer agents than so many times the threshold give no figure of their mixing: it would tell the counts."""

_PUBLIC = {
    "assignments": ["holder_id", "lab_id", "status", "affinity", "rank", "reason"],
    "waiting_list": ["holder_id", "lab_id", "place_in_line", "affinity", "reason"],
}
"""Columns that are public, where the others are facts for the team: a person's ideas, counts of a group's members."""


def exports(tables: Mapping[str, pd.DataFrame], themes: tuple[Theme, ...], threshold: int) -> dict[str, pd.DataFrame]:
    """Return the frames to export by name.

    Args:
        tables: as the chain left them.
        themes: as everyone may read them: reasons without small counts.
        threshold: fewer people than this are never told apart.
    """
    whole = {name: tables[name] for name in NAMES}
    return whole | {
        "themes": _themes(tables["themes"], themes, threshold),
        "assignments": _assignments(tables["assignments"], threshold),
        "waiting_list": _waiting(tables["waiting_list"], threshold),
    }


def _themes(frame: pd.DataFrame, themes: tuple[Theme, ...], threshold: int) -> pd.DataFrame:
    known = {theme.theme_id: theme for theme in themes}
    agents = frame["theme_id"].map(lambda theme: known[theme].holders if theme in known else None)
    few = (agents.fillna(0) < _FEW * threshold).astype(bool)
    told = frame["theme_id"].map(lambda theme: known[theme].kind_reason if theme in known else "")
    whole = (told == frame["kind_reason"].map(lambda reason: capital(text(reason)))) & ~few
    mixing = {column: frame[column].round(2).mask(few) for column in _SPREAD}
    shares = {column: frame[column].where(whole, None) for column in _SHARES if column in frame}
    holders = {"holders": agents.astype("Int64")} if "holders" in frame else {}
    return frame.assign(**mixing, **shares, **holders, kind_reason=told)


def _assignments(frame: pd.DataFrame, threshold: int) -> pd.DataFrame:
    shared = frame.assign(affinity=_shared(frame, ["lab_id", "status"], threshold))
    return shared.assign(reason=frame["status"].map(REASONS).fillna(""))[_PUBLIC["assignments"]]


def _waiting(frame: pd.DataFrame, threshold: int) -> pd.DataFrame:
    own: dict[str, list[Row]] = {}
    for row in rows(frame):
        own.setdefault(row["holder_id"], []).append(row)
    kept = {(holder, best_line(lines)["lab_id"]) for holder, lines in own.items()}
    pairs = zip(frame["holder_id"], frame["lab_id"], strict=True)
    best = frame[pd.Series([pair in kept for pair in pairs], index=frame.index, dtype=bool)].reset_index(drop=True)
    told = best.assign(affinity=_shared(best, ["lab_id"], threshold), reason=REASONS["waiting"])
    return told[_PUBLIC["waiting_list"]]


def _shared(frame: pd.DataFrame, group: list[str], threshold: int) -> pd.Series[float]:
    """Return affinities to a tenth, each shared by the threshold's number of people of the group at least.

    A rarer value takes the nearest one that is shared; a group without any takes its mean.
    """
    told = [own.map(_nearest_shared(own, threshold)) for _, own in frame.groupby(group, sort=True)["affinity"]]
    return pd.concat(told).reindex(frame.index) if told else frame["affinity"]


def _nearest_shared(own: pd.Series[float], threshold: int) -> dict[float, float]:
    """Return affinity → what is told of it."""
    shared = [value for value, count in Counter(own.round(1)).items() if count >= threshold]
    common = np.array(sorted(shared) or [round(float(own.mean()), 1)])
    return {value: float(common[np.abs(common - round(value, 1)).argmin()]) for value in set(own)}
