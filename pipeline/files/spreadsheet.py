"""Tables that people fill in with a spreadsheet: bytes of a CSV in, rows by line with known columns out.

The one reader of them all, so that each takes what any spreadsheet saves and tells what is wrong by line and column.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.encoding import given_text
from pipeline.french import fold

csv.field_size_limit(2**31 - 1)  # a cell may hold more than the module's 131,072 characters

Columns = Mapping[str, tuple[str, ...]]
"""Column → other names that are understood."""

EXAMPLE = "# exemple"
"""How the commented line of a template begins."""
_SEPARATORS = (",", ";", "\t", "|")
_DECLARED = re.compile(r"sep=(.)(?:\r\n|\r|\n|\Z)", re.IGNORECASE)  # what Excel writes above the header
_CONTROL = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
"""Those of a terminal, and those that turn the direction of what follows."""
_END = "\ue0e0"
"""A record of its own below a text, unless a quote was left open above."""
_RUN = re.compile(r"\s*'*[=+\-@].|[\t\r\n]", re.DOTALL)
"""What a spreadsheet may run as a formula, and what would be taken for a mark of ours."""
_MARKED = re.compile(r"'(?:\s*'*[=+\-@].|[\t\r\n])", re.DOTALL)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_ISO, _FRENCH = re.compile(r"(\d{4})-(\d\d)-(\d\d)"), re.compile(r"(\d\d?)/(\d\d?)/(\d{4})")
_MOST_DIGITS = 15
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file.

    Attributes:
        line: as a spreadsheet numbers it.
        cells: column → text without spaces around; every known column is there.
    """

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was saved.

    Attributes:
        separator: between its cells.
        header: cells of the line of names, as written; none where nothing is written.
        names: for each of them the column it means, or None.
        line: of the header.
        records: the lines below, cells as written.
    """

    separator: str
    header: list[str]
    names: list[str | None]
    line: int
    records: list[list[str]]

    def by_name(self, cells: Sequence[str]) -> dict[str, str]:
        """Return column → what a line says in it, for the known ones."""
        return {name: bare(cell) for name, cell in zip(self.names, cells, strict=False) if name}


def read_sheet(
    content: bytes, path: str, columns: Columns, *, needed: Collection[str] | None = None, strict: bool = False
) -> list[Row]:
    """Return the rows that hold something, the commented example of a template left out.

    Args:
        content: CSV as any spreadsheet saves it: comma, semicolon, tab or bar; UTF-8, UTF-16 or an eight-bit encoding.
        path: named in errors.
        columns: known ones.
        needed: those that have to be there unless the file is empty; the first one if not given.
        strict: other columns are errors, rather than left alone.

    Raises:
        MinilabsError: `base.no_text` for what is no text, `sheet.quote` for a quote never closed; `sheet.columns`,
            `sheet.unknown`, `sheet.twice` for the header; `sheet.cells` for the rows with more cells, all at once.
    """
    sheet = open_sheet(content, path, columns)
    wanted = list(columns)[:1] if needed is None else needed
    unknown = _unknown(sheet, path, columns) if strict else []
    raise_all(_header_errors(sheet, path, columns, wanted if sheet.header else ()) + unknown)
    below, width = _below(sheet), len(sheet.header)
    raise_all([MinilabsError("sheet.cells", path=path, line=n, width=width) for n, c in below if _filled(c[width:])])
    rows = (Row(line, dict.fromkeys(columns, "") | sheet.by_name(cells)) for line, cells in below)
    return [row for row in rows if any(row.cells.values())]


def _below(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """Return the lines below the header that hold something, with their number; the example of a template left out."""
    records = enumerate(sheet.records, sheet.line + 1)
    return [(line, cells) for line, cells in records if _filled(cells) and not is_example(cells)]


def is_example(cells: Iterable[str]) -> bool:
    """Return whether a line is the commented example of a template, which is never data.

    Its first cell that says something begins with `EXAMPLE`: longer than any number or name that a table may hold.
    """
    return fold(next(filter(None, map(bare, cells)), "")).startswith(EXAMPLE)


def open_sheet(content: bytes, path: str, columns: Columns) -> Sheet:
    """Return a table as it was saved: what separates its cells is what gives the most known columns.

    Raises:
        MinilabsError: `base.no_text`, `sheet.quote`.
    """
    text = given_text(content, path)
    declared = _DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    head = next((line for line in io.StringIO(body, newline="") if line.strip()), "")
    marks = declared[1] if declared and declared[1] not in '"\r\n' else _SEPARATORS
    separator = max(marks, key=lambda mark: _fit(head, mark, columns))
    records = _records(body, separator, path)
    first = next((i for i, cells in enumerate(records) if _filled(cells)), len(records))
    header = records[first] if first < len(records) else []
    return Sheet(separator, header, [named(cell, columns) for cell in header], first + 1, records[first + 1 :])


def _fit(head: str, mark: str, columns: Columns) -> tuple[int, int]:
    cells = next(csv.reader([head], delimiter=mark), [])
    return sum(named(cell, columns) is not None for cell in cells), len(cells)


def _records(text: str, separator: str, path: str) -> list[list[str]]:
    ended = text.endswith(("\n", "\r")) or not text
    lines = chain(io.StringIO(text if ended else text + "\n", newline=""), [_END])
    records = list(csv.reader(lines, delimiter=separator))
    if records[-1] != [_END]:
        raise MinilabsError("sheet.quote", path=path, line=len(records))
    return records[:-1]


def _filled(cells: list[str]) -> bool:
    return any(map(str.strip, cells))


def _header_errors(sheet: Sheet, path: str, columns: Columns, needed: Collection[str]) -> list[MinilabsError]:
    understood = any(sheet.names)  # without, the line may be no header: somebody's name, not to be shown
    found = ", ".join(cell.strip()[:_SHOWN] for cell in sheet.header) if understood else "aucune reconnue"
    missing = [name for name in needed if name not in sheet.names]
    twice = [name for name, count in Counter(sheet.names).items() if name and count > 1]
    errors = [MinilabsError("sheet.twice", path=path, column=name) for name in twice]
    if missing:
        told = {"missing": ", ".join(missing), "found": found, "allowed": ", ".join(columns)}
        errors.append(MinilabsError("sheet.columns", path=path, **told))
    return errors


def _unknown(sheet: Sheet, path: str, columns: Columns) -> list[MinilabsError]:
    pairs = zip(sheet.header, sheet.names, strict=True)
    unknown = [cell.strip()[:_SHOWN] for cell, name in pairs if name is None and cell.strip()]
    told = {"found": ", ".join(unknown), "allowed": ", ".join(columns)}
    return [MinilabsError("sheet.unknown", path=path, **told)] if unknown and any(sheet.names) else []


def named(cell: str, columns: Columns) -> str | None:
    """Return the column a header means, or None."""
    wanted = _plain(cell)
    return next((name for name, others in columns.items() if wanted in {_plain(name), *map(_plain, others)}), None)


def _plain(cell: str) -> str:
    return "_".join(fold(cell).replace("-", " ").replace("_", " ").split())


def split(cell: str, separators: str = "|;") -> tuple[str, ...]:
    """Return the values of a cell that holds several, in order."""
    for mark in separators:
        cell = cell.replace(mark, "|")
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def harmless(cell: str) -> str:
    """Return a text to write in a CSV: one that a spreadsheet would run as a formula takes an apostrophe before."""
    return f"'{cell}" if _RUN.match(cell) and not _NUMBER.fullmatch(cell) else cell


def printable(text: str) -> str:
    """Return a text without control characters (those of a terminal), tabs and line ends aside."""
    return text.translate(_CONTROL)


def bare(cell: str) -> str:
    """Return what a cell says: no spaces around, no control character, no apostrophe of `harmless`."""
    text = printable(cell).strip()
    return text[1:].strip() if _MARKED.match(text) else text


def whole(cell: str) -> int | None:
    """Return the whole number of at most 15 digits that a cell holds, or None."""
    text = cell.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else None


def day(cell: str) -> str | None:
    """Return a date as ISO: typed so, or as a French spreadsheet shows it (31/12/2024); None for what is no date."""
    french = _FRENCH.fullmatch(cell.strip())
    parts = french.group(3, 2, 1) if french else (iso.groups() if (iso := _ISO.fullmatch(cell.strip())) else None)
    try:
        return date(*map(int, parts)).isoformat() if parts else None
    except ValueError:
        return None
