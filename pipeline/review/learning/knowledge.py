"""What a contest's decisions taught, for the next contest: one direction per theme in the space of texts.

A direction is a weighted sum over all ideas of the contest (ridge regression of what is believed of each idea on its
text): no text and no idea by itself is in it. It is a head start, not a verdict: in the next contest it adds to what
the words of a theme of the same title say, and answers weigh more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.french import fold

_NOISE, _UNDECIDED = 1.0, 3.0
"""Variance of what is known of an idea that a person placed, and of one that follows."""


@dataclass(frozen=True, slots=True)
class Known:
    """A theme of the former contest.

    Attributes:
        title: as people wrote it.
        description: as people wrote it.
        ideas: it had.
        decided: of which a person placed.
    """

    title: str
    description: str
    ideas: int
    decided: int


@dataclass(frozen=True, eq=False)
class Knowledge:
    """A model of themes.

    Attributes:
        encoder: that made the vectors.
        prompt: placed before each text.
        themes: in order of title.
        weights: theme × column of the rows it was learnt on (float32).
    """

    encoder: str
    prompt: str
    themes: tuple[Known, ...]
    weights: np.ndarray

    def pulls(self, rows: np.ndarray, titles: Mapping[str, str]) -> dict[str, np.ndarray]:
        """Return theme → how strongly each idea is drawn to it, in deviations from the mean.

        Args:
            rows: idea × column, of the same columns as `weights`.
            titles: theme → title; a theme whose title the model does not hold is left out.
        """
        place = {fold(theme.title): number for number, theme in enumerate(self.themes)}
        scores = rows @ np.asarray(self.weights, dtype=np.float64).T
        scores = scores - scores.mean(axis=0)
        scores = np.round(scores / (scores.std() + 1e-9), 6)
        return {theme: scores[:, place[fold(title)]] for theme, title in titles.items() if fold(title) in place}


def directions(rows: np.ndarray, beliefs: np.ndarray, answered: Sequence[bool] | np.ndarray) -> np.ndarray:
    """Return theme × column: the direction of each theme.

    Args:
        rows: idea × column.
        beliefs: idea × theme, 0 to 1.
        answered: idea → whether a person placed it.
    """
    rows = np.asarray(rows, dtype=np.float64)
    precision = 1 / np.where(np.asarray(answered, dtype=bool), _NOISE, _UNDECIDED)
    weighted = rows * precision[:, None]
    inner = weighted.T @ rows + np.eye(rows.shape[1])
    found = np.linalg.solve(inner, weighted.T @ (beliefs - beliefs.mean(axis=0)))
    return np.asarray(np.round(found.T, 5), dtype=np.float32)
