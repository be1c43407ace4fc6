"""Removing a person from a workspace, and saying what remains of them.

The erasure is noted before it begins, with every name of the person, in a private file that goes last: interrupted at
any moment, it is finished by the same command, and the export is not read before.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.files.given_file import content_of
from pipeline.files.spreadsheet import Columns, bare, open_sheet, split
from pipeline.french import fold
from pipeline.ingest import SourceFile, spellings
from pipeline.ingest.columns.mapping import Mapped
from pipeline.ingest.columns.understanding import understood, understood_file
from pipeline.ingest.erasing import Erased, can_be_written, erase
from pipeline.ingest.reading.archive import is_archive
from pipeline.ingest.reading.grids import is_table
from pipeline.ingest.told.decisions import FORGOTTEN_COLUMNS, read_forgotten
from pipeline.life.registrations import read_answers
from pipeline.params import Params, SourceParams
from pipeline.registered import ANSWERS, DOUBTS, WRITTEN, registered_identities
from pipeline.shells.ingest import DOUBTS_LIST, FORGOTTEN, MASKING_LIST, UNFINISHED, decisions, source_files
from pipeline.shells.persons.privacy import Search, everyone
from pipeline.shells.persons.scanning import caches, text_of, workspace_files
from pipeline.shells.reading import reader
from pipeline.store import load, read_json, write_bytes, write_json
from pipeline.workspace import Workspace, table_path

_BY_NUMBER: Columns = {"holder_id": (), "agent_id": ("agent", "numero"), "person_a": (), "person_b": ()}
"""Columns of a person: their rows go."""
_LISTS: Columns = {"avec": ("together",), "sans": ("apart",)}
"""Columns of several people: the person goes out of their cells."""
_LISTED = (MASKING_LIST, DOUBTS_LIST)
"""Lists that the next run makes again."""
_DERIVED = (
    "data/interim", table_path("identities"), *_LISTED, ".minilabs", ".dvc/cache", ".dvc/tmp",
)  # fmt: skip
"""What the next run makes again; the rest of the private folder was filled in by hand, or by a form."""
_REGISTERED = (ANSWERS, WRITTEN, DOUBTS)
_KEPT = frozenset({"lock", "decisions.lock"})
"""Held while the rest goes."""
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What an erasure did.

    Attributes:
        rewritten: files of the export without the person.
        removed: derived files and folders, made again by the next run.
        remaining: files that still name the person, with what to do.
        ideas: of the person; they stay, without author.
    """

    rewritten: list[str]
    removed: list[str]
    remaining: list[str]
    ideas: int


def to_forget(workspace: Workspace, holder_id: str) -> int:
    """Return how many ideas a person holds, before anything is erased.

    Raises:
        MinilabsError: `privacy.unknown_holder`.
    """
    if (begun := _begun(workspace)) and begun["holder_id"] == holder_id:
        return int(begun["ideas"])
    known = {*load(workspace, "holders", stage="ingest")["holder_id"], *registered_identities(workspace)["holder_id"]}
    if holder_id not in known:
        raise MinilabsError("privacy.unknown_holder", holder=holder_id[:_SHOWN])
    links = load(workspace, "idea_holders", stage="ingest")
    return int((links["holder_id"] == holder_id).sum())


def not_written(workspace: Workspace, params: Params) -> list[str]:
    """Return the files of the export that an erasure cannot write anew: archives, ods and binary workbooks."""
    files = source_files(workspace.given(params.ingest.source), params.ingest.source)
    return [file.name for file in files if is_archive(file.name) or (is_table(file.name) and not can_be_written(file))]


def forget(workspace: Workspace, params: Params, holder_id: str, today: date) -> Forgotten:
    """Remove a holder from the export, the tables, the reports and the caches of the workspace.

    Args:
        workspace: where.
        params: its parameters.
        holder_id: number of the person, as in the holders table.
        today: written beside the number in the list of erased people.

    Raises:
        MinilabsError: `privacy.unknown_holder`, `privacy.unfinished` (somebody else's erasure), or from the disk.
    """
    ideas = to_forget(workspace, holder_id)
    forms = _noted(workspace, params, holder_id, ideas)
    _forget_readings(workspace, params, holder_id)
    _remember(workspace, holder_id, today)
    rewritten, remaining = _erase_sources(workspace, params, forms)
    rewritten += [*_erase_wishes(workspace, holder_id), *forget_registered(workspace, holder_id)]
    removed = list(_remove_derived(workspace))
    root = workspace.root.resolve()
    apart = [f"{place} (cache de DVC : videz-le)" for place in caches(root) if not place.is_relative_to(root)]
    remaining += [*apart, *_left(workspace, forms, remaining)]
    workspace.path(UNFINISHED).unlink()
    return Forgotten(rewritten, removed, remaining, ideas)


