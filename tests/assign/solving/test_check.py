"""The checker sees each rule broken: an answer is spoilt on purpose, one rule at a time."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from pipeline.assign import Given
from pipeline.assign.inputs.problem import Alone, AtLeast, Cap, Flags, Problem, Slot
from pipeline.assign.seating import ask
from pipeline.assign.solving.check import BrokenRuleError, broken, broken_decisions, check, check_decisions
from pipeline.params import AssignParams
from tests.assign.decided import given
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
    ("alone", problem(alone=(Alone(0, "site_type", "lycée", FOUR),)), seats((0, 0), (2, 0))),
    ("no common slot", problem(slots=(Slot(0, "lundi", FOUR[:1]), Slot(0, "jeudi", FOUR[1:]))), seats((0, 0), (1, 0))),
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


DECISIONS: list[tuple[str, Given, tuple[str, str]]] = [
    ("banned", given([{"agent_id": "A001", "exclu_de": "lab-menage_lycees"}]), ("A001", "lab-menage_lycees")),
    ("unavailable", given([{"agent_id": "A001", "indisponible": "oui"}]), ("A001", "lab-menage_lycees")),
    ("closed", given([], [{"minilab": "lab-menage_lycees", "ferme": "oui"}]), ("A001", "lab-menage_lycees")),
    ("facilitates", given([{"agent_id": "A001", "anime": "lab-menage_lycees"}]), ("A001", "lab-menage_lycees")),
    (
        "no common slot",
        given(
            [{"agent_id": "A001", "disponible": "jeudi"}], [{"minilab": "lab-menage_lycees", "creneaux": "Lundi|mardi"}]
        ),
        ("A001", "lab-menage_lycees"),
    ),
    ("occupation not admitted", given(), ("A004", "lab-menage_lycees")),
    (
        "fixed seat not kept",
        given([{"agent_id": "A001", "minilab_fixe": "lab-assistantes"}]),
        ("A001", "lab-menage_lycees"),
    ),
]


@pytest.mark.parametrize(("rule", "files", "seat"), DECISIONS, ids=[rule for rule, _, _ in DECISIONS])
def test_each_decision_not_followed_is_seen(
    tables: dict[str, pd.DataFrame], rule: str, files: Given, seat: tuple[str, str]
) -> None:
    """A seat against a decision is named, from the decisions themselves."""
    rules = ask(tables, AssignParams(), files).rules
    assert [line.partition(":")[0] for line in broken_decisions(rules, {seat})] == [rule]
    with pytest.raises(BrokenRuleError, match=rule):
        check_decisions(rules, {seat})
