"""Gaussian-process regression of themes on likeness: what is believed beforehand and what people said → scores.

The prior is the mean of the process, so that without answer nothing changes, and an answer moves the ideas that are
like it more than the prior is sure of them (Rasmussen and Williams, 2006, ch. 2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.review.learning.space import Space

NOISE = 1.0
"""Variance of an answer, in units of the kernel's mean diagonal: people err, and one idea is not its neighbour."""

SELF_TAUGHT = 0.6
"""Share of the other ideas whose surest theme is taken as an answer, in one round of self-training."""

_MOST_TAUGHT = 1000


@dataclass(frozen=True, slots=True)
class Answers:
    """What people said.

    Attributes:
        index: rows of the ideas, each once.
        values: answer × theme: 1 for the theme it was given, 0 elsewhere; all 0 for "fits nowhere".
    """

    index: np.ndarray
    values: np.ndarray


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learnt.

    Attributes:
        scores: idea × theme, about one a row; the higher the surer.
        sober: the same before self-training, which makes scores right more often but too sure of themselves.
    """

    scores: np.ndarray
    sober: np.ndarray


def fit(space: Space, prior: np.ndarray, answers: Answers, *, self_training: bool) -> Fitted:
    """Return what answers make of the prior.

    Args:
        space: of the ideas.
        prior: idea × theme, what is believed without answer.
        answers: may be empty.
        self_training: take the surest themes as answers, once; for a prior that comes from words, not from groups of
            ideas: those were already made of what is alike, and an answer should move only what is like it.
    """
    sober = _fit(space, prior, answers)
    taught = _fit(space, prior, _self_taught(sober, answers)) if self_training else sober
    return Fitted(np.round(taught, 6), np.round(sober, 6))


def _fit(space: Space, prior: np.ndarray, answers: Answers) -> np.ndarray:
    if not len(answers.index):
        return prior
    columns = space.kernel(answers.index)
    inner = columns[answers.index] + NOISE * np.eye(len(answers.index))
    return np.asarray(prior + columns @ np.linalg.solve(inner, answers.values - prior[answers.index]))


def _self_taught(found: np.ndarray, answers: Answers) -> Answers:
    surest = np.round(found.max(axis=1), 6)
    surest[answers.index] = -np.inf
    others = len(found) - len(answers.index)
    count = min(int(SELF_TAUGHT * others), _MOST_TAUGHT)
    taught = np.argsort(-surest, kind="stable")[:count]
    values = np.zeros((count, found.shape[1]))
    values[np.arange(count), found[taught].argmax(axis=1)] = 1
    return Answers(np.concatenate([answers.index, taught]), np.vstack([answers.values, values]))


def left_out(space: Space, prior: np.ndarray, answers: Answers) -> np.ndarray:
    """Return answer × theme scores of each answered idea as if it alone had not been (exact, without refitting).

    Source: Rasmussen and Williams, 2006, equation 5.12.
    """
    if not len(answers.index):
        return np.zeros_like(answers.values)
    inner = space.kernel(answers.index)[answers.index] + NOISE * np.eye(len(answers.index))
    inverse = np.linalg.inv(inner)
    residual = inverse @ (answers.values - prior[answers.index])
    return np.asarray(answers.values - residual / np.diag(inverse)[:, None])
