"""The matrices say what the rules say: an answer keeps all rows exactly when the independent checker finds nothing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.assign.inputs.problem import Cap, Flags, Problem
from pipeline.assign.solving.check import broken
from pipeline.assign.solving.model import Model, Reals, build
from tests.assign.problems import meetings, plain


def columns(model: Model, chosen: Flags, slots: tuple[bool, ...]) -> Reals:
    """Return an answer as the solver would write it: seats, sizes, which labs open, who has a seat, slots taken."""
    problem = model.problem
    sizes = problem.sizes(chosen)
    return np.concatenate([chosen, sizes, sizes > 0, problem.seated(chosen), slots]).astype(np.float64)


def kept(model: Model, chosen: Flags) -> bool:
    """Return whether an answer keeps every row and bound, on some slots."""
    rows = model.rows
    answers = (columns(model, chosen, slots) for slots in product([False, True], repeat=len(model.problem.slots)))
    return any(
        bool((rows.matrix @ one >= rows.lower).all() and (rows.matrix @ one <= rows.upper).all())
        and bool((one >= model.lower).all() and (one <= model.upper).all())
        for one in answers
    )


@settings(max_examples=80, deadline=None, derandomize=True)
@given(problem=meetings(people=3, labs=2), data=st.data())
def test_rows_are_kept_exactly_when_rules_are(problem: Problem, data: st.DataObject) -> None:
    """Of all answers, those that break no rule, and no other, keep the rows, with a fixed seat and members let in."""
    pairs = problem.pairs
    fixed = np.array([not data.draw(st.integers(0, 5)) for _ in pairs.person], dtype=bool)
    more = tuple(replace(cap, extra=data.draw(st.sampled_from([Fraction(0), Fraction(1)]))) for cap in problem.caps)
    least = tuple(replace(rule, least=data.draw(st.integers(1, 3))) for rule in problem.alone)
    asked = replace(problem, pairs=replace(pairs, fixed=fixed), caps=more, alone=least)
    model = build(asked)
    for bits in product([False, True], repeat=len(pairs.person)):
        chosen = np.array(bits, dtype=bool)
        assert kept(model, chosen) == (not broken(asked, chosen)), broken(asked, chosen)


def test_a_person_has_a_seat_exactly_when_one_is_taken() -> None:
    """Nobody is counted as seated without a seat, nor as waiting with one; the same for labs that open."""
    model = build(plain(np.full((2, 2), 500, dtype=np.int64), minimum=1, maximum=2))
    right = columns(model, np.array([1, 0, 0, 0], dtype=bool), ())
    for block in (model.has_seat, model.opens):
        for at in range(block.start, block.stop):
            wrong = right.copy()
            wrong[at] = 1 - wrong[at]
            sums = model.rows.matrix @ wrong
            assert (sums < model.rows.lower).any() or (sums > model.rows.upper).any()


def test_columns_lie_one_after_the_other() -> None:
    """Each block of columns begins where the one before ends, and an objective looks at one block only."""
    model = build(plain(np.full((3, 2), 500, dtype=np.int64), minimum=1, maximum=2))
    assert [(s.start, s.stop) for s in (model.seats, model.sizes, model.opens, model.has_seat)] == [
        (0, 6), (6, 8), (8, 10), (10, 13),
    ]  # fmt: skip
    assert model.objective(model.has_seat, np.array([5, 6, 7])).tolist() == [0] * 10 + [5, 6, 7]


def test_only_allowed_seats_may_be_taken() -> None:
    """A seat that is not allowed is bound to nothing; the model itself stays as it was."""
    model = build(plain(np.full((2, 2), 500, dtype=np.int64), minimum=1, maximum=2))
    allowed = np.array([True, False, False, True])
    assert model.allowing(allowed)[model.seats].tolist() == [1, 0, 0, 1]
    assert model.allowing(allowed)[4:].tolist() == model.upper[4:].tolist()
    assert model.upper[model.seats].tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize("share", [Fraction(1, 3), Fraction(2, 5)])
def test_coefficients_are_whole(share: Fraction) -> None:
    """A share is written in whole numbers, so that a broken row is broken by one."""
    problem = plain(np.full((4, 1), 500, dtype=np.int64), minimum=1, maximum=4)
    rows = build(replace(problem, caps=(Cap(0, "directorate", "D", np.arange(2), share, Fraction(1)),))).blocks["cap"]
    assert rows.matrix.toarray()[0, :2].tolist() == [share.denominator] * 2
    assert rows.matrix.toarray()[0, 4] == -share.numerator
    assert rows.upper.tolist() == [share.denominator]
