"""The hierarchy after decisions: families and sub-themes follow their ideas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, cast

import pandas as pd

from pipeline.review.replaying.state import State
from pipeline.schema import HIERARCHY

SMALLEST = 3
"""Ideas under which what is left of a sub-theme is no longer shown."""
_PHRASES = 5
Node = dict[str, Any]


def hierarchy_of(found: pd.DataFrame, state: State, themes: pd.DataFrame) -> pd.DataFrame:
    """Return the hierarchy of the decided themes (schema `hierarchy`).

    A theme joins the family that most of its ideas were found in. A sub-theme stays in the theme that most of its ideas
    are in now, with those of its ideas that are there; a theme found undivided and merged into another is a part of it.

    Args:
        found: hierarchy of the candidates.
        state: after decisions.
        themes: decided themes (schema `themes`).
    """
    nodes = [cast("Node", node) for node in found.to_dict("records")]
    firmest = {idea: rank for rank, idea in enumerate(i for n in nodes if n["level"] == "theme" for i in n["ideas"])}
    members = {theme: _ranked(state.members(theme), firmest) for theme in state.themes}
    decided = _themes(themes, members, [node for node in nodes if node["level"] == "family"])
    rows = [*_families(nodes, decided, state), *decided, *_sub_themes(nodes, state)]
    return HIERARCHY.check(pd.DataFrame(rows, columns=HIERARCHY.arrow.names))


def _ranked(ideas: Iterable[str], firmest: Mapping[str, int]) -> list[str]:
    return sorted(ideas, key=lambda idea: (firmest.get(idea, len(firmest)), idea))


def _themes(themes: pd.DataFrame, members: Mapping[str, list[str]], families: list[Node]) -> list[Node]:
    family_of = {idea: node["node_id"] for node in families for idea in node["ideas"]}
    rows = []
    for theme, label, phrases in zip(themes["theme_id"], themes["label"], themes["key_phrases"], strict=True):
        votes = Counter(family_of[idea] for idea in members[theme] if idea in family_of)
        row = {"node_id": theme, "level": "theme", "parent_id": _most(votes), "label": label}
        rows.append(row | {"key_phrases": list(phrases)[:_PHRASES], **_inside(members[theme])})
    return rows


def _most(votes: Counter[str]) -> str | None:
    """Return the name with most votes, the first in order between equals."""
    return min(votes, key=lambda name: (-votes[name], name), default=None)


def _inside(ideas: list[str]) -> Node:
    return {"size": len(ideas), "ideas": ideas}


def _families(nodes: list[Node], decided: list[Node], state: State) -> list[Node]:
    """Return the families that still have a theme, each by its title now."""
    rows = []
    for node in nodes:
        inside = [theme for theme in decided if node["level"] == "family" and theme["parent_id"] == node["node_id"]]
        if inside:
            label = _title(node, nodes, inside, state)
            rows.append(node | {"label": label, **_inside([idea for theme in inside for idea in theme["ideas"]])})
    return rows


def _title(family: Node, nodes: list[Node], inside: list[Node], state: State) -> str:
    """Return the title of a family: that of its only theme, or of the one it was named after, else its own.

    When the theme it was named after is there no more, it has the title of its largest one.
    """
    named = [
        state.current(node["node_id"])
        for node in nodes
        if node["level"] == "theme" and node["parent_id"] == family["node_id"] and node["label"] == family["label"]
    ]
    if len(inside) > 1 and not named:
        return str(family["label"])
    titles = {theme["node_id"]: str(theme["label"]) for theme in inside}
    largest = max(inside, key=lambda theme: theme["size"])
    return next((titles[theme] for theme in named if theme in titles), str(largest["label"]))


def _followed(part: Node, state: State) -> Node | None:
    """Return a part in the theme that most of its ideas are in now, with these; None where too few are left."""
    homes = Counter(h for idea in part["ideas"] if (place := state.places.get(idea)) and (h := place.home))
    theme = _most(homes)
    if not theme or homes[theme] < SMALLEST:
        return None
    ideas = [idea for idea in part["ideas"] if state.places[idea].home == theme]
    return part | {"level": "sub_theme", "parent_id": theme, **_inside(ideas)}


def _parts(nodes: list[Node]) -> list[Node]:
    """Return the sub-themes, and the themes that have none."""
    divided = {node["parent_id"] for node in nodes if node["level"] == "sub_theme"}
    return [n for n in nodes if n["level"] == "sub_theme" or (n["level"] == "theme" and n["node_id"] not in divided)]


def _sub_themes(nodes: list[Node], state: State) -> list[Node]:
    kept: dict[str, list[Node]] = {}
    for part in _parts(nodes):
        if (followed := _followed(part, state)) is not None:
            kept.setdefault(followed["parent_id"], []).append(followed)
    return [
        part | {"node_id": f"{theme}.{place}"}
        for theme, found in kept.items()
        if len(found) > 1  # one part alone says no more than its theme
        for place, part in enumerate(sorted(found, key=lambda n: (-n["size"], n["node_id"])), start=1)
    ]
