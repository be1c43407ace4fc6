"""Texts that were not drawn → the theme of the drawn ones nearest to them, as firmly as these hold to it.

A text is placed alone: neither the other texts of its part, nor their number, change anything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.cluster.grouping import lens, membership
from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.grouping.lens import Lens
from pipeline.cluster.grouping.membership import Membership
from pipeline.cluster.grouping.views import unit
from pipeline.cluster.grouping.weak import FAR, Usual, deviations, usual
from pipeline.cluster.grouping.weak import NEAREST as LONELY

_NEAREST = 15
_BLOCK = 256
"""Texts compared at once: always as many, so that the last bits of a product do not tell how many there were."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the drawn texts say of any other.

    Attributes:
        lens: through which all texts are looked at.
        rows: of the drawn texts.
        labels: theme of each.
        affinity: text × theme, see `membership.Membership`.
        given: how many of the themes, the first, were given beforehand.
        subjects: what all of them together are about.
        near, common, apart: what is usual of the likeness with the nearest, with `subjects`, and of both together.
        seen, held: shares of the drawn texts as the others would give them, and as they are, in order.
    """

    lens: Lens
    rows: np.ndarray
    labels: np.ndarray
    affinity: np.ndarray
    given: int
    subjects: np.ndarray
    near: Usual
    common: Usual
    apart: Usual
    seen: np.ndarray
    held: np.ndarray

    def scale(self, share: np.ndarray) -> np.ndarray:
        """Return what shares are worth: neighbours say less than the search does, in the same order."""
        return np.asarray(np.interp(share, self.seen, self.held))


@dataclass(frozen=True, slots=True)
class Placed:
    """Where texts are.

    Attributes:
        held: memberships.
        index: text × drawn text, the nearest first.
        weight: how much each of these counts; rows sum to one.
    """

    held: Membership
    index: np.ndarray
    weight: np.ndarray


def learn(corpus: Corpus, held: Membership, given: int) -> Drawn:
    """Return what the texts drawn, in their themes, say of others.

    Args:
        corpus: of the drawn texts.
        held: how firmly each holds to each theme.
        given: how many of the themes were given beforehand.
    """
    seen = lens.fit(corpus)
    rows = seen.rows(corpus)
    about = unit(corpus.about)
    index, likeness = nearest(rows, rows, _NEAREST, own=True)
    near = _mean_of(likeness[:, :LONELY])
    total = about.sum(axis=0)
    common = np.round((about * unit(total - about)).sum(axis=1), 6)
    both = usual(near), usual(common)
    apart = usual(_apart(near, common, *both))
    affinity, labels = _told(_weights(likeness), index, held.theme, held.affinity)
    shares = membership.of(affinity, labels, 0.0, given=given).share
    subjects = unit(total[None])[0]
    own = held.theme, held.affinity, given
    return Drawn(seen, rows, *own, subjects, *both, apart, np.sort(shares), np.sort(held.share))


def place(corpus: Corpus, drawn: Drawn, weak_below: float) -> Placed:
    """Return where texts are, from the drawn ones nearest to them."""
    index, likeness = nearest(drawn.lens.rows(corpus), drawn.rows, _NEAREST)
    weight = _weights(likeness)
    affinity, labels = _told(weight, index, drawn.labels, drawn.affinity)
    alone = _alone(corpus, likeness, drawn)
    return Placed(membership.of(affinity, labels, weak_below, alone, drawn.given, drawn.scale), index, weight)


def _weights(likeness: np.ndarray) -> np.ndarray:
    """Return how much each neighbour counts: nearer ones more, as in the graphs of the consensus."""
    weight = np.exp((likeness - likeness[:, :1]) / (2 * (likeness.std(axis=1, keepdims=True) + 1e-9)))
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _told(
    weight: np.ndarray, index: np.ndarray, labels: np.ndarray, affinity: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return text × theme as the neighbours have it, and the theme that most of them are in."""
    votes = np.einsum("ij,ijk->ik", weight, np.eye(affinity.shape[1])[labels[index]])
    return np.einsum("ij,ijk->ik", weight, affinity[index]), np.round(votes, 9).argmax(axis=1)


def dense(corpus: Corpus, labels: np.ndarray, drawn: Drawn) -> frozenset[int]:
    """Return the groups of texts that are a subject of their own: as near to one another as drawn texts usually are.

    Args:
        corpus: texts that few of the drawn ones resemble.
        labels: the group of each.
        drawn: what was drawn.
    """
    rows = drawn.lens.rows(corpus)
    found = set()
    for group in range(int(labels.max()) + 1):
        inside = rows[labels == group]
        near = _mean_of(nearest(inside, inside, min(LONELY, len(inside) - 1), own=True)[1])
        if len(near) and np.median(near) >= drawn.near[0]:
            found.add(group)
    return frozenset(found)


def nearest(rows: np.ndarray, others: np.ndarray, count: int, *, own: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Return the `count` rows of `others` most like each row, best first, and how alike they are.

    `own`: both are the same rows, and none is its own neighbour.
    """
    count = max(0, min(count, len(others) - own))
    index, likeness = np.empty((len(rows), count), dtype=np.int64), np.empty((len(rows), count))
    for start in range(0, len(rows), _BLOCK):
        part = rows[start : start + _BLOCK]
        padded = np.zeros((_BLOCK, rows.shape[1]), dtype=np.float32)
        padded[: len(part)] = part
        block = np.round((padded @ others.T)[: len(part)].astype(np.float64), 4)
        if own:
            block[np.arange(len(part)), start + np.arange(len(part))] = -np.inf
        chosen = np.argsort(-block, axis=1, kind="stable")[:, :count]
        index[start : start + _BLOCK] = chosen
        likeness[start : start + _BLOCK] = np.take_along_axis(block, chosen, axis=1)
    return index, likeness


def _alone(corpus: Corpus, likeness: np.ndarray, drawn: Drawn) -> np.ndarray:
    near = _mean_of(likeness[:, :LONELY])
    common = np.round(unit(corpus.about) @ drawn.subjects, 6)
    apart = _apart(near, common, drawn.near, drawn.common)
    return np.asarray(np.round(deviations(apart, drawn.apart), 6) > FAR)


def _mean_of(likeness: np.ndarray) -> np.ndarray:
    return np.asarray(np.round(likeness.mean(axis=1), 6)) if likeness.shape[1] else np.zeros(len(likeness))


def _apart(near: np.ndarray, common: np.ndarray, usual_near: Usual, usual_common: Usual) -> np.ndarray:
    return np.asarray(np.round(-deviations(near, usual_near) - deviations(common, usual_common), 6))
