"""A workbook in Office Open XML (xlsx, xlsm) → its sheets, read cell by cell: what is not there costs nothing.

ECMA-376, part 1, chapter 18. A stray cell in the last row or column is one cell, not a table of billions; a reference
that is none is a damaged workbook.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from posixpath import join, normpath
from xml.etree import ElementTree as ET

from pipeline.ingest.reading.sheet import Sheet, as_text

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_DATE_LETTERS = re.compile("[dmyhs]", re.IGNORECASE)
_OFFICE = "officeDocument"


class DamagedError(Exception):
    """The workbook is not what it says."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet and where it is.

    Attributes:
        name: of the sheet.
        path: in the archive.
        visible: whether people see it.
    """

    name: str
    path: str
    visible: bool


class Book:
    """A workbook, its texts and formats read, its sheets not yet."""

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        """Read what all sheets need.

        Raises:
            DamagedError: a part is missing or is no XML.
        """
        self._archive, self._file = archive, file
        main = next((path for kind, path in self._related("").values() if kind.endswith(_OFFICE)), "xl/workbook.xml")
        related = self._related(main)
        by_kind = {kind.rpartition("/")[2]: path for kind, path in related.values()}
        root = self._tree(main)
        self.parts = [_part(sheet, related) for sheet in root.iter() if _tag(sheet) == "sheet"]
        dates = [e.get("date1904") for e in root.iter() if _tag(e) == "workbookPr"]
        self._epoch = datetime(1904, 1, 1) if dates[:1] and dates[0] in {"1", "true"} else datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet has no time zone
        self._strings = list(self._shared(by_kind.get("sharedStrings", "")))
        self._dates = self._date_styles(by_kind.get("styles", ""))

    def sheet(self, part: Part) -> Sheet:
        """Return a sheet.

        Raises:
            DamagedError: see above.
            MinilabsError: `ingest.too_large`.
        """
        sheet = Sheet(self._file, part.name)
        number = 0
        for row in self._elements(part.path, {"row", "mergeCell"}):
            if _tag(row) == "mergeCell":  # they stand after the rows
                _fill(row.get("ref", ""), sheet)
                continue
            said = row.get("r", "")
            number = int(said) if said.isdigit() else number + 1
            cells: dict[int, str] = {}
            place = -1
            for cell in row:
                if _tag(cell) == "c":
                    place = _place(cell.get("r"), place)
                    self._read(cell, place, cells, sheet)
            sheet.add(number, cells)
        return sheet

    def _read(self, cell: ET.Element, place: int, cells: dict[int, str], sheet: Sheet) -> None:
        parts = {_tag(child): child for child in cell}
        value = (parts["v"].text or "") if "v" in parts else ""
        kind = cell.get("t", "n")
        if "f" in parts and not value and kind != "str":
            sheet.unknown[place] += 1
        elif text := self._text(kind, value, parts.get("is"), cell.get("s")):
            cells[place] = text

    def _text(self, kind: str, value: str, inline: ET.Element | None, style: str | None) -> str:
        if kind == "inlineStr":
            return (_said(inline) if inline is not None else "") or value
        if kind == "s":
            return self._string(value)
        if kind in {"str", "d"}:
            return value
        if kind == "b":
            return as_text(value == "1")
        return "" if kind == "e" or not value else self._number(value, style)

    def _string(self, value: str) -> str:
        if not value.strip().isdigit() or int(value) >= len(self._strings):
            raise DamagedError
        return self._strings[int(value)]

    def _number(self, value: str, style: str | None) -> str:
        try:
            number = float(value)
            if (style or "") not in self._dates:
                return as_text(number)
            moment = self._epoch + timedelta(days=number)
        except ValueError:
            return value
        except OverflowError:
            return as_text(number)
        rounded = moment + timedelta(microseconds=500_000)
        moment = rounded.replace(microsecond=0)
        if 0 <= number < 1:
            return as_text(moment.time())
        return as_text(moment if number % 1 else moment.date())

    def _shared(self, path: str) -> Iterator[str]:
        if path:
            yield from (_said(item) for item in self._elements(path, {"si"}))

    def _date_styles(self, path: str) -> Collection[str]:
        """Return the styles of cells that show a number as a date or a time."""
        if not path:
            return ()
        root = self._tree(path)
        dates = _date_formats(root)
        formats: Sequence[ET.Element] = next((list(e) for e in root.iter() if _tag(e) == "cellXfs"), [])
        return frozenset(str(i) for i, each in enumerate(formats) if each.get("numFmtId", "") in dates)

    def _related(self, path: str) -> dict[str, tuple[str, str]]:
        """Return id → (kind, path) of the parts a part refers to."""
        folder, _, name = path.rpartition("/")
        try:
            root = self._tree(join(folder, "_rels", f"{name}.rels"))
        except KeyError:
            return {}
        return {
            e.get("Id", ""): (e.get("Type", ""), normpath(join("/", folder, e.get("Target", ""))).lstrip("/"))
            for e in root.iter()
            if _tag(e) == "Relationship"
        }

    def _tree(self, path: str) -> ET.Element:
        with self._archive.open(path) as stream:
            return ET.parse(stream).getroot()  # noqa: S314 - expat refuses amplified entities; sizes are checked before

    def _elements(self, path: str, names: Collection[str]) -> Iterator[ET.Element]:
        """Yield the elements of some names, forgotten once they are used."""
        with self._archive.open(path) as stream:
            parents: list[ET.Element] = []
            for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - see above
                if event == "start":
                    parents.append(element)
                    continue
                parents.pop()
                if _tag(element) in names:
                    yield element
                    if parents:
                        parents[-1].clear()


def _date_formats(styles: ET.Element) -> set[str]:
    """Return the numbers of the formats that show dates or times: the workbook's own, and Excel's it leaves alone."""
    own = {e.get("numFmtId", ""): e.get("formatCode", "") for e in styles.iter() if _tag(e) == "numFmt"}
    dates = {key for key, code in own.items() if _DATE_LETTERS.search(_QUOTED.sub("", code))}
    return dates | {str(key) for key in _BUILT_IN_DATES if str(key) not in own}


def _part(sheet: ET.Element, related: dict[str, tuple[str, str]]) -> Part:
    own = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
    return Part(sheet.get("name", ""), related.get(own, ("", ""))[1], sheet.get("state", "visible") == "visible")


def _fill(merged: str, sheet: Sheet) -> None:
    """Give the rows of cells merged downwards, one place wide, what the first of them says."""
    first, _, last = merged.partition(":")
    if last and (place := _place(first, 0)) == _place(last, 0):
        sheet.fill(place, int(re.sub(r"\D", "", first)), int(re.sub(r"\D", "", last)))


def _place(reference: str | None, before: int) -> int:
    """Return the position of a cell; without reference it stands after the one before.

    Raises:
        DamagedError: the reference is none.
    """
    if reference is None:
        return before + 1
    found = _REFERENCE.fullmatch(reference)
    place = 0
    for letter in found[1] if found else "":
        place = place * 26 + ord(letter) - ord("A") + 1
    if not found or place > _MOST_COLUMNS or int(found[2]) > _MOST_ROWS:
        raise DamagedError
    return place - 1


def _said(item: ET.Element) -> str:
    """Return the text of an element, that of its runs put together, how it is read aloud (rPh) left out."""
    return "".join((e.text or "") if _tag(e) == "t" else _said(e) for e in item if _tag(e) in {"t", "r"})


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
