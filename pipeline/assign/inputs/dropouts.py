"""Who gives up: noted in the file of people, every other cell as it was."""

from __future__ import annotations

from pipeline.assign.inputs.wishes import PEOPLE_COLUMNS
from pipeline.files.csv_file import csv_bytes
from pipeline.files.spreadsheet import bare, open_sheet


def with_dropout(content: bytes, path: str, person: str) -> bytes:
    """Return `people.csv` where `person` is unavailable and fixed nowhere; every other cell is as it was.

    Args:
        content: of the file, as `wishes.read_wishes` took it; empty when there is none.
        path: named in errors.
        person: id.
    """
    sheet = open_sheet(content, path, PEOPLE_COLUMNS)
    header, names = (sheet.header, sheet.names) if sheet.header else (list(PEOPLE_COLUMNS), list(PEOPLE_COLUMNS))
    if "indisponible" not in names:
        header, names = [*header, "indisponible"], [*names, "indisponible"]
    rows, key = sheet.records, names.index("agent_id")
    line = next((line for line, row in enumerate(rows) if bare(_cell(row, key)) == person), len(rows))
    former = rows[line] if line < len(rows) else []
    changes = {"agent_id": person, "indisponible": "oui", "minilab_fixe": ""}
    changed = [changes.get(name or "", _cell(former, column)) for column, name in enumerate(names)]
    written = [header, *rows[:line], changed, *rows[line + 1 :]]
    return csv_bytes([map(bare, cells) for cells in written], sheet.separator)


def _cell(row: list[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""