def _forget_readings(workspace: Workspace, params: Params, holder_id: str) -> None:
    """Drop what a second reader read of the person's ideas; done again, it finds nothing."""
    if workspace.path(table_path("idea_holders")).is_file():
        links = load(workspace, "idea_holders", stage="ingest")
        reader.forget(workspace, params, list(links.loc[links["holder_id"] == holder_id, "idea_id"].astype(str)))


def _begun(workspace: Workspace) -> dict[str, Any]:
    path = workspace.path(UNFINISHED)
    return dict(read_json(path)) if path.is_file() else {}


def _noted(workspace: Workspace, params: Params, holder_id: str, ideas: int) -> list[Erased]:
    """Return the person under each spelling, noted for whoever has to finish the erasure.

    Raises:
        MinilabsError: `privacy.unfinished` when another erasure has to be finished first.
    """
    begun = _begun(workspace)
    if begun and begun["holder_id"] != holder_id:
        raise MinilabsError("privacy.unfinished", holder=begun["holder_id"])
    if begun:
        return [Erased(**form) for form in begun["forms"]]
    forms = _forms(workspace, params, holder_id)
    note = {"holder_id": holder_id, "ideas": ideas, "forms": [asdict(form) for form in forms]}
    write_json(workspace.path(UNFINISHED), note)
    return forms


def _forms(workspace: Workspace, params: Params, holder_id: str) -> list[Erased]:
    """Return the person under each spelling of the export, and of the identities."""
    identities = pd.concat([load(workspace, "identities"), registered_identities(workspace)])
    listed = [p for p in everyone(identities) if p.holder_id == holder_id]
    files = source_files(workspace.given(params.ingest.source), params.ingest.source)
    found = spellings(files, params.ingest, decisions(workspace), holder_id)
    forms = {*listed, *(Erased(holder_id, *form) for form in found)}
    return sorted(forms, key=lambda p: (p.family_name, p.given_name, p.email)) or [Erased(holder_id, "", "", "")]


def _erase_wishes(workspace: Workspace, holder_id: str) -> list[str]:
    """Take the person out of the files that people keep by number (wishes, seats, doubtful matches, balance)."""
    changed = []
    apart = {workspace.path(name) for name in (FORGOTTEN, *_LISTED, *_REGISTERED)}
    by_hand = (path for folder in ("data/review", "data/private") for path in workspace.path(folder).glob("*.csv"))
    for path in sorted(path for path in by_hand if path not in apart):
        sheet = open_sheet(content_of(path, path.name), path.name, {**_BY_NUMBER, **_LISTS})
        records = [[*map(bare, cells), *[""] * (len(sheet.names) - len(cells))] for cells in sheet.records]
        kept = _rows_without(holder_id, sheet.names, records)
        if kept != records:
            private = path.parent.name == "private"
            write_bytes(path, csv_bytes([map(bare, sheet.header), *kept], sheet.separator), private=private)
            changed.append(path.relative_to(workspace.root.resolve()).as_posix())
    return changed


