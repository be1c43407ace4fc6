"""The goals, one after the other: each is brought to its proven best, then held while the next is sought.

Never one weighted sum: a weight would let some people's seat pay for others' comfort.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pipeline.assign.inputs.problem import Flags, Ints, Problem
from pipeline.assign.solving.flow import Flow, highest_floor
from pipeline.assign.solving.highs import Answer, maximise
from pipeline.assign.solving.model import Model, Reals, Rows, build, limited

_SLACK = 1e-4
"""HiGHS works to 1e-6 on whole numbers: a bound this close under an integer is that integer."""

DRAWN_PAIRS = 50_000
"""Possible seats above which equal answers are not drawn: the order of ids then decides, still never that of rows."""


@dataclass(frozen=True, eq=False, slots=True)
class Aim:
    """What is sought at one stage.

    Attributes:
        name: of the goal.
        over: `people` (a value for each person seated), `seats` (for each seat taken) or `floor` (the worst affinity).
        values: by person or by possible seat; the sum is made as large as possible.
    """

    name: str
    over: Literal["people", "seats", "floor"]
    values: Ints


@dataclass(frozen=True, slots=True)
class Goal:
    """What one goal came to.

    Attributes:
        name: of the aim.
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


def first_pass(problem: Problem) -> list[Aim]:
    """Return the goals for people with an idea.

    In order: most people with a seat; highest worst affinity; highest total affinity; least distance; a hash of the
    ids, so that the order of rows never decides. Announced seats are no goal: they are held before (see `held`).
    """
    pairs = problem.pairs
    near = [Aim("distance", "seats", -pairs.distance)] if pairs.distance.any() else []
    return [
        Aim("seated", "people", np.ones(len(problem.people), dtype=np.int64)),
        Aim("worst_affinity", "floor", pairs.affinity),
        Aim("total_affinity", "seats", pairs.affinity),
        *near,
        *([Aim("tie", "seats", pairs.tie)] if len(pairs.tie) <= DRAWN_PAIRS else []),
    ]


def second_pass(problem: Problem) -> list[Aim]:
    """Return the goals once volunteers may fill seats.

    In order: people with an idea whom volunteers let in (a group opens, or its mixing holds); most volunteers; the
    numbers drawn, should they outnumber the seats; then as in the first pass.
    """
    pairs, volunteers = problem.pairs, problem.volunteers.astype(np.int64)
    return [
        Aim("holders_seated", "people", 1 - volunteers),
        Aim("volunteers_seated", "people", volunteers),
        Aim("lottery", "people", problem.lottery * volunteers),
        Aim("total_affinity", "seats", pairs.affinity),
        *([Aim("distance", "seats", -pairs.distance)] if pairs.distance.any() else []),
        Aim("tie", "seats", pairs.tie),
    ]


@dataclass(frozen=True, eq=False, slots=True)
class _State:
    rows: Rows
    upper: Reals
    answer: Answer
    goals: tuple[Goal, ...]


def solve(problem: Problem, aims: Sequence[Aim]) -> Solution | None:
    """Return the best solution of `problem`, aim after aim, or None when its rules exclude each other."""
    if not len(problem.pairs.person):
        return Solution(problem.pairs.fixed, ())
    model = build(problem)
    state = _at_once(model, aims) or _first(model, aims[0])
    if state is None:
        return None
    for aim in aims[len(state.goals) :]:
        state = _raise_worst(model, state, aim) if aim.over == "floor" else _next(model, state, aim)
    return Solution(state.answer.columns[model.seats] > 0, state.goals)


def _at_once(model: Model, aims: Sequence[Aim]) -> _State | None:
    """Return the state after the first three goals when the network's limits on the first two can be reached.

    What the network excludes is excluded: reaching its limits proves both at the price of one call for the third.
    """
    if [aim.name for aim in aims[:3]] != ["seated", "worst_affinity", "total_affinity"]:
        return None
    pairs, counted = model.problem.pairs, ~model.problem.pairs.exempt
    levels = np.unique(pairs.affinity[counted]).tolist()
    if not levels:
        return None
    seated = Flow(model.problem).seated(np.ones(len(counted), dtype=bool))
    level = levels[highest_floor(model.problem, seated, levels)]
    rows = limited(model.rows, _objective(model, aims[0]), float(seated), np.inf)
    upper = model.allowing(pairs.exempt | (pairs.affinity >= level))
    answer = maximise(model, _objective(model, aims[2]), rows, upper)
    if answer is None:
        return None
    reached = (Goal(aims[0].name, seated, seated), Goal(aims[1].name, level, level))
    return _held(_State(rows, upper, answer, reached), model, aims[2])


def _objective(model: Model, aim: Aim) -> Reals:
    return model.objective(model.has_seat if aim.over == "people" else model.seats, aim.values)


def _first(model: Model, aim: Aim) -> _State | None:
    answer = maximise(model, _objective(model, aim))
    return None if answer is None else _held(_State(model.rows, model.upper, answer, ()), model, aim)


def _next(model: Model, state: _State, aim: Aim) -> _State:
    objective = _objective(model, aim)
    answer = maximise(model, objective, state.rows, state.upper)
    if answer is None:  # the former answer meets every row: only the solver's tolerance can say otherwise
        answer = Answer(state.answer.columns, float(objective @ state.answer.columns), np.inf)
    return _held(_State(state.rows, state.upper, answer, state.goals), model, aim)


def _held(state: _State, model: Model, aim: Aim) -> _State:
    """Return the state with its answer's value kept by every later one."""
    goal = Goal(aim.name, abs(round(state.answer.value)), abs(_floor(state.answer.bound)))
    rows = limited(state.rows, _objective(model, aim), state.answer.value, np.inf)
    return _State(rows, state.upper, state.answer, (*state.goals, goal))


def _raise_worst(model: Model, state: _State, aim: Aim) -> _State:
    """Forbid all seats under the highest floor that leaves as many people seated (bisection on the affinities met)."""
    exempt = model.problem.pairs.exempt
    levels = np.unique(aim.values[~exempt])
    if not len(levels):
        return _State(state.rows, state.upper, state.answer, (*state.goals, Goal(aim.name, 0, 0)))

    def at(level: int) -> tuple[Reals, Answer | None]:
        upper = np.minimum(state.upper, model.allowing(exempt | (aim.values >= level)))
        return upper, maximise(model, np.zeros(len(upper)), state.rows, upper)

    seated = next(goal.value for goal in state.goals if goal.name == "seated")
    start = highest_floor(model.problem, seated, [int(level) for level in levels])
    best, upper, answer = _highest(at, [int(level) for level in levels], start)
    return _State(state.rows, upper, answer or state.answer, (*state.goals, Goal(aim.name, best, best)))


def _highest(
    at: Callable[[int], tuple[Reals, Answer | None]], levels: list[int], start: int
) -> tuple[int, Reals, Answer | None]:
    """Return the highest level with an answer: none above `start` has one, `start` often does."""
    low, high, middle = 0, start, start
    found = None
    while found is None or low < high:
        upper, answer = at(levels[middle])
        if answer is not None or middle == 0:
            low, found = middle, (levels[middle], upper, answer)
        else:
            high = middle - 1
        middle = (low + high + 1) // 2
    return found


def _floor(bound: float) -> int:
    """Return a bound as an integer: the goals count whole things, so that 249.99999 proves 250."""
    return int(np.floor(bound + _SLACK)) if np.isfinite(bound) else 2**62
