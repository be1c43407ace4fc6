"""Answers of directorates: a workbook a dossier out; those that come back, previewed, then in the tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import MinilabsError
from pipeline.files.book_apart import UnreadableError, read_apart
from pipeline.files.csv_file import csv_bytes
from pipeline.files.given_file import content_of
from pipeline.files.spreadsheet import bare, open_sheet, printable
from pipeline.french import agree, counted, long_date, typeset
from pipeline.life.answers import (
    Answer,
    Asked,
    Joined,
    answer_rows,
    answers_workbook,
    asked,
    followed,
    join,
    overdue,
    read_answers,
    read_returned,
)
from pipeline.params import Params
from pipeline.report.facts.follow_up import COLUMNS
from pipeline.report.papers.sheets import sheets
from pipeline.shells.report import Material, gathered
from pipeline.store import write_bytes
from pipeline.workspace import Workspace

ANSWERS = "data/review/answers.csv"
FOLDER = "reports/suites"


def hand_out(workspace: Workspace, params: Params, today: str) -> list[str]:
    """Write a workbook a directorate that something is asked of; return what to say: files, late and missing answers.

    Raises:
        MinilabsError: see `shells.report.run`; `life.answer_*` for the table of answers.
    """
    lines = _asked(gathered(workspace, params), params)
    known = known_answers(workspace)
    said = []
    for name, (directorate, own) in lines.items():
        mine = {answer.target: answer for answer in known if answer.directorate == directorate}
        path = f"{FOLDER}/{name}.xlsx"
        write_bytes(workspace.path(path), answers_workbook(directorate, own, mine))
        left = sum(line.target not in mine for line in own)
        said.append(f"{path} : {counted(len(own), 'ligne')}, {left} sans réponse")
    late = [
        f"En retard depuis le {long_date(a.due)} : {a.target}, {', '.join(filter(None, (a.directorate, a.who)))}"
        for a in overdue(known, today)
    ]
    return [typeset(line) for line in [*said, *late]]


def _asked(material: Material, params: Params) -> dict[str, tuple[str, tuple[Asked, ...]]]:
    """Return name of the file → directorate and what is asked of it, those of which nothing is asked left out."""
    found = sheets(material.report, material.tables, params.report.threshold).directorates
    lines = {dossier.name: (dossier.directorate, asked(dossier, material.report)) for dossier in found}
    return {name: told for name, told in lines.items() if told[1]}


def asked_of(material: Material, params: Params) -> dict[str, list[str]]:
    """Return directorate → what it is asked about."""
    return {name: [line.target for line in lines] for name, lines in _asked(material, params).values()}


def known_answers(workspace: Workspace) -> tuple[Answer, ...]:
    """Return the table of answers.

    Raises:
        MinilabsError: `sheet.*`, `life.answer_*`.
    """
    return read_answers(content_of(workspace.path(ANSWERS), ANSWERS), ANSWERS)


def take_back(workspace: Workspace, params: Params, files: Sequence[Path], today: str, *, confirmed: bool) -> Joined:
    """Return what returned workbooks change; written to the tables of answers and of follow-up when `confirmed`.

    Raises:
        MinilabsError: `report.workbook`, `report.follow_up_sheet`, `life.answer_*`; nothing is then written.
    """
    material = gathered(workspace, params)
    known = asked_of(material, params)
    before = known_answers(workspace)
    for answer in before:  # what was asked once may still be answered
        known.setdefault(answer.directorate, []).append(answer.target)
    returned = {str(file): read_returned(rows_of(file), file.name, known) for file in files}
    joined = join(before, returned, today)
    if confirmed:
        lines = [(s.target, s.step, s.day, s.who, s.comment) for s in material.steps]
        steps = csv_bytes([COLUMNS, *followed(lines, joined)])
        write_bytes(workspace.path(ANSWERS), csv_bytes(answer_rows(joined.answers)))
        write_bytes(workspace.given(params.report.follow_up), steps)
    return joined


def rows_of(file: Path) -> list[list[str]]:
    """Return the rows of the first sheet as texts; a workbook that was saved as CSV is read as such.

    Raises:
        MinilabsError: `report.workbook`, or what keeps a CSV from being read (see `spreadsheet.open_sheet`).
    """
    content = content_of(file, file.name)
    if file.suffix.lower() in _AS_TEXT:
        sheet = open_sheet(content, file.name, {})
        above: list[list[str]] = [[]] * (sheet.line - 1)
        return [*above, *([printable(bare(cell)) for cell in row] for row in (sheet.header, *sheet.records))]
    try:
        book = read_apart(content)
    except UnreadableError as why:
        raise MinilabsError("report.workbook", path=file.name) from why
    rows = book[0][2] if book else []
    return [[printable(str(cell)).strip().removesuffix("T00:00:00") for cell in row] for row in rows]


_AS_TEXT = (".csv", ".tsv", ".txt")


def told(joined: Joined, *, confirmed: bool) -> list[str]:
    """Return what returned workbooks change, in words."""
    lines = [f"{a.target} ({a.directorate}) : {_words(a)}" for a in joined.new]
    lines += [f"{a.target} ({a.directorate}) : {_words(b)} → {_words(a)}" for b, a in joined.changed]
    for clash in joined.clashes:
        names = " / ".join(Path(file).name for file in clash.files)
        lines.append(f"Désaccord, rien n'est retenu : {clash.target} ({clash.directorate}), {names} :")
        lines += [f"  – {answer}" for answer in clash.answers]
    new, changed = len(joined.new), len(joined.changed)
    lines.append(
        f"{counted(new, 'réponse nouvelle', 'réponses nouvelles')}, {changed} {agree(changed, 'modifiée')},"
        f" {joined.same} déjà {agree(joined.same, 'connue')}, {counted(len(joined.clashes), 'désaccord')}."
    )
    if joined.clashes:
        lines.append("Pour trancher un désaccord, reprenez d'abord le bon classeur, seul.")
    more = "Relancez « minilabs report »." if confirmed else "Rien n'est encore enregistré : ajoutez « --oui »."
    return [typeset(line) for line in [*lines, more]]


def _words(answer: Answer) -> str:
    due = long_date(answer.due) if answer.due else ""
    return ", ".join(filter(None, (answer.answer, answer.who, due)))
