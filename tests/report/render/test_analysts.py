"""Workbooks as tables: nobody's name in the analysts', one row a letter in the mail merge."""

from __future__ import annotations

import io
from datetime import datetime

import pandas as pd
from openpyxl import load_workbook

from pipeline.report import Report
from pipeline.report.facts.follow_up import Step
from pipeline.report.papers.letters import Letter
from pipeline.report.render.analysts import FOLLOW_UP, analysts_workbook, merge_workbook
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
    assert sheets[FOLLOW_UP][1] == ("G1ID-001", "decide", datetime(2020, 3, 1), "DG", "Oui")  # noqa: DTZ001 - as openpyxl reads a date


def test_reasons_are_in_the_workbook(report: Report, tables: Tables) -> None:
    """Why each idea is there, what each theme rests on and how its directorates mix: as on the page."""
    sheets = _sheets(analysts_workbook(report, tables, {}, []))
    ideas, themes = (dict(zip(sheets[name][0], sheets[name][1], strict=True)) for name in ("Idées", "Thèmes"))
    assert ideas["Pourquoi"] == report.ideas[0].why
    assert themes["Ce qui le fonde"] == report.themes[0].rests_on
    assert (themes["Directions"] or "") == report.themes[0].spread
    assert themes["Ce qui le distingue"] == ", ".join(report.themes[0].difference)


def test_figures_are_named_in_french(report: Report, tables: Tables) -> None:
    """Nested figures become one line each, named by the way to them in French words; ids stand as they are."""
    figures = {"weak_signals": {"share": 0.1}, "themes": {"T01": {"stability": [1, 2]}}}
    quality = _sheets(analysts_workbook(report, tables, figures, []))["Qualité"][1:]
    assert quality == [
        ("Signaux faibles, part", 0.1), ("Thèmes, T01, stabilité, 1", 1), ("Thèmes, T01, stabilité, 2", 2),
    ]  # fmt: skip


def test_nothing_but_ids_is_in_english(report: Report, tables: Tables) -> None:
    """Situations are words, groups are named, dates are dates."""
    sheets = _sheets(analysts_workbook(report, tables, sample_quality(), []))
    situations, groups = ({row[n] for row in sheets["Affectations"][1:]} for n in (2, 1))
    assert situations <= {"placé", "en attente", "placé, volontaire", "sans groupe"}
    assert {group for group in groups if group} <= {f"{lab.label} ({lab.lab_id})" for lab in report.labs}
    assert all(isinstance(row[4], datetime) for row in sheets["Idées"][1:])
    assert not [name for name, _ in sheets["Qualité"][1:] if "_" in str(name).split(", ")[0]]


def test_the_sheet_to_fill_in_offers_its_values_and_prints(report: Report, tables: Tables) -> None:
    """Steps are chosen from a list, dates are dates, and each sheet prints in landscape with its heads on each page."""
    book = load_workbook(io.BytesIO(analysts_workbook(report, tables, {}, [])))
    rules = {rule.type: rule for rule in book[FOLLOW_UP].data_validations.dataValidation}
    assert set(rules) == {"list", "date"}
    assert "decide" in rules["list"].formula1
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


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
