"""Registrations: the export of a form tool → the private file of answers, the doubts, and the file of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.assign.inputs.wishes import PEOPLE_COLUMNS
from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.files.given_file import content_of
from pipeline.files.spreadsheet import read_sheet
from pipeline.french import agree, count_or_none, counted, enumeration, typeset
from pipeline.identifiers import former_lab
from pipeline.ingest import SourceFile
from pipeline.ingest.tables.matching import DIFFERENT, SAME
from pipeline.ingest.told.decisions import read_forgotten
from pipeline.ingest.told.review_lists import read_persons_list, write_list
from pipeline.life.feeding import Kept, fed, read_written, wanted, written_rows
from pipeline.life.forms import Form, key, read_form, rows_without
from pipeline.life.registrations import COLUMNS, Answer, Roster, added, answer_rows, read_answers, roster
from pipeline.params import Params
from pipeline.registered import ANSWERS, DOUBTS, WRITTEN
from pipeline.schema import named
from pipeline.store import load, write_bytes
from pipeline.workspace import Workspace

_FORGOTTEN = "data/review/forgotten.csv"
_WORDS = {SAME: "même personne", DIFFERENT: "deux personnes"}
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Registered:
    """What an import did.

    Attributes:
        form: what the export said; None when only the answers kept before were gone through again.
        new: answers that no earlier import held.
        roster: who registered, all imports together.
        kept: cells of the file of people that stay as an analyst wrote them.
    """

    form: Form | None
    new: tuple[Answer, ...]
    roster: Roster
    kept: tuple[Kept, ...]


def register(workspace: Workspace, params: Params, file: Path | None) -> Registered:
    """Take the answers of an export in, or go through those kept before again (doubts decided since); write the files.

    Raises:
        MinilabsError: `life.*`, `ingest.*`, `sheet.*`; nothing is then written.
    """
    before = read_answers(content_of(workspace.path(ANSWERS), ANSWERS), ANSWERS)
    form = read_form(_source(file), groups_of(load(workspace, "labs", stage="assign"))) if file else None
    new = added(before, form.answers, file.name) if form and file else []
    identities, holders = load(workspace, "identities"), named(load(workspace, "holders", stage="ingest"))
    people = content_of(workspace.given(params.assign.people), params.assign.people)
    decided = read_persons_list(content_of(workspace.path(DOUBTS), DOUBTS), DOUBTS)
    taken = {*holders["holder_id"], *read_forgotten(content_of(workspace.path(_FORGOTTEN), _FORGOTTEN), _FORGOTTEN)}
    taken |= {row.cells["agent_id"] for row in read_sheet(people, params.assign.people, PEOPLE_COLUMNS)}
    found = roster([*before, *new], identities, holders, decided, taken)
    former = read_written(content_of(workspace.path(WRITTEN), WRITTEN), WRITTEN)
    cells = wanted(found.registrants)
    content, kept = fed(people, params.assign.people, former, cells)
    write_bytes(workspace.path(ANSWERS), csv_bytes([COLUMNS, *answer_rows(found.answers)]), private=True)
    write_bytes(workspace.path(DOUBTS), write_list(_doubts(found, identities, decided)), private=True)
    write_bytes(workspace.given(params.assign.people), content)
    write_bytes(workspace.path(WRITTEN), csv_bytes(written_rows(cells)), private=True)
    return Registered(form, tuple(new), found, tuple(kept))


def _source(file: Path) -> SourceFile:
    if not file.is_file():
        raise MinilabsError("life.no_file", path=file.name)
    return SourceFile(file.name, content_of(file, file.name))


def groups_of(labs: pd.DataFrame) -> dict[str, str]:
    """Return every name of a group, for comparison → its lab_id; a name that several have means none."""
    found: dict[str, str] = {}
    for called in (labs["label"], labs["theme_id"].map(former_lab), labs["theme_id"], labs["lab_id"]):
        names = [key(str(name)) for name in called]
        pairs = zip(names, labs["lab_id"].astype(str), strict=True)
        found |= {name: lab for name, lab in pairs if name and names.count(name) == 1}
    return found


def _doubts(found: Roster, identities: pd.DataFrame, decided: Mapping[frozenset[str], str]) -> pd.DataFrame:
    """Return the list for the analyst: what is open, then what was decided."""
    names = {str(r["holder_id"]): f"{r['given_name']} {r['family_name']}" for r in identities.to_dict("records")}
    names |= {answer.ref: f"{answer.person.given_name} {answer.person.family_name}".strip() for answer in found.answers}
    rows = [
        (d.ref_a, names.get(d.ref_a, ""), d.ref_b, names.get(d.ref_b, ""), d.why, d.merged, "") for d in found.doubts
    ]
    pairs = sorted((*sorted(pair), _WORDS[said]) for pair, said in decided.items())
    rows += [(a, names.get(a, ""), b, names.get(b, ""), "", said == _WORDS[SAME], said) for a, b, said in pairs]
    return pd.DataFrame(rows, columns=["person_a", "name_a", "person_b", "name_b", "why", "merged", "decision"])


def told(done: Registered) -> list[str]:
    """Return the account of an import, every row in it, without any name."""
    lines = [*_told_form(done), _told_people(done.roster)]
    if done.roster.doubts:
        lines.append(f"{counted(len(done.roster.doubts), 'doute')} à trancher dans « {DOUBTS} », colonne « décision ».")
    if done.kept:
        cells = enumeration(f"{cell.person} ({cell.column})" for cell in done.kept[:_LISTED])
        lines.append(f"Laissé comme écrit à la main, alors que la personne dit autre chose : {cells}.")
    lines.append("Relancez « minilabs run » : les inscrits y sont placés comme les porteurs.")
    return [typeset(line) for line in lines]


def _told_form(done: Registered) -> list[str]:
    form = done.form
    if form is None:
        return []
    nobody = list(rows_without(form.unread))
    known = len(form.answers) - len(done.new)
    new = counted(len(done.new), "réponse nouvelle", "réponses nouvelles")
    said = f"{new}, {known} déjà {agree(known, 'connue')}, {len(nobody)} sans nom ni adresse"
    lines = [f"{counted(form.rows, 'ligne lue', 'lignes lues')} : {said}."]
    if nobody:
        lines.append(f"Sans nom ni adresse : {agree(len(nobody), 'ligne')} {_lines(nobody)}. Complétez l'export.")
    unread = [cell for cell in form.unread if cell.column]
    for column in dict.fromkeys(cell.column for cell in unread):
        at = [cell.line for cell in unread if cell.column == column]
        lines.append(f"Vœu non compris, colonne « {column[:60]} », {agree(len(at), 'ligne')} {_lines(at)}.")
    if unread:
        lines.append("Un vœu est le titre ou le numéro d'un groupe, tel que « minilabs call » l'écrit.")
    return lines


def _lines(numbers: Iterable[int]) -> str:
    listed = list(numbers)
    return enumeration([*map(str, listed[:_LISTED]), *(["d'autres"] if len(listed) > _LISTED else [])])


def _told_people(found: Roster) -> str:
    people = found.registrants
    holders, gone = sum(p.known for p in people), sum(p.withdrawn for p in people)
    return (
        f"{counted(len(people), 'personne inscrite', 'personnes inscrites')}, toutes réponses réunies :"
        f" {counted(holders, 'porteur connu', 'porteurs connus')}, {counted(len(people) - holders, 'volontaire')} ;"
        f" {count_or_none(gone, 'désistement', none='aucun')}."
    )
