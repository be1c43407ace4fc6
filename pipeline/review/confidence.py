"""From scores to a confidence that means what it says: of the ideas shown at 0.8, about 8 in 10 are right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.review.learner import Answers

_FLOOR = 1e-4


@dataclass(frozen=True, slots=True)
class Scale:
    """A logistic curve from the strength of the best theme to the chance that it is the right one.

    Attributes:
        slope: how fast the chance rises with strength.
        level: log-odds without any.
        ahead: strength is the lead on the second theme; else the share of the theme itself.
    """

    slope: float
    level: float
    ahead: bool

    def of(self, parts: np.ndarray, chosen: np.ndarray) -> np.ndarray:
        """Return the chance, 0 to 1, that the `chosen` theme of each row of `parts` is the right one."""
        return np.asarray(1 / (1 + np.exp(-(self.slope * self.strength(parts, chosen) + self.level))))

    def strength(self, parts: np.ndarray, chosen: np.ndarray) -> np.ndarray:
        """Return the strength of the `chosen` theme of each row of `parts`, −1 to 1."""
        rows = np.arange(len(parts))
        if not self.ahead:
            return np.asarray(parts[rows, chosen])
        others = parts.copy()
        others[rows, chosen] = 0.0
        return np.asarray(parts[rows, chosen] - others.max(axis=1))


FROM_TEXTS = Scale(6.0, -1.0, ahead=True)
"""Before any answer, themes known by their texts: a lead of one sixth is worth even odds."""

FROM_GROUPS = Scale(4.5, -2.2, ahead=False)
"""Before any answer, themes found as groups: about the membership that was measured."""

_TRUST = np.array([2.0, 8.0])
"""Precision of the starting curve. The level is the surer one: ideas are asked for because they are hard, so that
answers make the easy rest look worse than it is."""


def shares(scores: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """Return scores as shares of one per row, themes that are not allowed at zero."""
    kept = np.where(allowed, np.clip(scores, _FLOOR, None), 0.0)
    return np.asarray(kept / np.maximum(kept.sum(axis=1, keepdims=True), _FLOOR))


def scale(left_out: np.ndarray, answers: Answers, start: Scale) -> Scale:
    """Return the curve fitted on answered ideas, each scored without its own answer, drawn towards `start`.

    Answers to ideas that fit nowhere count as wrong whatever their best theme. Newton's method on the penalised
    log-likelihood (Platt, 1999, with a Gaussian prior in place of his smoothed targets).
    """
    parts = shares(left_out, np.ones_like(left_out, dtype=bool))
    right = answers.values[np.arange(len(parts)), parts.argmax(axis=1)] >= 1
    design = np.column_stack([start.strength(parts, parts.argmax(axis=1)), np.ones(len(parts))])
    origin = np.array([start.slope, start.level])
    weights = origin
    penalty = np.diag(_TRUST)
    for _ in range(25):
        chance = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (right - chance) - penalty @ (weights - origin)
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + penalty
        weights = weights + np.linalg.solve(curvature, gradient)
    return Scale(round(max(float(weights[0]), 0.0), 6), round(float(weights[1]), 6), start.ahead)
