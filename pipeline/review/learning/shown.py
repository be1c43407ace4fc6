"""Examples of themes → how strongly each theme draws ideas: words say how much does, examples say which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.review.learning.space import Space

_FREEDOM = 30.0
"""Inverse of the penalty on weights. With 16 examples a subject, agreement on the hospital of `benchmarks/` is .518 at
3, .538 at 10, .554 at 30 and .541 at 100; .495 without examples."""

_SPREAD = 0.8
"""Share of what examples say of an idea that comes from its neighbours, as for words."""

_ROUNDS = 1000


def told_apart(space: Space, drawn: np.ndarray, themes: Sequence[str], examples: Mapping[str, str]) -> np.ndarray:
    """Return idea × theme: what words draw to the themes that have examples, shared among them as these teach.

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
    said = space.smoothed(model.predict_proba(space.rows), _SPREAD)
    shared = drawn.copy()
    shared[:, columns] = drawn[:, columns].sum(axis=1, keepdims=True) * said / said.sum(axis=1, keepdims=True)
    return shared
