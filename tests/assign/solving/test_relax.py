"""What would have to give: the smallest change, named, compared with every change tried."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from pipeline.assign.inputs.problem import Alone, AtLeast, Cap, Problem
from pipeline.assign.solving.arithmetic import arithmetic
from pipeline.assign.solving.check import broken
from pipeline.assign.solving.goals import first_pass, solve
from pipeline.assign.solving.relax import Clash, Repaired, _change, alternatives, gave, repair
from pipeline.assign.solving.slack import least
from tests.assign.problems import company, plain, problems


def seated(problem: Problem) -> int:
    """Return how many people can have a seat."""
    solution = solve(problem, first_pass(problem))
    return -1 if solution is None else int(problem.seated(solution.chosen).sum())


def more_seats(problem: Problem, added: tuple[int, int]) -> Problem:
    """Return the problem with seats added to its two first labs."""
    labs = [replace(lab, maximum=lab.maximum + n) for lab, n in zip(problem.labs, added, strict=False)]
    return replace(problem, labs=(*labs, *problem.labs[len(labs) :]))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(problem=problems(people=5, labs=2))
def test_the_seats_to_add_are_the_fewest(problem: Problem) -> None:
    """No smaller number of added seats lets as many people in, whatever the labs they are added to."""
    before = seated(problem)
    found = least(problem, ("maximum",), seated=True)
    assert found is not None
    stretched, answer = found
    amount = int(stretched.amounts(answer, "maximum").sum())
    reached = round(answer.columns[stretched.model.has_seat].sum())
    tried = {
        (one, other): seated(more_seats(problem, (one, other)))
        for one in range(amount + 1)
        for other in range(amount + 1 - one)
    }
    assert reached >= before
    assert max(tried.values()) == reached
    assert min(sum(added) for added, count in tried.items() if count == reached) == amount


def forced(problem: Problem, row: int) -> Problem:
    """Return the problem with one seat fixed."""
    fixed = problem.pairs.fixed.copy()
    fixed[row] = True
    return replace(problem, pairs=replace(problem.pairs, fixed=fixed))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(problem=problems(people=6, labs=2) | company(people=6, labs=2))
def test_a_repaired_problem_has_an_answer(problem: Problem) -> None:
    """Whatever seat is fixed, rules give by name until there is an answer, or persons' decisions are named."""
    for row in range(min(4, len(problem.pairs.person))):
        asked = forced(problem, row)
        if solve(asked, first_pass(asked)) is not None:
            continue
        repaired = repair(asked)
        if isinstance(repaired, Clash):
            assert repaired.people
            continue
        solution = solve(repaired.problem, first_pass(repaired.problem))
        assert isinstance(repaired, Repaired)
        assert solution is not None
        assert solution.chosen[row]
        assert broken(repaired.problem, solution.chosen) == []
        assert gave(asked, solution.chosen)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(problem=problems(people=7, labs=3) | company(people=7, labs=3))
def test_alternatives_name_what_gives(problem: Problem) -> None:
    """Each way seats more people, names at least one lab, and never shows a solver's word; three at the most."""
    ways = alternatives(problem, seated(problem))
    assert len(ways) <= 3
    for way in ways:
        assert way.seats > 0
        assert way.amount > 0
        assert all("Lab " in change for change in way.changes)
        assert not {"infeasible", "status", "slack"} & set(way.sentence.lower().split())


def test_missing_seats_are_counted(crowded: Problem) -> None:
    """Five people for three seats: counting says that two are missing, and the first way adds two."""
    said = arithmetic(crowded)
    assert said == ["5\u00a0personnes pour 3\u00a0places\u202f: il en manque 2."]
    ways = alternatives(crowded, 3)
    assert [(way.families, way.seats, way.amount) for way in ways] == [(("maximum",), 2, 2)]
    assert "ajouter 2 places à «\u202fLab 0\u202f» (5 au lieu de 3)" in ways[0].sentence


@pytest.fixture
def crowded() -> Problem:
    """Return five people who all want the one lab, of three seats."""
    return plain(np.full((5, 1), 500), minimum=1, maximum=3)


def test_what_was_already_allowed_counts_in_what_is_asked() -> None:
    """Members that an announced composition let in above the share are part of the number to accept."""
    problem = plain(np.full((10, 1), 500, dtype=np.int64), minimum=1, maximum=10)
    everyone = np.arange(10, dtype=np.int64)
    cap = Cap(0, "directorate", "Lycées", everyone, Fraction(2, 5), extra=Fraction(2))
    said = _change(problem, "caps", cap, 1, np.array([10], dtype=np.int64))
    assert "accepter 7 personnes" in said.replace("\u00a0", " ")
    assert "70 % au lieu de 40 %" in said.replace("\u00a0", " ").replace("\u202f", " ")


def plainly(sentence: str) -> str:
    """Return a sentence with plain spaces."""
    return sentence.replace("\u00a0", " ").replace("\u202f", " ")


def test_each_rule_that_gives_is_told_with_what_it_becomes() -> None:
    """Four people on three seats; too few to open; one of two asked for; one alone: each with its numbers."""
    base = plain(np.full((4, 1), 500, dtype=np.int64), minimum=1, maximum=3)
    everyone, one = np.ones(4, dtype=bool), np.array([True, False, False, False])
    assert [*map(plainly, gave(base, everyone))] == ["ajouter 1 place à « Lab 0 » (4 au lieu de 3)"]
    small = replace(base, labs=(replace(base.labs[0], minimum=2),))
    assert [*map(plainly, gave(small, one))] == ["ouvrir « Lab 0 » dès 1 personne au lieu de 2"]
    least_two = replace(base, at_least=(AtLeast(0, "site_type", "lycée", np.array([0, 1]), 2),))
    assert [*map(plainly, gave(least_two, one))] == ["demander 1 « lycée » au lieu de 2 dans « Lab 0 »"]
    lonely = replace(base, alone=(Alone(0, "site_type", "lycée", np.array([0, 1])),))
    (said,) = gave(lonely, one)
    assert "une personne seule" in plainly(said)
    assert "« lycée » dans « Lab 0 »" in plainly(said)
    assert gave(replace(lonely, at_least=least_two.at_least), np.array([True, True, False, False])) == ()


def test_only_the_decisions_that_exclude_each_other_are_named() -> None:
    """One must sit where their company may not; another couple, and another fixed seat, have nothing to do with it."""
    problem = plain(np.full((5, 1), 500, dtype=np.int64), minimum=1, maximum=5)
    alone = problem.only(np.array([True, False, True, True, True]))
    clash = repair(replace(forced(alone, 0), together=((0, 1), (2, 3)), apart=((2, 4),)))
    assert isinstance(clash, Clash)
    assert clash.people in ((("A000",),), (("A000", "A001"),))
    both = forced(forced(problem, 0), 1)
    apart = repair(replace(both, apart=((0, 1), (2, 3)), together=((3, 4),)))
    assert isinstance(apart, Clash)
    assert apart.people in ((("A000",),), (("A001",),), (("A000", "A001"),))
