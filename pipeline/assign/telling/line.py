"""The line of a group: who would enter next if a member left, everybody else keeping their seat, under the same rules.

For each member who may leave, the first in line whom the rules then let in is found; the line is in the order of the
number of departures that let a person in. Where it depends on who leaves, that is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.assign.inputs.problem import Flags, Problem
from pipeline.assign.solving.check import broken
from pipeline.assign.solving.held import as_needed, given_up
from pipeline.assign.telling.explain import kinship
from pipeline.words.seats import PRIVATE


@dataclass(frozen=True, slots=True)
class Turn:
    """A person's turn in a line.

    Attributes:
        row: the possible seat waited for.
        lets_in: members whose departure lets this person in, those before in line having had their turn.
        members: who sit in the group.
        attribute: where the former are exactly the members of one value of an attribute: that attribute; else empty.
        value: that value.
    """

    row: int
    lets_in: int
    members: int
    attribute: str = ""
    value: str = ""

    @property
    def enters(self) -> str:
        """`always`, `depends`, `never`; empty for a group where nobody sits."""
        if not self.members:
            return ""
        return "never" if not self.lets_in else "always" if self.lets_in == self.members else "depends"


def line(problem: Problem, chosen: Flags, lab: int, waiting: Sequence[int]) -> list[Turn]:
    """Return the line of a lab, next to enter first.

    Args:
        problem: solved, its rules as far as they gave.
        chosen: possible seats taken.
        lab: index.
        waiting: possible seats in this lab of people who have none.
    """
    here = _Group(problem, chosen, lab)
    left, turns = sorted(waiting, key=here.order), []
    while left:
        first = here.next_in(left)
        count = Counter(first.values())
        row = max(left, key=lambda one: count[one])  # the first of equals: `left` is in order
        outs = frozenset(out for out, found in first.items() if found == row)
        turns.append(Turn(row, len(outs), len(here.members), *here.named(outs)))
        left.remove(row)
    return turns


def _alone(problem: Problem, lab: int, here: Flags) -> Problem:
    """Return the problem of one lab, without the rules of the others."""
    caps = tuple(cap for cap in problem.caps if cap.lab == lab)
    minima = tuple(rule for rule in problem.at_least if rule.lab == lab)
    alone = tuple(rule for rule in problem.alone if rule.lab == lab)
    slots = tuple(slot for slot in problem.slots if slot.lab == lab)
    return replace(problem.only(here), caps=caps, at_least=minima, alone=alone, slots=slots)


class _Group:
    """One lab by itself, with its members: what a departure lets in."""

    def __init__(self, problem: Problem, chosen: Flags, lab: int) -> None:
        self._whole = problem
        here = problem.pairs.lab == lab
        self._rows = np.flatnonzero(here)
        self._problem = _alone(problem, lab, here)
        self._chosen = chosen[here]
        self._lab = lab
        self.members = [int(row) for row in self._rows[self._chosen]]
        people = problem.pairs.person
        self._kin = {int(row): kinship(self._problem, int(people[row])) for row in self._rows}
        self._given: dict[tuple[object, ...], tuple[float, ...]] = {}
        self._lets: dict[tuple[object, ...], bool] = {}

    def order(self, row: int) -> tuple[object, ...]:
        """People with an idea first, then by affinity, distance and the draw: the goals once all others are held."""
        pairs = self._whole.pairs
        person = int(pairs.person[row])
        late, exempt = bool(self._whole.volunteers[person]), bool(pairs.exempt[row])
        return late, not exempt, -int(pairs.affinity[row]), int(pairs.distance[row]), -int(pairs.tie[row]), person

    def next_in(self, left: Sequence[int]) -> dict[int, int | None]:
        """Return, by member, who of `left` (in order) enters when that member leaves."""
        found: dict[object, int | None] = {}
        for out in self.members:
            if self._kin[out] not in found:
                found[self._kin[out]] = self._next(out, left)
        return {out: found[self._kin[out]] for out in self.members}

    def _next(self, out: int, left: Sequence[int]) -> int | None:
        """Rules give as little as can be, hardest first: who comes may not make them give more, nobody may come."""
        empty = self._given_up(out, None)
        least = min(empty, *(self._given_up(out, row) for row in self._of_each_kin(left)))
        return next((row for row in left if self._lets_in(out, row, empty=empty == least, least=least)), None)

    def _of_each_kin(self, rows: Sequence[int]) -> list[int]:
        return list({self._kin[row]: row for row in rows}.values())

    def _lets_in(self, out: int, row: int, *, empty: bool, least: tuple[float, ...]) -> bool:
        key = (self._kin[out], self._kin[row], empty, least)
        if key not in self._lets:
            after = self._chosen & (self._rows != out)
            seats = after | (self._rows == row)
            problem, fits = self._without(out), empty or self._given_up(out, row) == least
            self._lets[key] = fits and not broken(as_needed(problem, after if empty else seats), seats)
        return self._lets[key]

    def _given_up(self, out: int, row: int | None) -> tuple[float, ...]:
        key = (self._kin[out], None if row is None else self._kin[row])
        if key not in self._given:
            seats = self._chosen & (self._rows != out)
            self._given[key] = given_up(self._without(out), seats if row is None else seats | (self._rows == row))
        return self._given[key]

    def _without(self, out: int) -> Problem:
        """Return the group's problem when `out` is gone: their partners stay, their seat is fixed no more."""
        gone = int(self._whole.pairs.person[out])
        couples = tuple(couple for couple in self._problem.together if gone not in couple)
        pairs = replace(self._problem.pairs, fixed=self._problem.pairs.fixed & (self._rows != out))
        return replace(self._problem, together=couples, pairs=pairs)

    def named(self, outs: frozenset[int]) -> tuple[str, str]:
        """Return the attribute and value that all of `outs` have and no other member has; empty without one."""
        people = self._whole.pairs.person
        for cap in self._whole.caps:
            inside = {row for row in self.members if people[row] in cap.members}
            shown = cap.lab == self._lab and cap.attribute != PRIVATE
            if shown and inside and inside == outs and len(outs) < len(self.members):
                return cap.attribute, cap.value
        return "", ""
