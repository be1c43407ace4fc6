"""Registrants → the file of people: cells that the program wrote follow the answers, those written by hand stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.assign.inputs.wishes import PEOPLE_COLUMNS
from pipeline.files.csv_file import csv_bytes
from pipeline.files.spreadsheet import Sheet, bare, open_sheet, read_sheet
from pipeline.life.registrations import Registrant

Cells = dict[str, str]
"""Column of the file of people → text."""
COLUMNS = (
    "voeux", "volontaire", "indisponible", "disponible", "lieu", "direction", "metier", "site", "departement",
)  # fmt: skip
"""Columns that registrations fill."""
_ATTRIBUTES = {
    "lieu": "place", "direction": "directorate", "metier": "occupation", "site": "site_type",
    "departement": "department",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """A cell that an analyst wrote and that answers would change: it stays, and is told.

    Attributes:
        person: number.
        column: of the file.
    """

    person: str
    column: str


def wanted(registrants: Iterable[Registrant]) -> dict[str, Cells]:
    """Return number → the cells that answers ask for; holders keep the attributes of the export."""
    return {person.agent_id: _cells(person) for person in registrants}


def _cells(person: Registrant) -> Cells:
    told = {} if person.known else {name: getattr(person.person, field) for name, field in _ATTRIBUTES.items()}
    return (
        dict.fromkeys(COLUMNS, "")
        | told
        | {
            "voeux": " | ".join(person.wishes),
            "volontaire": "" if person.known else "oui",
            "indisponible": "oui" if person.withdrawn else "",
            "disponible": " | ".join(person.days),
        }
    )


def read_written(content: bytes, path: str) -> dict[str, Cells]:
    """Return what the program wrote last time.

    Raises:
        MinilabsError: `sheet.*`.
    """
    rows = read_sheet(content, path, dict.fromkeys(("agent_id", *COLUMNS), ()))
    return {row.cells["agent_id"]: {column: row.cells[column] for column in COLUMNS} for row in rows}


def written_rows(cells: Mapping[str, Cells]) -> list[list[str]]:
    """Return the rows of what the program writes, to be read again by `read_written`."""
    return [["agent_id", *COLUMNS], *([person, *(cells[person][c] for c in COLUMNS)] for person in sorted(cells))]


def fed(content: bytes, path: str, before: Mapping[str, Cells], after: Mapping[str, Cells]) -> tuple[bytes, list[Kept]]:
    """Return the file of people with the answers in it, and the cells that stay as an analyst wrote them.

    Args:
        content: of the file; empty when there is none.
        path: named in errors.
        before: what the program wrote last time.
        after: what it would write now; a person who is no longer there is taken out.

    Raises:
        MinilabsError: `sheet.*`.
    """
    sheet = open_sheet(content, path, PEOPLE_COLUMNS)
    header, names = _columns(sheet)
    at = {name: i for i, name in enumerate(names) if name}
    kept: list[Kept] = []
    written = []
    for row in _rows(sheet, names, at["agent_id"], sorted(after)):
        merged, own = _row(row, at, before, after)
        kept += [Kept(row[at["agent_id"]], column) for column in own]
        written += [merged] if merged else []
    return csv_bytes([header, *written], sheet.separator), kept


def _rows(sheet: Sheet, names: Sequence[str | None], number: int, people: Sequence[str]) -> list[list[str]]:
    """Return the rows of the sheet in the width of `names`, one added for each person whose `number` is in none."""
    rows = [[*map(bare, row), *[""] * (len(names) - len(row))] for row in sheet.records]
    there = {row[number] for row in rows}
    return rows + [[person if n == "agent_id" else "" for n in names] for person in people if person not in there]


def _columns(sheet: Sheet) -> tuple[list[str], list[str | None]]:
    """Return the header and the column that each of its cells means, those that the program fills in added."""
    header = [*map(bare, sheet.header)] if sheet.header else list(PEOPLE_COLUMNS)
    names = list(sheet.names) if sheet.header else [str(name) for name in PEOPLE_COLUMNS]
    missing = [column for column in ("agent_id", *COLUMNS) if column not in names]
    return [*header, *missing], [*names, *missing]


def _row(
    row: list[str], at: Mapping[str, int], before: Mapping[str, Cells], after: Mapping[str, Cells]
) -> tuple[list[str], list[str]]:
    """Return a row as it will be, nothing for a person taken out, and the columns that an analyst wrote by hand."""
    person = row[at["agent_id"]]
    if person not in after and person not in before:
        return row, []
    merged, own = _merged(row, at, before.get(person, {}), after.get(person, {}))
    if person in after:
        return merged, own
    if any(cell for i, cell in enumerate(merged) if i != at["agent_id"]):  # written by hand: it needs the row whole
        return row, list(COLUMNS)
    return [], own


def _merged(row: list[str], at: Mapping[str, int], base: Cells, ours: Cells) -> tuple[list[str], list[str]]:
    merged, kept = list(row), []
    for column in COLUMNS:
        theirs, was, now = row[at[column]], base.get(column, ""), ours.get(column, "")
        if theirs == was:
            merged[at[column]] = now
        elif now not in (was, theirs):
            kept.append(column)
    return merged, kept
