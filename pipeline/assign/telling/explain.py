"""What a seat would cost: it is forced in the same model, solved goal by goal again, and the results are compared.

Computed, never guessed: what is said of a seat that was not given is true of the best composition that gives it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from pipeline.assign.inputs.problem import Alone, AtLeast, Cap, Flags, Ints, Lab, Problem
from pipeline.assign.solving.goals import Aim
from pipeline.assign.solving.slack import FAMILIES, least
from pipeline.assign.telling.forcing import Bound, Cost, Forcing


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
        self._plain = Forcing(problem, chosen, self._aims)
        self._known: dict[tuple[object, ...], Cost] = {}
        self._loose: dict[int, list[tuple[Bound, Ints | None, Forcing]]] = {}

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
        worse = [aim.name for aim in self._aims].index(found.kind)
        for bound, forcing in self._loosened(row):
            if forcing.free(row, worse):
                return replace(found, bound=bound)
        return found

    def _rule_cost(self, row: int) -> Cost:
        for bound, forcing in self._loosened(row):
            if forcing.possible(row):
                return Cost("rule", bound=bound)
        forced = _fixed(self._problem, row)
        families = tuple(family for family in FAMILIES if family != "guests")
        found = least(forced, families, seated=False)
        if found is None:
            return Cost("rule")
        stretched, answer = found
        return Cost("rule", families=tuple(f for f in families if stretched.amounts(answer, f).any()))

    def _loosened(self, row: int) -> Iterator[tuple[Bound, Forcing]]:
        """Yield the model without each rule of the seat's lab that may stand in the way, softest first."""
        person, index = int(self._problem.pairs.person[row]), int(self._problem.pairs.lab[row])
        if index not in self._loose:
            loosened = _without_each(self._problem, self._chosen, index)
            values = self._plain.values
            self._loose[index] = [
                (bound, members, Forcing(problem, self._chosen, self._aims, values))
                for bound, members, problem in loosened
            ]
        for bound, members, forcing in self._loose[index]:
            if members is None or person in members:
                yield bound, forcing


Loosened = tuple[Bound, Ints | None, Problem]
"""A rule of a lab, whom alone it may hold back (None: anybody), the problem without it."""


def _without_each(problem: Problem, chosen: Flags, index: int) -> Iterator[Loosened]:
    size = int(problem.sizes(chosen)[index])
    for place, rule in enumerate(problem.at_least):
        if rule.lab == index:
            others = (*problem.at_least[:place], *problem.at_least[place + 1 :])
            bound = Bound("at_least", rule.attribute, rule.value, rule.count, size)
            yield bound, None, replace(problem, at_least=others)
    for place, cap in enumerate(problem.caps):
        if cap.lab == index:
            count = problem.count(chosen, index, cap.members)
            bound = Bound("cap", cap.attribute, cap.value, count, size, float(cap.share))
            yield bound, cap.members, replace(problem, caps=(*problem.caps[:place], *problem.caps[place + 1 :]))
    yield from _company(problem, index, size)
    lab = problem.labs[index]
    if size == 0 and lab.minimum > 1:
        yield Bound("minimum", count=lab.minimum), None, _with_lab(problem, index, replace(lab, minimum=1))
    if size >= lab.maximum:
        more = replace(lab, maximum=lab.maximum + 1)
        yield Bound("maximum", count=lab.maximum, size=size), None, _with_lab(problem, index, more)
    if (told := problem.pairs.announced & problem.pairs.fixed).any():
        freed = replace(problem.pairs, fixed=problem.pairs.fixed & ~told)
        yield Bound("announced", size=size), None, replace(problem, pairs=freed)


def _company(problem: Problem, index: int, size: int) -> Iterator[Loosened]:
    for place, rule in enumerate(problem.alone):
        if rule.lab == index:
            others = (*problem.alone[:place], *problem.alone[place + 1 :])
            bound = Bound("alone", rule.attribute, rule.value, size=size)
            yield bound, rule.members, replace(problem, alone=others)
    if any(slot.lab == index for slot in problem.slots):
        others_slots = tuple(slot for slot in problem.slots if slot.lab != index)
        yield Bound("slots", size=size), None, replace(problem, slots=others_slots)


def _with_lab(problem: Problem, index: int, lab: Lab) -> Problem:
    return replace(problem, labs=(*problem.labs[:index], lab, *problem.labs[index + 1 :]))


def _fixed(problem: Problem, row: int) -> Problem:
    fixed = problem.pairs.fixed.copy()
    fixed[row] = True
    return replace(problem, pairs=replace(problem.pairs, fixed=fixed))


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
