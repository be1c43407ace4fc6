"""Follow-up: read, checked line by line, put in words, and brought back from the workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.errors import SeveralErrors
from pipeline.messages import sentence
from pipeline.params import Params, ReportParams
from pipeline.report import Report, build
from pipeline.report.follow_up import last_steps, read_follow_up, said
from pipeline.report.html import overall
from pipeline.shells.follow_up import bring_back
from pipeline.shells.report import run
from pipeline.store import save
from pipeline.workspace import Workspace
from tests.report.conftest import Tables

HEAD = "target,step,date,who,comment\n"


def test_the_last_step_counts() -> None:
    """An idea shows its own last step, or its group's when that is later; who took it is not shown."""
    table = HEAD + (
        "i1,minilab,2020-01-10,,\ni1,décidé,2020-03-01,M. Untel,essai à Metz\nlab,présenté,2020-02-01,,\n"
        "i2,concours,2019-12-01,,\n"
    )
    last = last_steps(read_follow_up(table.encode(), "x", ["i1", "i2", "lab"]), {"i1": "lab", "i2": "lab"})
    assert said(last["i1"]) == "Décision prise le 1er\u00a0mars 2020\u202f: essai à Metz."
    assert said(last["i2"]) == "Présentée à la direction le 1er\u00a0février 2020."


def test_a_table_saved_by_a_french_spreadsheet_is_read() -> None:
    """Semicolons, Windows' letters and dates shown as day, month, year, as Excel saves them again."""
    table = "Target;Étape;Date;Qui;Commentaire\r\ni1;Réalisé;10/01/2020;;à l’été\r\n"
    (step,) = read_follow_up(table.encode("cp1252"), "suites.csv", ["i1"])
    assert (step.step, step.day, step.comment) == ("realise", "2020-01-10", "à l’été")


def test_all_wrong_lines_are_told() -> None:
    """An unknown idea, an unknown step and a wrong date are three sentences with their lines."""
    table = HEAD + "i9,minilab,2020-01-10,,\ni1,peut-être,2020-01-10,,\ni1,minilab,en janvier,,\n"
    with pytest.raises(SeveralErrors) as caught:
        read_follow_up(table.encode(), "suites.csv", ["i1"])
    lines = sentence(caught.value).splitlines()[1:]
    assert [f"ligne {n}" in line for n, line in zip((2, 3, 4), lines, strict=True)] == [True] * 3


def test_an_empty_file_is_no_follow_up() -> None:
    """A missing or empty table means that nothing is recorded yet."""
    assert read_follow_up(b"", "x", []) == ()


def test_the_workbook_brings_the_table_back(tmp_path: Path, tables: Tables) -> None:
    """A line typed in the workbook's sheet becomes the idea's outcome and counts among the answers."""
    workspace = Workspace(tmp_path)
    for name, frame in tables.items():
        save(workspace, "agents" if name == "holders" else name, frame)
    run(workspace, Params(), _silent)
    book = load_workbook(tmp_path / "reports/classeur.xlsx")
    book["Suivi"].append(["G1ID-002", "réalisé", "2020-05-04", "Référente suivi", "chariots livrés"])
    book.save(tmp_path / "complete.xlsx")
    assert bring_back(workspace, Params(), tmp_path / "complete.xlsx") == 1
    run(workspace, Params(), _silent)
    page = workspace.path("reports/rapport.html").read_text(encoding="utf-8")
    assert "Réalisée le 4\u00a0mai 2020\u202f: chariots livrés." in page
    assert "Idées dont la suite est décidée" in page
    assert "Référente suivi" not in page


def _silent(done: int, total: int) -> None:
    assert 0 < done <= total


def test_what_is_pending_is_said_once(report: Report, tables: Tables) -> None:
    """Without any outcome one sentence says so; with some, another; an idea without outcome has no line of its own."""
    assert overall(report).count("Aucune suite n’est encore enregistrée") == 1
    some = build(tables, ReportParams(), outcomes={report.ideas[0].idea_id: "Décidée."})
    page = overall(some)
    assert page.count('class="detail suite"') == 1
    assert "attend encore la sienne" in page
    every = build(tables, ReportParams(), outcomes={idea.idea_id: "Décidée." for idea in report.ideas})
    assert every.pending == ""
