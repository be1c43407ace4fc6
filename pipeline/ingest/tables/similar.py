"""Texts → pairs that say nearly the same in nearly the same words, in time that grows with the texts, not the pairs.

No text is kept: each leaves a sketch of a fixed size, from which the share of words in common is estimated. Our own:
the smallest hashes take one hash a sequence, the MinHash of datasketch one a sequence and permutation.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from pipeline.french import fold

_SKETCH = 32
_LOOKED_UP = 8
_CROWD = 50
_ALIKE = 0.6
_PROMISING = 0.4
_FEWEST_WORDS = 8
_BLOCK = 4096
_NONE = np.iinfo(np.uint32).max
_ODD = tuple(np.uint32(n) for n in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D))
"""Odd numbers that mix the hashes of three words (from xxHash)."""
_T = TypeVar("_T")
_Numbers = npt.NDArray[np.uint32]


class Pair(NamedTuple):
    """Two ideas with nearly the same words.

    Attributes:
        idea_a: the smaller id.
        idea_b: the other.
        score: share of their three-word sequences in common, 0 to 1.
    """

    idea_a: str
    idea_b: str
    score: float


def similar_pairs(ids: Sequence[str], text_of: Callable[[int], str]) -> list[Pair]:
    """Return the pairs of ids whose texts share at least 6 in 10 of their three-word sequences, sorted.

    Candidates share one of the 8 smallest hashes of their sequences, and their 32 smallest agree (bottom-k sketch;
    Broder 1997, "On the resemblance and containment of documents"); their texts are then compared in full. Two texts
    that share 60 % of their sequences miss each other about once in 100.

    Args:
        ids: of the ideas.
        text_of: the text of the idea at a place, read again when it is needed.
    """
    kept: list[int] = []
    sketches: list[_Numbers] = []
    for place in range(len(ids)):
        smallest = _hashes(text_of(place))[:_SKETCH]
        if len(smallest):
            kept.append(place)
            sketches.append(np.concatenate([smallest, np.full(_SKETCH - len(smallest), _NONE, np.uint32)]))
    if not kept:
        return []
    table = np.stack(sketches)
    sketches.clear()
    found: dict[tuple[str, str], float] = {}
    for one, other in _candidates(table):
        for i, j in _promising(table, one, other):
            a, b = sorted((kept[i], kept[j]), key=ids.__getitem__)
            if (ids[a], ids[b]) not in found:
                found[ids[a], ids[b]] = overlap(set(_hashes(text_of(a)).tolist()), set(_hashes(text_of(b)).tolist()))
    return [Pair(a, b, round(score, 3)) for (a, b), score in sorted(found.items()) if score >= _ALIKE]


def overlap(one: AbstractSet[_T], other: AbstractSet[_T]) -> float:
    """Return the Jaccard overlap of two sets, 0 when both are empty."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode())


def _hashes(text: str) -> _Numbers:
    """Return the hashes of a text's three-word sequences, in order; none for a text too short to compare."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    if len(words) < _FEWEST_WORDS:
        return np.empty(0, np.uint32)
    hashes = np.fromiter(map(_hash, words), np.uint32, len(words))
    mixed = hashes[:-2] * _ODD[0] + hashes[1:-1] * _ODD[1] + hashes[2:] * _ODD[2]
    mixed ^= mixed >> np.uint32(15)
    mixed *= _ODD[1]
    mixed ^= mixed >> np.uint32(13)
    return np.unique(mixed)


def _candidates(table: _Numbers) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Yield blocks of pairs of rows that share a hash; one that a crowd shares tells nothing."""
    values = table[:, :_LOOKED_UP].ravel()
    order = np.argsort(values, kind="stable")
    bounds = np.flatnonzero(np.diff(values[order])) + 1
    starts, ends = np.concatenate([[0], bounds]), np.concatenate([bounds, [len(values)]])
    pairs: list[npt.NDArray[np.int64]] = []
    size = 0
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if 1 < end - start <= _CROWD and values[order[start]] != _NONE:
            rows = np.sort(order[start:end] // _LOOKED_UP)
            left, right = np.triu_indices(len(rows), 1)
            pairs.append(rows[left] * len(table) + rows[right])
            size += len(left)
        if size > _BLOCK:
            yield _apart(pairs, len(table))
            pairs, size = [], 0
    if pairs:
        yield _apart(pairs, len(table))


def _apart(pairs: list[npt.NDArray[np.int64]], width: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    distinct = np.unique(np.concatenate(pairs))
    return distinct // width, distinct % width


def _promising(table: _Numbers, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of rows whose sketches agree well enough for a full comparison."""
    a, b = table[one], table[other]
    shared = ((a[:, :, None] == b[:, None, :]) & (a != _NONE)[:, :, None]).any(axis=2).sum(axis=1)
    most = np.maximum((a != _NONE).sum(axis=1), (b != _NONE).sum(axis=1))
    # Two sets alike at .6 share .75 of the smallest of either, on average; .4 leaves three standard deviations.
    good = np.flatnonzero(shared >= _PROMISING * most)
    yield from zip(one[good].tolist(), other[good].tolist(), strict=True)
