"""The solver against every answer tried, on random small problems."""

from __future__ import annotations

from hypothesis import given, settings

from pipeline.assign.inputs.problem import Problem
from pipeline.assign.solving.check import broken
from pipeline.assign.solving.goals import first_pass, solve
from tests.assign.problems import best_by_trying, meetings, problems, values_of


@settings(max_examples=60, deadline=None, derandomize=True)
@given(problem=problems(people=5, labs=2))
def test_solve_finds_the_best_of_all_answers(problem: Problem) -> None:
    """No answer at all is better on the goals in order, and each goal is proven."""
    solution = solve(problem, first_pass(problem))
    assert solution is not None
    assert values_of(problem, solution.chosen) == best_by_trying(problem)
    assert all(goal.proven for goal in solution.goals)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(problem=meetings(people=5, labs=2))
def test_nobody_is_alone_and_everybody_can_come_on_the_day(problem: Problem) -> None:
    """With company asked for and slots to meet on, no answer at all is better either, and the checker agrees."""
    solution = solve(problem, first_pass(problem))
    assert solution is not None
    assert broken(problem, solution.chosen) == []
    assert values_of(problem, solution.chosen) == best_by_trying(problem)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(problem=problems(people=14, labs=4) | meetings(people=14, labs=4))
def test_solve_keeps_every_rule(problem: Problem) -> None:
    """The independent checker finds nothing on larger problems."""
    solution = solve(problem, first_pass(problem))
    assert solution is not None
    assert broken(problem, solution.chosen) == []
