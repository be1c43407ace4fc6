"""Examples of themes → how strongly each theme draws ideas: words say how much does, examples say which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.review.learning import beliefs
from pipeline.review.learning.space import Space

_FREEDOM = 30.0
"""Inverse of the penalty on weights. With 16 examples a subject, agreement on the hospital of `benchmarks/` is .518 at
3, .538 at 10, .554 at 30 and .541 at 100; .495 without examples."""

_SPREAD = 0.8
"""Share of what examples say of an idea that comes from its neighbours, as for words."""

_SHARPNESS = 1.5
"""Power of the shares: what is spread over neighbours says too little. Agreement on that hospital is .554 at 1, .586
at 1.5, .592 at 2 and .529 at 3; at 1.5 memberships of .6 and more are right three times of four there."""

_ROUNDS = 1000


def attraction(space: Space, themes: Sequence[str], examples: Mapping[str, str], *, only: bool) -> np.ndarray:
    """Return what `learn.attraction` does when themes have examples: words say how much draws, examples say which.

    Args:
        space: with a row for each example, in which the words of `themes` are known.
        themes: given beforehand.
        examples: row of the space → the theme that it is an example of.
        only: every idea is drawn to one of them.
    """
    drawn = beliefs.drawn(space, themes, only=only)[:, :-1]
    return np.round(told_apart(space, drawn, themes, examples), 6)


def told_apart(space: Space, drawn: np.ndarray, themes: Sequence[str], examples: Mapping[str, str]) -> np.ndarray:
    """Return idea × theme: what words draw to the themes that have examples, shared among them as these teach.

    Chosen on the hospital contest of `benchmarks/start.py`, which prints what it brings.

    Args:
        space: with a row for each example.
        drawn: idea × theme, how strongly the words of each theme draw the idea.
        themes: columns of `drawn`; one without example keeps what its words draw.
        examples: row of the space → theme.
    """
    place = {one: row for row, one in enumerate(space.ids)}
    rows = [place[one] for one in sorted(examples)]
    taught = [themes.index(examples[one]) for one in sorted(examples)]
    columns = sorted(set(taught))
    if len(columns) < 2:  # noqa: PLR2004 - one theme is told from another
        return drawn
    model = LogisticRegression(C=_FREEDOM, max_iter=_ROUNDS).fit(space.rows[rows], taught)
    said = np.clip(space.smoothed(model.predict_proba(space.rows), _SPREAD), 0, None) ** _SHARPNESS
    shared = drawn.copy()
    shared[:, columns] = drawn[:, columns].sum(axis=1, keepdims=True) * said / said.sum(axis=1, keepdims=True)
    return shared
