"""Each decision teaches: undecided ideas are placed again from what people said of the others; people's stay."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pipeline.review.learning import beliefs, confidence, learner
from pipeline.review.learning.learner import Answers, Fitted
from pipeline.review.learning.space import Space
from pipeline.review.replaying.state import Place, State

SURE_ENOUGH = 0.35
"""Chance under which an idea that decisions left without theme stays a weak signal."""

_RESCUED = 0.6
"""Chance from which an idea that was found to fit nowhere is placed after all: never silently forced."""

_CLOSE = 0.6
"""Share of the best theme from which the next one is shown as a second theme."""


@dataclass(frozen=True, eq=False)
class Learned:
    """What decisions taught.

    Attributes:
        state: with undecided ideas placed again.
        themes: columns of `shares`.
        shares: idea (rows of the space) × theme, one a row.
        chance: of the best theme of each idea to be the right one, 0 to 1.
    """

    state: State
    themes: tuple[str, ...]
    shares: np.ndarray
    chance: np.ndarray


def learn(state: State, space: Space) -> Learned | None:
    """Return what decisions teach, None when they teach nothing: no theme, or no idea and no guided theme said."""
    themes = tuple(sorted(state.themes))
    spoken = any(place.by is not None for place in state.places.values()) or any(state.banned.values())
    if not spoken and not any(theme in space.guided for theme in themes):
        return None
    return believe(state, space)


def believe(state: State, space: Space) -> Learned | None:
    """Return what is believed of each idea after the decisions, None without theme.

    An idea that a person placed never moves. Others go to their likeliest theme; one without theme stays a weak signal
    unless it is likely enough somewhere, and its nearest theme is shown.
    """
    themes = tuple(sorted(state.themes))
    if not themes:
        return None
    guided = all(theme in space.guided for theme in themes)
    prior = beliefs.prior(space, state, themes)
    answers = beliefs.answers(space, state, themes, prior)
    fitted = learner.fit(space, prior, answers, self_training=guided)
    allowed = beliefs.allowed(space, state, themes)
    shares = confidence.shares(fitted.scores, allowed)
    chance = _chances(space, fitted, answers, shares, allowed, learner.left_out(space, prior, answers), guided=guided)
    moved = {
        idea: _placed(state.places[idea], themes, shares[row], float(chance[row]), allowed[row])
        for row, idea in enumerate(space.ids)
        if state.places[idea].by is None
    }
    return Learned(state.with_places(moved), themes, shares, chance)


def alone(state: State, space: Space) -> dict[str, str | None]:
    """Return idea → the theme that likeness gives it, as if nobody had said anything of this very idea; None for none.

    What was said of the others counts: it is what an idea is compared with.
    """
    themes = tuple(sorted(state.themes))
    if not themes:
        return {}
    prior = beliefs.prior(space, state, themes)
    answers = beliefs.answers(space, state, themes, prior)
    scores = learner.fit(space, prior, answers, self_training=False).scores.copy()
    scores[answers.index] = np.round(learner.left_out(space, prior, answers), 6)
    best, nowhere = scores.argmax(axis=1), 1 - scores.sum(axis=1)
    return {
        idea: themes[best[row]] if scores[row, best[row]] >= nowhere[row] else None
        for row, idea in enumerate(space.ids)
    }


def _chances(
    space: Space,
    fitted: Fitted,
    answers: Answers,
    shares: np.ndarray,
    allowed: np.ndarray,
    left_out: np.ndarray,
    *,
    guided: bool,
) -> np.ndarray:
    """Return the chance of each idea's best theme: a curve that answers correct, each scored as if not given."""
    around = space.around(shares)
    start = confidence.FROM_TEXTS if guided else confidence.FROM_GROUPS
    if len(answers.index):
        alone = confidence.shares(left_out, np.ones_like(left_out, dtype=bool))
        best = alone.argmax(axis=1)
        right = answers.values[np.arange(len(best)), best] >= 1
        start = confidence.scale(confidence.signs(alone, around[answers.index], best), right, start)
    own = confidence.shares(fitted.sober, allowed)
    return np.round(start.of(confidence.signs(own, around, shares.argmax(axis=1))), 6)


def _placed(place: Place, themes: tuple[str, ...], shares: np.ndarray, chance: float, allowed: np.ndarray) -> Place:
    order = np.argsort(-shares, kind="stable")
    theme = themes[order[0]]
    if not allowed[order[0]]:
        return place
    if place.second_by is not None and place.second == theme:
        return replace(place, membership=round(chance, 6))
    enough = SURE_ENOUGH if place.theme is None else _RESCUED
    if place.weak and chance < enough:
        return Place(theme, chance, weak=True)
    if place.second_by is not None:
        return replace(place, theme=theme, membership=chance)
    close = len(order) > 1 and shares[order[1]] >= _CLOSE * shares[order[0]] and allowed[order[1]]
    if not close:
        return Place(theme, chance)
    second = round(min(1 - chance, chance * float(shares[order[1]] / shares[order[0]])), 6)
    return Place(theme, chance, themes[order[1]], second)
