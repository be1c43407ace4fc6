"""The rules as a mixed integer model: a `Problem` in, matrices for HiGHS out.

Columns, in order: one binary a possible seat, one integer a lab (its size), one binary a lab (it opens), one binary a
person (has a seat), one binary a slot (its lab meets then), then those of the slacks when rules may give (`relax`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, vstack

from pipeline.assign.inputs.problem import Flags, Ints, Problem

Reals = NDArray[np.float64]
Entry = tuple[list[int], list[float], float, float]
"""One constraint: columns, coefficients, lower, upper."""


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """Constraints `lower ≤ matrix · x ≤ upper`.

    Attributes:
        matrix: one constraint a row.
        lower: by row.
        upper: by row.
    """

    matrix: csr_array
    lower: Reals
    upper: Reals


@dataclass(frozen=True, eq=False, slots=True)
class Model:
    """A problem as the solver reads it.

    Attributes:
        problem: what it was made from.
        blocks: constraints by the rule they come from; one a lab in `size`, `minimum` and `maximum`, one a rule in
            `cap` and `at_least`, one a possible seat of its members for each rule in `alone`, in their order in the
            problem.
        lower: by column, the smallest value.
        upper: by column, the largest.
    """

    problem: Problem
    blocks: Mapping[str, Rows]
    lower: Reals
    upper: Reals

    @property
    def rows(self) -> Rows:
        """All constraints."""
        return joined(self.blocks.values())

    @property
    def seats(self) -> slice:
        """Columns of the possible seats."""
        return slice(0, len(self.problem.pairs.person))

    @property
    def sizes(self) -> slice:
        """Columns of the labs' sizes."""
        return slice(self.seats.stop, self.seats.stop + len(self.problem.labs))

    @property
    def opens(self) -> slice:
        """Columns of the labs' opening."""
        return slice(self.sizes.stop, self.sizes.stop + len(self.problem.labs))

    @property
    def has_seat(self) -> slice:
        """Columns of the people."""
        return slice(self.opens.stop, self.opens.stop + len(self.problem.people))

    def objective(self, columns: slice, values: Ints) -> Reals:
        """Return one coefficient a column: `values` in `columns`, zero elsewhere."""
        coefficients = np.zeros(len(self.upper))
        coefficients[columns] = values
        return coefficients

    def allowing(self, seats: Flags) -> Reals:
        """Return the upper bounds of the columns when only `seats` may be taken."""
        upper = self.upper.copy()
        upper[self.seats] = np.where(seats, upper[self.seats], 0.0)
        return upper


def build(problem: Problem) -> Model:
    """Return the model of `problem`: seats, caps, minima of groups, together, apart, fixed seats."""
    pairs, labs = len(problem.pairs.person), len(problem.labs)
    width = pairs + 2 * labs + len(problem.people) + len(problem.slots)
    upper, lower = np.ones(width), np.zeros(width)
    upper[pairs : pairs + labs] = [lab.maximum for lab in problem.labs]
    lower[:pairs] = problem.pairs.fixed
    blocks = {
        "people": _people(problem, width),
        **_sizes(problem, width),
        "cap": stack(_caps(problem), width),
        "at_least": stack(_at_least(problem), width),
        "alone": stack(_alone(problem), width),
        "slots": stack(_slots(problem, width - len(problem.slots)), width),
        "together": stack(_together(problem), width),
        "apart": stack(_apart(problem), width),
    }
    return Model(problem, blocks, lower, upper)


def joined(blocks: Iterable[Rows]) -> Rows:
    """Return constraints one after the other."""
    blocks = list(blocks)
    return Rows(
        csr_array(vstack([block.matrix for block in blocks])),
        np.concatenate([block.lower for block in blocks]),
        np.concatenate([block.upper for block in blocks]),
    )


def stack(entries: Iterable[Entry], width: int) -> Rows:
    """Return constraints from their entries."""
    rows, columns, values, lower, upper = [], [], [], [], []
    for row, (where, what, low, high) in enumerate(entries):
        rows += [row] * len(where)
        columns += where
        values += what
        lower.append(low)
        upper.append(high)
    matrix = csr_array(coo_array((values, (rows, columns)), shape=(len(lower), width)), dtype=np.float64)
    return Rows(matrix, np.array(lower, dtype=np.float64), np.array(upper, dtype=np.float64))


def limited(rows: Rows, coefficients: Reals, lower: float, upper: float) -> Rows:
    """Return `rows` and one more: `lower ≤ coefficients · x ≤ upper`."""
    return joined([rows, Rows(csr_array(coefficients[None, :]), np.array([lower]), np.array([upper]))])


def _people(problem: Problem, width: int) -> Rows:
    """A person has a seat (column 1) with 1 to `most` labs, none otherwise."""
    pairs, n = len(problem.pairs.person), len(problem.people)
    who, first = np.arange(n), pairs + 2 * len(problem.labs)
    seats = _sparse(problem.pairs.person, np.arange(pairs), np.ones(pairs), (n, width))
    at_least_one = seats - _sparse(who, first + who, np.ones(n), (n, width))
    at_most = seats - _sparse(who, first + who, problem.most.astype(float), (n, width))
    infinite = np.full(n, np.inf)
    return joined([Rows(at_least_one, np.zeros(n), infinite), Rows(at_most, -infinite, np.zeros(n))])


