"""Does a theme depend on how texts are compared? The same search from the words alone, and from the meaning alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipeline.cluster.grouping import stability
from pipeline.cluster.grouping.neighbours import Neighbours
from pipeline.french import typeset

WORDS, MEANING = ("words", "letters", "notions"), ("text", "content", "subjects")
"""Views that need no encoder, and views that are the encoder's."""
_PARTLY = 1 / 3
"""Overlap from which a theme is found again in part: two groups of one size that share half of their texts."""

Search = Callable[[Neighbours], np.ndarray]
"""Candidates compared by some of the views → theme of each text."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """One figure per theme, each an overlap (Jaccard, 0 to 1) with the nearest theme found otherwise.

    Attributes:
        words: from the words alone.
        meaning: from the vectors of sentences alone.
    """

    words: np.ndarray
    meaning: np.ndarray

    def said(self, theme: int) -> str:
        """Return in French what a theme rests on: the words of its ideas, their meaning, or both."""
        words, meaning = _level(float(self.words[theme])), _level(float(self.meaning[theme]))
        return typeset(_SAID[words, meaning])


def measure(near: Neighbours, labels: np.ndarray, search: Search) -> Sensitivity:
    """Return how well each theme is found again with part of the views."""
    themes = int(labels.max()) + 1
    found = [
        np.round(stability.best_overlaps(labels, search(restricted(near, names)), themes), 4)
        for names in (WORDS, MEANING)
    ]
    return Sensitivity(*found)


def restricted(near: Neighbours, names: tuple[str, ...]) -> Neighbours:
    """Return the candidates compared by the views `names` only."""
    return Neighbours(near.index, {name: rows for name, rows in near.similarity.items() if name in names})


def _level(overlap: float) -> int:
    return 2 if overlap >= stability.FOUND else 1 if overlap >= _PARTLY else 0


_MEANING = "ses idées se ressemblent sans employer les mêmes mots."
_WORDS = "vérifier que ses idées, qui partagent des mots, proposent bien la même chose."
_NEITHER = "il n’apparaît que lorsque les deux se complètent ; à relire avant de l’annoncer."
_SAID = {
    (2, 2): "Retrouvé à partir des mots seuls comme à partir du sens seul : il ne tient pas à la façon de lire.",
    (1, 2): f"Retrouvé à partir du sens seul, en partie à partir des mots seuls : {_MEANING}",
    (0, 2): f"Retrouvé à partir du sens seul, non à partir des mots seuls : {_MEANING}",
    (2, 1): f"Retrouvé à partir des mots seuls, en partie à partir du sens seul : {_WORDS}",
    (2, 0): f"Retrouvé à partir des mots seuls, non à partir du sens seul : {_WORDS}",
    (1, 1): f"Retrouvé en partie à partir des mots seuls comme à partir du sens seul : {_NEITHER}",
    (0, 1): f"Retrouvé en partie à partir du sens seul, non à partir des mots seuls : {_NEITHER}",
    (1, 0): f"Retrouvé en partie à partir des mots seuls, non à partir du sens seul : {_NEITHER}",
    (0, 0): f"Non retrouvé à partir des mots seuls, ni à partir du sens seul : {_NEITHER}",
}
"""Levels (found, in part, not) from the words and from the meaning → what they say."""
