"""What several actions do to a state: an idea out of a theme, a theme closed or opened again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.review.replaying.state import Gone, Place, State


def without(place: Place, theme: str) -> Place:
    """Return the place once the idea is out of `theme`: in its second theme, or a weak signal."""
    if place.second == theme:
        return replace(place, second=None, membership_2=None, second_by=None)
    if place.theme != theme:
        return place
    if place.second is None or place.weak:
        return Place(None, 0.0, weak=True)
    return Place(place.second, place.membership_2 or 0.0, by=place.second_by)


def unban(state: State, idea: str, theme: str) -> State:
    """Return the state in which the idea may be in the theme again."""
    if theme not in state.banned.get(idea, ()):
        return state
    return replace(state, banned={**state.banned, idea: state.banned[idea] - {theme}})


def all_places(state: State, theme: str, change: Callable[[Place], Place]) -> State:
    """Return the state with every place that names `theme` changed, decided or found."""
    places = {i: change(p) if theme in (p.theme, p.second) else p for i, p in state.places.items()}
    found = {i: change(p) if theme in (p.theme, p.second) else p for i, p in state.found.items()}
    return replace(state, places=places, found=found)


def close(state: State, theme: str, into: str | None, seq: int) -> State:
    """Return the state without `theme`, which joined `into` or, None, was set aside; its ideas stay where they are."""
    themes = {key: value for key, value in state.themes.items() if key != theme}
    pinned = {key: value for key, value in state.pinned.items() if key != theme}
    gone = {**state.gone, theme: Gone(seq, into)}
    return replace(state, themes=themes, pinned=pinned, gone=gone, banned=_followed(state, theme, into))


def _followed(state: State, theme: str, into: str | None) -> dict[str, frozenset[str]]:
    """Return what ideas were taken out of, once `theme` has joined `into`; one that is there by itself stays there."""
    banned = dict(state.banned)
    for idea, themes in state.banned.items():
        place = state.places[idea]
        if theme in themes and into is not None and into not in (place.home, place.second):
            banned[idea] = themes - {theme} | {into}
    return banned


def reopened(state: State, theme: str) -> State:
    """Return the state in which `theme` is closed no more; what had joined it stays where it went since."""
    if theme not in state.gone:
        return state
    closed = state.gone[theme]
    gone = {
        other: replace(past, into=closed.into) if past.into == theme else past
        for other, past in state.gone.items()
        if other != theme
    }
    return replace(state, gone=gone)
