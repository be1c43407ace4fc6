"""What became of ideas and working groups: a small table kept by the DIMAP, read, checked and put in words.

Columns: `target` (an idea or a working group), `step`, `date` (ISO), `who` (kept out of reports), `comment`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.errors import MinilabsError, raise_all
from pipeline.french import fold, long_date, typeset
from pipeline.spreadsheet import Columns, day, read_sheet

COLUMNS = ("target", "step", "date", "who", "comment")
_KNOWN: Columns = {
    "target": ("cible", "numero"), "step": ("etape",), "date": ("jour",), "who": ("qui",), "comment": ("commentaire",),
}  # fmt: skip
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
        content: see `spreadsheet.read_sheet`.
        name: of the file, for errors.
        known: idea and working-group ids that exist.

    Raises:
        MinilabsError: `sheet.*`, `report.follow_up_target`, `_step`, `_date`; all lines at once.
    """
    rows = read_sheet(content, name, _KNOWN, needed=COLUMNS[:3])
    return check_steps([(row.line, tuple(row.cells[column] for column in COLUMNS)) for row in rows], name, known)


def check_steps(rows: Iterable[tuple[int, tuple[str, ...]]], name: str, known: Iterable[str]) -> tuple[Step, ...]:
    """Return rows (line number, cells in the order of `COLUMNS`) as checked steps, oldest first.

    Raises:
        MinilabsError: see `read_follow_up`.
    """
    targets, errors, steps = set(known), [], []
    for line, (target, step, typed, who, comment) in rows:
        errors += _errors(line, target, step, typed, name, targets)
        steps.append(Step(target, fold(step), day(typed) or typed, who, comment))
    raise_all(errors)
    return tuple(sorted(steps, key=lambda step: (step.day, step.target, list(STEPS).index(step.step), step.comment)))


def _errors(line: int, target: str, step: str, typed: str, name: str, known: set[str]) -> list[MinilabsError]:
    found = []
    if target not in known:
        found.append(MinilabsError("report.follow_up_target", path=name, line=line, target=target[:_SHOWN]))
    if fold(step) not in STEPS:
        allowed = ", ".join(STEPS)
        found.append(MinilabsError("report.follow_up_step", path=name, line=line, step=step[:_SHOWN], allowed=allowed))
    if day(typed) is None:
        found.append(MinilabsError("report.follow_up_date", path=name, line=line, date=typed[:_SHOWN]))
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
