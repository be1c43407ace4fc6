"""What the network allows: as many people as seats and shares of one attribute do, tried one answer after the other."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.assign.inputs.problem import Flags, Problem
from pipeline.assign.solving.flow import Flow, highest_floor
from pipeline.assign.solving.goals import first_pass, solve
from tests.assign.problems import loose, problems


def fits(problem: Problem, chosen: Flags) -> bool:
    """Return whether nobody has two seats, and each lab and each share of its maximum holds those who are there."""
    seats = np.bincount(problem.pairs.person[chosen], minlength=len(problem.people))
    return bool(
        (seats <= 1).all()
        and all(size <= lab.maximum for size, lab in zip(problem.sizes(chosen), problem.labs, strict=True))
        and all(
            problem.count(chosen, cap.lab, cap.members) <= cap.share * problem.labs[cap.lab].maximum + cap.extra
            for cap in problem.caps
        )
    )


def most(problem: Problem, allowed: Flags) -> int:
    """Return the largest number of people seated, of all answers within the allowed seats."""
    answers = (np.array(bits, dtype=bool) for bits in product([False, True], repeat=len(allowed)))
    return max(int(one.sum()) for one in answers if not (one & ~allowed).any() and fits(problem, one))


@settings(max_examples=80, deadline=None, derandomize=True)
@given(problem=loose(people=5, labs=2), data=st.data())
def test_the_network_seats_as_many_as_can_be(problem: Problem, data: st.DataObject) -> None:
    """Neither one more nor one fewer, whatever seats are allowed, with shares or without."""
    allowed = np.array([data.draw(st.booleans()) for _ in problem.pairs.person], dtype=bool)
    assert Flow(problem).seated(allowed) == most(problem, allowed)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(problem=loose(people=5, labs=2), data=st.data())
def test_the_floor_is_the_highest_that_seats_enough(problem: Problem, data: st.DataObject) -> None:
    """One level up too few could be seated; the lowest when even there too few can; exempt seats stay allowed."""
    pairs = problem.pairs
    exempt = np.array([not data.draw(st.integers(0, 4)) for _ in pairs.person], dtype=bool)
    asked = replace(problem, pairs=replace(pairs, exempt=exempt))
    among = np.array([bool(data.draw(st.integers(0, 4))) for _ in pairs.person], dtype=bool)
    seated, levels = data.draw(st.integers(0, len(problem.people))), [200, 300, 500, 800, 900]
    for within in (None, among):
        looked = among if within is not None else np.ones(len(exempt), dtype=bool)
        enough = [most(asked, looked & (exempt | (pairs.affinity >= level))) >= seated for level in levels]
        assert highest_floor(asked, seated, levels, within) == max((n for n, ok in enumerate(enough) if ok), default=0)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(problem=problems(people=6, labs=2))
def test_what_the_network_excludes_is_excluded(problem: Problem) -> None:
    """With every rule, the solver never seats more than the network says."""
    solution = solve(problem, first_pass(problem))
    assert solution is not None
    everyone = np.ones(len(problem.pairs.person), dtype=bool)
    assert int(problem.seated(solution.chosen).sum()) <= Flow(problem).seated(everyone)
