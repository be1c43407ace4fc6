"""Who gives up: noted in the file of people, every other cell as it was."""

from __future__ import annotations

import csv
import io

from pipeline.assign.sheet import named
from pipeline.assign.wishes import PEOPLE_COLUMNS
from pipeline.spreadsheet import decoded, separator


def with_dropout(content: bytes, person: str) -> bytes:
    """Return `people.csv` where `person` is unavailable and fixed nowhere; every other cell is as it was.

    Args:
        content: of the file; empty when there is none.
        person: id.
    """
    text = decoded(content)
    mark = separator(text)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark)) or [list(PEOPLE_COLUMNS)]
    header = [named(cell, PEOPLE_COLUMNS) for cell in rows[0]]
    if "indisponible" not in header:
        rows[0], header = [*rows[0], "indisponible"], [*header, "indisponible"]
    key = header.index("agent_id")
    line = next((line for line, row in enumerate(rows) if line and _cell(row, key) == person), len(rows))
    former = rows[line] if line < len(rows) else []
    changes = {"agent_id": person, "indisponible": "oui", "minilab_fixe": ""}
    changed = [changes.get(name or "", _cell(former, column)) for column, name in enumerate(header)]
    return _written([*rows[:line], changed, *rows[line + 1 :]], mark)


def _cell(row: list[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _written(rows: list[list[str]], mark: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=mark, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode("utf-8")
