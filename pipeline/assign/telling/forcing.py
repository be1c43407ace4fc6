"""One seat forced in a solved problem, goal by goal: what is then worse, and by how much.

Few calls to the solver: a seat exchanged in the answer in force often shows enough, and a goal whose best is known
without the seat is not sought again with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pipeline.assign.inputs.problem import Flags, Problem
from pipeline.assign.solving.check import broken
from pipeline.assign.solving.goals import Aim
from pipeline.assign.solving.highs import Answer, maximise
from pipeline.assign.solving.model import Model, Reals, Rows, build, limited


@dataclass(frozen=True, slots=True, order=True)
class Bound:
    """One rule without which the seat could be given.

    Attributes:
        rule: `cap`, `maximum`, `minimum`, `at_least`, `alone`, `slots` of the seat's lab, or `announced` (seats that
            people were told of).
        attribute: of a cap or a minimum of a group: the column.
        value: of that column.
        count: members seated now (`cap`), people needed (`minimum`, `at_least`), seats (`maximum`).
        size: people seated now in the lab.
        share: of a cap.
    """

    rule: str
    attribute: str = ""
    value: str = ""
    count: int = 0
    size: int = 0
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What would have to give for one seat.

    Attributes:
        kind: `rule` (no answer has this seat under the rules), the name of the first goal that would be worse
            (see `goals`), or `equal` (as good on every goal: the draw decided).
        loss: by how much that goal would be worse: people, thousandths of affinity, kilometres; 0 for `rule`,
            `equal` and `worst_affinity`.
        floor: for `worst_affinity`, the lowest affinity accepted now.
        own: for `worst_affinity`, the seat itself is under it; otherwise someone else would be.
        moved: others who would have another seat, in the best composition with this seat that changes the fewest.
        lost: others who would have none any more.
        bound: the rule without which the seat could be given; for a kind other than `rule`, with no goal worse before
            one that is better.
        families: for `rule` without one `bound`, the families of rules that would have to give together.
    """

    kind: str
    loss: int = 0
    floor: int = 0
    own: bool = False
    moved: int = 0
    lost: int = 0
    bound: Bound | None = None
    families: tuple[str, ...] = ()


