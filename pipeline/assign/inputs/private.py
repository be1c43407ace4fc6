"""A private table beside the chain: what groups are balanced on, read for that only and shown nowhere.

One row a person: `agent_id` [holder_id], then any columns. Neither their names nor their values leave this module: what
is made from them is called `seat_words.PRIVATE`, and has no value.
"""

from __future__ import annotations

from collections.abc import Container

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.spreadsheet import Sheet, open_sheet, read_sheet
from pipeline.french import fold

_OTHER_KEYS = ("holder_id", "agent", "numero")


def read_private(content: bytes, path: str, known: Container[str]) -> tuple[dict[str, str], ...]:
    """Return, for each column of the table, holder_id → value; people whose cell is empty left out.

    Args:
        content: CSV, see `spreadsheet.read_sheet`; empty: no column.
        path: named in errors.
        known: ids of the people.

    Raises:
        MinilabsError: `sheet.*`; `assign.private_person` for each line whose number is unknown or repeated.
    """
    key = {"agent_id": _OTHER_KEYS}
    values = _columns(open_sheet(content, path, key))
    rows = read_sheet(content, path, {**key, **dict.fromkeys(values, ())})
    seen: set[str] = set()
    wrong = []
    for row in rows:
        person = row.cells["agent_id"]
        if person in seen or person not in known:
            wrong.append(MinilabsError("assign.private_person", path=path, line=row.line))
        seen.add(person)
    raise_all(wrong)
    columns = ({row.cells["agent_id"]: fold(row.cells[name]) for row in rows if row.cells[name]} for name in values)
    return tuple(column for column in columns if column)


def _columns(sheet: Sheet) -> list[str]:
    """Return the columns beside the number of the person, each once."""
    named = zip(sheet.header, sheet.names, strict=True)
    return list(dict.fromkeys(cell.strip() for cell, name in named if name is None and cell.strip()))
