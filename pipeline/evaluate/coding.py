"""A person's coding of the ideas: the CSV they filled in, checked."""

from __future__ import annotations

import io

import pandas as pd

from pipeline.errors import MinilabsError, raise_all
from pipeline.spreadsheet import decoded, separator

COLUMNS = ("idea_id", "theme", "theme_secondary")


def read_coding(content: bytes, name: str, known: set[str]) -> pd.DataFrame:
    """Return the coding: `idea_id`, `theme`, `theme_secondary` (empty when not filled in), sorted by idea.

    Args:
        content: of the CSV (comma or semicolon, UTF-8 or cp1252 as a spreadsheet saves it).
        name: of the file, for errors.
        known: idea ids that exist.

    Raises:
        MinilabsError: `evaluate.empty`, `evaluate.columns`; `evaluate.unknown_idea` and `evaluate.repeated_idea`, all
            lines at once.
    """
    frame = table(content, name)
    frame.columns = [str(c).strip().lower() for c in frame.columns]
    if not {"idea_id", "theme"} <= set(frame.columns):
        raise MinilabsError("evaluate.columns", path=name, present=", ".join(map(str, frame.columns)))
    if "theme_secondary" not in frame.columns:
        frame = frame.assign(theme_secondary="")
    frame = pd.DataFrame({column: frame[column].str.strip() for column in COLUMNS})
    raise_all(_row_errors(frame, name, known))
    return frame.sort_values("idea_id", ignore_index=True)


def table(content: bytes, name: str) -> pd.DataFrame:
    """Return the rows of a CSV that a person filled in, all as text.

    Args:
        content: comma, semicolon or tab, UTF-8 or cp1252 as a spreadsheet saves it.
        name: of the file, for errors.

    Raises:
        MinilabsError: `evaluate.empty`, when there is nothing to read.
    """
    text = decoded(content)
    if not text.strip():
        raise MinilabsError("evaluate.empty", path=name)
    return pd.read_csv(io.StringIO(text), sep=separator(text), dtype=str, keep_default_na=False)


def _row_errors(frame: pd.DataFrame, name: str, known: set[str]) -> list[MinilabsError]:
    repeated = frame["idea_id"].duplicated()
    errors = []
    for line, (idea, again) in enumerate(zip(frame["idea_id"], repeated, strict=True), start=2):
        if idea not in known:
            errors.append(MinilabsError("evaluate.unknown_idea", path=name, line=line, idea=idea[:40]))
        elif again:
            errors.append(MinilabsError("evaluate.repeated_idea", path=name, line=line, idea=idea))
    return errors
