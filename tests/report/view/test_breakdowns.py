"""The review: steps that only narrow, agents counted once, small lines withheld."""

from __future__ import annotations

import pandas as pd

from pipeline.params import ReportParams
from pipeline.report import build
from pipeline.report.view.breakdowns import WITHOUT_NAME, breakdown, review
from pipeline.report.view.findings import titles
from pipeline.schema import nameless_id
from tests.report.conftest import Tables


def test_steps_only_narrow(tables: Tables) -> None:
    """Each step counts no more ideas than the one before it."""
    steps = [step.value or 0 for step in review(tables, 5, None, set(tables["themes"]["theme_id"]), {}).steps]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] == 244


def test_ideas_to_sort_out_are_a_step_of_their_own(tables: Tables) -> None:
    """Ideas that no title holds together are not in a theme; both steps sum to those that are no weak signal."""
    mixed = tables["themes"].assign(kind_because=["mixed", *["spread"] * (len(tables["themes"]) - 1)])
    told = {step.label: step.value or 0 for step in review(tables | {"themes": mixed}, 5, None, (), {}).steps}
    clear = int((~tables["idea_themes"]["weak_signal"]).sum())
    assert told["Idées à départager"] > 0
    assert told["Idées rattachées à un thème"] + told["Idées à départager"] == clear


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


def test_what_nobody_filled_in_has_no_table(tables: Tables) -> None:
    """A column that the export lacks, empty or missing in the table, is not shown with a total of zero."""
    for empty in ("", None):
        unknown = tables["holders"].assign(site_type=pd.Series([empty] * len(tables["holders"]), dtype="str"))
        told = review({**tables, "holders": unknown}, 5, None, (), {}).breakdowns
        assert [part.key for part in told] == ["directorate", "department"]


def test_ideas_without_a_name_are_told_apart(tables: Tables) -> None:
    """An idea that nobody signed counts for its directorate, which the table says, and for no agent of the title."""
    ideas = tables["ideas"]["idea_id"].head(3)
    ids = [nameless_id(rank) for rank in (1, 2, 3)]
    unsigned = tables["holders"].head(3).assign(holder_id=ids)
    links = pd.DataFrame({"idea_id": [*ideas], "holder_id": ids, "role": "porteur"})
    more = {
        "holders": pd.concat([tables["holders"], unsigned], ignore_index=True),
        "idea_holders": pd.concat([tables["idea_holders"], links], ignore_index=True),
    }
    before, after = build(tables, ReportParams()), build({**tables, **more}, ReportParams())
    assert (before.review.nameless, after.review.nameless) == (0, 3)
    assert after.review.breakdowns[0].total == before.review.breakdowns[0].total + 3
    assert WITHOUT_NAME in after.review.breakdowns[0].note
    assert WITHOUT_NAME not in before.review.breakdowns[0].note
    assert titles(after).review == f"{titles(before).review}, et 3\u00a0idées sont sans nom"
