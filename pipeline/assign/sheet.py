"""Files that people fill in with a spreadsheet: bytes in, rows by line with known columns out."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import MinilabsError
from pipeline.french import fold
from pipeline.spreadsheet import decoded, separator

Columns = Mapping[str, tuple[str, ...]]
"""Column → other names that are understood."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file.

    Attributes:
        line: as a spreadsheet numbers it.
        cells: column → text without spaces around; every known column is there.
    """

    line: int
    cells: dict[str, str]


def read_sheet(content: bytes, path: str, columns: Columns) -> list[Row]:
    """Return the rows that hold something.

    Args:
        content: CSV (comma, semicolon or tab; UTF-8, or cp1252 as a French spreadsheet saves it).
        path: named in errors.
        columns: known ones; the first is the key and has to be there.

    Raises:
        MinilabsError: `assign.columns` for a column that is not known or a key that is missing.
    """
    text = decoded(content)
    header, *lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator(text))) or [[]]
    names = _names(header, path, columns, needed=bool(lines))
    blank = dict.fromkeys(columns, "")
    filled = [{name: cell.strip() for name, cell in zip(names, line, strict=False) if name} for line in lines]
    return [Row(line, {**blank, **cells}) for line, cells in enumerate(filled, start=2) if any(cells.values())]


def _names(header: list[str], path: str, columns: Columns, *, needed: bool) -> list[str | None]:
    names, key = [named(cell, columns) for cell in header], next(iter(columns))
    unknown = [cell for cell, name in zip(header, names, strict=True) if name is None and cell.strip()]
    if unknown or (needed and key not in names):
        found = ", ".join(unknown) or ", ".join(header)
        raise MinilabsError("assign.columns", path=path, found=found, key=key, allowed=", ".join(columns))
    return names


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
