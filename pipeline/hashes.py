"""What bytes and libraries are, as text: hashes of files and folders, versions of what is installed."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline.files.given_file import not_read

_SOURCES = Path(__file__).parent.parent


def file_hash(path: Path) -> str:
    """Return the hash of a file, of all files below a folder with their names, or "absent".

    Raises:
        MinilabsError: `base.not_read`: a file that may not be read, a name that cannot be one.
    """
    try:
        return _hash(path)
    except OSError as why:
        raise not_read(path, path.name, why) from why


def _hash(path: Path) -> str:
    if path.is_dir():
        below = sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
        listing = "".join(f"{p.relative_to(path).as_posix()} {_hash(p)}\n" for p in below)
        return hashlib.sha256(os.fsencode(listing)).hexdigest()
    if not path.is_file():
        return "absent"
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def code_hash(path: str) -> str:
    """Return the hash of a file or folder of the sources, named from their root."""
    return file_hash(_SOURCES / path)


@cache
def installed(library: str) -> str:
    """Return the version of a distribution ("python": of the interpreter), or "absent"."""
    if library == "python":
        return ".".join(platform.python_version_tuple()[:2])
    try:
        return version(library)
    except PackageNotFoundError:
        return "absent"


def versions(libraries: Iterable[str]) -> dict[str, str]:
    """Return library → installed version, in alphabetical order."""
    return {name: installed(name) for name in sorted(libraries)}
