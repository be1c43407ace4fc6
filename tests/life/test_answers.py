"""Answers of directorates: a workbook out, several back, one table, steps in the follow-up."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.life.answers import (
    SHEET,
    STEPS,
    Answer,
    Asked,
    answer_rows,
    answers_workbook,
    followed,
    join,
    overdue,
    read_answers,
    read_returned,
)
from pipeline.messages import sentence
from pipeline.shells.life.answering import ANSWERS, hand_out, take_back, told
from pipeline.shells.report import gathered
from pipeline.workspace import Workspace

PORTS = "Direction des Ports"


def _rows(content: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


_WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=10).map(
    lambda t: t.replace("'", "")
)
_DAY = st.dates().map(str)
_TABLE = st.lists(
    st.builds(
        Answer, st.sampled_from(["T01", "I-1", "I-2", "I-3"]), st.sampled_from([PORTS, "Direction des Forêts"]),
        st.sampled_from(list(STEPS)), _WORDS, st.one_of(st.just(""), _DAY), _WORDS, _DAY,
    ),
    unique_by=lambda answer: answer.place,
)  # fmt: skip


@settings(max_examples=50)
@given(_TABLE)
def test_a_round_trip_loses_nothing(table: list[Answer]) -> None:
    """Written in workbooks and read back, answers are those of the table: nothing lost, nothing doubled."""
    known = {name: ["T01", "I-1", "I-2", "I-3"] for name in (PORTS, "Direction des Forêts")}
    lines = [Asked(target, "Un titre") for target in known[PORTS]]
    books = {
        name: answers_workbook(name, lines, {a.target: a for a in table if a.directorate == name}) for name in known
    }
    returned = {name: read_returned(_rows(book), name, known) for name, book in books.items()}
    assert {a.place: a.said for own in returned.values() for a in own} == {a.place: a.said for a in table}
    again = join(table, returned, "2027-01-01")
    assert (again.new, again.changed, again.clashes, again.same) == ((), (), (), len(table))
    assert set(read_answers(csv_bytes(answer_rows(table)), "x.csv")) == set(table)


def test_two_people_who_disagree_are_shown() -> None:
    """Two workbooks with other answers are shown and not taken; one that repeats what is known is no disagreement."""
    retained, declined = Answer("I-1", PORTS, "retenue", "Parc"), Answer("I-1", PORTS, "déclinée")
    joined = join([], {"a.xlsx": [retained], "b.xlsx": [declined]}, "2027-01-01")
    assert joined.answers == ()
    (clash,) = joined.clashes
    assert clash.files == ("a.xlsx", "b.xlsx")
    assert "Désaccord" in " ".join(told(joined, confirmed=False))
    known = replace(retained, answered_on="2026-12-01")
    settled = join([known], {"a.xlsx": [retained], "b.xlsx": [declined]}, "2027-01-01")
    assert [now.answer for _, now in settled.changed] == ["déclinée"]


def test_answers_become_steps_once() -> None:
    """An answer is a step with who and until when; one corrected the same day takes its place, a later one follows."""
    first = join([], {"a": [Answer("I-1", PORTS, "retenue", "Parc", "2027-06-30", "Oui")]}, "2027-01-01")
    lines = followed([("I-9", "lue", "2026-01-01", "", "")], first)
    assert lines[1][:4] == ("I-1", "decide", "2027-01-01", "Parc")
    assert "30\u00a0juin 2027" in lines[1][4]
    corrected = join(first.answers, {"a": [Answer("I-1", PORTS, "déclinée", "Parc")]}, "2027-01-01")
    assert [line[1] for line in followed(lines, corrected)] == ["lue", "decline"]
    later = join(first.answers, {"a": [Answer("I-1", PORTS, "réalisée", "Parc")]}, "2027-05-01")
    assert [line[1] for line in followed(lines, later)] == ["lue", "decide", "realise"]


def test_what_is_late_is_listed() -> None:
    """An answer is late once its date is past, unless it is done or declined."""
    open_, done = Answer("I-1", PORTS, "retenue", due="2027-01-01"), Answer("I-2", PORTS, "réalisée", due="2026-01-01")
    assert overdue([open_, done], "2027-01-02") == (open_,)
    assert overdue([open_, done], "2027-01-01") == ()


def test_wrong_lines_are_told_together() -> None:
    """An answer out of the list, a date that is none and an idea not asked of the directorate are told by line."""
    heads = ["Direction", "Numéro", "Idée ou thème", "Réponse", "Qui s’en charge", "Pour quand", "Précisions"]
    rows = [heads, [PORTS, "I-1", "", "peut-être", "", "bientôt", ""], [PORTS, "I-7", "", "Retenue", "", "", ""]]
    with pytest.raises(MinilabsError) as caught:
        read_returned(rows, "a.xlsx", {PORTS: ["I-1"]})
    said = sentence(caught.value)
    assert ("peut-être" in said, "bientôt" in said, "I-7" in said) == (True, True, True)


def test_a_workbook_goes_out_and_comes_back(workspace: Workspace) -> None:
    """Filled by hand, shown first, then recorded: the follow-up and the next workbook hold it, late ones show."""
    params = workspace.params()
    said = hand_out(workspace, params, "2027-01-01")
    path = workspace.path(said[0].split("\u202f:")[0])
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    for column, cell in zip("DEF", ("À l'étude", "Service du parc", "15/02/2027"), strict=True):
        sheet[f"{column}2"] = cell
    target = str(sheet["B2"].value)
    filled = Path(workspace.root / "rempli.xlsx")
    book.save(filled)
    table = workspace.path(ANSWERS).read_bytes()
    shown = take_back(workspace, params, [filled], "2027-01-10", confirmed=False)
    assert len(shown.new) == 1
    assert workspace.path(ANSWERS).read_bytes() == table
    take_back(workspace, params, [filled], "2027-01-10", confirmed=True)
    steps = gathered(workspace, params).steps
    assert [(s.target, s.step, s.day, s.who) for s in steps] == [(target, "presente", "2027-01-10", "Service du parc")]
    again = take_back(workspace, params, [filled], "2027-01-20", confirmed=True)
    assert (again.new, again.changed, again.same) == ((), (), 1)
    late = hand_out(workspace, params, "2027-03-01")
    assert any(f"En retard depuis le 15\u00a0février 2027\u202f: {target}" in line for line in late)
    assert openpyxl.load_workbook(path)[SHEET]["D2"].value == "à l’étude"
