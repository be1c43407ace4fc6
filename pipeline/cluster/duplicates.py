"""Pairs of ideas that propose the same thing, in the same words or not."""

from __future__ import annotations

import numpy as np

from pipeline.cluster.corpus import Corpus
from pipeline.cluster.neighbours import Neighbours

_WEIGHTS = {"text": 0.8, "content": 0.8, "words": 0.3, "letters": 0.2, "matching": 0.7}
_SHARE = 0.08
"""Pairs listed at most, for one idea: a list that a person reads."""


def pairs(corpus: Corpus, neighbours: Neighbours, threshold: float) -> list[tuple[str, str, float]]:
    """Return (idea, idea, score), best first: the pairs that stand out from all others.

    The score goes from 0 to 1 and is 1 for two ideas of the same text; `threshold` is the least score listed.
    """
    found = [(a, b, 1.0) for ids in corpus.ids for n, a in enumerate(ids) for b in ids[n + 1 :]]
    if len(corpus) > 2:  # noqa: PLR2004 - with two texts nothing can stand out
        fused = neighbours.fused(_WEIGHTS) / sum(_WEIGHTS.values())
        score = np.round(1 - np.exp(-np.maximum(fused, 0) / 4), 3)
        rows, places = np.nonzero(score >= threshold)
        for row, place in zip(rows, places, strict=True):
            other = int(neighbours.index[row, place])
            if row < other or not np.isin(row, neighbours.index[other]):
                first, second = sorted((corpus.ids[row][0], corpus.ids[other][0]))
                found.append((first, second, float(score[row, place])))
    listed = sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))
    same = sum(score == 1 for _, _, score in listed)
    return listed[: same + max(5, round(_SHARE * len(corpus)))]
