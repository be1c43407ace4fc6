"""What holders answer to « est-ce bien le sujet de votre idée ? »: a table out, filled in by the team, acts back.

A line an idea that a letter asks about (see `slips`). A yes confirms the theme that the letter named; a no moves the
idea to the theme that its holder names, or puts it up for discussion where none of ours is named. People confirm
these acts as any others: nothing is decided by a reply alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.csv_file import csv_bytes
from pipeline.files.spreadsheet import Columns, Row, bare, read_sheet
from pipeline.french import fold, typeset
from pipeline.report.papers.slips import Asked
from pipeline.report.render.workbook import workbook

SHEET = "Retours"
HEADS = ("Numéro", "Idée", "Sujet proposé", "Réponse", "Plutôt", "Précisions")
YES, NO = "oui", "non"
_KNOWN: Columns = {
    "idea": ("Numéro",), "title": ("Idée",), "theme": ("Sujet proposé",), "answer": ("Réponse",),
    "rather": ("Plutôt",), "comment": ("Précisions",),
}  # fmt: skip
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """An act that a reply asks for: action, target, value and reason, as `review add` takes them."""

    action: str
    target: str
    value: str
    reason: str


def replies_workbook(asked: Iterable[Asked], themes: Sequence[str]) -> bytes:
    """Return the workbook to fill in as replies come, a line an idea.

    Args:
        asked: ideas that letters ask about.
        themes: titles to choose from where a holder says another one.
    """
    lines = sorted({(a.idea_id, typeset(a.title), a.theme) for a in asked})
    rows = [[*line, "", "", ""] for line in lines]
    choices = {(SHEET, "Réponse"): (YES, NO), (SHEET, "Plutôt"): tuple(themes)}
    return workbook({SHEET: (HEADS, rows)}, "Retours des porteurs", choices, form=True)


def read_replies(
    rows: Iterable[Sequence[str]], path: str, ideas: Collection[str], themes: Mapping[str, str]
) -> tuple[Reply, ...]:
    """Return the acts that replies ask for, in the order of the table; lines without a reply are left out.

    Args:
        rows: of the sheet, the header first.
        path: named in errors.
        ideas: that may be answered about.
        themes: folded title or number → theme_id.

    Raises:
        MinilabsError: `sheet.*`, `life.reply_*`; all lines at once.
    """
    read = read_sheet(csv_bytes(rows), path, _KNOWN, needed=("idea", "theme", "answer", "rather"))
    said = [Row(row.line, {name: bare(cell) for name, cell in row.cells.items()}) for row in read]
    given = [row for row in said if row.cells["answer"] or row.cells["rather"]]
    raise_all([error for row in given for error in _errors(row, path, ideas, themes)])
    return tuple(_act(row.cells, themes) for row in given)


def _errors(row: Row, path: str, ideas: Collection[str], themes: Mapping[str, str]) -> list[MinilabsError]:
    said, where = row.cells, {"path": path, "line": row.line}
    answer, found = fold(said["answer"]), []
    if said["idea"] not in ideas:
        found.append(MinilabsError("life.reply_idea", **where, value=said["idea"][:_SHOWN]))
    if answer not in (YES, NO) or (answer == YES and said["rather"]):
        found.append(MinilabsError("life.reply_word", **where, value=said["answer"][:_SHOWN]))
    if answer == YES and fold(said["theme"]) not in themes:
        found.append(MinilabsError("life.reply_theme", **where, value=said["theme"][:_SHOWN]))
    return found


def _act(said: Mapping[str, str], themes: Mapping[str, str]) -> Reply:
    idea, rather = said["idea"], themes.get(fold(said["rather"]), "")
    if fold(said["answer"]) == YES:
        return Reply("assign", idea, themes[fold(said["theme"])], _because("le porteur confirme", said))
    if rather:
        return Reply("assign", idea, rather, _because("le porteur le dit", said))
    other = f"le porteur dit plutôt : {said['rather']}" if said["rather"] else "le porteur ne s’y reconnaît pas"
    return Reply("discuss", idea, "", _because(other, said))


def _because(said_by: str, said: Mapping[str, str]) -> str:
    return f"{said_by} ({said['comment']})" if said["comment"] else said_by
