"""Why is this idea here? The tables of the review → a few French lines about one idea."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import pandas as pd

from pipeline.errors import MinilabsError
from pipeline.french import fold, percent, typeset
from pipeline.shells.together import same_ideas
from pipeline.store import load
from pipeline.workspace import Workspace

_LETTERS = 90


def told(workspace: Workspace, idea: str) -> list[str]:
    """Return the title of an idea, its theme, why it is there, its second theme and its nearest ideas, a line each.

    Raises:
        MinilabsError: `review.unknown_idea`, `review.no_idea`, `review.stale`, or a missing table.
    """
    ideas = load(workspace, "ideas", stage="ingest")
    found = load(workspace, "idea_themes", stage="review")
    same_ideas(ideas, found)
    ideas, places = ideas.set_index("idea_id"), found.set_index("idea_id")
    themes = load(workspace, "themes", stage="review").set_index("theme_id")
    hierarchy = load(workspace, "hierarchy", stage="review").set_index("node_id")
    known = {fold(name): name for name in places.index}
    if not known:
        raise MinilabsError("review.no_idea")
    if fold(idea) not in known:
        raise MinilabsError("review.unknown_idea", idea=idea[:40], first=min(places.index), last=max(places.index))
    name = known[fold(idea)]
    return [typeset(line) for line in _lines(name, ideas, places, themes["label"], hierarchy)]


def _lines(
    name: str, ideas: pd.DataFrame, places: pd.DataFrame, labels: pd.Series[str], hierarchy: pd.DataFrame
) -> Iterator[str]:
    place: dict[Hashable, Any] = places.loc[name].to_dict()
    yield f"{name} : {_called(ideas, name)}"
    yield from _position(place, labels, hierarchy, name)
    yield f"Pourquoi : {place['why']}"
    if pd.notna(place["theme_id_2"]):
        yield f"Touche aussi : {labels[place['theme_id_2']]} (appartenance {percent(float(place['membership_2']))})."
    near = [other for other in place["neighbours"] if other in places.index]
    if near:
        yield "Les plus proches :"
    for other in near:
        theme = str(places.loc[other, "theme_id"])
        own = "thème le plus proche" if place["weak_signal"] else "même thème"
        where = own if theme == place["theme_id"] else labels.get(theme, "sans thème")
        yield f"  {other} : {_called(ideas, other)} ({where})"


def _position(place: dict[Hashable, Any], labels: pd.Series[str], hierarchy: pd.DataFrame, name: str) -> Iterator[str]:
    theme = place["theme_id"]
    if pd.isna(theme):
        yield "Thème : aucun."
    elif place["weak_signal"]:
        yield f"Signal faible : aucun thème ne la retient. Le plus proche : {labels[theme]}."
    else:
        yield f"Thème : {labels[theme]} (appartenance {percent(float(place['membership']))})."
        parts = hierarchy[(hierarchy["parent_id"] == theme) & hierarchy["ideas"].map(lambda inside: name in inside)]
        yield from (f"Sous-thème : {label}." for label in parts["label"])
        family = hierarchy["parent_id"].get(theme)
        if family is not None and pd.notna(family):
            yield f"Famille : {hierarchy.loc[family, 'label']}."


def _called(ideas: pd.DataFrame, name: str) -> str:
    """Return the title of an idea, else the beginning of its text."""
    words = " ".join((str(ideas.loc[name, "title"]) or str(ideas.loc[name, "description"])).split())
    return words if len(words) <= _LETTERS else words[: words.rfind(" ", 1, _LETTERS)] + "…"
