"""The checker sees each rule broken: an answer is spoilt on purpose, one rule at a time."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from pipeline.assign.check import BrokenRuleError, broken, check
from pipeline.assign.problem import AtLeast, Cap, Flags, Problem
from tests.assign.problems import plain


def problem(**changes: object) -> Problem:
    """Return four people and two labs of 1 to 3 seats, with other rules."""
    return replace(plain(np.full((4, 2), 500), minimum=1, maximum=3), **changes)  # type: ignore[arg-type]


def seats(*taken: tuple[int, int]) -> Flags:
    """Return an answer from (person, lab)."""
    chosen = np.zeros(8, dtype=bool)
    for person, lab in taken:
        chosen[2 * person + lab] = True
    return chosen


FOUR = np.array([0, 1])
FIXED = problem().pairs
SPOILT: list[tuple[str, Problem, Flags]] = [
    ("fixed seat not kept", problem(pairs=replace(FIXED, fixed=seats((0, 1)))), seats((0, 0))),
    ("too many labs", problem(), seats((0, 0), (0, 1))),
    ("over the maximum", problem(), seats((0, 0), (1, 0), (2, 0), (3, 0))),
    ("under the minimum", problem(labs=tuple(replace(lab, minimum=2) for lab in problem().labs)), seats((0, 0))),
    ("closed", problem(labs=tuple(replace(lab, closed=True) for lab in problem().labs)), seats((0, 0))),
    ("over the cap", problem(caps=(Cap(0, "directorate", "D", FOUR, Fraction(1, 2)),)), seats((0, 0), (1, 0), (2, 0))),
    ("too few", problem(at_least=(AtLeast(0, "site_type", "lycée", FOUR, 2),)), seats((0, 0), (2, 0))),
    ("not together", problem(together=((0, 1),)), seats((0, 0), (1, 1))),
    ("not apart", problem(apart=((0, 1),)), seats((0, 0), (1, 0))),
]


@pytest.mark.parametrize(("rule", "rules", "chosen"), SPOILT, ids=[rule for rule, _, _ in SPOILT])
def test_each_broken_rule_is_seen(rule: str, rules: Problem, chosen: Flags) -> None:
    """The rule broken is named, and publishing is refused."""
    assert any(line.startswith(rule) for line in broken(rules, chosen))
    with pytest.raises(BrokenRuleError, match=rule):
        check(rules, chosen)


def test_an_answer_that_keeps_every_rule_passes() -> None:
    """Two people in each lab break nothing."""
    check(problem(), seats((0, 0), (1, 0), (2, 1), (3, 1)))
