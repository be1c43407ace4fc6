"""What a seat would cost: it is forced in the same model, solved goal by goal again, and the results are compared.

Computed, never guessed: what is said of a seat that was not given is true of the best composition that gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.assign.inputs.problem import Alone, AtLeast, Cap, Flags, Lab, Problem
from pipeline.assign.solving.goals import Aim
from pipeline.assign.solving.highs import Answer, maximise
from pipeline.assign.solving.model import Model, Reals, Rows, build, limited
from pipeline.assign.solving.slack import FAMILIES, least


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


def kinship(problem: Problem, person: int) -> tuple[object, ...]:
    """Return what rules of groups tell a person by: two people of the same kinship are alike to them."""
    if any(person in couple for couple in (*problem.together, *problem.apart)):
        return (person,)
    rules: tuple[Cap | AtLeast | Alone, ...] = (*problem.caps, *problem.at_least, *problem.alone)
    groups = [*(rule.members for rule in rules), *(slot.absent for slot in problem.slots)]
    return (None, *(index for index, members in enumerate(groups) if person in members))


class Explainer:
    """Forces seats, one at a time, in a problem that is already solved."""

    def __init__(self, problem: Problem, chosen: Flags, aims: Sequence[Aim]) -> None:
        self._problem, self._chosen = problem, chosen
        self._aims = [aim for aim in aims if aim.name != "tie"]
        self._plain = _Forcing(problem, chosen, self._aims)
        self._known: dict[tuple[object, ...], Cost] = {}

    def cost(self, row: int) -> Cost:
        """Return what the possible seat `row`, not taken, would cost."""
        signature = self._signature(row)
        if signature not in self._known:
            self._known[signature] = self._solved(row)
        return self._known[signature]

    def _signature(self, row: int) -> tuple[object, ...]:
        """People whom no rule and no goal tells apart have the same answer."""
        pairs, person = self._problem.pairs, int(self._problem.pairs.person[row])
        low, high = np.searchsorted(pairs.person, [person, person + 1])
        names = ("lab", "affinity", "fixed", "exempt", "distance")
        seats = tuple(tuple(getattr(pairs, name)[low:high].tolist()) for name in names)
        taken = tuple(self._chosen[low:high].tolist())
        worth = tuple(int(aim.values[person]) for aim in self._aims if aim.over == "people")
        own = (int(self._problem.most[person]), worth, *kinship(self._problem, person))
        return (int(pairs.lab[row]), seats, taken, own)

    def _solved(self, row: int) -> Cost:
        found = self._plain.cost(row)
        if found is None:
            return self._rule_cost(row)
        if found.kind == "equal":
            return found
        for bound, problem in self._loosened(row):
            if _Forcing(problem, self._chosen, self._aims, self._plain.values).free(row):
                return replace(found, bound=bound)
        return found

    def _rule_cost(self, row: int) -> Cost:
        for bound, problem in self._loosened(row):
            if _Forcing(problem, self._chosen, self._aims, self._plain.values).possible(row):
                return Cost("rule", bound=bound)
        forced = _fixed(self._problem, row)
        families = tuple(family for family in FAMILIES if family != "guests")
        found = least(forced, families, seated=False)
        if found is None:
            return Cost("rule")
        stretched, answer = found
        return Cost("rule", families=tuple(f for f in families if stretched.amounts(answer, f).any()))

    def _loosened(self, row: int) -> Iterator[tuple[Bound, Problem]]:
        """Yield the problem without each rule of the seat's lab that may stand in the way, softest first."""
        problem, person, index = self._problem, self._problem.pairs.person[row], int(self._problem.pairs.lab[row])
        size = int(problem.sizes(self._chosen)[index])
        for place, rule in enumerate(problem.at_least):
            if rule.lab == index:
                others = (*problem.at_least[:place], *problem.at_least[place + 1 :])
                bound = Bound("at_least", rule.attribute, rule.value, rule.count, size)
                yield bound, replace(problem, at_least=others)
        for place, cap in enumerate(problem.caps):
            if cap.lab == index and person in cap.members:
                count = problem.count(self._chosen, index, cap.members)
                bound = Bound("cap", cap.attribute, cap.value, count, size, float(cap.share))
                yield bound, replace(problem, caps=(*problem.caps[:place], *problem.caps[place + 1 :]))
        yield from _company(problem, index, int(person), size)
        lab = problem.labs[index]
        if size == 0 and lab.minimum > 1:
            yield Bound("minimum", count=lab.minimum), _with_lab(problem, index, replace(lab, minimum=1))
        if size >= lab.maximum:
            more = replace(lab, maximum=lab.maximum + 1)
            yield Bound("maximum", count=lab.maximum, size=size), _with_lab(problem, index, more)
        if (told := problem.pairs.announced & problem.pairs.fixed).any():
            freed = replace(problem.pairs, fixed=problem.pairs.fixed & ~told)
            yield Bound("announced", size=size), replace(problem, pairs=freed)


