"""Would the themes be found again? The same search on other draws of the texts, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipeline.cluster.grouping.neighbours import Neighbours

KEPT = 0.95
"""Share of the texts in a draw."""
FOUND = 0.5
"""Overlap from which a theme counts as found again: more in common than apart."""

Search = Callable[[Neighbours, np.ndarray, int], np.ndarray]
"""(candidates of a draw, rows of its texts, seed) → theme of each text."""


@dataclass(frozen=True, slots=True)
class Stability:
    """One figure per theme.

    Attributes:
        overlap: mean Jaccard overlap with the best match over the draws, 0 to 1.
        found: draws in which that overlap is at least `FOUND`.
        draws: in all.
    """

    overlap: np.ndarray
    found: np.ndarray
    draws: int


def measure(
    neighbours: Neighbours,
    labels: np.ndarray,
    search: Search,
    draws: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> Stability:
    """Return how often the themes are found again when 5 % of the texts are left out and the seed changes."""
    random = np.random.default_rng(seed)
    overlaps = np.zeros((draws, int(labels.max()) + 1))
    for number in range(draws):
        kept = np.sort(random.permutation(len(labels))[: max(2, round(KEPT * len(labels)))])
        again = search(restrict(neighbours, kept), kept, seed + 1 + number)
        overlaps[number] = best_overlaps(labels[kept], again, overlaps.shape[1])
        if progress:
            progress(number + 1, draws)
    return Stability(overlaps.mean(axis=0), (overlaps >= FOUND).sum(axis=0), draws)


def best_overlaps(labels: np.ndarray, again: np.ndarray, themes: int) -> np.ndarray:
    """Return the Jaccard overlap of each theme with the group of `again` that is most like it."""
    common = np.zeros((themes, int(again.max()) + 1))
    np.add.at(common, (labels, again), 1)
    union = common.sum(axis=1, keepdims=True) + common.sum(axis=0) - common
    return np.asarray(np.divide(common, union, out=np.zeros_like(common), where=union > 0).max(axis=1))


def restrict(neighbours: Neighbours, kept: np.ndarray) -> Neighbours:
    """Return the candidates among the texts `kept` (sorted rows), as many for each text."""
    place = np.full(len(neighbours.index), -1)
    place[kept] = np.arange(len(kept))
    index = place[neighbours.index[kept]]
    here = index >= 0
    width = int(here.sum(axis=1).min())
    chosen = np.argsort(~here, axis=1, kind="stable")[:, :width]
    return Neighbours(
        np.take_along_axis(index, chosen, axis=1),
        {name: np.take_along_axis(rows[kept], chosen, axis=1) for name, rows in neighbours.similarity.items()},
    )
