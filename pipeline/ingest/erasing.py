"""A file of the export without one person: their row, their links, their name and e-mail wherever they stand."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.files.encoding import MIXED
from pipeline.french import fold
from pipeline.ingest.cells.names import people_in
from pipeline.ingest.columns.mapping import Mapped
from pipeline.ingest.masking.bystanders import halves
from pipeline.ingest.masking.known import known_names, known_spans
from pipeline.ingest.masking.spans import show, without_overlap
from pipeline.ingest.reading.delimited import recognise
from pipeline.ingest.reading.encoding import decode
from pipeline.ingest.reading.grid import SourceFile
from pipeline.ingest.reading.grids import to_grid
from pipeline.ingest.reading.pages import tables_of
from pipeline.ingest.reading.workbook import OLD
from pipeline.ingest.rows.said import PeopleColumns
from pipeline.ingest.tables.matching import name_words
from pipeline.params import SourceParams

_Change = Callable[[int, Sequence[str]], "list[str] | None"]
ERASED = "[personne effacée]"
_BOOK, _MACROS = b"xl/workbook.xml", b"xl/vbaProject.bin"


@dataclass(frozen=True, slots=True)
class Erased:
    """Who is to disappear.

    Attributes:
        holder_id: number of the person.
        family_name: may be empty.
        given_name: may be empty.
        email: may be empty.
    """

    holder_id: str
    family_name: str
    given_name: str
    email: str

    def is_cell(self, cell: str) -> bool:
        """Tell whether a cell holds nothing but this person's number or e-mail."""
        text = fold(cell.strip())
        return bool(text) and text in {fold(self.holder_id), fold(self.email)}

    def is_name(self, family: str, given: str) -> bool:
        """Tell whether a name is this person's, in any order, case or accents."""
        own = name_words(f"{self.family_name} {self.given_name}")
        return bool(own) and name_words(f"{family} {given}") == own

    def out_of(self, text: str) -> str:
        """Return `text` with this person's whole name and e-mail replaced."""
        family = frozenset({fold(self.family_name)})  # alone, it may be somebody else's
        names = known_names([(self.family_name, self.given_name)], family)
        spans = without_overlap(known_spans(text, names))
        bare = show(text, spans, {"nom": ERASED})
        return re.sub(re.escape(self.email), ERASED, bare, flags=re.IGNORECASE) if self.email else bare


def erase(file: SourceFile, tables: Sequence[Mapped], person: Erased, decided: SourceParams) -> bytes | None:
    """Return the bytes of the file without the person, None when its format cannot be written (ods, old xls).

    Rows of people and of links are dropped; in a table of ideas the columns about the person are emptied; elsewhere
    the name and the e-mail become `ERASED`. A text keeps its encoding and separator; a workbook its sheets; a web page
    its tables.
    """
    grid = tables[0].grid
    if grid.sheet:
        return _workbook(file, tables, person) if can_be_written(file) else None
    return _text(file, tables[0], person, decided) if grid.separator else _page(file, tables, person)


def can_be_written(file: SourceFile) -> bool:
    """Tell whether a file can be written anew, by its content whatever its name: not an ods, nor a binary workbook."""
    head = file.head(len(OLD))
    return _BOOK in file.content if head.startswith(b"PK") else not head.startswith(OLD)


def _page(file: SourceFile, tables: Sequence[Mapped], person: Erased) -> bytes:
    """Return a web page with nothing but its tables, which is what is read of it."""
    encoding = tables[0].grid.encoding
    written = [f'<html><head><meta charset="{_written_in(encoding)}"></head><body>']
    for rows in tables_of(decode(file.content, file.name, encoding).text):
        grid = to_grid(lambda rows=rows: iter(list(enumerate(rows, start=1))), file.name)  # type: ignore[misc]
        table = next((t for t in tables if grid and (t.grid.columns, t.grid.count) == (grid.columns, grid.count)), None)
        change = _changes(table, person) if table else _elsewhere(person)
        changed = (change(number, cells) for number, cells in enumerate(rows, start=1))
        written += ["<table>", *(_markup(cells) for cells in changed if cells is not None), "</table>"]
    return "\n".join([*written, "</body></html>\n"]).encode(_written_in(encoding), errors="xmlcharrefreplace")


def _markup(cells: Sequence[str]) -> str:
    told = (html.escape(cell).replace("\n", "<br>") for cell in cells)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in told)}</tr>"


def _written_in(encoding: str) -> str:
    """Return the encoding to write in: several in one file become UTF-8."""
    return "utf-8" if encoding == MIXED else encoding


