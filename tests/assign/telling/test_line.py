"""Waiting lines: their order, checked by letting each member leave and composing again with the whole model."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given, settings

from pipeline.assign.inputs.problem import Cap, Flags, Problem
from pipeline.assign.solving.held import as_needed
from pipeline.assign.telling.line import line
from tests.assign.problems import loose, plain
from tests.assign.telling.test_explain import composed


def entrant(problem: Problem, chosen: Flags, out: int, lab: int, absent: list[int]) -> int:
    """Return the row of who enters `lab` when the seat `out` is given up, everybody else having been told; -1: nobody.

    `absent` are rows of people who had their turn: they are no longer there.
    """
    pairs = problem.pairs
    gone = np.isin(pairs.person, [pairs.person[out], *pairs.person[absent]])
    rows = np.flatnonzero(~gone)
    told = replace(problem, pairs=replace(pairs, announced=chosen)).only(~gone)
    found = composed(told)
    assert found is not None
    new = rows[found[1] & ~chosen[rows]]
    came = [int(row) for row in new if pairs.lab[row] == lab]
    return came[0] if came else -1


@settings(max_examples=60, deadline=None, derandomize=True)
@given(problem=loose(people=6, labs=2))
def test_the_next_in_line_is_who_enters(problem: Problem) -> None:
    """Whoever leaves, who enters is who the line says; each turn counts the departures that let the person in."""
    found = composed(problem)
    if found is None:
        return
    chosen = found[1]
    problem = as_needed(problem, chosen)
    pairs = problem.pairs
    seated = problem.seated(chosen)
    for lab in range(len(problem.labs)):
        waiting = np.flatnonzero((pairs.lab == lab) & ~seated[pairs.person]).tolist()
        inside = np.flatnonzero(chosen & (pairs.lab == lab)).tolist()
        before: list[int] = []
        for turn in line(problem, chosen, lab, waiting):
            came = [entrant(problem, chosen, out, lab, before) for out in inside]
            assert turn.lets_in == came.count(turn.row)
            assert turn.lets_in == max((came.count(row) for row in waiting if row not in before), default=0)
            assert turn.members == len(inside)
            before.append(turn.row)


def test_it_depends_on_who_leaves() -> None:
    """Two of five are of one directorate, the most allowed: a third comes in only if one of them leaves."""
    problem = plain(np.array([[500]] * 5 + [[900], [400]]), minimum=1, maximum=5)
    problem = replace(problem, caps=(Cap(0, "directorate", "D", np.array([0, 1, 5]), Fraction(2, 5)),))
    chosen = np.array([True] * 5 + [False] * 2)
    first, second = line(problem, chosen, 0, [5, 6])
    assert (first.row, first.enters, first.lets_in, first.members) == (6, "depends", 3, 5)
    assert (second.row, second.enters, second.attribute, second.value) == (5, "depends", "directorate", "D")


def test_an_empty_group_has_an_order_and_no_turn() -> None:
    """Nobody sits in a group that does not open: people wait by affinity, and nothing is said of turns."""
    problem = plain(np.array([[300], [500]]), minimum=4, maximum=5)
    turns = line(problem, np.zeros(2, dtype=bool), 0, [0, 1])
    assert [(turn.row, turn.enters) for turn in turns] == [(1, ""), (0, "")]
