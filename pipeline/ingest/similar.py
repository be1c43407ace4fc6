"""Texts → pairs that say nearly the same in nearly the same words, in time that grows with the texts, not the pairs."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from heapq import nsmallest
from itertools import combinations
from typing import NamedTuple, TypeVar

from pipeline.french import fold

_SHINGLE = 3
_SKETCH = 8
_CROWD = 50
_ALIKE = 0.6
_FEWEST_WORDS = 8
_T = TypeVar("_T")


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


def similar_pairs(texts: Mapping[str, str]) -> list[Pair]:
    """Return the pairs of ids whose texts share at least 6 in 10 of their three-word sequences, sorted.

    Candidates share one of the 8 smallest hashes of their sequences (bottom-k sketch; Broder 1997, "On the resemblance
    and containment of documents"): two texts that share 60 % of their sequences miss each other about once in 100.
    """
    buckets: dict[int, list[str]] = defaultdict(list)
    for key in sorted(texts):
        for value in nsmallest(_SKETCH, _shingles(texts[key])):
            buckets[value].append(key)
    candidates = {pair for keys in buckets.values() if len(keys) <= _CROWD for pair in combinations(keys, 2)}

    @lru_cache(maxsize=2 * _CROWD)  # all sequences of all texts at once would fill the memory
    def shingles(key: str) -> frozenset[int]:
        return _shingles(texts[key])

    scored = (Pair(a, b, round(overlap(shingles(a), shingles(b)), 3)) for a, b in sorted(candidates))
    return [pair for pair in scored if pair.score >= _ALIKE]


def overlap(one: AbstractSet[_T], other: AbstractSet[_T]) -> float:
    """Return the Jaccard overlap of two sets, 0 when both are empty."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def _shingles(text: str) -> frozenset[int]:
    words = re.findall(r"[a-z0-9]+", fold(text))
    if len(words) < _FEWEST_WORDS:
        return frozenset()
    starts = range(len(words) - _SHINGLE + 1)
    return frozenset(zlib.crc32(" ".join(words[i : i + _SHINGLE]).encode()) for i in starts)
