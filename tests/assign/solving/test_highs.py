"""One call to the solver: the best columns and their proof, none when rules exclude each other, never a wrong one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from pipeline.assign.inputs.problem import Problem
from pipeline.assign.solving.check import broken
from pipeline.assign.solving.highs import SolverError, maximise
from pipeline.assign.solving.model import Model, build, limited
from pipeline.recalled import Answers, remembering
from tests.assign.problems import best_by_trying, plain, problems


def room(people: int = 3, maximum: int = 2) -> Model:
    """Return people for one lab; the first has 100 of affinity, the second 200, and so on."""
    return build(plain(100 * np.arange(1, people + 1).reshape(-1, 1), minimum=1, maximum=maximum))


def affinity(model: Model) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the objective that looks for the largest affinity."""
    return model.objective(model.seats, model.problem.pairs.affinity)


def test_the_best_two_of_three_sit() -> None:
    """The two largest affinities are taken; the value is their sum, and no better one is possible."""
    model = room()
    found = maximise(model, affinity(model))
    assert found is not None
    assert found.columns[model.seats].tolist() == [0, 1, 1]
    assert found.value == 500
    assert found.bound == pytest.approx(500)


def test_rows_and_bounds_given_take_the_place_of_the_models() -> None:
    """Seats closed, seats forced and one more row each change the answer, and only when they are given."""
    model = room()
    objective = affinity(model)
    upper, lower = model.upper.copy(), model.lower.copy()
    upper[2], lower[0] = 0, 1
    one_more = limited(model.rows, objective, -np.inf, 400)
    told = [
        maximise(model, objective, upper=upper),
        maximise(model, objective, lower=lower),
        maximise(model, objective, rows=one_more),
        maximise(model, objective),
    ]
    assert [one.value for one in told if one] == [300, 400, 400, 500]
    assert [one.columns[model.seats].tolist() for one in told if one][:2] == [[1, 1, 0], [1, 0, 1]]


def test_rules_that_exclude_each_other_have_no_answer() -> None:
    """Three people who must all sit on two seats: none, not an error and not two of them."""
    model = room()
    everyone = model.lower.copy()
    everyone[model.seats] = 1
    assert maximise(model, affinity(model), lower=everyone) is None


class _Mistaken(Answers):
    """A memory whose answers had something else than the question they are given for."""

    def __init__(self, columns: list[int]) -> None:
        super().__init__({})
        self._said = np.array([9.0]).astype("<f8").tobytes() + np.array(columns, dtype="<i8").tobytes()

    def get(self, key: str) -> bytes | None:  # noqa: ARG002 - whatever is asked
        return self._said


@pytest.mark.parametrize(
    "columns",
    [
        [1, 1, 1, 3, 1, 1, 1, 1],  # three on two seats
        [1, 1, 0, 1, 1, 1, 1, 0],  # two seats taken, one counted
        [0, 0, 0, 0, 0, 1, 0, 0],  # said to have a seat, has none
        [2, 0, 0, 2, 1, 1, 0, 0],  # twice on the same seat
        [-1, 1, 1, 1, 1, 0, 1, 1],  # less than nobody
    ],
)
def test_an_answer_that_breaks_its_rows_is_never_believed(columns: list[int]) -> None:
    """Whoever gives it, solver or memory, an answer outside the rows or bounds stops everything."""
    model = room()
    with remembering(_Mistaken(columns)), pytest.raises(SolverError, match="breaks"):
        maximise(model, affinity(model))


@pytest.mark.parametrize("bound", ["upper", "lower"])
def test_an_answer_outside_its_bounds_is_never_believed(bound: str) -> None:
    """One that keeps every row, on a seat that was closed or without one that was forced, stops everything too."""
    model = room()
    closed, forced = model.upper.copy(), model.lower.copy()
    closed[2], forced[0] = 0, 1
    upper, lower = (closed, None) if bound == "upper" else (None, forced)
    with remembering(_Mistaken([0, 1, 1, 2, 1, 0, 1, 1])):
        assert maximise(model, affinity(model)) is not None
        with pytest.raises(SolverError, match="breaks"):
            maximise(model, affinity(model), upper=upper, lower=lower)


def test_what_is_asked_twice_is_computed_once_and_nothing_else_is_mistaken_for_it() -> None:
    """The same question has the same answer from memory; another objective, row or bound is another question."""
    model, memory = room(), Answers({})
    objective = affinity(model)
    upper, lower = model.upper.copy(), model.lower.copy()
    upper[2], lower[0] = 0, 1
    with remembering(memory):
        for _ in range(2):
            first = maximise(model, objective)
            assert first is not None
            assert first.value == 500
            assert len(memory.asked) == 1
        maximise(model, -objective)
        maximise(model, objective, upper=upper)
        maximise(model, objective, lower=lower)
        maximise(model, objective, rows=limited(model.rows, objective, -np.inf, 400))
        maximise(model, objective, rows=limited(model.rows, objective, 400, np.inf))
    assert len(memory.asked) == 6


@settings(max_examples=40, deadline=None, derandomize=True)
@given(problem=problems(people=4, labs=2))
def test_most_seats_are_those_of_all_answers_tried(problem: Problem) -> None:
    """The answer keeps the rules, its value is its own, and its bound is the best of all answers."""
    model = build(problem)
    everyone = model.objective(model.has_seat, np.ones(len(problem.people), dtype=np.int64))
    found = maximise(model, everyone)
    assert found is not None
    chosen = found.columns[model.seats] > 0
    assert broken(problem, chosen) == []
    assert found.value == problem.seated(chosen).sum() == best_by_trying(problem)[0]
    assert found.bound == pytest.approx(found.value)


def test_an_order_of_rows_changes_no_value() -> None:
    """The same rules in another order have the same best."""
    model = room(5, 3)
    turned = {name: model.blocks[name] for name in reversed(list(model.blocks))}
    other = replace(model, blocks=turned)
    answers = [maximise(one, affinity(one)) for one in (model, other)]
    assert [one.value for one in answers if one] == [1200, 1200]
