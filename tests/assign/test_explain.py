"""The cost of a seat, compared with every answer that holds it."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings

from pipeline.assign.check import broken
from pipeline.assign.explain import costs, first_choices
from pipeline.assign.goals import first_pass, solve
from pipeline.assign.problem import Flags, Problem
from tests.assign.problems import plain, problems


def answers_with(problem: Problem, row: int) -> list[Flags]:
    """Return every answer in which the possible seat `row` is taken."""
    found = []
    for bits in product([False, True], repeat=len(problem.pairs.person)):
        chosen = np.array(bits, dtype=bool)
        if chosen[row] and not broken(problem, chosen):
            found.append(chosen)
    return found


@settings(max_examples=40, deadline=None, derandomize=True)
@given(problem=problems(people=5, labs=2))
def test_costs_are_those_of_the_best_answer_with_the_seat(problem: Problem) -> None:
    """A rule is named only when no answer has the seat; seats, floor and points lost are exact."""
    solution = solve(problem, first_pass(problem))
    assert solution is not None
    pairs, chosen = problem.pairs, solution.chosen
    seated, total = int(problem.seated(chosen).sum()), int(pairs.affinity[chosen].sum())
    floor = int(pairs.affinity[chosen].min()) if chosen.any() else 0
    for row, cost in costs(problem, solution, first_choices(problem, chosen), 99).items():
        answers = answers_with(problem, row)
        most = max((int(problem.seated(answer).sum()) for answer in answers), default=-1)
        full = [answer for answer in answers if problem.seated(answer).sum() == seated]
        high = [a for a in full if all(pairs.affinity[r] >= floor or r == row for r in np.flatnonzero(a))]
        if not answers:
            assert cost.kind == "rule"
        elif most < seated:
            assert (cost.kind, cost.lost) == ("seats", seated - most)
        elif not high:
            assert cost.kind == "floor"
        else:
            best = max(int(pairs.affinity[answer].sum()) for answer in high)
            assert cost.points == max(0, total - best)
            assert cost.kind == ("total" if best < total else "equal")


def test_a_seat_that_would_lower_the_floor() -> None:
    """Two people want the same single seat: giving it to the first would leave the other with almost nothing."""
    problem = plain(np.array([[900, 500], [800, 100]]), minimum=1, maximum=1)
    solution = solve(problem, first_pass(problem))
    assert solution is not None
    assert solution.chosen.tolist() == [False, True, True, False]
    (cost,) = costs(problem, solution, first_choices(problem, solution.chosen), 99).values()
    assert (cost.kind, cost.points) == ("floor", 500)


def test_nobody_moves_when_the_floor_forbids() -> None:
    """Giving the second person their first lab would leave the first one under the floor: nobody is said to move."""
    problem = plain(np.array([[900, 500], [600, 550]]), minimum=1, maximum=1)
    solution = solve(problem, first_pass(problem))
    assert solution is not None
    (cost,) = costs(problem, solution, first_choices(problem, solution.chosen), 99).values()
    assert (cost.kind, cost.points, cost.moved) == ("floor", 550, 0)
