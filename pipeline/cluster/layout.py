"""The map: two coordinates per text, near when alike (UMAP: McInnes, Healy, Melville, 2018)."""

from __future__ import annotations

import math
import warnings

import numpy as np

from pipeline.cluster.corpus import Corpus

_FEWEST = 10
"""Texts under which a circle says as much as a projection."""
_NEIGHBOURS = 15
_STEP = 0.03
"""Distance between two ideas of the same text."""
_GOLDEN = math.pi * (3 - math.sqrt(5))


def positions(vectors: np.ndarray, labels: np.ndarray, seed: int) -> np.ndarray:
    """Return text × 2, centred; texts of one theme side by side on a circle when they are few.

    Args:
        vectors: unit rows, all views joined.
        labels: theme of each text.
        seed: of the projection.
    """
    if len(vectors) < _FEWEST:
        return circle(labels)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from umap import UMAP  # noqa: PLC0415 - compiles for seconds

        start = _main_directions(vectors)
        themes = np.eye(int(labels.max()) + 1)[labels] * _PULL
        projection = UMAP(
            n_neighbors=min(_NEIGHBOURS, len(vectors) - 1), min_dist=0.3, metric="euclidean", init=start,
            random_state=seed, n_jobs=1,
        )  # fmt: skip
        found = projection.fit_transform(np.hstack([vectors, themes]))
    return np.asarray(np.round(found - found.mean(axis=0), 4))


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
