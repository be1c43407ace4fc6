"""The rules as a mixed integer model: a `Problem` in, matrices for HiGHS out.

Columns, in order: one binary a possible seat, one integer a lab (its size), one binary a lab (it opens), one binary a
person (has a seat).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, vstack

from pipeline.assign.problem import Flags, Problem

Reals = NDArray[np.float64]


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


@dataclass(frozen=True, eq=False)
class Model:
    """A problem as the solver reads it.

    Attributes:
        problem: what it was made from.
        rows: all constraints.
        upper: by column, the largest value.
        lower: by column, the smallest.
    """

    problem: Problem
    rows: Rows
    lower: Reals
    upper: Reals

    @property
    def seats(self) -> slice:
        """Columns of the possible seats."""
        return slice(0, len(self.problem.pairs.person))

    @property
    def has_seat(self) -> slice:
        """Columns of the people."""
        return slice(len(self.upper) - len(self.problem.people), len(self.upper))

    def objective(self, *, seats: NDArray[np.int64] | None = None, people: NDArray[np.int64] | None = None) -> Reals:
        """Return one coefficient a column, zero where nothing is said."""
        values = np.zeros(len(self.upper))
        if seats is not None:
            values[self.seats] = seats
        if people is not None:
            values[self.has_seat] = people
        return values


_Entry = tuple[list[int], list[float], float, float]


def build(problem: Problem) -> Model:
    """Return the model of `problem`: seats, caps, minima of groups, together, apart, fixed seats."""
    pairs, people, labs = len(problem.pairs.person), len(problem.people), len(problem.labs)
    width = pairs + 2 * labs + people
    upper = np.ones(width)
    upper[pairs : pairs + labs] = [lab.maximum for lab in problem.labs]
    lower = np.zeros(width)
    lower[:pairs] = problem.pairs.fixed
    blocks = [_people(problem, width), _sizes(problem, width), stack(_group_rules(problem), width)]
    return Model(problem, joined(blocks), lower, upper)


def joined(blocks: list[Rows]) -> Rows:
    """Return constraints one after the other."""
    return Rows(
        csr_array(vstack([block.matrix for block in blocks])),
        np.concatenate([block.lower for block in blocks]),
        np.concatenate([block.upper for block in blocks]),
    )


def stack(entries: Iterable[_Entry], width: int) -> Rows:
    """Return constraints from (columns, coefficients, lower, upper)."""
    rows, columns, values, lower, upper = [], [], [], [], []
    for row, (where, what, low, high) in enumerate(entries):
        rows += [row] * len(where)
        columns += where
        values += what
        lower.append(low)
        upper.append(high)
    shape = (len(lower), width)
    return Rows(csr_array(coo_array((values, (rows, columns)), shape=shape)), np.array(lower), np.array(upper))


def _people(problem: Problem, width: int) -> Rows:
    """A person has a seat (column 1) with 1 to `most` labs, none otherwise."""
    pairs, n = len(problem.pairs.person), len(problem.people)
    who = np.arange(n)
    has_seat = width - n + who
    seats = _sparse(problem.pairs.person, np.arange(pairs), np.ones(pairs), (n, width))
    at_least_one = seats - _sparse(who, has_seat, np.ones(n), (n, width))
    at_most = seats - _sparse(who, has_seat, problem.most.astype(float), (n, width))
    infinite = np.full(n, np.inf)
    return joined([Rows(at_least_one, np.zeros(n), infinite), Rows(at_most, -infinite, np.zeros(n))])


def _sizes(problem: Problem, width: int) -> Rows:
    """A lab's size counts its seats, and is 0 or between its minimum and maximum."""
    pairs, n = len(problem.pairs.person), len(problem.labs)
    which, infinite = np.arange(n), np.full(n, np.inf)
    seats = _sparse(problem.pairs.lab, np.arange(pairs), np.ones(pairs), (n, width))
    size = _sparse(which, pairs + which, np.ones(n), (n, width))
    least = _sparse(which, pairs + n + which, np.array([float(lab.minimum) for lab in problem.labs]), (n, width))
    most = _sparse(which, pairs + n + which, np.array([float(lab.maximum) for lab in problem.labs]), (n, width))
    return joined(
        [
            Rows(seats - size, np.zeros(n), np.zeros(n)),
            Rows(size - least, np.zeros(n), infinite),
            Rows(size - most, -infinite, np.zeros(n)),
        ]
    )


def _sparse(rows: NDArray[np.int64], columns: NDArray[np.int64], values: Reals, shape: tuple[int, int]) -> csr_array:
    return csr_array(coo_array((values, (rows, columns)), shape=shape))


def _group_rules(problem: Problem) -> Iterator[_Entry]:
    pairs, labs = len(problem.pairs.person), len(problem.labs)
    for cap in problem.caps:
        seats = group_seats(problem, cap.lab, cap.members)
        if len(seats):
            yield (
                [*seats, pairs + cap.lab],
                [float(cap.share.denominator)] * len(seats) + [-float(cap.share.numerator)],
                -np.inf,
                0.0,
            )
    for rule in problem.at_least:
        seats = group_seats(problem, rule.lab, rule.members)
        yield [*seats, pairs + labs + rule.lab], [1.0] * len(seats) + [-float(rule.count)], 0.0, np.inf
    yield from _couples(problem)


def _couples(problem: Problem) -> Iterator[_Entry]:
    for lab in range(len(problem.labs)):
        for one, other in problem.together:
            seats = [(problem.index.get((one, lab)), 1.0), (problem.index.get((other, lab)), -1.0)]
            known = [(seat, sign) for seat, sign in seats if seat is not None]
            if known:
                yield [seat for seat, _ in known], [sign for _, sign in known], 0.0, 0.0
        for one, other in problem.apart:
            if (one, lab) in problem.index and (other, lab) in problem.index:
                yield [problem.index[one, lab], problem.index[other, lab]], [1.0, 1.0], -np.inf, 1.0


def group_seats(problem: Problem, lab: int, members: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows of the possible seats of `members` in `lab`."""
    return np.flatnonzero((problem.pairs.lab == lab) & np.isin(problem.pairs.person, members))


def limited(rows: Rows, coefficients: Reals, lower: float, upper: float) -> Rows:
    """Return `rows` and one more: `lower ≤ coefficients · x ≤ upper`."""
    return joined([rows, Rows(csr_array(coefficients[None, :]), np.array([lower]), np.array([upper]))])


def allowed(model: Model, flags: Flags) -> Reals:
    """Return the upper bounds of the columns when only the seats in `flags` may be taken."""
    upper = model.upper.copy()
    upper[model.seats] = np.where(flags, upper[model.seats], 0.0)
    return upper
