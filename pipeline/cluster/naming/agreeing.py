"""Which texts of a theme may speak for it: those that every way of looking at them puts there."""

from __future__ import annotations

import numpy as np

from pipeline.cluster.grouping.membership import Membership
from pipeline.cluster.grouping.views import unit
from pipeline.cluster.naming.reasons import FIRM

_BESIDE = 0.6
"""Part of the nearest texts of one that have to be in its theme."""
_SURE, _LIKELY, _UNSURE, _OUTSIDE = range(4)
_FEWEST = 2
"""Texts that speak for a theme, at the least."""


def doubts(vectors: np.ndarray, held: Membership, near: list[list[int]]) -> np.ndarray:
    """Return how doubtful it is that each text is about the subject of its theme, from 0, as far as three looks tell.

    None (0): the partitions hold it there firmly, most of its nearest texts are there, and its meaning is nearer to
    the mean of the theme's others than to that of any other theme. On the hospital's contest 89 and 92 % of such texts
    are of the theme's subject, where 62 and 65 % of all are; on six consultations .82 where .68 are. Few (1): the two
    last only. A weak signal has the most. What it brings to quotations: `benchmarks/shown.py`.

    Args:
        vectors: text × size, the meanings.
        held: memberships.
        near: nearest rows of each text.
    """
    labels = held.theme
    beside = [bool(rows) and float(np.mean(labels[rows] == labels[row])) >= _BESIDE for row, rows in enumerate(near)]
    likely = np.array(beside, dtype=bool) & _meant(vectors, labels)
    firm = (held.share >= FIRM) & (held.share > held.second_share)
    return np.select([held.weak, likely & firm, likely], [_OUTSIDE, _SURE, _LIKELY], _UNSURE)


def speaking(rows: list[int], doubt: np.ndarray) -> list[int]:
    """Return the rows of a theme that sentences are taken from: those without a doubt, or the two with the least.

    Args:
        rows: of the theme, most typical first.
        doubt: see `doubts`.
    """
    ordered = sorted((row for row in rows if doubt[row] < _OUTSIDE), key=lambda row: doubt[row])
    return ordered[: max(_FEWEST, sum(doubt[row] == _SURE for row in ordered))]


def _meant(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return whether each text is nearest to the mean of its own theme, itself left out."""
    centred = unit(vectors - vectors.mean(axis=0))
    sums = np.array([centred[labels == theme].sum(axis=0) for theme in range(int(labels.max()) + 1)])
    like = centred @ unit(sums).T
    own = (centred * unit(sums[labels] - centred)).sum(axis=1)
    like[np.arange(len(labels)), labels] = own
    return np.asarray(own >= like.max(axis=1))
