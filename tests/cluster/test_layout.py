"""The map: UMAP's graph built here is UMAP's own, and what is alike is near."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.manifold import trustworthiness

from pipeline.cluster import layout


def groups(count: int, size: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return unit rows that fall in plain groups, and the groups."""
    draw = np.random.default_rng(seed)
    truth = np.repeat(np.arange(count), size)
    rows = draw.standard_normal((count, 20))[truth] + 0.4 * draw.standard_normal((count * size, 20))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True), truth


def test_the_graph_is_that_of_umap() -> None:
    """Weights are those that UMAP itself gives, on the same pairs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from umap import UMAP  # noqa: PLC0415 - compiles for seconds, and warns of what it lacks

    rows, _ = groups(4, 15)
    theirs = UMAP(n_neighbors=10, random_state=1, n_epochs=1, init="random", n_jobs=1).fit(rows).graph_
    assert abs(layout.fuzzy_graph(rows, 10).tocsr() - theirs).max() < 0.005


@settings(max_examples=20, deadline=None)
@given(st.integers(12, 40), st.integers(3, 10), st.integers(0, 99))
def test_the_graph_is_symmetric_and_bounded(texts: int, count: int, seed: int) -> None:
    """Weights lie in 0 to 1, the same both ways; each row is tied fully to its nearest, never to itself."""
    rows = np.random.default_rng(seed).standard_normal((texts, 5))
    square = layout.fuzzy_graph(rows, count).toarray()
    assert square == pytest.approx(square.T)
    assert square.min() >= 0
    assert square.max() <= 1 + 1e-9
    assert not np.diag(square).any()
    assert square.max(axis=1) == pytest.approx(np.ones(texts))


def test_equal_rows_still_have_a_graph() -> None:
    """Texts whose views say the same are tied to each other, without a division by zero."""
    square = layout.fuzzy_graph(np.ones((12, 3)), 5).toarray()
    assert np.isfinite(square).all()
    assert square.max() == pytest.approx(1)


def test_the_map_shows_who_is_near_and_is_the_same_each_time() -> None:
    """Neighbours on the map are neighbours in the views; the same input gives the same map."""
    rows, truth = groups(5, 12)
    found = layout.positions(rows, truth, 3)
    assert trustworthiness(rows, found, n_neighbors=5) > 0.9
    assert (found == layout.positions(rows, truth, 3)).all()


def test_large_corpora_have_a_map_too() -> None:
    """With all others as candidates the map is the same, to the last digits; with the nearest only, groups show."""
    rows, truth = groups(4, 15)
    order = np.argsort(-rows @ rows.T, axis=1, kind="stable")[:, 1:]
    everyone, nearest = layout.fuzzy_graph(rows, 10, order), layout.fuzzy_graph(rows, 10, order[:, :20])
    assert abs(everyone - layout.fuzzy_graph(rows, 10)).max() < 1e-6
    assert abs(nearest - everyone).max() < 1e-6
    assert trustworthiness(rows, layout.positions(rows, truth, 3, order[:, :20]), n_neighbors=5) > 0.85
