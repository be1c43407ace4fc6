"""Examples of themes: they tell themes from one another, words say how much draws an idea at all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.review.learning.attraction import attraction, told_apart
from pipeline.review.learning.space import Space, build

THEMES = ("T1", "T2", "T3")


def _space(examples: int) -> tuple[Space, np.ndarray, dict[str, str]]:
    """Return three clouds of twelve ideas, the theme of each, and the first `examples` of each cloud as examples."""
    draw = np.random.default_rng(3)
    truth = np.repeat(np.arange(3), 12)
    rows = np.eye(3)[truth] * 2 + draw.normal(0, 0.4, (36, 3))
    ids = [f"i{place:02d}" for place in range(36)]
    alike = {theme: {"words": draw.normal(0, 1, 36)} for theme in THEMES}
    shown = {ids[12 * cloud + place]: THEMES[cloud] for cloud in range(3) for place in range(examples)}
    return build(ids, rows, guided=alike), truth, shown


def test_examples_tell_themes_that_words_mistake() -> None:
    """Words drawn by lot are right of a third of the ideas; three examples a theme put nearly all in theirs."""
    space, truth, shown = _space(3)
    words = attraction(space, THEMES, {}, only=True)
    told = attraction(space, THEMES, shown, only=True)
    assert (words.argmax(axis=1) == truth).mean() < 0.6
    assert (told.argmax(axis=1) == truth).mean() > 0.9


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 4), st.sets(st.sampled_from(THEMES), min_size=1), st.integers(0, 9))
def test_what_words_draw_is_shared_and_no_more(examples: int, taught: set[str], seed: int) -> None:
    """For any themes with examples, what they draw together stays, and a theme without keeps its own; row by row."""
    space, _, shown = _space(examples)
    shown = {idea: theme for idea, theme in shown.items() if theme in taught}
    drawn = np.random.default_rng(seed).dirichlet(np.ones(4), 36)[:, :3]
    told = told_apart(space, drawn, THEMES, shown)
    assert told.sum(axis=1) == pytest.approx(drawn.sum(axis=1))
    for column, theme in enumerate(THEMES):
        if theme not in taught or len(taught) == 1:
            assert told[:, column] == pytest.approx(drawn[:, column])
    assert (told >= 0).all()


def test_the_order_of_examples_changes_nothing() -> None:
    """The same examples in another order give the same numbers."""
    space, _, shown = _space(3)
    drawn = np.full((36, 3), 0.3)
    again = dict(reversed(shown.items()))
    assert (told_apart(space, drawn, THEMES, shown) == told_apart(space, drawn, THEMES, again)).all()
