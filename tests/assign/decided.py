"""Files that people fill in, written in one line for tests."""

from __future__ import annotations

from pipeline.assign.inputs.rules import Given
from pipeline.files.csv_file import csv_bytes


def table(*rows: dict[str, str]) -> bytes:
    """Return a CSV with a column for each key met."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    return csv_bytes([columns, *([row.get(column, "") for column in columns] for row in rows)])


def given(
    people: list[dict[str, str]] | None = None,
    labs: list[dict[str, str]] | None = None,
    announced: list[tuple[str, str]] | None = None,
) -> Given:
    """Return the three files."""
    seats = [{"agent_id": person, "minilab": lab} for person, lab in announced or []]
    return Given(table(*people or []), table(*labs or []), table(*seats))
