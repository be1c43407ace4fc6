"""How strongly themes given beforehand draw ideas: words say how much does, examples say which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.review.learning import beliefs, confidence, learner
from pipeline.review.learning.learner import Answers
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
    """Return row of the space × theme: how strongly each theme draws it before any answer; the rest is drawn to none.

    Without examples, learning from the surest ideas brings .03 of agreement beside what words say (mean of the
    benchmark, part of the themes given).

    Args:
        space: with a row for each example, in which the words of `themes` are known.
        themes: given beforehand.
        examples: row of the space → the theme that it is an example of.
        only: every idea is drawn to one of them.
    """
    prior = beliefs.drawn(space, themes, only=only)
    if examples:
        return np.round(told_apart(space, prior[:, :-1], themes, examples), 6)
    nothing = Answers(np.zeros(0, dtype=np.int64), np.zeros((0, prior.shape[1])))
    scores = learner.fit(space, prior, nothing, self_training=True).scores
    allowed = np.ones_like(scores, dtype=bool)
    allowed[:, -1] = not only
    return np.round(confidence.shares(scores, allowed)[:, :-1], 6)


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
    said = space.smoothed(model.predict_proba(space.rows), _SPREAD) ** _SHARPNESS
    shared = drawn.copy()
    shared[:, columns] = drawn[:, columns].sum(axis=1, keepdims=True) * said / said.sum(axis=1, keepdims=True)
    return shared
