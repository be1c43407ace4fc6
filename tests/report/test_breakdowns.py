"""The review: steps that only narrow, agents counted once, small lines withheld."""

from __future__ import annotations

import pandas as pd

from pipeline.report.breakdowns import breakdown, review
from tests.report.conftest import Tables


def test_steps_only_narrow(tables: Tables) -> None:
    """Each step counts no more ideas than the one before it."""
    steps = [step.value or 0 for step in review(tables, 5, None, set(tables["themes"]["theme_id"]), {}).steps]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] == 244


def test_outcomes_are_told_once_kept(tables: Tables) -> None:
    """With a follow-up table, ideas are counted by the last step reached, those without one included."""
    assert review(tables, 5, None, (), {}).outcomes == ()
    told = review(tables, 5, {"realise": 3, "decide": 2, "": 235}, (), {})
    assert [(count.label, count.value) for count in told.outcomes] == [
        ("Décision prise", 2),
        ("Réalisée", 3),
        ("Suite non encore connue", 235),
    ]
    assert told.steps[-1].value == 5


def test_only_groups_that_are_open_host(tables: Tables) -> None:
    """An idea is hosted when its theme has a working group."""
    none, one = (
        review(tables, 5, None, hosted, {}).steps[3].value for hosted in ((), tables["themes"]["theme_id"][:1])
    )
    assert none == 0
    assert one


def test_a_small_line_takes_another_with_it() -> None:
    """Three agents would be the total less the rest: the next smallest line is withheld too, and the note says why."""
    column = pd.Series(["57"] * 20 + ["67"] * 9 + ["88"] * 3, name="department")
    told = breakdown(column, "Agents par département", 5)
    assert [(count.label, count.value) for count in told.counts] == [
        ("Moselle (57)", 20),
        ("Bas-Rhin (67)", None),
        ("Vosges (88)", None),
    ]
    assert told.total == 32
    assert "soustraction" in told.note


def test_an_unknown_value_is_a_line() -> None:
    """Agents whose attribute is empty are counted as not filled in."""
    told = breakdown(pd.Series(["siège"] * 6 + [""] * 7, name="site_type"), "t", 5)
    assert {count.label for count in told.counts} == {"Siège", "Non renseigné"}
