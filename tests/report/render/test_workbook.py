"""Workbooks: formulas and hostile text shown as typed, no name where none belongs, the same bytes each time."""

from __future__ import annotations

import io

import pandas as pd
from openpyxl import load_workbook

from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.render.analysts import analysts_workbook
from pipeline.report.render.workbook import workbook
from tests.report.conftest import Tables, sample_quality
from tests.report.render.test_html import HOSTILE, hostile


def test_formulas_are_text() -> None:
    """Every text, even one that looks like a formula, is stored as text; numbers stay numbers."""
    content = workbook({"A": (("Texte", "Nombre"), [("=1+1", 3), ("+A1", 0.5), ("@x", None), ("\x07bip", True)])}, "t")
    sheet = load_workbook(io.BytesIO(content))["A"]
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * 5
    assert [cell.value for cell in sheet["A"]][1:] == ["=1+1", "+A1", "@x", "\ufffdbip"]
    assert sheet["B2"].value == 3


def test_hostile_ideas_are_kept_as_typed(tables: Tables) -> None:
    """Markup, formulas and endless words come back from the workbook as typed (cut at what a cell holds)."""
    mean = hostile(tables)
    book = load_workbook(io.BytesIO(analysts_workbook(build(mean, ReportParams()), mean, {}, [])))
    titles = {cell.value for cell in book["Idées"]["B"]}
    assert {text for text in HOSTILE if "\n" not in text} <= titles


def test_nobody_is_named(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """The analysts' workbook carries no address and no full name."""
    book = load_workbook(io.BytesIO(analysts_workbook(report, tables, sample_quality(), [])))
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    said = "\n".join(cells)
    assert "@exemple.fr" not in said
    assert not [n for n in people["given_name"] + " " + people["family_name"] if n in said]


def test_the_same_content_gives_the_same_bytes(report: Report, tables: Tables) -> None:
    """No clock in the archive nor in the properties."""
    first = analysts_workbook(report, tables, sample_quality(), [])
    assert analysts_workbook(report, tables, sample_quality(), []) == first
