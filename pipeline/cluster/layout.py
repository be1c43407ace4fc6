"""The map: two coordinates per text, near when alike (UMAP: McInnes, Healy, Melville, 2018)."""

from __future__ import annotations

import math
import warnings

import numpy as np
from scipy import sparse

from pipeline.cluster.grouping.corpus import Corpus

_FEWEST = 10
"""Texts under which a circle says as much as a projection."""
_NEIGHBOURS = 15
_APART = 0.3
"""Least distance of two texts on the map."""
_BLOCK = 250
"""Texts compared with their candidates at once."""
_HALVINGS = 80
_STEP = 0.03
"""Distance between two ideas of the same text."""
_GOLDEN = math.pi * (3 - math.sqrt(5))


def positions(vectors: np.ndarray, labels: np.ndarray, seed: int, candidates: np.ndarray | None = None) -> np.ndarray:
    """Return text × 2, centred; texts of one theme side by side on a circle when they are few.

    Args:
        vectors: rows whose distances say who is near.
        labels: theme of each text.
        seed: of the projection.
        candidates: text × candidate, the rows among which its nearest are looked for; all others when None.
    """
    if len(vectors) < _FEWEST:
        return circle(labels)
    start = _main_directions(vectors)
    themes = np.eye(int(labels.max()) + 1, dtype=vectors.dtype)[labels] * _PULL
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = _projected(np.hstack([vectors, themes]), start, seed, candidates)
    return np.asarray(np.round(found - found.mean(axis=0), 4))


def _projected(rows: np.ndarray, start: np.ndarray, seed: int, candidates: np.ndarray | None) -> np.ndarray:
    """Return UMAP's projection of its own graph, built here: its functions for that compile for ten seconds a run."""
    from umap.umap_ import find_ab_params, simplicial_set_embedding  # noqa: PLC0415 - compiles for seconds

    wide, steep = find_ab_params(1.0, _APART)
    graph = fuzzy_graph(rows, min(_NEIGHBOURS, len(rows) - 1), candidates)
    found = simplicial_set_embedding(
        rows, graph, n_components=2, initial_alpha=1.0, a=wide, b=steep, gamma=1.0, negative_sample_rate=5,
        n_epochs=None, init=start, random_state=np.random.RandomState(seed), metric="euclidean", metric_kwds={},
        densmap=False, densmap_kwds={}, output_dens=False,
    )  # fmt: skip
    return np.asarray(found[0])


def fuzzy_graph(rows: np.ndarray, count: int, candidates: np.ndarray | None = None) -> sparse.coo_matrix:
    """Return UMAP's graph of the `count` nearest rows, each among them: 1 with the nearest, less with farther ones.

    The nearest are looked for among the `candidates` of a row, all others when None. Weights fall off from the nearest
    at the rate that makes those of a row sum to the binary logarithm of `count`; two rows are joined when either is
    near the other (McInnes, Healy, Melville, 2018, algorithms 2 and 3).
    """
    index, square = _of_all(rows, count) if candidates is None else _of_candidates(rows, count, candidates)
    distance = np.sqrt(square)
    nearest = np.where(distance > 0, distance, np.inf).min(axis=1, keepdims=True)
    beyond = np.maximum(distance - np.where(np.isfinite(nearest), nearest, 0), 0)
    weight = np.exp(-beyond / _rate(beyond, math.log2(count), distance.mean(axis=1, keepdims=True)))
    from_row = np.repeat(np.arange(len(rows)), index.shape[1])
    graph = sparse.csr_matrix((weight.ravel(), (from_row, index.ravel())), shape=(len(rows), len(rows)))
    return sparse.coo_matrix(graph + graph.T - graph.multiply(graph.T))


def _of_all(rows: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest of each row, less itself, and their squared distances."""
    norms = (rows**2).sum(axis=1)
    square = np.maximum(norms[:, None] + norms - 2 * rows @ rows.T, 0)
    np.fill_diagonal(square, -1)
    index = np.argsort(np.round(square, 9), axis=1, kind="stable")[:, 1:count]
    return index, np.take_along_axis(square, index, axis=1)


def _of_candidates(rows: np.ndarray, count: int, candidates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest candidates of each row, and their squared distances; a row is not its own candidate."""
    square = np.empty(candidates.shape)
    for start in range(0, len(rows), _BLOCK):
        part = slice(start, start + _BLOCK)
        apart = rows[part, None, :] - rows[candidates[part]]
        square[part] = np.einsum("ijk,ijk->ij", apart, apart)
    order = np.argsort(np.round(square, 6), axis=1, kind="stable")[:, : count - 1]
    return np.take_along_axis(candidates, order, axis=1), np.take_along_axis(square, order, axis=1)


def _rate(beyond: np.ndarray, total: float, least: np.ndarray) -> np.ndarray:
    """Return for each row the rate at which its weights sum to `total`, found by halving; never next to nothing."""
    low, high = np.zeros((len(beyond), 1)), np.full((len(beyond), 1), beyond.max() * len(beyond) + 1)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        more = np.exp(-beyond / middle).sum(axis=1, keepdims=True) > total
        low, high = np.where(more, low, middle), np.where(more, middle, high)
    return np.asarray(np.maximum((low + high) / 2, 1e-3 * least + 1e-12))


_PULL = 0.35
"""How much sharing a theme draws two texts together: the map shows the themes, and the texts that stray from them."""


def circle(labels: np.ndarray) -> np.ndarray:
    """Return text × 2 on a circle, texts of one theme side by side."""
    order = np.argsort(labels, kind="stable")
    angle = np.empty(len(labels))
    angle[order] = 2 * math.pi * np.arange(len(labels)) / max(1, len(labels))
    return np.round(np.column_stack([np.cos(angle), np.sin(angle)]), 4)


def _main_directions(vectors: np.ndarray) -> np.ndarray:
    centred = vectors - vectors.mean(axis=0)
    left, values, _ = np.linalg.svd(centred, full_matrices=False)
    rows = left[:, :2] * values[:2]
    rows *= np.where(np.abs(rows).max(axis=0) == rows.max(axis=0), 1, -1)  # a direction has no sign of its own
    return np.asarray(10 * rows / (np.abs(rows).max() + 1e-9), dtype=np.float32)


def by_idea(corpus: Corpus, rows: np.ndarray) -> list[tuple[str, float, float]]:
    """Return (idea, x, y); ideas of the same text lie around each other, never one on another."""
    placed = []
    for ids, (x, y) in zip(corpus.ids, rows, strict=True):
        for rank, idea in enumerate(ids):
            radius, angle = _STEP * math.sqrt(rank), _GOLDEN * rank
            placed.append((idea, round(x + radius * math.cos(angle), 4), round(y + radius * math.sin(angle), 4)))
    return sorted(placed)
