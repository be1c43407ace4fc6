"""The map: what is alike is near, and it is the same on any machine."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr
from sklearn.manifold import trustworthiness

from pipeline.cluster import layout
from pipeline.cluster.grouping.neighbours import Neighbours


def groups(count: int, size: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return unit rows that fall in plain groups, and the groups."""
    draw = np.random.default_rng(seed)
    truth = np.repeat(np.arange(count), size)
    rows = draw.standard_normal((count, 20))[truth] + 0.4 * draw.standard_normal((count * size, 20))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True), truth


def alike(rows: np.ndarray, candidates: int | None = None) -> Neighbours:
    """Return the likeness of unit rows with their nearest, or with all others."""
    square = np.einsum("ik,jk->ij", rows, rows)
    np.fill_diagonal(square, -np.inf)
    index = np.sort(np.argsort(-square, axis=1, kind="stable")[:, : candidates or len(rows) - 1], axis=1)
    return Neighbours(index, {"text": np.round(5 * np.take_along_axis(square, index, axis=1), 4).astype(np.float32)})


def digest() -> str:
    """Return what the map of a fixed corpus comes to, byte for byte."""
    rows, truth = groups(6, 20)
    return hashlib.sha256(layout.positions(alike(rows), truth, 3).tobytes()).hexdigest()


@settings(max_examples=20, deadline=None)
@given(st.integers(12, 40), st.integers(1, 4), st.integers(0, 99))
def test_the_graph_is_symmetric_and_bounded(texts: int, themes: int, seed: int) -> None:
    """Weights lie in 0 to 1, the same both ways; each text is tied fully to its nearest, never to itself."""
    rows = np.random.default_rng(seed).standard_normal((texts, 5))
    square = layout.near_graph(alike(rows), np.arange(texts) % themes).toarray()
    assert square == pytest.approx(square.T)
    assert square.min() >= 0
    assert square.max() <= 1
    assert not np.diag(square).any()
    assert square.max(axis=1) == pytest.approx(np.ones(texts))


def test_weights_of_a_text_sum_to_the_logarithm_of_their_number() -> None:
    """Before links are made mutual, a text's links weigh as many bits as tell fifteen texts apart."""
    rows, truth = groups(4, 15)
    near = alike(rows)
    beyond = np.sort(5 - near.similarity["text"].astype(float), axis=1)[:, :14]
    beyond -= beyond[:, :1]
    weights = np.exp(-beyond / layout._rate(beyond, np.log2(15)))
    assert weights.sum(axis=1) == pytest.approx(np.full(len(truth), np.log2(15)), abs=1e-6)


def test_what_pushes_apart_is_close_to_the_sum_over_all_pairs() -> None:
    """The grid gives the push that all pairs give, its direction and its strength."""
    places = 6 * np.random.default_rng(1).standard_normal((150, 2))
    gap = places[:, None] - places[None]
    near = 1 / (1 + (gap**2).sum(axis=2))
    np.fill_diagonal(near, 0)
    exact = (near[:, :, None] ** 2 * gap).sum(axis=1) / near.sum()
    found = layout._push(places)
    assert np.linalg.norm(found - exact) < 0.15 * np.linalg.norm(exact)


@settings(max_examples=25, deadline=None)
@given(st.integers(10, 60), st.integers(1, 5), st.integers(0, 99))
def test_any_corpus_has_a_map(texts: int, themes: int, seed: int) -> None:
    """Whatever the number of texts and themes, places are finite, centred, and reach the edge of the map."""
    rows = np.random.default_rng(seed).standard_normal((texts, 4))
    found = layout.positions(alike(rows / np.linalg.norm(rows, axis=1)[:, None]), np.arange(texts) % themes, seed)
    assert np.isfinite(found).all()
    assert found.mean(axis=0) == pytest.approx(np.zeros(2), abs=1e-3)
    assert np.abs(found).max() == pytest.approx(5)


def test_equal_texts_still_have_a_map() -> None:
    """Texts whose views say the same are tied to each other, without a division by zero."""
    found = layout.positions(alike(np.ones((12, 3)) / np.sqrt(3)), np.zeros(12, dtype=np.int64), 0)
    assert np.isfinite(found).all()


def test_the_map_shows_who_is_near() -> None:
    """Neighbours on the map are neighbours in the views, from any start; groups apart lie apart."""
    rows, truth = groups(5, 12)
    for seed in range(3):
        found = layout.positions(alike(rows), truth, seed)
        assert trustworthiness(rows, found, n_neighbors=5) > 0.9
        apart = [np.linalg.norm(table[:, None] - table, axis=2).ravel() for table in (rows, found)]
        assert spearmanr(*apart)[0] > 0.25


def test_large_corpora_have_a_map_too() -> None:
    """With the nearest as the only candidates, groups show as well."""
    rows, truth = groups(4, 25)
    assert trustworthiness(rows, layout.positions(alike(rows, 20), truth, 3), n_neighbors=5) > 0.85


@pytest.mark.parametrize("machine", [{"OPENBLAS_NUM_THREADS": "1"}, {"OPENBLAS_CORETYPE": "Nehalem"}, {}])
def test_the_map_has_the_same_bytes_on_any_machine(machine: dict[str, str]) -> None:
    """Threads and the kernels of the processor change no byte of the map."""
    code = "from tests.cluster.test_layout import digest; print(digest())"
    told = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | machine, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == digest()
