"""The way for very large problems: every rule kept, bounds true, close to the proven best."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.assign.inputs.problem import Cap, Problem
from pipeline.assign.solving.check import broken
from pipeline.assign.solving.flow import Flow
from pipeline.assign.solving.goals import first_pass, solve
from pipeline.assign.solving.held import as_needed, held
from pipeline.assign.solving.large import fits, solve_large
from tests.assign.problems import plain, problems


def many(seed: int, people: int = 60, labs: int = 4) -> Problem:
    """Return a problem with directorates of unequal size, 40 % at the most of one, seats for 15 % more people."""
    random = np.random.default_rng(seed)
    affinity = random.integers(1, 1000, (people, labs))
    directorate = random.choice(4, people, p=[0.4, 0.2, 0.2, 0.2])
    problem = plain(affinity, minimum=8, maximum=int(people * 1.15 / labs) + 1)
    groups = [np.flatnonzero(directorate == d) for d in range(4)]
    caps = [Cap(lab, "directorate", f"D{d}", groups[d], Fraction(2, 5)) for lab in range(labs) for d in range(4)]
    return replace(problem, caps=tuple(caps))


@settings(max_examples=10, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000))
def test_the_auction_keeps_rules_and_is_close(seed: int) -> None:
    """No rule is broken, bounds hold for the proven best, and it is close even on small problems, its worst case."""
    problem = many(seed)
    fast = solve_large(problem)
    exact = solve(problem, first_pass(problem)[:3])
    assert exact is not None
    assert broken(problem, fast.chosen) == []
    values, best = ([goal.value for goal in solution.goals] for solution in (fast, exact))
    assert values[:1] + values[1:2] <= best[:2]
    for goal, proven in zip(fast.goals, best, strict=True):
        assert proven <= goal.bound
    assert values[0] >= best[0] - 2
    assert values[2] >= 0.95 * best[2]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(problem=problems(people=8, labs=3))
def test_the_network_never_says_too_few(problem: Problem) -> None:
    """The flow's number of people seated is at least the best there is, on every problem."""
    solution = solve(problem, first_pass(problem))
    assert solution is not None
    everything = np.ones(len(problem.pairs.person), dtype=bool)
    assert Flow(problem).seated(everything) >= problem.seated(solution.chosen).sum()


def test_the_large_way_is_for_very_large_plain_problems() -> None:
    """A problem of a contest's size goes to the exact model."""
    assert not fits(many(0))
    wide = plain(np.full((2000, 201), 500), minimum=1, maximum=20)
    assert fits(wide)


@settings(max_examples=6, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000))
def test_announced_seats_are_held_on_the_way_for_large_problems(seed: int) -> None:
    """Every announced seat is kept, rules give only as far as these need, and bounds hold for the proven best."""
    problem, random = many(seed), np.random.default_rng(seed)
    pairs = problem.pairs
    first = random.choice(60, 25, replace=False)
    told = np.isin(pairs.person, first) & (pairs.lab == random.integers(0, 4, 60)[pairs.person])
    wanted = held(replace(problem, pairs=replace(pairs, announced=told)))
    fast = solve_large(wanted)
    assert fast.chosen[told].all()
    final = as_needed(problem, fast.chosen)
    assert broken(final, fast.chosen) == []
    alone = as_needed(problem, told)
    assert all(cap.extra <= before.extra for cap, before in zip(final.caps, alone.caps, strict=True))
    exact = solve(wanted, first_pass(wanted)[:3])
    if exact is not None:
        assert all(
            g.bound >= best.value for g, best in zip(fast.goals, exact.goals, strict=True) if "worst" not in g.name
        )
        assert fast.goals[0].value >= exact.goals[0].value - 4


def test_everybody_announced_is_everybody_kept() -> None:
    """A large problem whose whole composition was announced comes back as it was."""
    problem = many(7)
    told = problem.pairs.lab == problem.pairs.person % 4
    wanted = held(replace(problem, pairs=replace(problem.pairs, announced=told)))
    assert (solve_large(wanted).chosen == told).all()
