"""Closing a contest: the page for the register, an archive without persons, the rest removed, and the proof of it."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline.french import agree, counted, typeset
from pipeline.life.closing import HELD, Holding, register_page
from pipeline.params import Params
from pipeline.registered import registered_identities
from pipeline.shells.persons.privacy import Search, common_words, everyone
from pipeline.shells.persons.scanning import caches, text_of, workspace_files
from pipeline.store import load, write_bytes, write_text
from pipeline.workspace import Workspace

REGISTER = "reports/registre.html"
ARCHIVE = "archive.zip"
_FIXED = (2000, 1, 1, 0, 0, 0)
_LOCK, _SETTINGS = "lock", "params.yaml"


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing did, or would do.

    Attributes:
        held: places that hold personal data.
        archived: files of the archive.
        named: documents and tables of review that name somebody: they go too, and are in no archive.
        removed: places removed; none when it was only shown.
        remaining: files that still name somebody, and places out of reach, to clear by hand.
        people: looked for.
        read: files looked into.
    """

    held: tuple[Holding, ...]
    archived: int
    named: tuple[str, ...]
    removed: tuple[str, ...]
    remaining: tuple[str, ...]
    people: int
    read: int


def close(workspace: Workspace, params: Params, *, confirmed: bool) -> Closed:
    """Write the page for the register and, when `confirmed`, archive, remove and look for every name again.

    Names are looked for as `minilabs audit-privacy` does. Before it is confirmed, the same is told of what would stay.

    Raises:
        MinilabsError: a damaged table; `base.disk`. Nothing is removed before the archive is written.
    """
    people = everyone(pd.concat([load(workspace, "identities"), registered_identities(workspace)]))
    held = tuple(_held(workspace, params))
    numbers = {person.holder_id for person in people}
    write_text(workspace.path(REGISTER), register_page(params, len(numbers), held))
    search = Search(people, common_words(workspace))
    kept, named = _parted(workspace, held, search)
    going = (*(holding.path for holding in held), *named)
    if confirmed:
        write_bytes(workspace.path(ARCHIVE), _zipped({name: path.read_bytes() for name, path in kept.items()}))
        for name in going:
            _remove(workspace.root / name)
    remaining, read = _remaining(workspace, params, search, () if confirmed else going)
    return Closed(held, len(kept), named, going if confirmed else (), remaining, len(numbers), read)


def _held(workspace: Workspace, params: Params) -> Iterator[Holding]:
    """Yield the places that hold personal data; one that holds the decisions of the team too is left alone."""
    root = workspace.root.resolve()
    for name, what in {workspace.inside(given): what for given, what in _places(root, params).items()}.items():
        if name is None or any(name.startswith(f"{place}/") for place in HELD):
            continue
        path = root / name
        files = _files(path)
        if path.exists() and files and not workspace.path("data/review").is_relative_to(path):
            yield Holding(name, what, len(files))


def _places(root: Path, params: Params) -> dict[str, str]:
    """Return what each place holds, those that the parameters name and the caches of DVC among them."""
    own = [place.relative_to(root).as_posix() for place in caches(root) if place.is_relative_to(root)]
    return {
        **HELD,
        params.ingest.source: HELD["data/raw"],
        params.assign.people: HELD["data/review/people.csv"],
        params.assign.balance: HELD["data/private"],
        **dict.fromkeys(own, HELD[".dvc/cache"]),
    }


def _files(path: Path) -> list[Path]:
    return [p for p in path.rglob("*") if p.is_file() and p.name != _LOCK] if path.is_dir() else [path]


def _lasting(workspace: Workspace, held: Iterable[Holding]) -> Iterator[Path]:
    """Yield what may be kept: documents without names, decisions and follow-up, parameters."""
    root = workspace.root.resolve()
    gone = tuple(root / holding.path for holding in held)
    for path in [
        root / _SETTINGS,
        *sorted((root / "reports").rglob("*")),
        *sorted((root / "data/review").rglob("*")),
    ]:
        if path.is_file() and not any(path == place or path.is_relative_to(place) for place in gone):
            yield path


def _parted(workspace: Workspace, held: Iterable[Holding], search: Search) -> tuple[dict[str, Path], tuple[str, ...]]:
    """Return the files that go into the archive, and the names of those that tell of somebody."""
    root = workspace.root.resolve()
    lasting = {path.relative_to(root).as_posix(): path for path in _lasting(workspace, held)}
    kept = {name: path for name, path in lasting.items() if not _is_named(search, name, path)}
    return kept, tuple(name for name in lasting if name not in kept and name != _SETTINGS)


def _is_named(search: Search, name: str, path: Path) -> bool:
    """Return whether a file names somebody, whatever its format."""
    return any(True for _ in search.occurrences(name, text_of(path)))


def _zipped(contents: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return written.getvalue()


def _remove(path: Path) -> None:
    """Remove a file, or what a folder holds but for the lock that is held."""
    if path.is_dir() and not path.is_symlink():
        for inside in path.iterdir():
            if inside.is_dir() and not inside.is_symlink():
                shutil.rmtree(inside)
            elif inside.name != _LOCK:
                inside.unlink()
    else:
        path.unlink(missing_ok=True)


def _remaining(
    workspace: Workspace, params: Params, search: Search, going: Iterable[str]
) -> tuple[tuple[str, ...], int]:
    """Return what still names somebody, what lies out of reach, and how many files were looked into.

    `going` are places that are not looked into: they are to be removed.
    """
    root = workspace.root.resolve()
    gone = tuple(root / name for name in going)
    paths = [path for path in workspace_files(root) if not any(path.is_relative_to(place) for place in gone)]
    found = [name for path in paths if _is_named(search, name := path.relative_to(root).as_posix(), path)]
    if workspace.inside(params.ingest.source) is None:
        found.append(f"{params.ingest.source} (hors de l’espace de travail)")
    found += [f"{place} (cache de DVC : videz-le)" for place in caches(root) if not place.is_relative_to(root)]
    return tuple(found), len(paths)


def told(done: Closed, *, confirmed: bool) -> list[str]:
    """Return what closing did, or would do, in words."""
    lines = [f"{holding.path} : {holding.what} ({holding.size})" for holding in done.held]
    lines.append(f"Fiche pour le registre : {REGISTER}.")
    if done.named:
        ahead = "effacés, sans archive" if confirmed else "seront effacés, sans archive ; corrigez-les pour les garder"
        lines.append(f"Nomment quelqu'un, {ahead} : {', '.join(done.named)}.")
    kept = counted(done.archived, "fichier")
    if confirmed:
        lines += [f"{kept} sans personne dans {ARCHIVE}.", f"Effacés : {', '.join(done.removed) or 'rien'}."]
    sought = f"{counted(done.people, 'personne')} {agree(done.people, 'cherchée')}"
    read = counted(done.read, "fichier relu", "fichiers relus")
    left = f"à reprendre à la main : {', '.join(done.remaining)}" if done.remaining else "plus rien ne nomme quelqu'un"
    lines.append(f"Vérification{'' if confirmed else ' de ce qui restera'} : {read}, {sought} ; {left}.")
    lines.append("Hors de portée : l'historique git, les dépôts DVC distants, les sauvegardes, les envois.")
    if not confirmed:
        lines.append(f"Rien n'est encore supprimé : « --oui » garde {kept} dans {ARCHIVE}, puis efface.")
    return [typeset(line) for line in lines]
