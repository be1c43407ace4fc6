"""A text → how much it is about each notion of the thesaurus: a small model on the offline encoder's vector and stems.

A sentence encoder says how alike two sentences are; this says how alike their subjects are. It is a ridge regression
of 650 notions on the vector of a text and its stems, trained on suggestions written for that purpose
(`models/subjects`: data, training and card). Ten nearest ideas of the same theme, above chance, on the mean of the
benchmark: .38 with the encoder alone, .43 with the model.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np

from pipeline.embed.stems import stems

VECTOR, STEMS = 1.5, 1.5
"""Length of the vector part and of the stem part of a text."""

MAIN = 12
"""Notions kept as what a text is mostly about."""

Rarity = Mapping[str, tuple[int, float]]
"""Stem → its row, and how much it weighs."""


@dataclass(frozen=True, eq=False, slots=True)
class SubjectModel:
    """The regression.

    Attributes:
        rarity: of the known stems.
        notions: the columns.
        of_vector: encoder column × notion.
        of_stems: stem × notion.
    """

    rarity: Rarity
    notions: tuple[str, ...]
    of_vector: np.ndarray
    of_stems: np.ndarray

    def scores(self, texts: list[str], vectors: np.ndarray) -> np.ndarray:
        """Return text × notion (float32); the scores of a text depend on nothing but it.

        Args:
            texts: as people wrote them.
            vectors: their unit vectors by the offline encoder.
        """
        rows = np.empty((len(texts), len(self.notions)), dtype=np.float32)
        for row, text, vector in zip(rows, texts, vectors, strict=True):
            known = bag(text, self.rarity)
            said = np.array(list(known.values())) @ self.of_stems[list(known)] if known else 0.0
            row[:] = np.round(VECTOR * (vector.astype(np.float64) @ self.of_vector) + STEMS * said, 6)
        return rows

    def main(self, scores: np.ndarray) -> list[list[str]]:
        """Return the notions that each text is most about, the first `MAIN`, best first."""
        best = np.argsort(-scores, axis=1, kind="stable")[:, :MAIN]
        return [[self.notions[place] for place in row] for row in best]


def bag(text: str, rarity: Rarity) -> dict[int, float]:
    """Return row → weight of the known stems of a text: rare and repeated ones weigh more, and the length is one."""
    counts = sorted(Counter(stem for stem in stems(text) if stem in rarity).items())
    weights = {rarity[stem][0]: (1 + math.log(count)) * rarity[stem][1] for stem, count in counts}
    length = math.sqrt(sum(weight**2 for weight in weights.values()))
    return {place: weight / length for place, weight in weights.items()}


@cache
def subject_model() -> SubjectModel:
    """Return the model that comes with MiniLabs."""
    return unpacked((files("pipeline.embed") / "subjects.npz").read_bytes())


def packed(model: SubjectModel) -> bytes:
    """Return the model as bytes of NumPy's archive: weights as small integers, a scale per notion, no Python object."""
    weights = np.vstack([model.of_vector, model.of_stems])
    scale = np.abs(weights).max(axis=0) / 127
    buffer = BytesIO()
    np.savez_compressed(
        buffer,
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        rarity=np.array([weight for _, weight in model.rarity.values()], dtype=np.float32),
        stems=np.frombuffer("\n".join(model.rarity).encode(), dtype=np.uint8),
        notions=np.frombuffer("\n".join(model.notions).encode(), dtype=np.uint8),
    )
    return buffer.getvalue()


def unpacked(content: bytes) -> SubjectModel:
    """Return the model that `packed` made bytes of."""
    with np.load(BytesIO(content), allow_pickle=False) as saved:
        weights = saved["weights"].astype(np.float64) * saved["scale"].astype(np.float64)
        known = bytes(saved["stems"]).decode().split("\n")
        weighed = zip(known, saved["rarity"].tolist(), strict=True)
        rarity = {stem: (row, weight) for row, (stem, weight) in enumerate(weighed)}
        notions = tuple(bytes(saved["notions"]).decode().split("\n"))
    columns = len(weights) - len(known)
    return SubjectModel(rarity, notions, weights[:columns], weights[columns:])
