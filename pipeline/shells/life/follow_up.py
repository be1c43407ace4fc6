"""The follow-up sheet of a workbook → the follow-up table of the workspace."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import MinilabsError
from pipeline.files.book_apart import UnreadableError, read_apart
from pipeline.files.csv_file import csv_bytes
from pipeline.files.given_file import content_of
from pipeline.files.spreadsheet import printable
from pipeline.params import Params
from pipeline.report.facts.follow_up import COLUMNS, called, check_steps
from pipeline.report.render.analysts import FOLLOW_UP
from pipeline.store import load, write_bytes
from pipeline.workspace import Workspace


def bring_back(workspace: Workspace, params: Params, file: Path) -> int:
    """Write the sheet's lines as the follow-up table and return their number.

    Raises:
        MinilabsError: `report.workbook`, `report.follow_up_sheet`, `report.follow_up_*` with every wrong line; the
            table is then left as it was.
    """
    wanted = (("ideas", "ingest"), ("themes", "review"), ("labs", "assign"))
    known = called(*(load(workspace, table, stage=stage) for table, stage in wanted))
    steps = check_steps(_lines(file), file.name, known)
    rows = [(step.target, step.step, step.day, step.who, step.comment) for step in steps]
    write_bytes(workspace.given(params.report.follow_up), csv_bytes([COLUMNS, *rows]))
    return len(steps)


def _lines(file: Path) -> list[tuple[int, tuple[str, ...]]]:
    try:
        book = {sheet: rows for sheet, _, rows in read_apart(content_of(file, file.name))}
    except UnreadableError as why:
        raise MinilabsError("report.workbook", path=file.name) from why
    if FOLLOW_UP not in book:
        raise MinilabsError("report.follow_up_sheet", path=file.name, sheet=FOLLOW_UP)
    rows = book[FOLLOW_UP]
    texts = [tuple(map(_text, [*row, *[""] * len(COLUMNS)][: len(COLUMNS)])) for row in rows]
    return [(line, row) for line, row in enumerate(texts[1:], 2) if any(row)]


def _text(cell: object) -> str:
    return printable(str(cell)).strip().removesuffix("T00:00:00")
