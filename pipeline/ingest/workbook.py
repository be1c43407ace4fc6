"""Bytes of a workbook (xlsx, xlsm, xls, ods) → the cells of its sheets as text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from pipeline.errors import MinilabsError

EXTENSIONS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Cells = list[tuple[int, list[str]]]


def may_be_workbook(head: bytes) -> bool:
    """Tell whether the first bytes are those of a workbook, or of another archive."""
    return head.startswith((_ZIP, _OLE))


def is_workbook(name: str, content: bytes) -> bool:
    """Tell whether a file is a workbook, by its first bytes: exports are often misnamed."""
    return content.startswith((_ZIP, _OLE)) and (name.lower().endswith(EXTENSIONS) or b"[Content_Types].xml" in content)


def sheets(content: bytes, file: str, only: str | None = None) -> Iterator[tuple[str, Cells]]:
    """Yield (sheet, numbered rows of cells) for the visible sheets that hold anything.

    Args:
        content: of the file.
        file: its name, for errors.
        only: the sheet the user chose.

    Raises:
        MinilabsError: `ingest.password`, `ingest.workbook` (damaged), `ingest.sheet` (no such sheet).
    """
    book = _opened(content, file)
    visible = [m.name for m in book.sheets_metadata if m.visible == calamine.SheetVisibleEnum.Visible]
    if only is not None and only not in book.sheet_names:
        raise MinilabsError("ingest.sheet", file=file, sheet=only, found=", ".join(book.sheet_names))
    for name in [only] if only is not None else visible:
        yield name, _rows(book, name, file)


def _opened(content: bytes, file: str) -> calamine.CalamineWorkbook:
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise MinilabsError("ingest.password", file=file)
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError as why:
        raise MinilabsError("ingest.password", file=file) from why
    except (calamine.CalamineError, OSError) as why:
        raise MinilabsError("ingest.workbook", file=file) from why


def _rows(book: calamine.CalamineWorkbook, name: str, file: str) -> Cells:
    try:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)  # so that rows and columns keep their place in the sheet
    except (calamine.CalamineError, OSError) as why:
        raise MinilabsError("ingest.workbook", file=file) from why
    return [(number, [as_text(cell) for cell in row]) for number, row in enumerate(rows, start=1)]


def as_text(cell: object) -> str:
    """Return a cell as a person would read it: 12.0 is "12", a date is ISO, an error (#REF!) is nothing."""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    text = str(cell)
    return "" if text in {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"} else text
