"""The stage: candidate themes and decisions in, themes as people decided them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.review.learning.learn import learn
from pipeline.review.learning.space import Space
from pipeline.review.outcome.branches import hierarchy_of
from pipeline.review.outcome.identity import labels_of, members_of, recognise, renamed, renamed_nodes
from pipeline.review.outcome.since import changes
from pipeline.review.outcome.tables import conflicts_of, idea_themes_of, state_of, themes_of
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.engine import Replayed, replay
from pipeline.review.replaying.natures import Held
from pipeline.review.replaying.settle import settle
from pipeline.review.replaying.state import Remembered, State, Theme, Words
from pipeline.schema import HIERARCHY
from pipeline.words.kinds import Kind, sentence, withheld


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the stage makes.

    Attributes:
        themes: schema `themes`.
        idea_themes: schema `idea_themes`.
        hierarchy: schema `hierarchy`.
        conflicts: schema `conflicts`.
        changes: schema `changes`.
    """

    themes: pd.DataFrame
    idea_themes: pd.DataFrame
    hierarchy: pd.DataFrame
    conflicts: pd.DataFrame
    changes: pd.DataFrame


def review(
    themes: pd.DataFrame,
    idea_themes: pd.DataFrame,
    decisions: Sequence[Decision],
    space: Space | None = None,
    remembered: Mapping[str, Remembered] | None = None,
    hierarchy: pd.DataFrame | None = None,
    held: Held | None = None,
) -> Reviewed:
    """Return themes and places after the decisions, unchanged without any, and the decisions that no longer apply.

    Args:
        themes: candidate themes (schema `themes`).
        idea_themes: candidate places (schema `idea_themes`).
        decisions: from `decisions.read_decisions`.
        space: how alike ideas are: decisions then teach the places of other ideas; None: they move only what they name.
        remembered: themes as people last saw them: those found again keep their ids.
        hierarchy: of the candidate themes (schema `hierarchy`); None: themes without families or parts.
        held: who holds the ideas: the kind of each theme that nobody chose follows them; None: as it was found.
    """
    known = remembered or {}
    found = HIERARCHY.empty() if hierarchy is None else hierarchy
    found = renamed_nodes(found, recognise(_all_members(themes, idea_themes), known))
    themes, idea_themes = recognised(themes, idea_themes, known)
    before = state_of(themes, idea_themes, known, held)
    replayed = decide(before, decisions, space)
    reasons = {decision.seq: decision.reason for decision in decisions}
    decided = themes_of(before, replayed.state, themes)
    return Reviewed(
        decided,
        idea_themes_of(before, replayed.state, idea_themes, reasons),
        hierarchy_of(found, replayed.state, decided),
        conflicts_of(replayed.conflicts),
        changes(_all_members(themes, idea_themes), known, replayed.state, labels_of(themes)),
    )


def recognised(
    themes: pd.DataFrame, idea_themes: pd.DataFrame, remembered: Mapping[str, Remembered]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the candidate tables with the ids that themes had when people last saw them."""
    return renamed(themes, idea_themes, recognise(_all_members(themes, idea_themes), remembered))


def _all_members(themes: pd.DataFrame, idea_themes: pd.DataFrame) -> dict[str, frozenset[str]]:
    members = members_of(idea_themes)
    return {str(theme): members.get(str(theme), frozenset()) for theme in themes["theme_id"]}


def decide(before: State, decisions: Sequence[Decision], space: Space | None) -> Replayed:
    """Return the state after decisions and what they teach: replayed, learnt, then pairs settled again."""
    return taught(replay(before, decisions), space)


def words_of(state: State) -> dict[str, tuple[Words, ...]]:
    """Return theme → what attracts ideas to it, themes that attract none left out."""
    return {theme: content.words for theme, content in sorted(state.themes.items()) if content.words}


def taught(replayed: Replayed, space: Space | None) -> Replayed:
    """Return what a replay teaches of other ideas, pairs settled again and kinds following."""
    learned = learn(replayed.state, space) if space is not None else None
    settled = replayed.state if learned is None else settle(learned.state)[0]
    return Replayed(_with_kinds(settled), replayed.conflicts)


def _with_kinds(state: State) -> State:
    """Return the state with the kind that each theme's holders call for, kept where a person chose another."""
    if state.held is None:
        return state
    members: dict[str, list[str]] = {theme: [] for theme in state.themes}
    for idea, place in state.places.items():
        if place.home in members:
            members[place.home].append(idea)
    themes = {key: _suggested(theme, state.held.kind(members[key])) for key, theme in state.themes.items()}
    return replace(state, themes=themes)


def _suggested(theme: Theme, kind: Kind) -> Theme:
    if theme.nameless:
        kind = withheld(kind, theme.nameless)
    if theme.decided:
        return replace(theme, suggested=kind)
    return replace(theme, suggested=kind, kind=kind.kind, kind_reason=sentence(kind))
