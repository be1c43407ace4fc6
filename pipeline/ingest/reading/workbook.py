"""Bytes of a workbook (xlsx, xlsm, xlsb, xls, ods) → the cells of its sheets as text, in bounded time and memory."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from xml.etree import ElementTree as ET

from pipeline.errors import MinilabsError
from pipeline.files.book_apart import UnreadableError, read_apart
from pipeline.ingest.reading.opendocument import is_open_document, is_protected, sheets_of
from pipeline.ingest.reading.sheet import Sheet, as_text
from pipeline.ingest.reading.unpacking import DAMAGED, unpacked
from pipeline.ingest.reading.xlsx import Book, DamagedError

EXTENSIONS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_ZIP = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"
"""First bytes of an old binary workbook."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BINARY = "xl/workbook.bin"


def may_be_workbook(head: bytes) -> bool:
    """Tell whether the first bytes are those of a workbook, or of another archive."""
    return head.startswith((_ZIP, OLD))


def is_workbook(name: str, content: bytes) -> bool:
    """Tell whether a file is a workbook, by its first bytes: exports are often misnamed."""
    return content.startswith((_ZIP, OLD)) and (name.lower().endswith(EXTENSIONS) or b"[Content_Types].xml" in content)


def sheets(content: bytes, file: str, only: str | None = None) -> Iterator[Sheet]:
    """Yield the visible sheets.

    Args:
        content: of the file.
        file: its name, for errors.
        only: the sheet the user chose.

    Raises:
        MinilabsError: `ingest.password`, `ingest.workbook` (damaged), `ingest.sheet` (no such sheet),
            `ingest.too_large`, `ingest.formulas`.
    """
    if content.startswith(OLD) and _ENCRYPTED in content:
        raise MinilabsError("ingest.password", file=file)
    names: list[str] = []
    try:
        for name, visible, read in _all(content, file):
            names.append(name)
            if name == only or (only is None and visible):
                yield read()
    except (DamagedError, ET.ParseError, *DAMAGED) as why:
        raise MinilabsError("ingest.workbook", file=file) from why
    if only is not None and only not in names:
        raise MinilabsError("ingest.sheet", file=file, sheet=only, found=", ".join(names))


def _all(content: bytes, file: str) -> Iterator[tuple[str, bool, Callable[[], Sheet]]]:
    """Yield (name, whether people see it, how to read it) for each sheet."""
    if content.startswith(OLD):
        yield from _native(content, file)
        return
    with unpacked(io.BytesIO(content), file, "ingest.workbook") as archive:
        if _BINARY in archive.namelist():
            yield from _native(content, file)
        elif is_protected(archive):
            raise MinilabsError("ingest.password", file=file)
        elif is_open_document(archive):
            yield from ((sheet.name, visible, partial(_itself, sheet)) for sheet, visible in sheets_of(archive, file))
        else:
            book = Book(archive, file)
            yield from ((part.name, part.visible, partial(book.sheet, part)) for part in book.parts)


def _itself(sheet: Sheet) -> Sheet:
    return sheet


def _native(content: bytes, file: str) -> Iterator[tuple[str, bool, Callable[[], Sheet]]]:
    """Yield the sheets of an old or binary workbook, read in a process of its own: a crash there is a damaged file."""
    try:
        found = read_apart(content)
    except UnreadableError as why:
        raise MinilabsError("ingest.password" if why.protected else "ingest.workbook", file=file) from why
    for name, visible, rows in found:
        sheet = Sheet(file, name)
        for number, cells in enumerate(rows, start=1):
            sheet.add(number, {i: as_text(cell) for i, cell in enumerate(cells)})
        yield name, visible, partial(_itself, sheet)
