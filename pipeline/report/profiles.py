"""What an idea may show of its holders: attributes shared by enough agents, never a name."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.french import typeset
from pipeline.report.frames import rows
from pipeline.report.words import department, sort_key

_LEVELS = ("directorate", "site_type", "department")


@dataclass(frozen=True, slots=True)
class Profile:
    """Values that the holders of one idea show, each sorted."""

    directorates: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


def profiles(holders: pd.DataFrame, idea_holders: pd.DataFrame, threshold: int) -> dict[str, Profile]:
    """Return the profile of each idea.

    The combination directorate + kind of site + department is shortened from its end until at least `threshold` agents
    share it: nobody is singled out by crossing the filters of a report.

    Args:
        holders: all agents of the contest.
        idea_holders: who filed what.
        threshold: agents that must share a combination.
    """
    shown = holders.set_index("holder_id")[[]].assign(depth=0)
    for depth in range(1, len(_LEVELS) + 1):
        sizes = holders.groupby(list(_LEVELS[:depth]))["holder_id"].transform("size")
        shown.loc[(sizes >= threshold).to_numpy(), "depth"] = depth
    merged = idea_holders.merge(holders, on="holder_id").merge(shown, left_on="holder_id", right_index=True)
    found: dict[str, tuple[set[str], set[str], set[str]]] = {}
    for row in rows(merged):
        sets = found.setdefault(row["idea_id"], (set(), set(), set()))
        for depth, level in enumerate(_LEVELS[: row["depth"]]):
            if row[level]:
                sets[depth].add(department(row[level]) if level == "department" else typeset(row[level]))
    return {idea: Profile(*(tuple(sorted(s, key=sort_key)) for s in sets)) for idea, sets in found.items()}
