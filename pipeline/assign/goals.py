"""The goals, one after the other: each is brought to its proven best, then held while the next is sought.

Never one weighted sum: a weight would let some people's seat pay for others' comfort.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipeline.assign.highs import Answer, maximise
from pipeline.assign.model import Model, Reals, Rows, allowed, build, limited
from pipeline.assign.problem import Flags, Problem

_SLACK = 1e-4
"""HiGHS works to 1e-6 on whole numbers: a bound this close under an integer is that integer."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What one goal came to.

    Attributes:
        name: `seated`, `worst_affinity`, `total_affinity`, `kept`, `distance` or `tie`.
        value: reached; people, thousandths, seats kept or kilometres.
        bound: proven limit; equal to `value` when the value is proven best.
    """

    name: str
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """No better value exists under the goals before."""
        return self.value == self.bound


@dataclass(frozen=True, eq=False, slots=True)
class Solution:
    """Who sits where.

    Attributes:
        chosen: by possible seat, taken or not.
        goals: in the order they were sought.
    """

    chosen: Flags
    goals: tuple[Goal, ...]


@dataclass(frozen=True, eq=False, slots=True)
class _State:
    rows: Rows
    upper: Reals
    answer: Answer
    goals: tuple[Goal, ...]


def solve(problem: Problem) -> Solution | None:
    """Return the best solution of `problem`, or None when its rules exclude each other.

    In order: most people with a seat; highest worst affinity; highest total affinity; most announced seats kept; least
    distance; a hash of the ids, so that the order of rows never decides.
    """
    if not len(problem.pairs.person):
        return Solution(problem.pairs.fixed, ())
    model = build(problem)
    state = _first(model)
    if state is None:
        return None
    state = _raise_worst(model, state)
    for name, coefficients in _sums(problem):
        state = _next(model, state, name, model.objective(seats=coefficients))
    return Solution(state.answer.columns[model.seats] > 0, state.goals)


def _first(model: Model) -> _State | None:
    objective = model.objective(people=np.ones(len(model.problem.people), dtype=np.int64))
    answer = maximise(model, objective)
    if answer is None:
        return None
    goal = Goal("seated", round(answer.value), _floor(answer.bound))
    return _State(limited(model.rows, objective, answer.value, np.inf), model.upper, answer, (goal,))


def _sums(problem: Problem) -> list[tuple[str, np.ndarray[tuple[int], np.dtype[np.int64]]]]:
    pairs = problem.pairs
    sums = [
        ("total_affinity", pairs.affinity),
        ("kept", pairs.announced.astype(np.int64)),
        ("distance", -pairs.distance),
    ]
    return [*((name, values) for name, values in sums if values.any()), ("tie", pairs.tie)]


def _next(model: Model, state: _State, name: str, objective: Reals) -> _State:
    answer = maximise(model, objective, state.rows, state.upper)
    if answer is None:  # the former answer meets every row: only the solver's tolerance can say otherwise
        answer = Answer(state.answer.columns, float(objective @ state.answer.columns), np.inf)
    goal = Goal(name, abs(round(answer.value)), abs(_floor(answer.bound)))
    rows = limited(state.rows, objective, answer.value, np.inf)
    return _State(rows, state.upper, answer, (*state.goals, goal))


def _raise_worst(model: Model, state: _State) -> _State:
    """Forbid all seats under the highest floor that leaves as many people seated (bisection on the affinities met)."""
    pairs = model.problem.pairs
    levels = np.unique(pairs.affinity[~pairs.exempt])
    if not len(levels):
        return state

    def at(level: int) -> tuple[Reals, Answer | None]:
        upper = allowed(model, pairs.exempt | (pairs.affinity >= level))
        return upper, maximise(model, np.zeros(len(upper)), state.rows, upper)

    best, upper, answer = _highest(at, [int(level) for level in levels])
    goal = Goal("worst_affinity", best, best)
    return _State(state.rows, upper, answer or state.answer, (*state.goals, goal))


def _highest(at: Callable[[int], tuple[Reals, Answer | None]], levels: list[int]) -> tuple[int, Reals, Answer | None]:
    low, high = 0, len(levels) - 1
    found = (levels[0], *at(levels[0]))
    while low < high:
        middle = (low + high + 1) // 2
        upper, answer = at(levels[middle])
        if answer is None:
            high = middle - 1
        else:
            low, found = middle, (levels[middle], upper, answer)
    return found


def _floor(bound: float) -> int:
    """Return a bound as an integer: the goals count whole things, so that 249.99999 proves 250."""
    return int(np.floor(bound + _SLACK)) if np.isfinite(bound) else 2**62
