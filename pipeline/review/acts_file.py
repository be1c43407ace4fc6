"""A list of acts to record at once: CSV bytes in, acts out; every line that cannot be read is named."""

from __future__ import annotations

import csv
import io

from pipeline.errors import MinilabsError, raise_all
from pipeline.review.decisions import act_problems
from pipeline.spreadsheet import decoded, separator

COLUMNS = ("action", "target", "value", "reason")


def read_acts(content: bytes, name: str) -> list[tuple[str, str, str, str]]:
    """Return action, target, value and reason of each line.

    Args:
        content: CSV, comma or semicolon, UTF-8 or cp1252; the last two columns may be absent.
        name: of the file, for errors.

    Raises:
        MinilabsError: `review.acts_columns` or `review.line`, all lines at once.
    """
    text = decoded(content)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator(text))
    if not {"action", "target"} <= set(rows.fieldnames or ()):
        raise MinilabsError("review.acts_columns", path=name)
    acts, errors = [], []
    for row in rows:
        action, target, value, reason = ((row.get(column) or "").strip() for column in COLUMNS)
        problems = act_problems(action, target, value)
        errors += [MinilabsError("review.line", path=name, line=rows.line_num, why=why) for why in problems]
        acts.append((action, target, value, reason))
    raise_all(errors)
    return acts
