"""A person's coding of the ideas: the CSV they filled in, checked."""

from __future__ import annotations

import codecs

import pandas as pd

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.spreadsheet import Columns, Row, read_sheet

COLUMNS = ("idea_id", "theme", "theme_secondary")
_KNOWN: Columns = {"idea_id": ("idee", "numero"), "theme": (), "theme_secondary": ("theme secondaire", "theme 2")}


def read_coding(content: bytes, name: str, known: set[str]) -> pd.DataFrame:
    """Return the coding: `idea_id`, `theme`, `theme_secondary` (empty when not filled in), sorted by idea.

    Args:
        content: see `spreadsheet.read_sheet`.
        name: of the file, for errors.
        known: idea ids that exist.

    Raises:
        MinilabsError: `evaluate.empty`, `sheet.*`; `evaluate.unknown_idea` and `evaluate.repeated_idea`, all lines at
            once.
    """
    rows = filled_in(content, name, _KNOWN, needed=COLUMNS[:2])
    raise_all(_row_errors(rows, name, known))
    frame = pd.DataFrame([row.cells for row in rows], columns=list(COLUMNS), dtype=str)
    return frame.sort_values("idea_id", ignore_index=True)


def filled_in(content: bytes, name: str, columns: Columns, needed: tuple[str, ...]) -> list[Row]:
    """Return the rows of a CSV that a person was asked to fill in; see `spreadsheet.read_sheet`.

    Raises:
        MinilabsError: `evaluate.empty`, when there is nothing to read, `sheet.*`.
    """
    if not content.removeprefix(codecs.BOM_UTF8).strip():
        raise MinilabsError("evaluate.empty", path=name)
    return read_sheet(content, name, columns, needed=needed)


def _row_errors(rows: list[Row], name: str, known: set[str]) -> list[MinilabsError]:
    errors: list[MinilabsError] = []
    seen: set[str] = set()
    for row in rows:
        idea = row.cells["idea_id"]
        if idea not in known:
            errors.append(MinilabsError("evaluate.unknown_idea", path=name, line=row.line, idea=idea[:40]))
        elif idea in seen:
            errors.append(MinilabsError("evaluate.repeated_idea", path=name, line=row.line, idea=idea))
        seen.add(idea)
    return errors
