"""Progress from one review to the next: figures noted on a day, compared with those of today.

Columns of the table: `date` (ISO), `step` (as shown in the review), `count`.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.spreadsheet import day, read_sheet, whole
from pipeline.french import enumeration, long_date, number, typeset
from pipeline.report.facts.tallies import Count

COLUMNS = ("date", "step", "count")
Noted = dict[str, dict[str, int]]
"""Day → step → count."""


def read_progress(content: bytes, name: str) -> Noted:
    """Return the figures noted on each day.

    Raises:
        MinilabsError: `sheet.*`; `report.progress_line` for every line that is no date, step and whole number.
    """
    noted: Noted = {}
    errors = []
    for row in read_sheet(content, name, dict.fromkeys(COLUMNS, ()), needed=COLUMNS):
        when, count = day(row.cells["date"]), whole(row.cells["count"])
        if when is None or count is None:
            errors.append(MinilabsError("report.progress_line", path=name, line=row.line, expected=", ".join(COLUMNS)))
        else:
            noted.setdefault(when, {})[row.cells["step"]] = count
    raise_all(errors)
    return noted


def progress(noted: Noted, steps: Iterable[Count]) -> str:
    """Return what changed since the last review noted, a sentence; empty without one."""
    if not noted:
        return ""
    last = max(noted)
    changes = [
        f"{step.label[:1].lower()}{step.label[1:]}, {_signed(step.value - noted[last][step.label])}"
        for step in steps
        if step.value is not None and step.label in noted[last] and step.value != noted[last][step.label]
    ]
    since = f"Depuis le bilan du {long_date(last)} : "
    return typeset(since + (enumeration(changes) if changes else "aucun changement") + ".")


def _signed(change: int) -> str:
    return f"{number(change)} de moins".replace("−", "") if change < 0 else f"{number(change)} de plus"


def note(noted: Noted, today: str, steps: Iterable[Count]) -> list[tuple[str, str, int]]:
    """Return the table's lines with the steps noted on `today`, in place of what was noted that day."""
    current = noted | {today: {step.label: step.value for step in steps if step.value is not None}}
    return [(when, step, count) for when in sorted(current) for step, count in current[when].items()]