def _elsewhere(person: Erased) -> _Change:
    def change(_: int, cells: Sequence[str]) -> list[str]:
        return [person.out_of(cell) for cell in cells]

    return change


def _text(file: SourceFile, table: Mapped, person: Erased, decided: SourceParams) -> bytes:
    decoded = decode(file.content, file.name, decided.encoding)
    delimited = recognise(decoded.text, decided.separator)
    change = _changes(table, person)
    rows = (change(number, cells) for number, cells in enumerate(delimited.records(), start=1 + delimited.skipped))
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimited.dialect.separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows(row for row in rows if row is not None)
    return buffer.getvalue().encode(_written_in(decoded.encoding), errors="replace")


def _workbook(file: SourceFile, tables: Sequence[Mapped], person: Erased) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(file.content), keep_vba=_MACROS in file.content)
    changes = {table.grid.sheet: _changes(table, person) for table in tables}
    for sheet in book.worksheets:
        change: _Change = changes.get(sheet.title, _elsewhere(person))
        for number, cells in sorted(_rows(sheet).items(), reverse=True):
            told = ["" if (cell := cells.get(i)) is None or cell.value is None else str(cell.value)
                    for i in range(1, max(cells) + 1)]  # fmt: skip
            row = change(number, told)
            if row is None:
                sheet.delete_rows(number)
            else:
                _rewrite(cells, row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rows(sheet: Worksheet) -> dict[int, dict[int, Any]]:
    """Return number of a row → place → cell, of those that are there: one far cell does not make billions of others."""
    rows: dict[int, dict[int, Any]] = defaultdict(dict)
    for (number, place), cell in sheet._cells.items():  # noqa: SLF001 - what is public makes the cells between them
        rows[number][place] = cell
    return rows


def _rewrite(cells: Mapping[int, Any], texts: Sequence[str]) -> None:
    """Write the texts that changed into the cells of a row; the others keep their type."""
    for place, cell in cells.items():
        if cell.value is not None and str(cell.value) != texts[place - 1]:
            cell.value = texts[place - 1] or None


def _changes(table: Mapped, person: Erased) -> _Change:
    """Return what becomes of each record of a table: None for a row that goes."""
    rows = {number for number, _ in table.grid.records()}
    several = {*table.places("person"), *table.places("co_persons")}
    columns = PeopleColumns.of(table)
    beside = list(_beside(table))
    dropped = table.kind in {"people", "links"}

    def change(number: int, cells: Sequence[str]) -> list[str] | None:
        if number not in rows:
            return [person.out_of(cell) for cell in cells]
        whole = [*cells, *[""] * (len(table.grid.columns) - len(cells))]
        sets = [places for places in (*columns.sets, *beside) if _tells_of(person, whole, places)]
        if columns.persons is not None and _is_first(person, whole[columns.persons]):
            sets.append(columns.sets[0])
        if dropped and columns.sets[0] in sets:
            return None
        emptied = {i for places in sets for i in places.values()} - several
        return [
            "" if i in emptied else (_without(cell, person) if i in several else person.out_of(cell))
            for i, cell in enumerate(cells)
        ]

    return change


def _beside(table: Mapped) -> Iterator[Mapping[str, int]]:
    """Yield field → position for each person whose two names stand in columns that are left out."""
    for family, given in halves(table.unused):
        yield {"family_name": table.grid.columns.index(family), "given_name": table.grid.columns.index(given)}


def _tells_of(person: Erased, cells: Sequence[str], places: Mapping[str, int]) -> bool:
    """Tell whether the columns of one person name this one."""
    told = {field: cells[i] for field, i in places.items()}
    return (
        person.is_cell(told.get("holder_id", ""))
        or person.is_cell(told.get("email", ""))
        or person.is_name(told.get("family_name", ""), told.get("given_name", ""))
    )


def _is_first(person: Erased, cell: str) -> bool:
    return any(person.is_name(p.family_name, p.given_name) for p in people_in(cell)[:1])


def _without(cell: str, person: Erased) -> str:
    """Return a cell of several people without this one."""
    found = people_in(cell)
    kept = [p for p in found if not person.is_name(p.family_name, p.given_name) and not person.is_cell(p.email)]
    if len(kept) == len(found):
        return person.out_of(cell)
    return " ; ".join(
        f"{p.family_name.upper()} {p.given_name}".strip() + (f" <{p.email}>" if p.email else "") for p in kept
    )
