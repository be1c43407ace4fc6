"""A list of acts to record at once: CSV bytes in, acts out; every line that cannot be read is named."""

from __future__ import annotations

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.spreadsheet import Columns, read_sheet
from pipeline.review.entering.typed import action_of, kind_of
from pipeline.review.replaying.decisions import act_problems

COLUMNS: Columns = {"action": (), "target": ("cible",), "value": ("valeur",), "reason": ("raison",)}


def read_acts(content: bytes, name: str) -> list[tuple[str, str, str, str]]:
    """Return action, target, value and reason of each line.

    Args:
        content: see `spreadsheet.read_sheet`; the last two columns may be absent.
        name: of the file, for errors.

    Raises:
        MinilabsError: `sheet.*` or `review.line`, all lines at once.
    """
    acts, errors = [], []
    for row in read_sheet(content, name, COLUMNS, needed=("action", "target")):
        typed, target, value, reason = (row.cells[column] for column in COLUMNS)
        action = action_of(typed)
        value = kind_of(value) if action == "kind" else value
        problems = act_problems(action, target, value)
        errors += [MinilabsError("review.line", path=name, line=row.line, why=why) for why in problems]
        acts.append((action, target, value, reason))
    raise_all(errors)
    return acts
