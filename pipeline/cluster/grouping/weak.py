"""Ideas that resemble few others: the weak signals that no disagreement between partitions shows."""

from __future__ import annotations

import numpy as np

from pipeline.cluster.grouping.neighbours import Neighbours
from pipeline.cluster.grouping.views import WEIGHTS, unit

NEAREST = 10
"""Texts from which it is told whether one stands alone."""
FAR = 1.5
"""Robust deviations from the usual, from which a text stands alone: 4 to 7 % of a contest."""
_SPREAD = 1.4826
"""Median absolute deviation of a normal law → its deviation."""


Usual = tuple[float, float]
"""Median of some values, and robust deviation from it."""


def isolation(near: Neighbours, about: np.ndarray) -> np.ndarray:
    """Return how far each text stands from the others, in robust deviations from what is usual in the contest.

    Two distances count alike: from its ten nearest texts in all views, and from the subjects of the contest as a whole
    (an idea can be alone with two neighbours that are alone too). Texts of other consultations slipped into each
    corpus of the benchmark are told from its own at AUC .94, .90 by the nearest texts only (`benchmarks/signals.py`).

    Args:
        near: candidates of each text.
        about: how much each text is about each notion of the thesaurus.
    """
    fused = near.fused(WEIGHTS)
    count = min(NEAREST, fused.shape[1])
    likeness = np.partition(fused, -count, axis=1)[:, -count:].mean(axis=1).astype(np.float64)
    subjects = unit(about)
    common = (subjects * unit(subjects.sum(axis=0) - subjects)).sum(axis=1)
    return np.round(_standing(-_standing(likeness) - _standing(common)), 6)


def isolated(near: Neighbours, about: np.ndarray) -> np.ndarray:
    """Return whether each text stands alone: far from its nearest ones and from what this contest is about."""
    return isolation(near, about) > FAR


def usual(values: np.ndarray) -> Usual:
    """Return what is usual of some values."""
    middle = float(np.median(values))
    return middle, _SPREAD * float(np.median(np.abs(values - middle))) + 1e-9


def deviations(values: np.ndarray, usually: Usual) -> np.ndarray:
    """Return how far values stand from what is usual, in robust deviations."""
    return np.asarray((values - usually[0]) / usually[1])


def _standing(values: np.ndarray) -> np.ndarray:
    values = np.round(values, 6)
    return deviations(values, usual(values))
