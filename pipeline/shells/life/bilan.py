"""The full review: tables of the chain and of the year → `reports/bilan/`, as a page, in print and as slides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.files.given_file import content_of
from pipeline.files.spreadsheet import Columns, read_sheet, whole
from pipeline.french import counted, typeset
from pipeline.life.attendance import MADE, MINUTES, Note, read_notes, read_presences
from pipeline.life.bilan.counting import bilan
from pipeline.life.bilan.forms import as_page, as_pdf, as_slides, rows_of
from pipeline.life.bilan.gaps import gaps
from pipeline.life.bilan.model import Registered, Year
from pipeline.life.bilan.view import view
from pipeline.life.feeding import read_written
from pipeline.params import Params
from pipeline.registered import WRITTEN
from pipeline.report.facts.follow_up import without_names
from pipeline.report.papers.contents import BILAN
from pipeline.shells.life.answering import asked_of, known_answers
from pipeline.shells.life.calling import finder, sessions
from pipeline.shells.life.meeting import DELIVERABLES, NOTES, PRESENCES
from pipeline.shells.persons.privacy import Search, searching
from pipeline.shells.report import Material, check_day, gathered, list_documents, look_of
from pipeline.store import write_bytes
from pipeline.workspace import Workspace

_FIGURES: Columns = {"chiffre": (), "valeur": ()}
_WITHHELD = "Livrable non repris : son texte nomme quelqu’un"


def run(workspace: Workspace, params: Params, day: str) -> list[str]:
    """Write the review as of `day` (ISO) and list it among the documents; return what to say.

    Raises:
        MinilabsError: `report.day`; `life.*`, `report.*`, `sheet.*` for a table to mend. Nothing is then written.
    """
    check_day(day)
    material, look = gathered(workspace, params), look_of(workspace, params)
    report = material.report
    year, hidden = _year(workspace, params, material)
    facts = bilan(report, material.tables, year, day, _former(workspace, params))
    page = view(facts)
    contents = {
        "bilan.html": as_page(page, report, look).encode(),
        "bilan.pdf": as_pdf(page, report, look, day),
        "bilan.pptx": as_slides(page, report, look, day),
        "bilan.csv": csv_bytes(rows_of(facts)),
    }
    for name, content in contents.items():
        write_bytes(workspace.path(f"reports/{BILAN}{name}"), content)
    list_documents(workspace, params, material)
    missing = [f"{gap.said} {gap.filled}" for gap in gaps(facts)]
    told = [f"{page.name} : {page.headline}.", *missing, *_told_hidden(hidden)]
    return [*(f"reports/{BILAN}{name}" for name in contents), *map(typeset, told)]


def _told_hidden(hidden: int) -> list[str]:
    if not hidden:
        return []
    return [f"{counted(hidden, 'livrable')} sans titre ni résumé : « {DELIVERABLES} » y nomme quelqu’un."]


def _year(workspace: Workspace, params: Params, material: Material) -> tuple[Year, int]:
    """Return what happened since the composition, and how many deliverables named somebody."""
    labs = material.tables["labs"]
    group, known = finder(labs), ", ".join(labs["lab_id"])
    people, search = searching(workspace, params)
    names = [name for person in people for name in (person.family_name, person.email)]
    made, hidden = _nameless(_notes(workspace, DELIVERABLES, MADE, group, known), search)
    year = Year(
        registered=_registered(workspace),
        sessions=sessions(workspace, labs),
        presences=tuple(read_presences(_content(workspace, PRESENCES), PRESENCES)),
        minutes=tuple(_notes(workspace, NOTES, MINUTES, group, known)),
        made=made,
        asked=asked_of(material, params),
        answers=known_answers(workspace),
        steps=without_names(material.steps, names),
    )
    return year, hidden


def _content(workspace: Workspace, name: str) -> bytes:
    return content_of(workspace.path(name), name)


def _notes(
    workspace: Workspace, name: str, columns: tuple[str, ...], group: Callable[[str], str], known: str
) -> list[Note]:
    return read_notes(_content(workspace, name), name, columns, group, known)


def _registered(workspace: Workspace) -> tuple[Registered, ...] | None:
    """Return who registered, as it was last written for the file of people; None where that was never done."""
    content = _content(workspace, WRITTEN)
    if not content:
        return None
    cells = read_written(content, WRITTEN).values()
    return tuple(Registered(c["volontaire"] == "oui", c["indisponible"] == "oui") for c in cells)


def _nameless(notes: Iterable[Note], search: Search) -> tuple[tuple[Note, ...], int]:
    """Return the deliverables, texts that name somebody left out, and how many did."""
    listed = list(notes)
    named = [any(True for _ in search(" ".join(note.texts))) for note in listed]
    kept = (replace(n, texts=(_WITHHELD, "", "")) if hide else n for n, hide in zip(listed, named, strict=True))
    return tuple(kept), sum(named)


def _former(workspace: Workspace, params: Params) -> dict[str, int | None] | None:
    """Return the figures of the former contest that `params.yaml` names.

    Raises:
        MinilabsError: `life.no_file`, `sheet.*`.
    """
    name = params.bilan.former
    if not name:
        return None
    path = workspace.given(name)
    if not path.is_file():
        raise MinilabsError("life.no_file", path=name)
    rows = read_sheet(content_of(path, name), name, _FIGURES, needed=tuple(_FIGURES))
    return {row.cells["chiffre"]: whole(row.cells["valeur"]) for row in rows}
