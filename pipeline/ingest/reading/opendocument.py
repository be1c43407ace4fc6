"""A workbook in OpenDocument (ods) → its sheets, read cell by cell: what it repeats a million times is read once.

OASIS OpenDocument 1.3, part 3, chapter 9. LibreOffice writes the empty rest of a sheet as one repeated row.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from pipeline.ingest.reading.sheet import MOST_COLUMNS, Sheet, as_text

_CONTENT = "content.xml"
_MOST_REPEATED = 1_000


def is_open_document(archive: zipfile.ZipFile) -> bool:
    """Tell whether an archive is one of these workbooks."""
    return _CONTENT in archive.namelist()


def is_protected(archive: zipfile.ZipFile) -> bool:
    """Tell whether a password hides its content."""
    manifest = "META-INF/manifest.xml"
    return manifest in archive.namelist() and b"encryption-data" in archive.read(manifest)


def sheets_of(archive: zipfile.ZipFile, file: str) -> Iterator[tuple[Sheet, bool]]:
    """Yield each sheet and whether people see it.

    Raises:
        MinilabsError: `ingest.too_large`.
        ElementTree.ParseError: it is no XML.
    """
    hidden: set[str] = set()
    sheet, number, seen = Sheet(file, ""), 1, True
    with archive.open(_CONTENT) as stream:
        for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - expat refuses amplified entities
            tag = _tag(element)
            if event == "start" and tag == "table":
                sheet, number = Sheet(file, _get(element, "name")), 1
                seen = _get(element, "style-name") not in hidden
            elif event == "end" and tag == "style" and _is_hidden(element):
                hidden.add(_get(element, "name"))
            elif event == "end" and tag == "table-row":
                number = _add(sheet, number, element)
                element.clear()
            elif event == "end" and tag == "table":
                yield sheet, seen
                element.clear()


def _is_hidden(style: ET.Element) -> bool:
    return any(_get(child, "display") == "false" for child in style)


def _add(sheet: Sheet, number: int, row: ET.Element) -> int:
    """Add a row as often as it stands there; return the number of the next one."""
    times, cells = _times(row, "number-rows-repeated"), _cells(sheet, row)
    if cells and times > _MOST_REPEATED:
        sheet.repeated[number] = times
    for i in range(times if cells and times <= _MOST_REPEATED else 1):
        sheet.add(number + i, cells)
    return number + times


def _cells(sheet: Sheet, row: ET.Element) -> dict[int, str]:
    """Return the texts of a row by place; formulas without a result are counted in the sheet."""
    cells: dict[int, str] = {}
    place = 0
    for cell in (child for child in row if _tag(child) in {"table-cell", "covered-table-cell"}):
        wide = _times(cell, "number-columns-repeated")
        text = _text(cell) if _tag(cell) == "table-cell" else ""
        if not text and _get(cell, "formula") and _get(cell, "value-type") == "":
            sheet.unknown[place] += 1
        if text:
            cells |= dict.fromkeys(range(place, place + min(wide, MOST_COLUMNS)), text)
        place += wide
    return cells


def _text(cell: ET.Element) -> str:
    kind, value = _get(cell, "value-type"), _get(cell, "value")
    if kind in {"float", "percentage", "currency"}:
        try:
            return as_text(float(value))
        except ValueError:
            return value
    if kind == "boolean":
        return as_text(_get(cell, "boolean-value") == "true")
    if kind == "date":
        return _get(cell, "date-value")
    return "\n".join(_said(child) for child in cell if _tag(child) == "p")


def _said(element: ET.Element) -> str:
    """Return the text of a paragraph, repeated spaces, tabulations and line breaks as they are; notes left out."""
    pieces = [element.text or ""]
    for child in element:
        tag = _tag(child)
        if tag == "s":
            pieces.append(" " * min(int(_get(child, "c") or "1"), MOST_COLUMNS))
        elif tag in {"tab", "line-break"}:
            pieces.append("\t" if tag == "tab" else "\n")
        elif tag not in {"annotation", "note"}:
            pieces.append(_said(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _times(element: ET.Element, name: str) -> int:
    said = _get(element, name)
    return max(1, int(said)) if said.isdigit() and len(said) < 16 else 1  # noqa: PLR2004 - a number


def _get(element: ET.Element, name: str) -> str:
    """Return an attribute whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
