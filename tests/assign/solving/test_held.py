"""Announced seats: held before any rule of a group, only decisions on persons stronger; against every answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.assign.inputs.problem import Alone, AtLeast, Cap, Flags, Lab, Problem
from pipeline.assign.solving.check import broken
from pipeline.assign.solving.goals import first_pass, solve
from pipeline.assign.solving.held import as_needed, given_up, held
from pipeline.assign.solving.relax import Repaired, gave, repair
from tests.assign.problems import company, plain, problems

_OF_PERSONS = ("fixed", "too many", "not together", "not apart")


def answers(problem: Problem) -> Iterator[Flags]:
    """Yield every set of possible seats that keeps the decisions on persons."""
    for bits in product([False, True], repeat=len(problem.pairs.person)):
        chosen = np.array(bits, dtype=bool)
        if not any(line.startswith(_OF_PERSONS) for line in broken(problem, chosen)):
            yield chosen


def announced(problem: Problem, *rows: int) -> Problem:
    """Return the problem with these possible seats announced."""
    told = np.isin(np.arange(len(problem.pairs.person)), rows)
    return replace(problem, pairs=replace(problem.pairs, announced=told))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(problem=problems(people=4, labs=2))
def test_as_many_announced_seats_as_decisions_allow_are_kept(problem: Problem) -> None:
    """Whatever the rules of groups say, no answer that keeps decisions on persons keeps more announced seats."""
    told = problem.pairs.announced
    best = max(int((chosen & told).sum()) for chosen in answers(problem))
    wanted = held(problem)
    solution = solve(wanted, first_pass(wanted))
    if solution is None:
        repaired = repair(problem)
        assert isinstance(repaired, Repaired)
        solution = solve(repaired.problem, first_pass(repaired.problem))
        assert solution is not None
    assert int((solution.chosen & told).sum()) == best
    assert broken(as_needed(problem, solution.chosen), solution.chosen) == []


def test_one_person_leaving_takes_nobody_else_away() -> None:
    """Five were told, two of one directorate (40 %); another leaves: both stay, and the cap is said to give."""
    problem = plain(np.full((4, 1), 500), minimum=1, maximum=5)
    problem = replace(problem, caps=(Cap(0, "directorate", "D", np.array([0, 1]), Fraction(2, 5)),))
    problem = announced(problem, 0, 1, 2, 3)
    repaired = repair(problem)
    assert isinstance(repaired, Repaired)
    solution = solve(repaired.problem, first_pass(repaired.problem))
    assert solution is not None
    assert solution.chosen.all()
    assert gave(problem, solution.chosen) == (
        "accepter 2\u00a0personnes de «\u202fD\u202f» sur 4 dans «\u202fLab 0\u202f» (50\u202f% au lieu de 40\u202f%)",
    )


def test_a_group_over_its_share_takes_no_other_member() -> None:
    """Two of four are of one directorate, as announced: a third, who waits, does not come in by the gap."""
    problem = plain(np.full((5, 1), 500), minimum=1, maximum=5)
    problem = replace(problem, caps=(Cap(0, "directorate", "D", np.array([0, 1, 4]), Fraction(2, 5)),))
    repaired = repair(announced(problem, 0, 1, 2, 3))
    assert isinstance(repaired, Repaired)
    solution = solve(repaired.problem, first_pass(repaired.problem))
    assert solution is not None
    assert solution.chosen.tolist() == [True, True, True, True, False]


def test_a_group_that_falls_under_its_minimum_stays() -> None:
    """Three told of a group that needs four: it stays open with three, and that is said."""
    problem = announced(plain(np.full((3, 1), 500), minimum=4, maximum=5), 0, 1, 2)
    repaired = repair(problem)
    assert isinstance(repaired, Repaired)
    solution = solve(repaired.problem, first_pass(repaired.problem))
    assert solution is not None
    assert solution.chosen.all()
    assert gave(problem, solution.chosen) == ("ouvrir «\u202fLab 0\u202f» dès 3\u00a0personnes au lieu de 4",)


def tighter(
    rule: Lab | Cap | AtLeast | Alone, asked: Lab | Cap | AtLeast | Alone
) -> Iterator[Lab | Cap | AtLeast | Alone]:
    """Yield a rule that gave, each time a little nearer to what was asked."""
    match rule, asked:
        case Lab(), Lab():
            if rule.maximum > asked.maximum:
                yield replace(rule, maximum=rule.maximum - 1)
            if rule.minimum < asked.minimum:
                yield replace(rule, minimum=rule.minimum + 1)
        case Cap(), Cap() if rule.extra != asked.extra:
            yield replace(rule, extra=rule.extra - Fraction(1, 1000))
        case AtLeast(), AtLeast() if rule.count != asked.count:
            yield replace(rule, count=rule.count + 1)
        case Alone(), Alone() if rule.least != asked.least:
            yield replace(rule, least=rule.least + 1)


def group_rules(problem: Problem, chosen: Flags) -> list[str]:
    """Return the rules of groups that are broken."""
    return [line for line in broken(problem, chosen) if not line.startswith(_OF_PERSONS)]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(problem=company(people=6, labs=2) | problems(people=6, labs=2), data=st.data())
def test_rules_give_as_far_as_seats_need_and_no_further(problem: Problem, data: st.DataObject) -> None:
    """With any seats at all: loosened, no rule of a group is broken; any that gave, a little tighter, is broken."""
    chosen = np.array([data.draw(st.booleans()) for _ in problem.pairs.person], dtype=bool)
    loosened = as_needed(problem, chosen)
    assert group_rules(loosened, chosen) == []
    gives = bool(group_rules(problem, chosen))
    assert any(given_up(problem, chosen)) == gives
    if not gives:
        assert (loosened.labs, *map(str, (loosened.caps, loosened.at_least, loosened.alone))) == (
            problem.labs, *map(str, (problem.caps, problem.at_least, problem.alone)),
        )  # fmt: skip
    for name in ("labs", "caps", "at_least", "alone"):
        rules = getattr(loosened, name)
        for at, (rule, asked) in enumerate(zip(rules, getattr(problem, name), strict=True)):
            for one in tighter(rule, asked):
                changed: dict[str, Any] = {name: (*rules[:at], one, *rules[at + 1 :])}
                tried = replace(loosened, **changed)
                assert group_rules(tried, chosen), (rule, asked)


def test_what_was_given_up_is_counted_by_family() -> None:
    """Three on two seats, one under a minimum of two, one of a group too many, one lacking, one alone."""
    problem = plain(np.full((4, 2), 500), minimum=2, maximum=2)
    members = np.array([0, 1, 2])
    asked = replace(
        problem,
        caps=(Cap(0, "directorate", "D", members, Fraction(1, 3)),),
        at_least=(AtLeast(1, "site_type", "lycée", np.array([0, 1]), 2),),
        alone=(Alone(1, "department", "57", np.array([3])),),
    )
    chosen = np.array([1, 0, 1, 0, 1, 0, 0, 1], dtype=bool)
    assert given_up(asked, chosen) == (1, 1, 6.0, 2, 1)
    assert given_up(asked, np.zeros(8, dtype=bool)) == (0, 0, 0, 0, 0)