class Forcing:
    """One model, with what each goal came to: what the best answer with a given seat is worth."""

    def __init__(
        self, problem: Problem, chosen: Flags, aims: Sequence[Aim], values: Sequence[int] | None = None
    ) -> None:
        self._problem, self._chosen, self._aims = problem, chosen, aims
        self.values = list(values) if values is not None else [_value(problem, chosen, aim) for aim in aims]
        self._ceilings: dict[int, int] = {}

    @cached_property
    def _model(self) -> Model:
        return build(self._problem)

    def possible(self, row: int) -> bool:
        """Return whether any answer at all has the seat."""
        return not broken(self._problem, self._exchanged(row)) or self._best(row, 0, None) is not None

    def free(self, row: int, worse: int) -> bool:
        """Return whether an answer with the seat is as good on every goal, or better on the first that differs.

        Args:
            row: the seat.
            worse: the first goal that is worse with the seat in a tighter problem: those before can be as good here.
        """
        if self._shown(row):
            return True
        for held, aim in enumerate(self._aims):
            if aim.over == "floor" or (held < worse and self._ceiling(held) == self.values[held]):
                continue
            answer = self._best(row, held, aim)
            if answer is None or round(answer.value) < self.values[held]:
                return False
            if round(answer.value) > self.values[held]:
                return True
        return True

    def _shown(self, row: int) -> bool:
        """Return whether the answer in force with the one seat exchanged is enough: no solver is asked then."""
        seats = self._exchanged(row)
        if broken(self._problem, seats):
            return False
        for aim, value in zip(self._aims, self.values, strict=True):
            own = _value(self._problem, seats, aim)
            if own < value or (own > value and aim.over != "floor"):
                return own > value
        return True

    def _exchanged(self, row: int) -> Flags:
        """Return the seats taken, with `row` in place of the person's own seats."""
        pairs = self._problem.pairs
        seats: Flags = self._chosen & (pairs.person != pairs.person[row])
        seats[row] = True
        return seats

    def _ceiling(self, held: int) -> int:
        """Return the best of a goal with nothing forced and those before kept: no forced seat goes beyond."""
        if held not in self._ceilings:
            rows, upper = self._held(held)
            answer = maximise(self._model, self._objective(self._aims[held]), rows, upper)
            if answer is None:
                raise ValueError("the answer in force keeps its own values")
            self._ceilings[held] = round(answer.value)
        return self._ceilings[held]

    def cost(self, row: int) -> Cost | None:
        """Return the first goal that is worse with the seat, or None when no answer has it."""
        for held, aim in enumerate(self._aims):
            if aim.over == "floor":
                continue
            answer = self._best(row, held, aim)
            if answer is None:  # every goal before can be kept, all of them cannot: the floor just before
                return self._under_floor(row, held - 1) if held else None
            if round(answer.value) < self.values[held]:
                moved, lost = self._changes(row, held, answer.value)
                return Cost(aim.name, loss=self.values[held] - round(answer.value), moved=moved, lost=lost)
        moved, lost = self._changes(row, len(self._aims), None)
        return Cost("equal", moved=moved, lost=lost)

    def _under_floor(self, row: int, held: int) -> Cost:
        pairs, floor = self._problem.pairs, self.values[held]
        own = bool(pairs.affinity[row] < floor and not pairs.exempt[row])
        return Cost(self._aims[held].name, floor=floor, own=own)

    def _changes(self, row: int, held: int, reached: float | None) -> tuple[int, int]:
        """Return who would move and who would lose their seat, in the best answer with the seat that keeps the most.

        Seats kept come first: one weighs more than all who are seated.
        """
        pairs, model = self._problem.pairs, self._model
        others = self._chosen & (pairs.person != pairs.person[row])
        rows, upper = self._held(held)
        if reached is not None:
            rows = limited(rows, self._objective(self._aims[held]), reached, np.inf)
        seated = self._problem.seated(others)
        kept = model.objective(model.seats, others.astype(np.int64) * (int(seated.sum()) + 1))
        answer = self._forced(row, kept + model.objective(model.has_seat, seated.astype(np.int64)), rows, upper)
        if answer is None:
            raise ValueError("the answer whose value is held has this seat")
        taken = answer.columns[model.seats] > 0
        now = self._problem.seated(taken)
        left = set(pairs.person[others & ~taken].tolist())
        lost = {person for person in left if not now[person]}
        return len(left - lost), len(lost)

    def _best(self, row: int, held: int, aim: Aim | None) -> Answer | None:
        """Return the answer with the seat that is best for `aim` (None: any) and keeps the `held` first goals."""
        objective = np.zeros(len(self._model.upper)) if aim is None else self._objective(aim)
        return self._forced(row, objective, *self._held(held))

    def _held(self, held: int) -> tuple[Rows, Reals]:
        """Return rows and upper bounds that keep the `held` first goals at their values."""
        rows, upper, pairs = self._model.rows, self._model.upper, self._problem.pairs
        for aim, value in zip(self._aims[:held], self.values, strict=False):
            if aim.over == "floor":
                upper = np.minimum(upper, self._model.allowing(pairs.exempt | (pairs.affinity >= value)))
            else:
                rows = limited(rows, self._objective(aim), float(value), np.inf)
        return rows, upper

    def _objective(self, aim: Aim) -> Reals:
        return self._model.objective(self._model.has_seat if aim.over == "people" else self._model.seats, aim.values)

    def _forced(self, row: int, objective: Reals, rows: Rows, upper: Reals) -> Answer | None:
        if upper[row] < 1:
            return None
        lower = self._model.lower.copy()
        lower[row] = 1.0
        if (lower > upper).any():
            return None
        return maximise(self._model, objective, rows, upper, lower)


def _value(problem: Problem, chosen: Flags, aim: Aim) -> int:
    if aim.over == "people":
        return int(aim.values[problem.seated(chosen)].sum())
    if aim.over == "seats":
        return int(aim.values[chosen].sum())
    counted = chosen & ~problem.pairs.exempt
    return int(aim.values[counted].min(initial=aim.values[~problem.pairs.exempt].max(initial=0)))
