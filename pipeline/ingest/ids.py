"""Ideas that the export does not number get an id of their own, made from what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from pipeline.ingest.records import Row

_LENGTH = 6


def with_ids(rows: Iterable[Row]) -> list[Row]:
    """Return the rows with an id each: the export's, unchanged, or "I-" and a hash of the title and texts.

    The hash, unlike a row number, does not change when rows are added or reordered: decisions stay valid.
    """
    return [row if row.idea_id or row.is_empty else replace(row, idea_id=_made(row)) for row in rows]


def _made(row: Row) -> str:
    content = f"{row.title}\n{row.body}\n{row.benefits}"
    return f"I-{hashlib.sha256(content.encode()).hexdigest()[:_LENGTH].upper()}"
