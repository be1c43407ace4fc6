"""From the state of a review to what a learner needs: what is believed of each idea, and what people said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.review.learning.learner import Answers
from pipeline.review.learning.space import Space
from pipeline.review.replaying.state import Place, State

_SHARPNESS = 2.0
"""Deviations of likeness with a guided theme's text are multiplied by it before the softmax."""

_SPREAD = 0.8
"""Share of what words say of an idea that comes from its neighbours."""

_FROM_GROUPS = 0.2
"""Share of the group an idea was found in, beside the words that people then gave to groups. On three corpora of the
benchmark, 60 acts without a list give accuracy .75 at 0.4, .80 at 0.2, .79 at 0.05."""

_OUTSIDE = 3.0
"""On the same scale: where an idea is as likely in a guided theme as in those that were found."""

_BESIDE_A_LIST = 2.0
"""The same for a whole list of given themes, before any is found: from 1.5 to 2.5 nothing is told from chance."""


def prior(space: Space, state: State, themes: Sequence[str]) -> np.ndarray:
    """Return idea × theme probabilities before any answer: from where ideas were found and what guided themes say."""
    column = {theme: place for place, theme in enumerate(themes)}
    found = np.array([_found(state.found[idea], column) for idea in space.ids]).reshape(len(space.ids), len(themes))
    guided = [theme for theme in themes if theme in space.guided]
    if not guided:
        return found
    named = [column[theme] for theme in guided]
    pulled, rest = _worded(space, guided, np.full(len(found), _OUTSIDE if len(guided) < len(themes) else -np.inf))
    worded = found * rest[:, None]
    worded[:, named] += pulled
    worded /= worded.sum(axis=1, keepdims=True)
    grouped = any(place.theme in guided for place in state.found.values())
    return np.asarray(_FROM_GROUPS * found + (1 - _FROM_GROUPS) * worded) if grouped else worded


def drawn(space: Space, themes: Sequence[str], *, only: bool) -> np.ndarray:
    """Return idea × theme, and none: how strongly the words of each theme, or of none, draw the idea; rows sum to one.

    Args:
        space: in which the words of `themes` are known.
        themes: given beforehand.
        only: every idea is drawn to one of them.
    """
    outside = np.full(len(space.ids), -np.inf if only else _BESIDE_A_LIST)
    pulled, rest = _worded(space, themes, outside)
    beside = np.column_stack([pulled, rest])
    return np.asarray(beside / beside.sum(axis=1, keepdims=True))


def _found(place: Place, column: dict[str, int]) -> np.ndarray:
    """Return the memberships of one idea, the rest shared by all themes; of a weak signal too."""
    row = np.zeros(len(column))
    if place.theme in column:
        row[column[place.theme]] = place.membership
    if place.second in column:
        row[column[place.second]] = min(place.membership_2 or 0.0, place.membership)
    total = row.sum()
    row = row / total if total > 1 else row
    return np.asarray(row + (1 - row.sum()) / len(column))


def _worded(space: Space, guided: Sequence[str], outside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what the words of themes draw (idea × theme, spread over neighbours), and what they leave of each idea."""
    logits = np.column_stack([_SHARPNESS * space.guided[theme] + space.known.get(theme, 0.0) for theme in guided])
    top = np.maximum(logits.max(axis=1), outside)
    weights, rest = np.exp(logits - top[:, None]), np.exp(outside - top)
    total = weights.sum(axis=1) + rest
    return space.smoothed(weights / total[:, None], _SPREAD) * (1 - _SPREAD), np.asarray(rest / total)


def answers(space: Space, state: State, themes: Sequence[str], before: np.ndarray) -> Answers:
    """Return what people said of ideas: put in a theme, fits nowhere, not in this theme."""
    column = {theme: place for place, theme in enumerate(themes)}
    index, values = [], []
    for row, idea in enumerate(space.ids):
        value = _said(state.places[idea], column)
        if value is None and (out := [column[t] for t in state.banned.get(idea, ()) if t in column]):
            value = before[row].copy()
            value[out] = 0.0
        if value is not None:
            index.append(row)
            values.append(value)
    return Answers(np.array(index, dtype=np.int64), np.array(values).reshape(len(index), len(themes)))


def _said(place: Place, column: dict[str, int]) -> np.ndarray | None:
    if place.by is None:
        return None
    value = np.zeros(len(column))
    if place.home in column:
        value[column[place.home]] = 1.0
    return value


def allowed(space: Space, state: State, themes: Sequence[str]) -> np.ndarray:
    """Return idea × theme flags: False where a person took the idea out, and for themes that stay as they are."""
    flags = np.ones((len(space.ids), len(themes)), dtype=bool)
    for row, idea in enumerate(space.ids):
        banned = state.banned.get(idea, frozenset())
        for place, theme in enumerate(themes):
            closed = theme in state.pinned and idea not in state.pinned[theme].ideas
            flags[row, place] = theme not in banned and not closed
    return flags
