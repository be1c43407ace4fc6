"""The groups to fill, one a theme that calls for one, with the seats and the occupations they admit."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

import pandas as pd

from pipeline.assign.inputs.problem import Lab
from pipeline.identifiers import lab_id
from pipeline.params import AssignParams
from pipeline.words.kinds import GROUPS, NAMELESS, OF_TRADE


def labs_of(themes: pd.DataFrame, params: AssignParams) -> tuple[Lab, ...]:
    """Return a lab for each theme of a kind in `kinds.GROUPS`, sorted by id; a trade community admits its trade."""
    return tuple(sorted(map(partial(_lab, params), _grouped(themes)), key=lambda lab: lab.lab_id))


def without_group(themes: pd.DataFrame) -> dict[str, str]:
    """Return theme id → why it has no group: `direction` answers it, its kind is `undecided`, it is `nameless`."""
    rows = cast("list[dict[str, Any]]", themes[~themes["kind"].isin(GROUPS)].to_dict("records"))
    return {str(row["theme_id"]): _why_none(row) for row in rows}


def _why_none(theme: dict[str, Any]) -> str:
    if theme["kind"]:
        return "direction"
    return "nameless" if theme.get("kind_because") in NAMELESS else "undecided"


def _grouped(themes: pd.DataFrame) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", themes[themes["kind"].isin(GROUPS)].to_dict("records"))


def _lab(params: AssignParams, theme: dict[str, Any]) -> Lab:
    community = theme["kind"] in OF_TRADE
    return Lab(
        lab_id=lab_id(theme["theme_id"]),
        theme_id=theme["theme_id"],
        label=theme["label"],
        kind=theme["kind"],
        minimum=params.community_min_seats if community else params.min_seats,
        maximum=params.community_max_seats if community else params.max_seats,
        admits=tuple(sorted(theme["trade"])) if community else (),
    )
