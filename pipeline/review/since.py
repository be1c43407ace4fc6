"""Since people last decided: themes kept, changed, new and gone; ideas that moved, and why."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.french import counted, enumeration, typeset
from pipeline.review.state import Remembered, State
from pipeline.schema import CHANGES

Row = tuple[str, str, str, str]

_ALMOST = 0.9
"""Overlap (Jaccard) from which a theme is said to be as it was."""


def changes(found: Mapping[str, frozenset[str]], remembered: Mapping[str, Remembered], state: State) -> pd.DataFrame:
    """Return what changed since people last saw the candidates (schema `changes`); nothing when they never did.

    Args:
        found: lasting theme id → ideas found in it this time.
        remembered: themes as they were.
        state: after decisions: an idea that a person placed has not moved for the reader.
    """
    if not remembered:
        return CHANGES.empty()
    former: dict[str, set[str]] = {}
    for theme, was in remembered.items():
        for idea in was.members:
            former.setdefault(idea, set()).add(theme)
    rows = [_kept(theme, found[theme], remembered[theme]) for theme in sorted(found) if theme in remembered]
    rows += [_new(theme, found[theme], set(former)) for theme in sorted(found) if theme not in remembered]
    rows += [_gone(theme, remembered[theme]) for theme in sorted(remembered) if theme not in found]
    rows += _moved(found, former, state)
    return CHANGES.check(pd.DataFrame(rows, columns=CHANGES.arrow.names))


def _kept(theme: str, now: frozenset[str], was: Remembered) -> Row:
    came, left = len(now - was.members), len(was.members - now)
    text = f"{counted(len(now), 'idée')}" + (f" : {came} de plus, {left} de moins." if came or left else ".")
    same = len(now & was.members) >= _ALMOST * len(now | was.members)
    return ("theme", theme, "kept" if same else "changed", typeset(text))


def _new(theme: str, now: frozenset[str], known: set[str]) -> Row:
    text = f"Nouveau thème : {counted(len(now), 'idée')}, dont {len(now & known)} déjà dans un thème auparavant."
    return ("theme", theme, "new", typeset(text))


def _gone(theme: str, was: Remembered) -> Row:
    text = f"Thème « {was.label} » : n'a pas été retrouvé. Il comptait {counted(len(was.members), 'idée')}."
    return ("theme", theme, "gone", typeset(text))


def _moved(found: Mapping[str, frozenset[str]], former: Mapping[str, set[str]], state: State) -> list[Row]:
    now = {idea: theme for theme, ideas in found.items() for idea in ideas}
    rows = []
    for idea, place in sorted(state.places.items()):
        before, home = former.get(idea, set()), now.get(idea)
        if place.by is None and before and home not in before:
            lost = before.isdisjoint(found)
            why = "l'ancien thème n'a pas été retrouvé" if lost else "les idées qui lui ressemblent ont changé"
            target = f"au thème {home}" if home else "aux signaux faibles"
            text = f"Passée du thème {enumeration(sorted(before), 'ou')} {target} : {why}."
            rows.append(("idea", idea, "moved", typeset(text)))
    return rows
