"""The public exports: tables that other programs read, with these file names and at least these columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

NAMES = {
    "themes": "Thèmes", "idea_themes": "Thème de chaque idée", "hierarchy": "Familles et sous-thèmes",
    "assignments": "Composition des groupes", "waiting_list": "Listes d’attente",
}  # fmt: skip
"""Tables exported, each as `<name>.csv`, with their titles."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def exports(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the frames to export by name: the tables as they are, free text made harmless in a spreadsheet.

    Identifiers and figures are untouched; a text that a spreadsheet would run as a formula takes an apostrophe before.
    """
    return {name: _harmless(tables[name]) for name in NAMES}


def _harmless(frame: pd.DataFrame) -> pd.DataFrame:
    named = [str(column) for column in frame.columns if not _is_identifier(str(column))]
    return frame.assign(**{column: frame[column].map(_mended) for column in named if frame[column].dtype.kind in "OT"})


def _is_identifier(column: str) -> bool:
    return column.removesuffix("_2").endswith("_id") or column in {"nearest_theme", "typical", "borderline", "ideas"}


def _mended(cell: Any) -> Any:  # noqa: ANN401 - a cell is any value
    if isinstance(cell, list):
        return [_mended(item) for item in cell]
    return "'" + cell if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
