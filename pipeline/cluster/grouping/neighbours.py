"""Views → for every text, the texts that could be its neighbours and how alike they are in each view.

Up to `DENSE` texts the candidates are all the others; above, the nearest ones by the views that are vectors, so that
time and memory grow with the number of texts and not with its square.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.decomposition import TruncatedSVD

from pipeline.cluster.grouping.views import WEIGHTS, Views

DENSE = 1500
CANDIDATES = 80
_EXACT = 25_000
"""Texts up to which the nearest ones are found by comparing all pairs, in blocks; above, by descent on a graph."""
_BLOCK = 250
_DIRECTIONS = 192
"""Columns that stand for all those of the views (over 2,000) where texts are compared by the million."""
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Candidates of each text and their similarity by view.

    Attributes:
        index: text × candidate, rows of the corpus.
        similarity: view → text × candidate, on one scale: mean 0 and deviation 1 over all pairs.
        rows: text × column, what the candidates were found by; None when they are all the others.
    """

    index: np.ndarray
    similarity: dict[str, np.ndarray]
    rows: np.ndarray | None = None

    def fused(self, weights: dict[str, float]) -> np.ndarray:
        """Return the weighted sum of the views that have a weight."""
        return np.asarray(sum(weight * self.similarity[name] for name, weight in weights.items()))


def find(views: Views) -> Neighbours:
    """Return the candidates of a corpus of at least two texts."""
    size = len(views.vectors["text"])
    if size <= DENSE:
        everyone = np.arange(size)
        index = np.array([np.delete(everyone, row) for row in everyone])
        return Neighbours(index, {name: _scaled(rows, rows) for name, rows in _all_pairs(views, index).items()})
    rows = _main_directions(joined(views))
    index = _nearest(rows) if size <= _EXACT else _descent(rows)
    left, right = _random_pairs(size)
    likeness = {name: _of_candidates(views, name, index) for name in WEIGHTS}
    scaled = {name: _scaled(found, _of_pairs(views, name, left, right)) for name, found in likeness.items()}
    return Neighbours(index, scaled, rows)


def _all_pairs(views: Views, index: np.ndarray) -> dict[str, np.ndarray]:
    whole = {name: rows @ rows.T for name, rows in views.vectors.items()}
    whole["matching"] = views.matching.block(slice(None))
    return {name: np.take_along_axis(square, index, axis=1) for name, square in whole.items()}


def _scaled(rows: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Return rows on the scale of `reference`, rounded: the last bits of a product differ between machines."""
    return np.asarray(np.round((rows - reference.mean()) / (reference.std() + 1e-9), 4), dtype=np.float32)


def _of_candidates(views: Views, name: str, index: np.ndarray) -> np.ndarray:
    found = np.empty(index.shape, dtype=np.float32)
    for start in range(0, len(index), _BLOCK):
        part = slice(start, start + _BLOCK)
        if name == "matching":
            found[part] = np.take_along_axis(views.matching.block(part), index[part], axis=1)
        else:
            rows = views.vectors[name]
            found[part] = np.einsum("ij,ikj->ik", rows[part], rows[index[part]])
    return found


def _of_pairs(views: Views, name: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    if name == "matching":
        return views.matching.pairs(left, right)
    rows = views.vectors[name]
    return np.asarray(np.einsum("ij,ij->i", rows[left], rows[right]))


def _random_pairs(size: int) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(0)  # the same pairs whatever the seed: a scale is no draw
    left = draw.integers(size, size=_SAMPLE)
    return left, (left + draw.integers(1, size, size=_SAMPLE)) % size


def joined(views: Views) -> np.ndarray:
    """Return one row per text whose product is the weighted sum of the vector views."""
    left, right = _random_pairs(len(views.vectors["text"]))
    scale = {name: _of_pairs(views, name, left, right).std() + 1e-9 for name in views.vectors}
    parts = [np.sqrt(WEIGHTS[name] / scale[name]) * rows for name, rows in views.vectors.items()]
    return np.hstack(parts).astype(np.float32)


def _main_directions(rows: np.ndarray) -> np.ndarray:
    """Return the rows on their main directions: enough to find candidates, which the whole views then compare."""
    width = min(_DIRECTIONS, min(rows.shape) - 1)
    return np.asarray(TruncatedSVD(width, n_iter=3, random_state=0).fit_transform(rows), dtype=np.float32)


def _nearest(rows: np.ndarray) -> np.ndarray:
    index = np.empty((len(rows), CANDIDATES), dtype=np.int64)
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK] @ rows.T
        block[np.arange(len(block)), start + np.arange(len(block))] = -np.inf
        index[start : start + _BLOCK] = np.argpartition(-block, CANDIDATES - 1, axis=1)[:, :CANDIDATES]
    return np.sort(index, axis=1)


def _descent(rows: np.ndarray) -> np.ndarray:
    from pynndescent import NNDescent  # noqa: PLC0415 - compiles for seconds, for large corpora only

    found = NNDescent(rows, metric="cosine", n_neighbors=CANDIDATES + 1, random_state=0, n_jobs=1)
    index = found.neighbor_graph[0].astype(np.int64)
    kept = np.array([[j for j in row if j != i][:CANDIDATES] for i, row in enumerate(index)])
    return np.sort(kept, axis=1)