def _sizes(problem: Problem, width: int) -> dict[str, Rows]:
    """A lab's size counts its seats, and is 0 or between its minimum and maximum."""
    pairs, n = len(problem.pairs.person), len(problem.labs)
    which, infinite = np.arange(n), np.full(n, np.inf)
    seats = _sparse(problem.pairs.lab, np.arange(pairs), np.ones(pairs), (n, width))
    size = _sparse(which, pairs + which, np.ones(n), (n, width))
    least = _sparse(which, pairs + n + which, np.array([float(lab.minimum) for lab in problem.labs]), (n, width))
    most = _sparse(which, pairs + n + which, np.array([float(lab.maximum) for lab in problem.labs]), (n, width))
    return {
        "size": Rows(seats - size, np.zeros(n), np.zeros(n)),
        "minimum": Rows(size - least, np.zeros(n), infinite),
        "maximum": Rows(size - most, -infinite, np.zeros(n)),
    }


def _sparse(rows: Ints, columns: Ints, values: Reals, shape: tuple[int, int]) -> csr_array:
    return csr_array(coo_array((values, (rows, columns)), shape=shape))


def _caps(problem: Problem) -> Iterator[Entry]:
    seats = _Seats(problem)
    for cap in problem.caps:
        members = seats.of(cap.lab, cap.members)
        coefficients = [float(cap.share.denominator)] * len(members) + [-float(cap.share.numerator)]
        limit = float(cap.share.denominator * cap.extra)
        yield [*members, len(problem.pairs.person) + cap.lab], coefficients, -np.inf, limit


def _at_least(problem: Problem) -> Iterator[Entry]:
    seats, opens = _Seats(problem), len(problem.pairs.person) + len(problem.labs)
    for rule in problem.at_least:
        members = seats.of(rule.lab, rule.members)
        yield [*members, opens + rule.lab], [1.0] * len(members) + [-float(rule.count)], 0.0, np.inf


def alone_rows(problem: Problem) -> list[tuple[int, list[int]]]:
    """Return (rule of `alone`, possible seats of its members in its lab), once a seat: that seat, then the others."""
    seats = _Seats(problem)
    found = []
    for number, rule in enumerate(problem.alone):
        members = seats.of(rule.lab, rule.members)
        found += [(number, [one, *(other for other in members if other != one)]) for one in members]
    return found


def _alone(problem: Problem) -> Iterator[Entry]:
    for number, (own, *others) in alone_rows(problem):
        needed = float(problem.alone[number].least - 1)
        yield [*others, own], [*[1.0] * len(others), -needed], 0.0, np.inf


def _slots(problem: Problem, first: int) -> Iterator[Entry]:
    """A lab that opens meets on one of its slots; who cannot come then does not sit there."""
    opens, seats = len(problem.pairs.person) + len(problem.labs), _Seats(problem)
    for lab in sorted({slot.lab for slot in problem.slots}):
        own = [first + row for row, slot in enumerate(problem.slots) if slot.lab == lab]
        yield [*own, opens + lab], [*[1.0] * len(own), -1.0], 0.0, 0.0
    for row, slot in enumerate(problem.slots):
        for seat in seats.of(slot.lab, slot.absent):
            yield [seat, first + row], [1.0, 1.0], -np.inf, 1.0


def _together(problem: Problem) -> Iterator[Entry]:
    for one, other in problem.together:
        for lab in range(len(problem.labs)):
            seats = [(problem.index.get((one, lab)), 1.0), (problem.index.get((other, lab)), -1.0)]
            known = [(seat, sign) for seat, sign in seats if seat is not None]
            if known:
                yield [seat for seat, _ in known], [sign for _, sign in known], 0.0, 0.0


def _apart(problem: Problem) -> Iterator[Entry]:
    for one, other in problem.apart:
        for lab in range(len(problem.labs)):
            if (one, lab) in problem.index and (other, lab) in problem.index:
                yield [problem.index[one, lab], problem.index[other, lab]], [1.0, 1.0], -np.inf, 1.0


class _Seats:
    """The possible seats of a group in a lab, looked up once a lab."""

    def __init__(self, problem: Problem) -> None:
        pairs = problem.pairs
        order = np.argsort(pairs.lab, kind="stable")
        bounds = np.searchsorted(pairs.lab[order], np.arange(len(problem.labs) + 1))
        self._rows = [order[bounds[lab] : bounds[lab + 1]] for lab in range(len(problem.labs))]
        self._person = pairs.person

    def of(self, lab: int, members: Ints) -> list[int]:
        """Return the rows of the possible seats of `members` in `lab`."""
        rows = self._rows[lab]
        return list(map(int, rows[np.isin(self._person[rows], members)]))
