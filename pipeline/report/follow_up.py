"""What became of ideas and working groups: a small table kept by the DIMAP, read, checked and put in words.

Columns: `target` (an idea or a working group), `step`, `date` (ISO), `who` (kept out of reports), `comment`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.errors import MinilabsError, raise_all
from pipeline.french import fold, long_date, typeset

COLUMNS = ("target", "step", "date", "who", "comment")
STEPS = {
    "concours": "Reçue au concours",
    "minilab": "Travaillée en groupe",
    "presente": "Présentée à la direction",
    "decide": "Décision prise",
    "realise": "Réalisée",
    "decline": "Déclinée",
}
"""Step, as typed without accents → what it means for the idea."""
ANSWERED = frozenset({"decide", "realise", "decline"})
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table, checked."""

    target: str
    step: str
    day: str
    who: str
    comment: str


def read_follow_up(content: bytes, name: str, known: Iterable[str]) -> tuple[Step, ...]:
    """Return the lines, oldest first.

    Args:
        content: of the CSV (comma or semicolon, UTF-8).
        name: of the file, for errors.
        known: idea and working-group ids that exist.

    Raises:
        MinilabsError: `report.follow_up_columns`, `_target`, `_step`, `_date`; all lines at once.
    """
    text = content.decode("utf-8-sig", errors="replace")
    head = text.partition("\n")[0]
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ","))
    columns = [fold(cell.strip()) for cell in rows[0]] if rows else []
    if rows and not set(COLUMNS[:3]) <= set(columns):
        raise MinilabsError("report.follow_up_columns", path=name, expected=", ".join(COLUMNS))
    cells = [
        (line, dict(zip(columns, map(str.strip, row), strict=False)))
        for line, row in enumerate(rows[1:], 2)
        if any(row)
    ]
    return check_steps([(line, tuple(row.get(c, "") for c in COLUMNS)) for line, row in cells], name, known)


def check_steps(rows: Iterable[tuple[int, tuple[str, ...]]], name: str, known: Iterable[str]) -> tuple[Step, ...]:
    """Return rows (line number, cells in the order of `COLUMNS`) as checked steps, oldest first.

    Raises:
        MinilabsError: see `read_follow_up`.
    """
    targets, errors, steps = set(known), [], []
    for line, (target, step, day, who, comment) in rows:
        errors += _errors(line, target, step, day, name, targets)
        steps.append(Step(target, fold(step), day, who, comment))
    raise_all(errors)
    return tuple(sorted(steps, key=lambda step: (step.day, step.target, list(STEPS).index(step.step), step.comment)))


def _errors(line: int, target: str, step: str, day: str, name: str, known: set[str]) -> list[MinilabsError]:
    found = []
    if target not in known:
        found.append(MinilabsError("report.follow_up_target", path=name, line=line, target=target[:_SHOWN]))
    if fold(step) not in STEPS:
        allowed = ", ".join(STEPS)
        found.append(MinilabsError("report.follow_up_step", path=name, line=line, step=step[:_SHOWN], allowed=allowed))
    try:
        date.fromisoformat(day)
    except ValueError:
        found.append(MinilabsError("report.follow_up_date", path=name, line=line, date=day[:_SHOWN]))
    return found


def last_steps(steps: Iterable[Step], lab_of: Mapping[str, str]) -> dict[str, Step]:
    """Return the last step of each idea: its own, or its working group's when that is later.

    Args:
        steps: oldest first.
        lab_of: idea_id → lab_id.
    """
    own: dict[str, Step] = {step.target: step for step in steps}
    found: dict[str, Step] = {idea: own[lab] for idea, lab in lab_of.items() if lab in own}
    for target, step in own.items():
        if target not in found or step.day >= found[target].day:
            found[target] = step
    return found


def said(step: Step) -> str:
    """Return a step as a sentence, without who took it."""
    comment = f" : {step.comment}" if step.comment else ""
    text = typeset(f"{STEPS[step.step]} le {long_date(step.day)}{comment}")
    return text if text.endswith((".", "!", "?")) else text + "."
