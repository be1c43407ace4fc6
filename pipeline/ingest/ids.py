"""Ideas that the export does not number get an id of their own, made from what they say."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from pipeline.ingest.records import Row

_LENGTH = 6


def with_id(row: Row) -> Row:
    """Return the row with an id: the export's, unchanged, or "I-" and a hash of the title and texts.

    The hash, unlike a row number, does not change when rows are added or reordered: decisions stay valid. A row without
    anything gets none.
    """
    return row if row.idea_id or row.is_empty else replace(row, idea_id=_made(row))


def _made(row: Row) -> str:
    content = f"{row.title}\n{row.body}\n{row.benefits}"
    return f"I-{hashlib.sha256(content.encode()).hexdigest()[:_LENGTH].upper()}"
