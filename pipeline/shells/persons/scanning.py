"""Files of a workspace → the text inside them, whatever their format, to look for identities."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from configparser import ConfigParser, Error
from contextlib import suppress
from pathlib import Path

import pyarrow.parquet as pq
from pypdf import PdfReader

from pipeline.files.given_file import content_of

_APART = frozenset({".git", ".venv", "node_modules", "__pycache__", ".ruff_cache", ".mypy_cache", ".hypothesis"})
_PROGRAM = frozenset({"pipeline", "tests", "benchmarks", "second-acte"})
"""Of a clone: sources, and what `minilabs demo` plays with nobody real."""
_FICTION = ("data", "second_acte")
"""Of a clone: what it plays."""
_NUMBERS = re.compile(r"(?:list<[^<>]*: )?(?:u?int\d+|halffloat|float|double|bool)>?(?:\[\d+\])?")
"""Arrow types of numbers and of lists of numbers."""
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def workspace_files(root: Path) -> Iterator[Path]:
    """Yield the files below `root`, sorted; not git's own, nor the program's sources where the workspace is a clone."""
    clone = (root / "pipeline" / "__init__.py").is_file()
    apart = _APART | (_PROGRAM if clone else frozenset())
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if clone and parts[:2] == _FICTION:
            continue
        if parts[0] not in apart and not _APART & set(parts) and path.is_file():
            yield path


def caches(root: Path) -> list[Path]:
    """Return the folders where DVC keeps copies of the tables of a workspace, wherever they are; those that exist."""
    above = [folder for folder in (root, *root.parents) if (folder / ".dvc").is_dir()]
    said = [folder / ".dvc" / place for folder in above for place in ("cache", *_cache_settings(folder / ".dvc"))]
    return list(dict.fromkeys(place.resolve() for place in said if place.is_dir()))


def _cache_settings(folder: Path) -> Iterator[str]:
    for name in ("config", "config.local"):
        settings = ConfigParser(interpolation=None, strict=False)
        with suppress(OSError, Error, UnicodeDecodeError):
            settings.read(folder / name, encoding="utf-8")
        if settings.has_option("cache", "dir"):
            yield settings.get("cache", "dir")


def text_of(path: Path) -> str:
    """Return what a person or a program can read in a file: tables, pages, sheets and archives opened.

    A file that cannot be opened as what it seems to be is read as bytes, so that nothing is passed over.
    """
    content = content_of(path, str(path))
    try:
        return _opened(content)
    except Exception:  # noqa: BLE001 - each format's reader has its own, whatever a file pretends to be
        return _plain(content)


def _opened(content: bytes) -> str:
    if content.startswith(b"PAR1"):
        return _parquet(content)
    if content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        told = " ".join(str(value) for value in (reader.metadata or {}).values())
        return "\n".join([told, *(page.extract_text() for page in reader.pages)])
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(_markup(_plain(archive.read(name))) for name in archive.namelist())
    return _markup(_plain(content))


def _parquet(content: bytes) -> str:
    """Return the cells of the columns that can hold words: numbers, most of a table of vectors, name nobody."""
    table = pq.read_table(io.BytesIO(content))
    worded = [field.name for field in table.schema if not _NUMBERS.fullmatch(str(field.type))]
    return json.dumps(table.select(worded).to_pylist(), ensure_ascii=False, default=_cell)


def _cell(value: object) -> str:
    """Return a cell that JSON does not know as text; bytes that are no text are vectors, which name nobody."""
    if not isinstance(value, bytes):
        return str(value)
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _plain(content: bytes) -> str:
    if content.count(0) > len(content) / 4:  # UTF-16, or a binary format with names inside
        return content.decode("utf-16-le", errors="ignore") + content.decode("utf-8", errors="ignore")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _markup(text: str) -> str:
    """Return the text with entities and escapes as characters, and once more without tags: names may be cut by them."""
    plain = html.unescape(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text))
    bare = re.sub(r"<[^<>]+>", " ", plain) if "<" in plain else ""
    return plain + "\n" + bare
