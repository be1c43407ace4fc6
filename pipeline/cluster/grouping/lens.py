"""What a sample teaches of how to look at a text, so that any other text is looked at alone and alike.

Four of the seven views need nothing of the other texts but what is fitted here: text, content, subjects, notions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.grouping.views import ENOUGH, WEIGHTS, counts, rarity, unit


@dataclass(frozen=True, slots=True)
class Lens:
    """How texts are made comparable.

    Attributes:
        trends: view → what a text's length explains of its vector (constant, logarithm and its square).
        notions: name → column.
        rarity: what each of these counts.
        scale: view → what its rows are multiplied by.
    """

    trends: dict[str, np.ndarray]
    notions: dict[str, int]
    rarity: np.ndarray
    scale: dict[str, float]

    def rows(self, corpus: Corpus) -> np.ndarray:
        """Return one row per text (float32): the product of two is how alike they are."""
        seen = _seen(corpus, self.trends, self.notions, self.rarity)
        return np.hstack([rows * self.scale[name] for name, rows in seen.items()]).astype(np.float32)


def fit(corpus: Corpus) -> Lens:
    """Return the lens that a sample gives."""
    trends = {name: _trend(rows, corpus.lengths) for name, rows in _vectors(corpus).items()}
    names = sorted({notion for row in corpus.notions for notion in row})
    column = {notion: place for place, notion in enumerate(names)}
    weights = rarity(counts(corpus.notions, column))
    seen = _seen(corpus, trends, column, weights)
    return Lens(trends, column, weights, {name: _scale(name, rows) for name, rows in seen.items()})


def _vectors(corpus: Corpus) -> dict[str, np.ndarray]:
    return {"text": corpus.vectors, "content": corpus.content, "subjects": corpus.about}


def _design(lengths: np.ndarray) -> np.ndarray:
    size = np.log1p(lengths)
    return np.column_stack([np.ones_like(size), size, size**2])


def _trend(rows: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return constant, logarithm and square × column; the mean alone when texts are few."""
    design = _design(lengths)
    design[:, 1:] *= len(rows) >= ENOUGH
    return np.asarray(np.linalg.lstsq(design, rows, rcond=None)[0])


def _seen(
    corpus: Corpus, trends: dict[str, np.ndarray], notions: dict[str, int], weights: np.ndarray
) -> dict[str, np.ndarray]:
    design = _design(corpus.lengths)
    found = {name: unit(rows - design @ trends[name]) for name, rows in _vectors(corpus).items()}
    return found | {"notions": unit(counts(corpus.notions, notions) * weights)}


def _scale(name: str, rows: np.ndarray) -> float:
    """Return the square root of the view's weight over its deviation, on texts half a corpus apart."""
    apart = np.einsum("ij,ij->i", rows, np.roll(rows, len(rows) // 2, axis=0))
    return float(np.sqrt(WEIGHTS[name] / (apart.std() + 1e-9)))