def _rows_without(holder_id: str, names: Sequence[str | None], rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """Return the rows that are not the person's, the person taken out of the lists of the others."""
    others = (cells for cells in rows if not _is_about(holder_id, dict(zip(names, cells, strict=False))))
    return [
        [_without(holder_id, name, cell) for name, cell in zip_longest(names, cells, fillvalue="")] for cells in others
    ]


def _is_about(holder_id: str, row: Mapping[str | None, str]) -> bool:
    return any(row.get(column) == holder_id for column in _BY_NUMBER)


def _without(holder_id: str, column: str | None, cell: str) -> str:
    people = split(cell, "|;,") if column in _LISTS else ()
    return " | ".join(person for person in people if person != holder_id) if holder_id in people else cell


def _erase_sources(workspace: Workspace, params: Params, forms: Sequence[Erased]) -> tuple[list[str], list[str]]:
    section = params.ingest
    place = workspace.given(section.source)
    files = source_files(place, section.source)
    tables = understood(files, section)
    source = workspace.inside(section.source)
    if source is None:
        return [], [f"{section.source} (hors de l’espace de travail)"]
    rewritten, remaining = [], []
    for file in files:
        own = [table for table in tables if table.grid.file == file.name]
        if not own:
            continue
        name = source if place.is_file() else f"{source}/{file.name}"
        content = _without_forms(file, own, forms, section.files.get(file.name, SourceParams()))
        if content is None:
            remaining.append(f"{name} (format que le programme ne réécrit pas : ôtez-y la personne dans un tableur)")
        elif content != file.content:
            write_bytes(place if place.is_file() else place / file.name, content)
            rewritten.append(name)
    return rewritten, remaining


def _without_forms(
    file: SourceFile, tables: Sequence[Mapped], forms: Sequence[Erased], decided: SourceParams
) -> bytes | None:
    """Return the bytes of a file without the person, under any spelling; None when its format cannot be written."""
    held: SourceFile = file
    for form in forms:
        content = erase(held, tables, form, decided)
        if content is None:
            return None
        held = SourceFile(file.name, content)
        tables = [t for t in understood_file(held, decided) if t.grid.file == file.name]
    return held.content


def _remember(workspace: Workspace, holder_id: str, today: date) -> None:
    """Add the number to the list of erased people: a later export with the person in it is read without them."""
    path = workspace.path(FORGOTTEN)
    known = read_forgotten(content_of(path, FORGOTTEN), FORGOTTEN)
    write_bytes(
        path, csv_bytes([FORGOTTEN_COLUMNS, *{**known, holder_id: known.get(holder_id, today.isoformat())}.items()])
    )


def _remove_derived(workspace: Workspace) -> Iterator[str]:
    """Remove what is made again; the locks that are held and the note of this erasure stay."""
    reports = workspace.path("reports")
    made = [p for p in sorted(reports.iterdir()) if p.name not in {"metrics", ".gitignore"}] if reports.is_dir() else []
    root = workspace.root.resolve()
    own = (place for place in caches(root) if place.is_relative_to(root))
    for path in dict.fromkeys([*(root / name for name in _DERIVED), *own, *made]):
        if _removed(path):
            yield path.relative_to(root).as_posix()


def _removed(path: Path) -> bool:
    """Remove what is at a place, and what a link there leads to; tell whether anything went."""
    if path.is_symlink():
        shutil.rmtree(path.resolve(), ignore_errors=True)
    elif path.is_dir():
        return _emptied(path)
    elif not path.is_file():
        return False
    path.unlink()
    return True


def _emptied(folder: Path) -> bool:
    """Remove a folder but for what is held; tell whether anything went."""
    inside = sorted(folder.iterdir())
    gone = [path for path in inside if path.name not in _KEPT]
    for path in gone:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    if len(gone) == len(inside):
        folder.rmdir()
    return bool(gone)


def _left(workspace: Workspace, forms: Sequence[Erased], known: Iterable[str]) -> list[str]:
    """Return the files that still name the person, anywhere in the workspace."""
    search = Search(forms, frozenset(fold(form.family_name) for form in forms))
    root = workspace.root.resolve()
    named = [
        name
        for path in workspace_files(root)
        if (name := path.relative_to(root).as_posix()) != UNFINISHED and list(search.occurrences(name, text_of(path)))
    ]
    return [name for name in named if not any(name == done.partition(" (")[0] for done in known)]


_NUMBERED: Columns = {"agent_id": ()}
_PAIRED: Columns = {"person_a": ("repère A",), "person_b": ("repère B",)}


def _numbers(row: Sequence[str], names: Sequence[str | None]) -> Iterator[str]:
    """Yield what a row says in its known columns, one that stands twice included."""
    return (cell for cell, name in zip(row, names, strict=False) if name)


def forget_registered(workspace: Workspace, number: str) -> list[str]:
    """Take a person out of the private files of registrations; return those that changed."""
    answers = read_answers(content_of(workspace.path(ANSWERS), ANSWERS), ANSWERS)
    gone = {number, *(answer.ref for answer in answers if answer.agent_id == number)}
    changed = []
    for name, columns in ((ANSWERS, _NUMBERED), (WRITTEN, _NUMBERED), (DOUBTS, _PAIRED)):
        sheet = open_sheet(content_of(workspace.path(name), name), name, columns)
        rows = [[*map(bare, cells)] for cells in sheet.records]
        kept = [row for row in rows if gone.isdisjoint(_numbers(row, sheet.names))]
        if kept != rows:
            content = csv_bytes([map(bare, sheet.header), *kept], sheet.separator)
            write_bytes(workspace.path(name), content, private=True)
            changed.append(name)
    return changed
