"""The groups to fill, one a theme that calls for one, with the seats and the occupations they admit."""

from __future__ import annotations

import re

import pandas as pd

from pipeline.assign.problem import Lab
from pipeline.params import AssignParams

COMMUNITY = "communaute_metier"
KINDS = ("minilab", COMMUNITY)
"""Kinds of themes that become a group; the others get an answer from a directorate."""

_NUMBERED = re.compile(r"(?:t|th|theme|thème)?[-_ ]?0*(\d+)", re.IGNORECASE)


def lab_id(theme_id: str) -> str:
    """Return the id of a theme's lab: "T03" → "lab-3"; it lasts as long as the theme keeps its id."""
    numbered = _NUMBERED.fullmatch(theme_id)
    return f"lab-{numbered[1]}" if numbered else f"lab-{theme_id}"


def labs_of(
    themes: pd.DataFrame,
    memberships: pd.DataFrame,
    idea_holders: pd.DataFrame,
    holders: pd.DataFrame,
    params: AssignParams,
) -> tuple[Lab, ...]:
    """Return a lab for each theme of a kind in `KINDS`, sorted by id."""
    owned = idea_holders[["idea_id", "holder_id"]].merge(memberships[~memberships["weak"]], on="idea_id")
    owned = owned.merge(holders[["holder_id", "occupation"]], on="holder_id")
    labs = []
    for theme in themes[themes["kind"].isin(KINDS)].to_dict("records"):
        community = theme["kind"] == COMMUNITY
        people = owned.loc[owned["theme_id"] == theme["theme_id"]].drop_duplicates("holder_id")
        labs.append(
            Lab(
                lab_id=lab_id(theme["theme_id"]),
                theme_id=theme["theme_id"],
                label=theme["label"],
                kind=theme["kind"],
                minimum=params.community_min_seats if community else params.min_seats,
                maximum=params.community_max_seats if community else params.max_seats,
                admits=trade(people["occupation"], holders["occupation"], params.trade_lift) if community else (),
            )
        )
    return tuple(sorted(labs, key=lambda lab: lab.lab_id))


def trade(inside: pd.Series[str], everyone: pd.Series[str], lift: float) -> tuple[str, ...]:
    """Return the occupations of a trade community, sorted.

    The most frequent one among the theme's holders, and those that two of them or more have and that are at least
    `lift` times as frequent among them as among all holders: a kitchen's trades come together, a passing manager
    does not make one.
    """
    counts = inside[inside != ""].value_counts()
    if counts.empty:
        return ()
    share, overall = counts / len(inside), everyone.value_counts() / len(everyone)
    strong = counts[(counts >= 2) & (share >= lift * overall.reindex(counts.index))]  # noqa: PLR2004 - two make a group
    most = counts[counts == counts.max()].index.min()
    return tuple(sorted({most, *strong.index}))
