"""Pairs of ideas that propose the same thing, in the same words or not."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.grouping.neighbours import Neighbours

_WEIGHTS = {"text": 1.5, "words": 0.5, "subjects": 1.0, "notions": 0.5}
"""What a proposal is about and the turn of its text, not its letters: two people who propose the same thing share few
words, and two texts that share many are the export's affair (near-equal rows: the ingest stage).

Average precision (`benchmarks/duplicates.py`) of these weights, and in parentheses of weights on letters and matching
words without subjects: proposals written twice in other words .216 (.047), halves of one author's text .124 (.151).
Sentences aligned one by one, main directions taken away, a rival for texts without double: nothing gained.
"""
_SHARPNESS = 3.0
_APART = 1.0
"""Deviations above the mean of all pairs under which two texts are not alike, however far others are."""
_SUREST = 0.999
"""Score of two different texts, at most."""
_SHARE = 0.08
"""Pairs listed at most, for one idea: a list that a person reads."""


def pairs(corpus: Corpus, neighbours: Neighbours, threshold: float) -> list[tuple[str, str, float]]:
    """Return (idea, idea, score), best first: the pairs in which each stands out for the other.

    The score goes from 0 to 1 and is 1 for two ideas of the same text; `threshold` is the least score listed.
    """
    found = [(a, b, 1.0) for ids in corpus.ids for n, a in enumerate(ids) for b in ids[n + 1 :]]
    same = len(found)
    if len(corpus) > 2:  # noqa: PLR2004 - with two texts nothing can stand out
        for row, other, score in mutual(neighbours):
            if round(score, 3) >= threshold:
                first, second = sorted((corpus.ids[row][0], corpus.ids[other][0]))
                found.append((first, second, score))
    listed = sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))[: same + max(5, round(_SHARE * len(corpus)))]
    return [(first, second, round(score, 3)) for first, second, score in listed]


def mutual(neighbours: Neighbours) -> list[tuple[int, int, float]]:
    """Return (text, text, score): the geometric mean of how surely each would pick the other among all texts.

    A text that is near to everything (a hub) is surely nobody's double: likeness is first told in deviations above what
    each of the two texts is used to, then shared out between all the candidates of each (dual softmax: Cheng et al.,
    2021). Proposals written twice in other words: average precision .216, .135 by the sum of likenesses alone.
    """
    fused = neighbours.fused(_WEIGHTS) / sum(_WEIGHTS.values())
    usual = (fused - fused.mean(axis=1, keepdims=True)) / (fused.std(axis=1, keepdims=True) + 1e-9)
    index, size = neighbours.index, len(neighbours.index)
    known, local = _square(index, np.ones_like(usual), size), _square(index, usual, size)
    both = known.multiply(known.T)
    likeness = (local + local.T).multiply(both) * (_SHARPNESS / 2)
    surely = _shared_out(sparse.csr_matrix(likeness), sparse.csr_matrix(both))
    alike = _square(index, fused, size)
    score = sparse.coo_matrix(sparse.triu(surely.multiply(surely.T).sqrt().multiply(alike > _APART), k=1))
    found = zip(score.row.tolist(), score.col.tolist(), np.round(_SUREST * score.data, 6).tolist(), strict=True)
    return [(row, other, value) for row, other, value in found if value > 0]


def _square(index: np.ndarray, values: np.ndarray, size: int) -> sparse.csr_matrix:
    rows = np.repeat(np.arange(size), index.shape[1])
    return sparse.csr_matrix((values.ravel().astype(np.float64), (rows, index.ravel())), shape=(size, size))


def _shared_out(likeness: sparse.csr_matrix, both: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return, in each row, the exponentials of the likeness at the places of `both`, summing to one."""
    places = sparse.coo_matrix(both)
    values = np.asarray(likeness[places.row, places.col]).ravel()
    highest = np.full(both.shape[0], -np.inf)
    np.maximum.at(highest, places.row, values)
    powers = np.exp(values - highest[places.row])
    total = np.bincount(places.row, powers, minlength=both.shape[0])
    return sparse.csr_matrix((powers / total[places.row], (places.row, places.col)), shape=both.shape)
