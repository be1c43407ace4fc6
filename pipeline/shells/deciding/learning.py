"""What this contest's decisions taught, kept for the next one; and what a former contest taught, taken up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.errors import MinilabsError
from pipeline.french import fold
from pipeline.review.learning.knowledge import Knowledge, Known, directions
from pipeline.review.learning.learn import Learned, believe
from pipeline.review.replaying.decisions import Decision, new_theme_id
from pipeline.review.replaying.engine import in_force
from pipeline.review.replaying.state import State
from pipeline.shells.alike.knowledge import load_knowledge, save_knowledge
from pipeline.shells.deciding.desk import Desk

_UNNAMED = "sans titre donné par une personne"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept.

    Attributes:
        knowledge: the model.
        folder: where it is.
        left_out: title of a theme that people worked on → why it is not in the model.
    """

    knowledge: Knowledge
    folder: Path
    left_out: dict[str, str]


def keep(desk: Desk, name: str) -> Kept:
    """Write the model of the themes that people named, and return it.

    The title and the description of a theme that nobody named come from the texts of ideas: it is left out. So is a
    theme of fewer ideas than the reports' threshold: its numbers would say nearly what one idea says.

    Raises:
        MinilabsError: `review.model_name`, `review.nothing_learnt`, a missing table, or `base.disk`.
    """
    if not re.fullmatch(r"[\w-]+", name):
        raise MinilabsError("review.model_name", name=name[:60])
    least, state = desk.params.report.threshold, desk.now.state
    believed = believe(state, desk.space) if desk.space is not None else None
    named = {theme: words for theme, words in given_words(desk.decisions).items() if words.get("rename")}
    left_out = _left_out(state, named, least)
    themes = [theme for theme in state.themes if theme in named and state.themes[theme].label not in left_out]
    if believed is None or not themes:
        raise MinilabsError("review.nothing_learnt", least=least)
    themes.sort(key=lambda theme: (fold(state.themes[theme].label), theme))
    described = {theme: named[theme].get("describe", "") for theme in themes}
    knowledge = _knowledge(desk, believed, described)
    folder = save_knowledge(desk.workspace, name, knowledge, len(in_force(desk.decisions)), left_out)
    return Kept(knowledge, folder, left_out)


def given_words(decisions: tuple[Decision, ...]) -> dict[str, dict[str, str]]:
    """Return the title ("rename") and the description ("describe") that people gave a theme, by theme id."""
    words: dict[str, dict[str, str]] = {}
    for act in in_force(decisions):
        if act.action == "define":
            words[new_theme_id(act)] = {"rename": act.target, "describe": act.value}
        elif act.action in ("rename", "describe"):
            words.setdefault(act.target, {})[act.action] = act.value
    return words


def _left_out(state: State, named: Mapping[str, object], least: int) -> dict[str, str]:
    out = {}
    for theme, content in sorted(state.themes.items(), key=lambda item: item[1].label):
        if theme in named and len(state.members(theme)) < least:
            out[content.label] = f"moins de {least} idées"
        elif theme not in named and _decided(state, theme):
            out[content.label] = _UNNAMED
    return out


def _decided(state: State, theme: str) -> int:
    return sum(place.by is not None and place.home == theme for place in state.places.values())


def _knowledge(desk: Desk, believed: Learned, themes: Mapping[str, str]) -> Knowledge:
    from pipeline.shells.alike.comparing import load_portable  # noqa: PLC0415 - two seconds, only to keep a model

    state = desk.now.state
    ids, rows = load_portable(desk.workspace)
    shares = _settled(state, ids, believed)
    answered = np.array([state.places[idea].by is not None for idea in ids], dtype=bool)
    columns = [believed.themes.index(theme) for theme in themes]
    known = tuple(
        Known(state.themes[theme].label, description, len(state.members(theme)), _decided(state, theme))
        for theme, description in themes.items()
    )
    weights = directions(rows, shares, answered)[columns]
    return Knowledge(desk.params.embed.encoder, desk.params.embed.prompt, known, weights)


def _settled(state: State, ids: list[str], believed: Learned) -> np.ndarray:
    """Return idea × theme beliefs in which what people said is certain."""
    shares = believed.shares.copy()
    for row, idea in enumerate(ids):
        place = state.places[idea]
        if place.by is not None:
            shares[row] = [float(theme == place.home) for theme in believed.themes]
    return shares


def reusable(desk: Desk) -> list[Decision]:
    """Return the acts that would define the themes of the model named in the parameters, those that are there left out.

    Raises:
        MinilabsError: `review.no_model`, or see `load_knowledge`.
    """
    knowledge = load_knowledge(desk.workspace, desk.params)
    if knowledge is None:
        raise MinilabsError("review.no_model")
    there = {fold(theme.label) for theme in desk.now.state.themes.values()}
    return [
        Decision(0, "", "", "define", theme.title, theme.description)
        for theme in knowledge.themes
        if fold(theme.title) not in there
    ]
