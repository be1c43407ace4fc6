"""A page of ideas of one theme to confirm in one gesture, exceptions moved together by theme.

On the benchmark (`benchmarks/review.py`), a gesture on a page of twenty-four brings more than an answer about one idea:
accuracy .94 against .82 after sixty, the ideas read in exchange being counted beside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.french import counted, typeset
from pipeline.review.learning.learn import Learned
from pipeline.review.learning.space import Space
from pipeline.review.replaying.state import State

SIZE = 24
"""Ideas on a page: what a screen shows."""

_SEEDS = 3
_READING = 0.1
"""What an idea is worth that is right already: it teaches, and need not be read again."""


@dataclass(frozen=True, slots=True)
class Page:
    """Ideas to confirm together.

    Attributes:
        theme: that the program puts them in.
        ideas: the surest first.
        reason: why this page, in French.
        worth: doubt it should settle by gesture; an answer about one idea is worth about one.
    """

    theme: str
    ideas: tuple[str, ...]
    reason: str
    worth: float


def page(state: State, learned: Learned, space: Space, size: int = SIZE) -> Page | None:
    """Return the undecided ideas of one theme that are best read together; None when no theme has any to read.

    Of each theme, its least sure ideas, or those most alike one of them: the page that holds most doubt for the number
    of gestures it should take, one for each theme that its ideas turn out to be of.
    """
    undecided = np.array([state.places[idea].by is None for idea in space.ids], dtype=bool)
    best = learned.shares.argmax(axis=1)
    found: tuple[float, int, np.ndarray] | None = None
    for theme in range(len(learned.themes)):
        rows = np.flatnonzero(undecided & (best == theme))
        for chosen in _candidates(space, learned, rows, size):
            worth = _worth(learned.shares[chosen])
            if found is None or worth > found[0]:
                found = (worth, theme, chosen)
    return None if found is None else _told(*found, state, learned, space)


def _candidates(space: Space, learned: Learned, rows: np.ndarray, size: int) -> list[np.ndarray]:
    if len(rows) <= size:
        return [rows] if len(rows) else []
    doubtful = rows[np.argsort(np.round(learned.shares[rows].max(axis=1), 6), kind="stable")]
    alike = [
        rows[np.argsort(-np.round(space.kernel(np.array([seed]))[rows, 0], 6), kind="stable")[:size]]
        for seed in doubtful[:_SEEDS]
    ]
    return [doubtful[:size], *alike]


def _worth(shares: np.ndarray) -> float:
    doubt = 1 - shares.max(axis=1)
    absent = np.exp(np.log1p(-np.clip(shares, 0, 0.999)).sum(axis=0))
    return round(float((doubt + _READING).sum() / (1 - absent).sum()), 6)


def _told(worth: float, theme: int, rows: np.ndarray, state: State, learned: Learned, space: Space) -> Page:
    name = learned.themes[theme]
    ordered = rows[np.argsort(-np.round(learned.chance[rows], 6), kind="stable")]
    expected = round(float(learned.chance[rows].sum()))
    reason = (
        f"{counted(len(rows), 'idée')} du thème « {state.themes[name].label} » : le programme pense avoir raison pour"
        f" {expected} d'entre elles."
    )
    return Page(name, tuple(space.ids[row] for row in ordered), typeset(reason), worth)
