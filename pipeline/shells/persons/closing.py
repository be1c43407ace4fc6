"""Closing a contest: the page for the register, an archive without persons, the rest removed, and the proof of it."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.french import fold
from pipeline.life.closing import HELD, Holding, register_page
from pipeline.params import Params
from pipeline.registered import registered_identities
from pipeline.shells.persons.privacy import Search, everyone
from pipeline.shells.persons.scanning import caches, text_of, workspace_files
from pipeline.store import load, write_bytes, write_text
from pipeline.workspace import Workspace

REGISTER = "reports/registre.html"
ARCHIVE = "archive.zip"
_FIXED = (2000, 1, 1, 0, 0, 0)
_LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing did, or would do.

    Attributes:
        held: places that hold personal data.
        archived: files of the archive.
        removed: places removed; none when it was only shown.
        remaining: files that still name somebody, and places out of reach, to clear by hand.
    """

    held: tuple[Holding, ...]
    archived: int
    removed: tuple[str, ...]
    remaining: tuple[str, ...]


def close(workspace: Workspace, params: Params, *, confirmed: bool) -> Closed:
    """Write the page for the register and, when `confirmed`, archive, remove and look for every name again.

    Raises:
        MinilabsError: a damaged table; `base.disk`. Nothing is removed before the archive is written.
    """
    people = everyone(pd.concat([load(workspace, "identities"), registered_identities(workspace)]))
    held = tuple(_held(workspace, params))
    numbers = {person.holder_id for person in people}
    page = register_page(params.report.title, params.report.organisation, params.close, len(numbers), held)
    write_text(workspace.path(REGISTER), page)
    kept = {path.relative_to(workspace.root.resolve()).as_posix(): path.read_bytes() for path in _lasting(workspace)}
    if not confirmed:
        return Closed(held, len(kept), (), ())
    search = Search(people, frozenset(fold(person.family_name) for person in people))
    named = [name for name, content in kept.items() if _names(search, name, content)]
    write_bytes(workspace.path(ARCHIVE), _zipped({name: kept[name] for name in kept if name not in named}))
    removed = tuple(holding.path for holding in held if _removed(workspace.root / holding.path))
    return Closed(held, len(kept) - len(named), removed, tuple(_remaining(workspace, params, search)))


def _held(workspace: Workspace, params: Params) -> Iterator[Holding]:
    places = {**HELD, params.ingest.source: HELD["data/raw"]}
    for name, what in places.items():
        path = workspace.given(name)
        inside = path.resolve().is_relative_to(workspace.root.resolve())
        files = [p for p in path.rglob("*") if p.is_file() and p.name != _LOCK] if path.is_dir() else [path]
        if inside and path.exists() and files:
            yield Holding(name, what, len(files))


def _lasting(workspace: Workspace) -> Iterator[Path]:
    """Yield what may be kept: documents without names, decisions and follow-up, parameters."""
    root = workspace.root.resolve()
    gone = tuple(root / name for name in HELD)
    for path in [
        root / "params.yaml",
        *sorted((root / "reports").rglob("*")),
        *sorted((root / "data/review").rglob("*")),
    ]:
        if path.is_file() and not any(path == place or path.is_relative_to(place) for place in gone):
            yield path


def _names(search: Search, name: str, content: bytes) -> bool:
    return bool(content) and any(True for _ in search.occurrences(name, content.decode("utf-8", errors="ignore")))


def _zipped(contents: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return written.getvalue()


def _removed(path: Path) -> bool:
    """Remove a file, or what a folder holds but for the lock that is held."""
    if path.is_dir() and not path.is_symlink():
        for inside in path.iterdir():
            if inside.is_dir() and not inside.is_symlink():
                shutil.rmtree(inside)
            elif inside.name != _LOCK:
                inside.unlink()
    else:
        path.unlink(missing_ok=True)
    return True


def _remaining(workspace: Workspace, params: Params, search: Search) -> Iterator[str]:
    """Yield what still names somebody, and what lies out of reach."""
    root = workspace.root.resolve()
    for path in workspace_files(root):
        name = path.relative_to(root).as_posix()
        if any(True for _ in search.occurrences(name, text_of(path))):
            yield name
    if not workspace.given(params.ingest.source).resolve().is_relative_to(root):
        yield f"{params.ingest.source} (hors de l’espace de travail)"
    yield from (f"{place} (cache de DVC : videz-le)" for place in caches(root) if not place.is_relative_to(root))


def told(done: Closed, *, confirmed: bool) -> list[str]:
    """Return what closing did, in words."""
    lines = [f"{holding.path} : {holding.what} ({holding.size})" for holding in done.held]
    lines.append(f"Fiche pour le registre : {REGISTER}.")
    if not confirmed:
        lines.append(
            f"Rien n’est encore supprimé : « --oui » garde {done.archived} fichiers dans {ARCHIVE}, puis efface."
        )
        return lines
    lines.append(f"Gardés sans personne, dans {ARCHIVE} : {done.archived} fichiers.")
    lines.append(f"Supprimés : {', '.join(done.removed) or 'rien'}.")
    lines.append(f"Nomment encore quelqu’un, ou hors de portée : {', '.join(done.remaining) or 'rien'}.")
    lines.append("Hors de portée aussi : l’historique git, les dépôts DVC distants, les sauvegardes, les envois.")
    return lines
