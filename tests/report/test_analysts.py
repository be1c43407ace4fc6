"""Workbooks as tables: nobody's name in the analysts', one row a letter in the mail merge."""

from __future__ import annotations

import io

import pandas as pd
from openpyxl import load_workbook

from pipeline.report import Report
from pipeline.report.analysts import FOLLOW_UP, analysts_workbook, merge_workbook
from pipeline.report.follow_up import Step
from pipeline.report.letters import Letter
from tests.report.conftest import Tables, sample_quality


def _sheets(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_every_table_is_there(report: Report, tables: Tables) -> None:
    """Ideas, themes, assignments, waiting list, quality, follow-up: one sheet each, all rows."""
    step = Step("G1ID-001", "decide", "2020-03-01", "DG", "Oui")
    sheets = _sheets(analysts_workbook(report, tables, sample_quality(), [step]))
    sizes = {name: len(rows) - 1 for name, rows in sheets.items()}
    assert sizes["Idées"] == len(report.ideas)
    assert sizes["Thèmes"] == len(report.themes)
    assert sizes["Affectations"] == len(tables["assignments"])
    assert sheets[FOLLOW_UP][1] == ("G1ID-001", "decide", "2020-03-01", "DG", "Oui")


def test_reasons_are_in_the_workbook(report: Report, tables: Tables) -> None:
    """Why each idea is there, what each theme rests on and how its directorates mix: as on the page."""
    sheets = _sheets(analysts_workbook(report, tables, {}, []))
    ideas, themes = (dict(zip(sheets[name][0], sheets[name][1], strict=True)) for name in ("Idées", "Thèmes"))
    assert ideas["Pourquoi"] == report.ideas[0].why
    assert themes["Ce qui le fonde"] == report.themes[0].rests_on
    assert (themes["Directions"] or "") == report.themes[0].spread
    assert themes["Ce qui le distingue"] == report.themes[0].difference


def test_figures_are_named_by_their_path(report: Report, tables: Tables) -> None:
    """Nested figures become one line each, named by the way to them."""
    quality = _sheets(analysts_workbook(report, tables, {"a": {"b": [1, 2]}, "c": 3}, []))["Qualité"][1:]
    assert quality == [("a / b / 1", 1), ("a / b / 2", 2), ("c", 3)]


def test_nobody_is_named(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """No e-mail address of a holder is in the analysts' workbook."""
    cells = {
        str(cell)
        for rows in _sheets(analysts_workbook(report, tables, {}, [])).values()
        for row in rows
        for cell in row
    }
    assert not {cell for cell in cells if any(address in cell for address in people["email"].head(20))}


def test_the_mail_merge_has_one_row_a_letter() -> None:
    """Names, address, subject, text and answers, each answer once."""
    letter = Letter("A1", "Nom", "Prénom", "a@b.fr", "Objet", ("Un", "Deux"), ("G1", "G2"), ("minilab", "minilab"))
    row = _sheets(merge_workbook([letter]))["Réponses"][1]
    assert row == ("A1", "Prénom", "Nom", "a@b.fr", "G1, G2", "MiniLab", "Objet", "Un\n\nDeux")
