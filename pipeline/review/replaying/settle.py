"""After all decisions: ideas wanted together or apart, and themes that stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.review.replaying import problems
from pipeline.review.replaying.moves import without
from pipeline.review.replaying.state import Pair, Place, State

Problems = list[tuple[int, str]]
"""Number of a decision → why it cannot be respected."""


def settle(state: State) -> tuple[State, Problems]:
    """Return the state in which pairs are respected and pinned themes closed, and the pairs that cannot be.

    A person's placement never moves: between two ideas, the one that nobody placed does, and of two such ideas the
    one that is less surely where it is. Themes are closed first: what a pair moves into one was asked for by a person.
    """
    state = _close_pinned(state)
    found: Problems = []
    for group in _groups([pair for pair in state.pairs if pair.together]):
        state = state.with_places(_gathered(state, group))
        found += _scattered(state, group)
    for pair in state.pairs:
        if not pair.together:
            state, problem = _part(state, pair)
            found += [(pair.seq, problem)] if problem else []
    return state, found


def _close_pinned(state: State) -> State:
    moved = {}
    for theme, pinned in state.pinned.items():
        for idea, place in state.places.items():
            if place.home == theme and idea not in pinned.ideas and place.by is None:
                out = without(place, theme)
                moved[idea] = replace(out, theme=theme) if out.weak else out
    return state.with_places(moved)


def _groups(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Pairs that share an idea, directly or by others, in order of their first decision."""
    groups: list[list[Pair]] = []
    for pair in pairs:
        ideas = {pair.first, pair.second}
        touching = [g for g in groups if any(ideas & {p.first, p.second} for p in g)]
        groups = [g for g in groups if g not in touching] + [[p for g in touching for p in g] + [pair]]
    return groups


def _gathered(state: State, group: list[Pair]) -> dict[str, Place]:
    """Return new places for the ideas of a group that nobody placed: the theme of those that people did, if one."""
    ideas = sorted({idea for pair in group for idea in (pair.first, pair.second)})
    home = _home(state, ideas)
    if home is None:
        return {}
    free = [i for i in ideas if state.places[i].by is None and home not in state.banned.get(i, ())]
    return {i: Place(home, 1.0, by=group[-1].seq) for i in free}


def _home(state: State, ideas: list[str]) -> str | None:
    """Return the theme where people put some of these ideas, else the one that holds most; None where they disagree."""
    decided = {state.places[i].home for i in ideas if state.places[i].by is not None}
    if len(decided) > 1:
        return None
    return next(iter(decided)) if decided else _strongest(state, ideas)


def _strongest(state: State, ideas: list[str]) -> str | None:
    weights: dict[str, float] = {}
    for idea in ideas:
        place = state.places[idea]
        if place.home is not None:
            weights[place.home] = weights.get(place.home, 0.0) + place.membership
    return max(sorted(weights), key=lambda theme: weights[theme], default=None)


def _scattered(state: State, group: list[Pair]) -> Problems:
    found = []
    for pair in group:
        first, second = state.places[pair.first].home, state.places[pair.second].home
        if first != second:
            text = problems.not_together(pair.first, first or "aucun thème", pair.second, second or "aucun thème")
            found.append((pair.seq, text))
    return found


def _part(state: State, pair: Pair) -> tuple[State, str | None]:
    first, second = state.places[pair.first], state.places[pair.second]
    theme = first.home
    if theme is None or theme != second.home:
        return state, None
    free = [(p.membership, idea) for idea, p in ((pair.first, first), (pair.second, second)) if p.by is None]
    if not free:
        return state, problems.not_apart(pair.first, pair.second, theme)
    idea = min(free)[1]
    out = without(state.places[idea], theme)
    place = replace(out, theme=theme) if out.weak else out
    banned = {**state.banned, idea: state.banned.get(idea, frozenset()) | {theme}}
    return replace(state, banned=banned).with_place(idea, place), None
