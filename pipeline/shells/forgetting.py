"""Removing a person from a workspace, and saying what remains of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.errors import MinilabsError
from pipeline.french import fold
from pipeline.ingest import SourceFile, spellings
from pipeline.ingest.decisions import FORGOTTEN_COLUMNS, read_forgotten
from pipeline.ingest.erasing import Erased, erase
from pipeline.ingest.mapping import Mapped
from pipeline.ingest.understanding import understood, understood_file
from pipeline.params import Params, SourceParams
from pipeline.shells.ingest import FORGOTTEN, decisions, source_files
from pipeline.shells.privacy import Search, everyone
from pipeline.shells.scanning import text_of, workspace_files
from pipeline.spreadsheet import Columns, bare, open_sheet
from pipeline.store import csv_bytes, load, write_bytes
from pipeline.workspace import Workspace

_BY_NUMBER: Columns = {"holder_id": (), "agent_id": ("agent", "numero"), "person_a": (), "person_b": ()}
_DERIVED = ("data/interim", "data/private", ".minilabs", ".dvc/cache", ".dvc/tmp")


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


def forget(workspace: Workspace, params: Params, holder_id: str, today: date) -> Forgotten:
    """Remove a holder from the export, the tables, the reports and the caches of the workspace.

    Args:
        workspace: where.
        params: its parameters.
        holder_id: number of the person, as in the holders table.
        today: written beside the number in the list of erased people.

    Raises:
        MinilabsError: `privacy.unknown_holder`, or from the disk.
    """
    if holder_id not in set(load(workspace, "holders", stage="ingest")["holder_id"]):
        raise MinilabsError("privacy.unknown_holder", holder=holder_id)
    links = load(workspace, "idea_holders", stage="ingest")
    forms = _forms(workspace, params, holder_id)
    rewritten, remaining = _erase_sources(workspace, params, forms)
    rewritten += _erase_wishes(workspace, holder_id)
    _remember(workspace, holder_id, today)
    removed = list(_remove_derived(workspace))
    remaining += _left(workspace, forms, remaining)
    return Forgotten(rewritten, removed, remaining, int((links["holder_id"] == holder_id).sum()))


def _forms(workspace: Workspace, params: Params, holder_id: str) -> list[Erased]:
    """Return the person under each spelling of the export, and of the identities."""
    listed = [p for p in everyone(load(workspace, "identities")) if p.holder_id == holder_id]
    files = source_files(workspace.given(params.ingest.source), params.ingest.source)
    found = spellings(files, params.ingest, decisions(workspace), holder_id)
    forms = {*listed, *(Erased(holder_id, *form) for form in found)}
    return sorted(forms, key=lambda p: (p.family_name, p.given_name, p.email)) or [Erased(holder_id, "", "", "")]


def _erase_wishes(workspace: Workspace, holder_id: str) -> list[str]:
    """Take the person's rows out of the files that analysts keep by number (wishes, seats, doubtful matches)."""
    changed = []
    for path in sorted(workspace.path("data/review").glob("*.csv")):
        if path.name == workspace.path(FORGOTTEN).name:
            continue
        sheet = open_sheet(path.read_bytes(), path.name, _BY_NUMBER)
        kept = [row for row in sheet.records if not _is_about(holder_id, dict(zip(sheet.names, row, strict=False)))]
        if len(kept) < len(sheet.records):
            write_bytes(path, csv_bytes([map(bare, cells) for cells in [sheet.header, *kept]], sheet.separator))
            changed.append(path.relative_to(workspace.root.resolve()).as_posix())
    return changed


def _is_about(holder_id: str, row: Mapping[str | None, str]) -> bool:
    return any(bare(row.get(column, "")) == holder_id for column in _BY_NUMBER)


def _erase_sources(workspace: Workspace, params: Params, forms: Sequence[Erased]) -> tuple[list[str], list[str]]:
    section = params.ingest
    place = workspace.given(section.source)
    files = source_files(place, section.source)
    tables = understood(files, section)
    if not place.resolve().is_relative_to(workspace.root.resolve()):
        return [], [f"{section.source} (hors de l’espace de travail)"]
    rewritten, remaining = [], []
    for file in files:
        own = [table for table in tables if table.grid.file == file.name]
        if not own:
            continue
        name = file.name if place.is_file() else f"{section.source.rstrip('/')}/{file.name}"
        content = _without_forms(file, own, forms, section.files.get(file.name, SourceParams()))
        if content is None:
            remaining.append(f"{file.name} (format à corriger dans un tableur)")
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
    known = read_forgotten(path.read_bytes() if path.is_file() else b"", FORGOTTEN)
    write_bytes(path, csv_bytes([FORGOTTEN_COLUMNS, *{**known, holder_id: today.isoformat()}.items()]))


def _remove_derived(workspace: Workspace) -> Iterator[str]:
    reports = workspace.path("reports")
    made = [p for p in sorted(reports.iterdir()) if p.name not in {"metrics", ".gitignore"}] if reports.is_dir() else []
    for path in [*(workspace.path(name) for name in _DERIVED), *made]:
        if path.is_dir():
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()
        else:
            continue
        yield path.relative_to(workspace.root.resolve()).as_posix()


def _left(workspace: Workspace, forms: Sequence[Erased], known: Iterable[str]) -> list[str]:
    """Return the files that still name the person, anywhere in the workspace."""
    search = Search(forms, frozenset(fold(form.family_name) for form in forms))
    root = workspace.root.resolve()
    named = [
        name
        for path in workspace_files(root)
        if (name := path.relative_to(root).as_posix()) and list(search.occurrences(name, text_of(path)))
    ]
    return [name for name in named if not any(name.endswith(done.partition(" (")[0]) for done in known)]
