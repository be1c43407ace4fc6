"""What a seat would cost: it is forced, the problem solved again, the results compared.

Computed, never guessed: a sentence about a rule is there because without that rule the seat could be given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from pipeline.assign.goals import Solution
from pipeline.assign.highs import Answer, maximise
from pipeline.assign.model import Model, Reals, Rows, build, limited
from pipeline.assign.problem import AtLeast, Cap, Flags, Problem
from pipeline.assign.relax import changes_of
from pipeline.assign.slack import FAMILIES, least


@dataclass(frozen=True, slots=True)
class Cost:
    """What would have to give for one seat.

    Attributes:
        kind: `rule` (no answer has this seat under the rules), `seats` (people would lose theirs), `floor` (someone
            would fall under the worst affinity accepted), `total` (the total affinity would drop), `equal` (a tie).
        changes: for `rule`, the smallest changes of rules that would allow it, in French.
        lost: people who would lose their seat.
        points: thousandths of total affinity lost.
        moved: other people who would change seats.
    """

    kind: Literal["rule", "seats", "floor", "total", "equal"]
    changes: tuple[str, ...] = ()
    lost: int = 0
    points: int = 0
    moved: int = 0


class Explainer:
    """Forces seats, one at a time, in a problem that is already solved."""

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self._problem = problem
        self._chosen = solution.chosen
        self._model: Model = build(problem)
        pairs = problem.pairs
        counted = solution.chosen & ~pairs.exempt
        self._floor = int(pairs.affinity[counted].min()) if counted.any() else 0
        self._everyone = self._model.objective(self._model.has_seat, np.ones(len(problem.people), dtype=np.int64))
        self._total = self._model.objective(self._model.seats, pairs.affinity)
        self._known: dict[tuple[object, ...], Cost] = {}

    def cost(self, row: int) -> Cost:
        """Return what the possible seat `row`, not taken, would cost."""
        signature = self._signature(row)
        if signature not in self._known:
            self._known[signature] = self._solved(row)
        return self._known[signature]

    def _signature(self, row: int) -> tuple[object, ...]:
        """People whom no rule tells apart have the same answer."""
        pairs, person = self._problem.pairs, self._problem.pairs.person[row]
        own = np.flatnonzero(pairs.person == person)
        alone = not any(person in couple for couple in (*self._problem.together, *self._problem.apart))
        rules: tuple[Cap | AtLeast, ...] = (*self._problem.caps, *self._problem.at_least)
        groups = tuple(index for index, rule in enumerate(rules) if person in rule.members) if alone else ()
        seats = [
            (int(pairs.lab[r]), int(pairs.affinity[r]), bool(self._chosen[r]), bool(pairs.announced[r])) for r in own
        ]
        return (None if alone else int(person), int(pairs.lab[row]), tuple(seats), groups)

    def _solved(self, row: int) -> Cost:
        pairs = self._problem.pairs
        floored = self._model.allowing(pairs.exempt | (pairs.affinity >= self._floor))
        floored[row] = 1.0
        seated = int(self._problem.seated(self._chosen).sum())
        rows = limited(self._model.rows, self._everyone, float(seated), np.inf)
        best = self._forced(row, self._total, rows, floored)
        if best is not None:
            return self._affinity_cost(row, best, rows, floored)
        free = self._forced(row, self._everyone, self._model.rows, self._model.upper)
        if free is None:
            return self._rule_cost(row)
        if free.value >= seated:
            return Cost("floor", points=self._floor)
        return Cost("seats", lost=seated - round(free.value))

    def _forced(self, row: int, objective: Reals, rows: Rows, upper: Reals) -> Answer | None:
        lower = self._model.lower.copy()
        lower[row] = 1.0
        return maximise(self._model, objective, rows, upper, lower)

    def _affinity_cost(self, row: int, best: Answer, rows: Rows, upper: Reals) -> Cost:
        pairs = self._problem.pairs
        points = max(0, int(pairs.affinity[self._chosen].sum()) - round(best.value))
        own = pairs.person == pairs.person[row]
        if not (self._chosen & own).any():  # without a seat: someone has to give theirs, and nobody else need move
            return Cost("total" if points else "equal", points=points, moved=1)
        others = (self._chosen & ~own).astype(np.int64)
        held = limited(rows, self._total, best.value, np.inf)
        kept = self._forced(row, self._model.objective(self._model.seats, others), held, upper)
        moved = int(others.sum()) - round(kept.value) if kept is not None else 0
        return Cost("total" if points else "equal", points=points, moved=moved)

    def _rule_cost(self, row: int) -> Cost:
        fixed = self._problem.pairs.fixed.copy()
        fixed[row] = True
        forced = replace(self._problem, pairs=replace(self._problem.pairs, fixed=fixed))
        found = least(forced, tuple(f for f in FAMILIES if f != "guests"), seated=False)
        return Cost("rule", changes=changes_of(forced, *found) if found is not None else ())


def costs(problem: Problem, solution: Solution, rows: Iterable[int], limit: int) -> Mapping[int, Cost]:
    """Return the cost of each possible seat in `rows`, as far as `limit` goes: a seat costs a few solver calls."""
    explainer = Explainer(problem, solution)
    return {row: explainer.cost(row) for row in list(rows)[:limit]}


def first_choices(problem: Problem, chosen: Flags) -> list[int]:
    """Return, for each person not in their first lab, the row of that seat: highest affinity, then the draw."""
    pairs = problem.pairs
    order = np.lexsort((-pairs.tie, -pairs.affinity, pairs.person))
    first = order[np.unique(pairs.person[order], return_index=True)[1]]
    return [int(row) for row in first if not chosen[row]]
