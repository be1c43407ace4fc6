"""The line of a group: who would enter next if a member left, everybody else keeping their seat, under the same rules.

For each member who may leave, the first in line whom the rules then let in is found; the line is in the order of the
number of departures that let a person in. Where it depends on who leaves, that is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.assign.check import broken
from pipeline.assign.explain import kinship
from pipeline.assign.held import as_needed, given_up
from pipeline.assign.problem import Flags, Problem


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


class _Group:
    """One lab by itself, with its members: what a departure lets in."""

    def __init__(self, problem: Problem, chosen: Flags, lab: int) -> None:
        self._whole = problem
        here = problem.pairs.lab == lab
        self._rows = np.flatnonzero(here)
        self._problem = problem.only(here)
        self._chosen = chosen[here]
        self._lab = lab
        self.members = [int(row) for row in self._rows[self._chosen]]
        self._known: dict[tuple[object, ...], tuple[float, ...]] = {}

    def order(self, row: int) -> tuple[object, ...]:
        """People with an idea first, then by affinity, distance and the draw: the goals once all others are held."""
        pairs = self._whole.pairs
        person = int(pairs.person[row])
        late, exempt = bool(self._whole.volunteers[person]), bool(pairs.exempt[row])
        return late, not exempt, -int(pairs.affinity[row]), int(pairs.distance[row]), -int(pairs.tie[row]), person

    def next_in(self, left: Sequence[int]) -> dict[int, int | None]:
        """Return, by member, who of `left` (in order) enters when that member leaves."""
        people, found = self._whole.pairs.person, dict[tuple[object, ...], int | None]()
        kin = {out: kinship(self._whole, int(people[out])) for out in self.members}
        for out, kind in kin.items():
            if kind not in found:
                found[kind] = self._next(out, left)
        return {out: found[kind] for out, kind in kin.items()}

    def _next(self, out: int, left: Sequence[int]) -> int | None:
        """Rules give as little as can be, hardest first: who comes may not make them give more, nobody may come."""
        after = self._chosen & (self._rows != out)
        problem, empty = self._without(out), self._given_up(out, None)
        least = min(empty, *(self._given_up(out, row) for row in left))
        for row in left:
            seats = after | (self._rows == row)
            eased = as_needed(problem, after if empty == least else seats)
            if (empty == least or self._given_up(out, row) == least) and not broken(eased, seats):
                return row
        return None

    def _given_up(self, out: int, row: int | None) -> tuple[float, ...]:
        people = self._whole.pairs.person
        key = tuple(None if one is None else kinship(self._whole, int(people[one])) for one in (out, row))
        if key not in self._known:
            seats = self._chosen & (self._rows != out)
            self._known[key] = given_up(self._without(out), seats if row is None else seats | (self._rows == row))
        return self._known[key]

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
            if cap.lab == self._lab and inside and inside == outs and len(outs) < len(self.members):
                return cap.attribute, cap.value
        return "", ""
