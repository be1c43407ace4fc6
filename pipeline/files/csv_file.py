"""Rows → the bytes of a CSV that a spreadsheet opens and that does nothing there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pandas as pd

from pipeline.files.spreadsheet import harmless


def csv_bytes(rows: Iterable[Iterable[object]], separator: str = ",") -> bytes:
    """Return rows as CSV: UTF-8, everything quoted, line feeds; empty cells for None and missing values.

    What a spreadsheet would run as a formula is made text (see `spreadsheet.harmless`; `spreadsheet.bare` undoes it).
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([[_told(cell) for cell in row] for row in rows])
    return buffer.getvalue().encode("utf-8")


def _told(cell: object) -> object:
    if isinstance(cell, str):
        return harmless(cell)
    return "" if _missing(cell) else cell


def _missing(cell: object) -> bool:
    return cell is None or cell is pd.NA or (isinstance(cell, float) and cell != cell)  # noqa: PLR0124 - NaN
