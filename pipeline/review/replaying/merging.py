"""One theme joins another: which way, what hinders it, and what follows."""

from __future__ import annotations

from dataclasses import replace

from pipeline.review.replaying import problems
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.moves import all_places, close, unban, without
from pipeline.review.replaying.state import Place, State


def merge(state: State, decision: Decision) -> tuple[State, str | None]:
    """Put all ideas of the target theme in the other one, which keeps its title."""
    lost, kept = decision.target, state.current(decision.value)
    if kept not in state.themes and lost in state.themes and _heir(state, kept) == lost:
        kept, lost = lost, kept  # the new run found both as one, under the name of the theme to be closed
    problem = _hindrance(state, lost, kept, decision.value)
    if problem:
        return state, problem
    if lost in state.themes:
        return _joined(state, lost, kept, decision.seq), None
    return (state if lost in state.gone else close(state, lost, kept, decision.seq)), None


def _hindrance(state: State, lost: str, kept: str, named: str) -> str | None:
    """Return why a theme cannot join another, None when it can, or did."""
    if lost == kept:
        return problems.missing_theme(state, named)  # it joined this one before
    if kept not in state.themes:
        return problems.missing_theme(state, kept)
    if lost not in state.themes:
        home = state.current(lost) if lost in state.gone else _heir(state, lost)
        return None if home == kept else problems.missing_theme(state, lost)
    return problems.pinned(state, kept) if kept in state.pinned else None


def _joined(state: State, lost: str, kept: str, seq: int) -> State:
    one, other = state.themes[kept], state.themes[lost]
    parts, words = dict.fromkeys(one.parts + other.parts), dict.fromkeys(one.words + other.words)
    state = state.with_theme(kept, replace(one, parts=tuple(parts), words=tuple(words)))
    taken_out = {idea for idea, themes in state.banned.items() if kept in themes}
    state = all_places(close(state, lost, kept, seq), lost, lambda place: _merged(place, lost, kept))
    for idea in sorted(taken_out):
        if state.places[idea].home == kept:
            state = _kept_out(state, idea, kept)
    return state


def _kept_out(state: State, idea: str, theme: str) -> State:
    """Keep out of a merged theme an idea that was taken out of it, unless a person put it in the one that joined."""
    place = state.places[idea]
    if place.by is not None:
        return unban(state, idea, theme)
    return state.with_place(idea, without(place, theme))


def _merged(place: Place, lost: str, kept: str) -> Place:
    theme = kept if place.theme == lost else place.theme
    second = kept if place.second == lost else place.second
    if second != theme:
        return replace(place, theme=theme, second=second)
    return Place(
        theme, max(place.membership, place.membership_2 or 0.0), weak=place.weak, by=place.by or place.second_by
    )


def _heir(state: State, theme: str) -> str | None:
    """The theme that most of the remembered ideas of a theme not found again are in, when more than half are."""
    remembered = state.remembered.get(theme)
    if remembered is None:
        return None
    homes = [place.home for idea in remembered.members if (place := state.places.get(idea)) and place.home]
    return next((home for home in sorted(set(homes)) if 2 * homes.count(home) > len(remembered.members)), None)
