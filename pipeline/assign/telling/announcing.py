"""What people were told, as a file: a composition announced, some of its seats taken back, people's notes kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from pipeline.assign.inputs.problem import Lab
from pipeline.assign.inputs.rules import ANNOUNCED_COLUMNS
from pipeline.assign.inputs.wishes import names_of
from pipeline.assign.telling.meetings import FACILITATOR
from pipeline.errors import MinilabsError, raise_all
from pipeline.files.csv_file import csv_bytes
from pipeline.files.spreadsheet import Row, read_sheet
from pipeline.french import fold
from pipeline.identifiers import lab_now

EVERYTHING = "tout"
"""Takes the whole announcement back."""

AnnouncedSeat = tuple[str, str]
"""(holder_id, lab_id)."""


def announced(assignments: pd.DataFrame, former: bytes, path: str, without: Collection[str] = ()) -> bytes:
    """Return `announced.csv` for a composition: agent_id, minilab, remarque; one row a seat.

    Args:
        assignments: see `schema.ASSIGNMENTS`.
        former: content of the file it replaces: notes go with their seat, or with the person who has another now.
        path: named in errors.
        without: people left out, who gave their seat up.
    """
    seats = assignments[
        (assignments["lab_id"] != "")
        & (assignments["status"] != FACILITATOR)
        & ~assignments["holder_id"].isin(list(without))
    ]
    rows = read_sheet(former, path, ANNOUNCED_COLUMNS, strict=True)
    notes = {row.cells["agent_id"]: row.cells["remarque"] for row in reversed(rows)}
    own = {_seat(row): row.cells["remarque"] for row in rows}
    told = sorted(zip(seats["holder_id"].astype(str), seats["lab_id"].astype(str), strict=True))
    return _written((person, lab, own.get((person, lab), notes.get(person, ""))) for person, lab in told)


def gone_from(assignments: pd.DataFrame, former: bytes, path: str) -> list[AnnouncedSeat]:
    """Return the seats announced before that the composition no longer has, sorted."""
    now = set(zip(assignments["holder_id"], assignments["lab_id"], strict=True))
    seats = {_seat(row) for row in read_sheet(former, path, ANNOUNCED_COLUMNS, strict=True)}
    return sorted(seat for seat in seats - now if seat[1])


def taken_back(
    content: bytes, path: str, named: Sequence[str], labs: Iterable[Lab]
) -> tuple[bytes, list[AnnouncedSeat]]:
    """Return the file without the seats that `named` means, and these seats.

    Args:
        content: of the file.
        path: named in errors.
        named: numbers of people, numbers or titles of groups, or `EVERYTHING`.
        labs: that exist.

    Raises:
        MinilabsError: `assign.not_announced` for each name that no announced seat has.
    """
    rows, names = read_sheet(content, path, ANNOUNCED_COLUMNS, strict=True), names_of(labs)
    meant = {name: [row for row in rows if _means(name, row, names)] for name in named}
    raise_all([MinilabsError("assign.not_announced", value=name[:80]) for name in named if not meant[name]])
    out = [row for found in meant.values() for row in found]
    kept = (tuple(row.cells[column] for column in ANNOUNCED_COLUMNS) for row in rows if row not in out)
    return _written(kept), sorted({_seat(row) for row in out})


def _means(name: str, row: Row, names: dict[str, tuple[str, ...]]) -> bool:
    lab = fold(_seat(row)[1])
    wanted = {fold(name), *map(fold, names.get(fold(name), ()))}
    return fold(name) == EVERYTHING or row.cells["agent_id"] == name or lab in wanted


def _seat(row: Row) -> AnnouncedSeat:
    return row.cells["agent_id"], lab_now(row.cells["minilab"])


def _written(rows: Iterable[Iterable[str]]) -> bytes:
    return csv_bytes([ANNOUNCED_COLUMNS, *rows])