def _company(problem: Problem, index: int, person: int, size: int) -> Iterator[tuple[Bound, Problem]]:
    for place, rule in enumerate(problem.alone):
        if rule.lab == index and person in rule.members:
            others = (*problem.alone[:place], *problem.alone[place + 1 :])
            yield Bound("alone", rule.attribute, rule.value, size=size), replace(problem, alone=others)
    if any(slot.lab == index for slot in problem.slots):
        others_slots = tuple(slot for slot in problem.slots if slot.lab != index)
        yield Bound("slots", size=size), replace(problem, slots=others_slots)


def _with_lab(problem: Problem, index: int, lab: Lab) -> Problem:
    return replace(problem, labs=(*problem.labs[:index], lab, *problem.labs[index + 1 :]))


def _fixed(problem: Problem, row: int) -> Problem:
    fixed = problem.pairs.fixed.copy()
    fixed[row] = True
    return replace(problem, pairs=replace(problem.pairs, fixed=fixed))


class _Forcing:
    """One model, with what each goal came to: what the best answer with a given seat is worth."""

    def __init__(
        self, problem: Problem, chosen: Flags, aims: Sequence[Aim], values: Sequence[int] | None = None
    ) -> None:
        self._problem, self._chosen, self._aims = problem, chosen, aims
        self._model: Model = build(problem)
        self.values = list(values) if values is not None else [_value(problem, chosen, aim) for aim in aims]

    def possible(self, row: int) -> bool:
        """Return whether any answer at all has the seat."""
        return self._best(row, np.zeros(len(self._model.upper)), 0) is not None

    def free(self, row: int) -> bool:
        """Return whether an answer with the seat is as good on every goal, or better on the first that differs."""
        if self._best(row, np.zeros(len(self._model.upper)), len(self._aims)) is not None:
            return True
        for held, aim in enumerate(self._aims):
            if aim.over == "floor":
                continue
            answer = self._best(row, self._objective(aim), held)
            if answer is None or round(answer.value) < self.values[held]:
                return False
            if round(answer.value) > self.values[held]:
                return True
        return False

    def cost(self, row: int) -> Cost | None:
        """Return the first goal that is worse with the seat, or None when no answer has it."""
        for held in range(len(self._aims), -1, -1):
            aim = self._aims[held] if held < len(self._aims) else None
            answer = self._best(row, np.zeros(len(self._model.upper)) if aim is None else self._objective(aim), held)
            if answer is not None:
                return self._named(row, held, answer)
        return None

    def _named(self, row: int, held: int, answer: Answer) -> Cost:
        if held == len(self._aims):
            moved, lost = self._changes(row, held, None)
            return Cost("equal", moved=moved, lost=lost)
        aim = self._aims[held]
        if aim.over == "floor":
            pairs, floor = self._problem.pairs, self.values[held]
            return Cost(aim.name, floor=floor, own=bool(pairs.affinity[row] < floor and not pairs.exempt[row]))
        moved, lost = self._changes(row, held, answer.value)
        return Cost(aim.name, loss=self.values[held] - round(answer.value), moved=moved, lost=lost)

    def _changes(self, row: int, held: int, reached: float | None) -> tuple[int, int]:
        """Return who would move and who would lose their seat, in the best answer with the seat that keeps the most."""
        pairs = self._problem.pairs
        others = self._chosen & (pairs.person != pairs.person[row])
        rows, upper = self._held(held)
        if reached is not None:
            rows = limited(rows, self._objective(self._aims[held]), reached, np.inf)
        kept = self._model.objective(self._model.seats, others.astype(np.int64))
        answer = self._forced(row, kept, rows, upper)
        if answer is None:
            raise ValueError("the answer whose value is held has this seat")
        rows = limited(rows, kept, answer.value, np.inf)
        seated = self._problem.seated(others)
        still = self._forced(row, self._model.objective(self._model.has_seat, seated.astype(np.int64)), rows, upper)
        if still is None:
            raise ValueError("the answer that keeps the most seats has this seat")
        taken = still.columns[self._model.seats] > 0
        now = self._problem.seated(taken)
        left = set(pairs.person[others & ~taken].tolist())
        lost = {person for person in left if not now[person]}
        return len(left - lost), len(lost)

    def _best(self, row: int, objective: Reals, held: int) -> Answer | None:
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


def costs(problem: Problem, chosen: Flags, aims: Sequence[Aim], rows: Iterable[int], limit: int) -> Mapping[int, Cost]:
    """Return the cost of each possible seat in `rows`, as far as `limit` goes: a seat costs a few solver calls."""
    explainer = Explainer(problem, chosen, aims)
    return {row: explainer.cost(row) for row in list(rows)[:limit]}


def first_choices(problem: Problem, chosen: Flags) -> list[int]:
    """Return, for each person not in their first lab, the row of that seat: highest affinity, then the draw."""
    pairs = problem.pairs
    order = np.lexsort((-pairs.tie, -pairs.affinity, pairs.person))
    first = order[np.unique(pairs.person[order], return_index=True)[1]]
    return [int(row) for row in first if not chosen[row]]
