"""The sample's fictional second act, played with the program's own commands in a workspace apart.

The sample's proposal is undecided and stays so: what could have followed is written in a copy.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import openpyxl

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.files.given_file import content_of
from pipeline.files.spreadsheet import Row, read_sheet
from pipeline.french import counted, typeset
from pipeline.life import answers as asking
from pipeline.life import attendance
from pipeline.params import Params, render
from pipeline.report.facts.follow_up import COLUMNS
from pipeline.run import locked, run
from pipeline.shells.life import answering, bilan, calling, meeting, registering
from pipeline.shells.report import validate
from pipeline.stages import STAGES
from pipeline.store import load, write_bytes, write_text
from pipeline.workspace import Workspace

GIVEN = "data/second_acte"
"""Where the fictional files are."""
FOLDER = "second-acte"
"""Where they are played."""
_AFTER = STAGES[-3:]
"""Stages that the year changes; those before stay as they were copied."""
_MARK, _RETURNED = ".second_acte", "data/private/retours"
_COPIED = ("data/interim", "data/private", "data/review", "data/sample", "models", ".minilabs/state.json")
_FORMS = ("inscriptions.csv", "inscriptions_tardives.csv")
_SEATED, _ANSWERED, _REVIEWED = "2021-01-20", "2021-10-04", "2021-11-15"
_VISITS = ("premiere", "deuxieme", "troisieme")
Cells = Mapping[str, str]


def play(workspace: Workspace, params: Params) -> Iterator[str]:
    """Yield what each step says, from the registrations to the review.

    Raises:
        MinilabsError: `life.no_second_act` away from the sample, `life.not_second_act` where the folder holds something
            else; what the commands raise.
    """
    if not workspace.path(GIVEN).is_dir() or workspace.inside(params.ingest.source) != "data/sample":
        raise MinilabsError("life.no_second_act", path=GIVEN)
    other = _copied(workspace, params)
    with locked(other):
        yield from _registered(other, workspace)
        yield from _met(other, workspace)
        yield from _answered(other, workspace)
        _ended(other, workspace)
        list(run(other, other.params(), lambda _: lambda _done, _total: None, _AFTER[-1:]))
        yield from (_below(line) for line in bilan.run(other, other.params(), _REVIEWED)[:5])


def _below(line: str) -> str:
    return f"{FOLDER}/{line}" if line.startswith("reports/") else line


def _copied(workspace: Workspace, params: Params) -> Workspace:
    """Return a copy of the workspace, in place of that of a former time."""
    folder = workspace.path(FOLDER)
    if folder.exists() and not (folder / _MARK).is_file() and any(folder.iterdir()):
        raise MinilabsError("life.not_second_act", path=FOLDER)
    shutil.rmtree(folder, ignore_errors=True)
    write_text(folder / _MARK, "Suite fictive du corpus : réécrite à chaque « minilabs demo ».\n")
    for name in _COPIED:
        path = workspace.path(name)
        if path.is_dir():
            shutil.copytree(path, folder / name)
        elif path.is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, folder / name)
    titled = params.report.model_copy(update={"title": f"{params.report.title}, suite fictive"})
    quick = params.assign.model_copy(update={"explained": 0})
    write_text(folder / "params.yaml", render(params.model_copy(update={"report": titled, "assign": quick})))
    return Workspace(folder)


def _registered(other: Workspace, workspace: Workspace) -> Iterator[str]:
    for name in _FORMS:
        done = registering.register(other, other.params(), workspace.path(f"{GIVEN}/{name}"))
        yield from registering.told(done)[:-1]
    list(run(other, other.params(), lambda _: lambda _done, _total: None, _AFTER[:-1]))
    validate(other, other.params(), _SEATED, "direction générale (fictif)")


def _met(other: Workspace, workspace: Workspace) -> Iterator[str]:
    group = _open_groups(other)
    for target, columns in (
        (calling.SESSIONS, ("minilab", "date", "heure", "lieu", "remarque")),
        (meeting.NOTES, attendance.MINUTES),
        (meeting.DELIVERABLES, attendance.MADE),
    ):
        rows = [row for row in _read(workspace, Path(target).name, columns) if group(row.cells["minilab"])]
        write_bytes(other.path(target), csv_bytes([columns, *(tuple(row.cells[c] for c in columns) for row in rows)]))
    calling.call(other, other.params())
    meeting.hand_out(other)
    visits = {row.cells["agent_id"]: row.cells for row in _read(workspace, "presences.csv", ("agent_id", *_VISITS))}
    days: dict[str, list[str]] = {}

    def came(line: Cells) -> Cells:
        met = days.setdefault(line["Groupe"], [])
        met += [] if line["Date"] in met else [line["Date"]]
        said = visits.get(line["Agent"], {}).get(_VISITS[min(met.index(line["Date"]), len(_VISITS) - 1)], "")
        return {"Présent": said}

    sheets = sorted(other.path(meeting.SHEETS).glob("*.xlsx"))
    yield meeting.take_back(other, [_filled(other, sheet, came) for sheet in sheets])[0]


def _answered(other: Workspace, workspace: Workspace) -> Iterator[str]:
    columns = ("cible", "reponse", "qui", "pour_quand", "precisions")
    given = {row.cells["cible"]: row.cells for row in _read(workspace, "reponses.csv", columns)}
    answering.hand_out(other, other.params(), _ANSWERED)

    def answered(line: Cells) -> Cells:
        said = given.get(line["Numéro"])
        return dict(zip(asking.HEADS[3:], [said[c] for c in columns[1:]], strict=True)) if said else {}

    books = [_filled(other, book, answered) for book in sorted(other.path(answering.FOLDER).glob("*.xlsx"))]
    joined = answering.take_back(other, other.params(), books, _ANSWERED, confirmed=True)
    yield typeset(f"{counted(len(joined.new), 'réponse reprise', 'réponses reprises')} des classeurs de directions.")


def _ended(other: Workspace, workspace: Workspace) -> None:
    """Add the ends of the groups that are open to the table of follow-up."""
    group, path = _open_groups(other), other.params().report.follow_up
    former = read_sheet(content_of(other.given(path), path), path, dict.fromkeys(COLUMNS, ()))
    ends = [row for row in _read(workspace, "suites.csv", COLUMNS) if group(row.cells["target"])]
    rows = [tuple(row.cells[column] for column in COLUMNS) for row in (*former, *ends)]
    write_bytes(other.given(path), csv_bytes([COLUMNS, *rows]))


def _open_groups(other: Workspace) -> Callable[[str], str]:
    labs = load(other, "labs", stage="assign")
    return calling.finder(labs[labs["placed"] > 0])


def _read(workspace: Workspace, name: str, columns: tuple[str, ...]) -> list[Row]:
    path = f"{GIVEN}/{name}"
    return read_sheet(content_of(workspace.path(path), path), path, dict.fromkeys(columns, ()), needed=columns)


def _filled(other: Workspace, book: Path, cells: Callable[[Cells], Cells]) -> Path:
    """Return a copy of a workbook filled in, as somebody sends it back.

    Args:
        other: where the copy goes.
        book: as it was handed out.
        cells: a line, by column → what is written in it.
    """
    opened = openpyxl.load_workbook(io.BytesIO(book.read_bytes()))
    sheet = opened.worksheets[0]
    heads = [str(cell.value) for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        line = {head: str(cell.value or "") for head, cell in zip(heads, row, strict=False)}
        for head, said in cells(line).items():
            row[heads.index(head)].value = said or None
    out = io.BytesIO()
    opened.save(out)
    path = other.path(f"{_RETURNED}/{book.name}")
    write_bytes(path, out.getvalue(), private=True)
    return path
