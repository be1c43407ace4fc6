"""Workbooks: rows in, the bytes of an xlsx file out, the same each time; every text is shown, never run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.french import typeset_text

Sheet = tuple[Sequence[str], Sequence[Sequence[object]]]
"""Heads and rows."""

_NO_CHOICE: Mapping[tuple[str, str], Sequence[str]] = {}
_FIXED = (2000, 1, 1, 0, 0, 0)
_LONGEST_CELL, _WIDEST = 32_000, 60
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = PatternFill("solid", fgColor="0B4A6F")


DATES = ("",)
"""Choice of a column where only dates are typed."""
_TYPED = 500
"""Empty lines under a table that take its choices."""


def workbook(
    sheets: Mapping[str, Sheet],
    title: str,
    choices: Mapping[tuple[str, str], Sequence[str]] = _NO_CHOICE,
    *,
    stamp: str = "",
    form: bool = False,
) -> bytes:
    """Return a workbook with one sheet a table: frozen heads, filters, texts wrapped, ready to print in landscape.

    Args:
        sheets: name → heads and rows; numbers stay numbers, anything else is text.
        title: in the file's properties.
        choices: (sheet, head) → what may be typed in the column, or `DATES`.
        stamp: printed under every page of paper.
        form: it comes back, and what people wrote in it stands as typed; else texts are in French typography.
    """
    if not form:
        sheets = {
            name: (heads, [list(map(typeset_text, row)) for row in rows]) for name, (heads, rows) in sheets.items()
        }
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, (heads, rows) in sheets.items():
        sheet = book.create_sheet(name[:31])
        _fill(sheet, heads, rows)
        _print_set_up(sheet, stamp)
        for column, head in enumerate(heads, 1):
            if choice := choices.get((name, head)):
                _offer(sheet, column, len(rows), choice)
    book.properties.title = title
    book.properties.creator = ""
    book.properties.created = datetime(*_FIXED)  # noqa: DTZ001 - the format has no time zone
    written = io.BytesIO()
    book.save(written)
    return _stable(written.getvalue())


def _fill(sheet: Worksheet, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    for column, head in enumerate(heads, 1):
        cell = _put(sheet, 1, column, head)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
    for line, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            _put(sheet, line, column, value).alignment = Alignment(vertical="top", wrap_text=True)
    for column, head in enumerate(heads, 1):
        longest = max([len(head), *(len(str(row[column - 1])) for row in rows)])
        sheet.column_dimensions[get_column_letter(column)].width = min(max(10, longest + 2), _WIDEST)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(rows) + 1}"


def _print_set_up(sheet: Worksheet, stamp: str) -> None:
    """Make a sheet print as it is read: landscape, as wide as the paper, its heads on every page, pages numbered."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"
    sheet.oddFooter.center.text = stamp.replace("&", "&&") or None


def _offer(sheet: Worksheet, column: int, rows: int, choice: Sequence[str]) -> None:
    """Let a column of a table to fill in take one of the values, or a date."""
    if tuple(choice) == DATES:
        rule = DataValidation(type="date", operator="greaterThan", formula1="1", allow_blank=True)
        rule.error, rule.errorTitle = "Tapez une date, par exemple 31/01/2020.", "Date"
    else:
        rule = DataValidation(type="list", formula1=f'"{",".join(choice)}"', allow_blank=True)
        rule.error, rule.errorTitle = "Choisissez une valeur de la liste.", "Valeur inconnue"
    rule.showErrorMessage = True
    letter = get_column_letter(column)
    rule.add(f"{letter}2:{letter}{rows + 1 + _TYPED}")
    sheet.add_data_validation(rule)


def _put(sheet: Worksheet, row: int, column: int, value: object) -> Cell:
    cell: Cell = sheet.cell(row, column)
    if isinstance(value, bool):
        value = "oui" if value else "non"
    if isinstance(value, (int, float)):
        cell.value = value
    elif isinstance(value, date):
        cell.value, cell.number_format = value, "DD/MM/YYYY"
    elif value is not None:
        cell.value = _FORBIDDEN.sub("\ufffd", str(value))[:_LONGEST_CELL]
        cell.data_type = "s"  # openpyxl takes a leading = for a formula
        cell.quotePrefix = True  # and a spreadsheet would when the cell is edited
    return cell


def _stable(content: bytes) -> bytes:
    """Return the archive with fixed dates."""
    stable = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", data)
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)
    return stable.getvalue()
