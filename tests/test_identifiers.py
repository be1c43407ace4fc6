"""Tests of the names made from identifiers: those of working groups, now and as older tables write them."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pipeline.assign.inputs.labs import labs_of
from pipeline.assign.inputs.wishes import lab_named, names_of
from pipeline.assign.telling.announcing import gone_from
from pipeline.files.csv_file import csv_bytes
from pipeline.identifiers import former_lab, lab_id, lab_now
from pipeline.life.attendance import read_presences, read_sheet_back
from pipeline.life.forms import key
from pipeline.life.registrations import COLUMNS, read_answers
from pipeline.params import AssignParams
from pipeline.report.facts.follow_up import called, read_follow_up
from pipeline.shells.life.registering import groups_of

THEMES = pd.DataFrame({"theme_id": ["T03", "L03"], "label": ["Vélos", "Menus"], "kind": "minilab", "trade": [[], []]})
LABS = pd.DataFrame({"lab_id": ["lab-T03", "lab-L03"], "theme_id": ["T03", "L03"], "label": ["Vélos", "Menus"]})


def test_a_group_has_the_whole_number_of_its_theme() -> None:
    """T03 and L03 are two groups, told apart by the number that people read of their themes."""
    assert [lab.lab_id for lab in labs_of(THEMES, AssignParams())] == ["lab-L03", "lab-T03"]


@given(st.integers(1, 400))
def test_the_former_number_of_a_group_leads_to_it(number: int) -> None:
    """Of every theme that the program numbers; a number of now is left as it is."""
    theme = f"T{number:02d}"
    assert lab_now(former_lab(theme)) == lab_id(theme) == lab_now(lab_id(theme))


def test_tables_that_give_groups_their_former_number_are_still_understood() -> None:
    """Wishes, follow-up, registrations, attendance and announced seats written with "lab-3" speak of lab-T03."""
    assert lab_named(names_of(labs_of(THEMES, AssignParams())), "lab-3") == "lab-T03"
    steps = b"target,step,date\nlab-3,clos,2021-01-05\n"
    known = called(pd.DataFrame({"idea_id": ["i1"]}), THEMES, LABS)
    assert [step.target for step in read_follow_up(steps, "f.csv", known)] == ["lab-T03"]
    assert groups_of(LABS)[key("lab-3")] == groups_of(LABS)[key("T03")] == "lab-T03"
    answers = csv_bytes([COLUMNS, [{"voeux": "lab-3 | lab-L03"}.get(column, "") for column in COLUMNS]])
    assert [answer.wishes for answer in read_answers(answers, "a.csv")] == [("lab-T03", "lab-L03")]
    came = [["minilab", "date", "agent_id", "present"], ["lab-3", "2021-01-05", "A1", "oui"]]
    back = read_sheet_back(came, "p.xlsx", {"lab-T03": ["A1"]})
    assert back == read_presences(csv_bytes(came), "p.csv")
    assert back[0].lab_id == "lab-T03"
    seats = pd.DataFrame({"holder_id": ["A1"], "lab_id": ["lab-T03"], "status": ["placed"]})
    assert gone_from(seats, b"agent_id;minilab;remarque\nA1;lab-3;\nA2;lab-3;\n", "a.csv") == [("A2", "lab-T03")]
