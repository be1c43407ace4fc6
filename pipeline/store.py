"""Reading and writing: files whole or not at all, equal content → equal bytes."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.schema import TABLES, Table, to_pandas
from pipeline.workspace import Workspace, table_path

_DISK = {
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "le quota de disque est atteint",
    errno.EACCES: "l'accès est refusé",
    errno.EPERM: "l'accès est refusé",
    errno.EROFS: "le disque est en lecture seule",
}


_CLOSED = ("data/interim", "data/private", ".minilabs", ".dvc/cache", ".dvc/tmp")
"""Folders of a workspace that tell who proposed what, or keep a copy of what does: for their owner only."""


def close(root: Path) -> None:
    """Keep the folders of `root` that hold personal data from other accounts of the machine, those that are there."""
    for name in _CLOSED:
        _close(root / name)


def _close(folder: Path) -> None:
    with suppress(OSError):  # another's folder: nothing to be done here
        if folder.is_dir() and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)


def _closed_above(path: Path) -> Path | None:
    """Return the closed folder that a path is in, or None."""
    names = [name.split("/") for name in _CLOSED]
    return next((up for up in path.parents if any(list(up.parts[-len(name) :]) == name for name in names)), None)


DAMAGED = (pa.ArrowException, OSError, ValueError, TypeError, KeyError, IndexError, OverflowError, MemoryError)
"""What reading a Parquet file that was changed may raise."""


def write_bytes(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write `content` at `path`; see `written`."""
    with written(path, private=private) as file:
        file.write(content)


@contextmanager
def written(path: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """Give a file that stands at `path`, whole, once the block is over, and nothing of it if the block fails.

    A link is written through: it goes on leading where its owner had it lead. Folders are made; `private` files, and
    those of the folders that are closed, are readable by the owner only.

    Raises:
        MinilabsError: `base.disk` when the system refuses; the former file is then untouched.
    """
    temporary, path = None, path.resolve() if path.is_symlink() else path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if folder := _closed_above(path):
            _close(folder)
        handle, temporary = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name[:80]}.{os.getpid()}.", suffix=".part"
        )
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not (private or folder):
            Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as why:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        reason = _DISK.get(why.errno or 0, "le système a refusé")
        raise MinilabsError("base.disk", path=path, why=reason) from why
    except BaseException:  # an interruption must not leave a temporary file behind
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise


_PART = re.compile(r"\..+\.(\d+)\.\w+\.part")
_WRITTEN = ("data/interim", "data/private", "data/review", "models", "notebooks", "reports", ".minilabs")


def sweep(root: Path) -> int:
    """Remove what writers that were killed left half-written below `root`; return how many files that was."""
    below = [path for name in _WRITTEN for path in (root / name).rglob(".*.part")]
    left = [path for path in (*below, *root.glob(".*.part")) if path.is_file() and _abandoned(path)]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _abandoned(path: Path) -> bool:
    """Tell whether a file is one of ours whose writer no longer runs; who cannot be asked has a minute."""
    named = _PART.fullmatch(path.name)
    if named is None:
        return False
    if os.name == "posix":
        return not _runs(int(named[1]))
    return time.time() - path.stat().st_mtime > _LONG


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # another's
        return True
    return True


_LONG = 60
"""Seconds that no writer of a small file needs."""


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with line feeds; see `write_bytes`."""
    write_bytes(path, text.encode("utf-8"))


def write_json(path: Path, content: object) -> None:
    """Write JSON that people can read: indented, accents kept, keys in the order given; see `write_bytes`."""
    write_text(path, json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def read_json(path: Path) -> Any:  # noqa: ANN401 - JSON is any value
    """Return the content of a JSON file.

    Raises:
        MinilabsError: `base.damaged_table`.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError, RecursionError) as why:
        raise MinilabsError("base.damaged_table", path=path) from why


def write_csv(path: Path, frame: pd.DataFrame, *, private: bool = False) -> None:
    """Write a frame as CSV (see `csv_bytes`): lists joined by `|`, reals with at most 6 decimals."""
    rows = [[_cell(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    write_bytes(path, csv_bytes([list(frame.columns), *rows]), private=private)


def _cell(value: object) -> object:
    if isinstance(value, list):
        return "|".join(map(str, value))
    return round(value, 6) if isinstance(value, float) else value


def save(workspace: Workspace, name: str, frame: pd.DataFrame, table: str | None = None) -> None:
    """Write the frame as table `name` (checked against the schema `table`, `name` without) as Parquet.

    Raises:
        MinilabsError: see `schema.Table.to_arrow` and `write_bytes`.
    """
    declared = TABLES[table or name]
    sink = io.BytesIO()
    table_ = declared.to_arrow(frame).replace_schema_metadata(_mark(declared))
    pq.write_table(table_, sink, compression="zstd", store_schema=False, write_page_checksum=True)
    write_bytes(workspace.path(table_path(name)), sink.getvalue(), private=declared.private)


def save_parts(workspace: Workspace, name: str, parts: Iterable[pd.DataFrame]) -> None:
    """Write the table `name` from frames that follow each other in the order of its key, one in memory at a time.

    Raises:
        MinilabsError: see `save`.
    """
    declared = TABLES[name]
    with (
        written(workspace.path(table_path(name)), private=declared.private) as file,
        pq.ParquetWriter(
            file,
            declared.arrow.with_metadata(_mark(declared)),
            compression="zstd",
            store_schema=False,
            write_page_checksum=True,
        ) as writer,
    ):
        for part in parts:
            writer.write_table(declared.to_arrow(part).replace_schema_metadata(_mark(declared)))


_MARK = b"minilabs"


def _mark(table: Table) -> dict[bytes, bytes]:
    return {_MARK: table.version.encode()}


def _whole(file: pq.ParquetFile) -> pa.Table:
    """Return the table of a file whose counts agree: pages have checksums, what describes them has none.

    Raises:
        ValueError: they do not.
    """
    groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
    if file.metadata.num_rows != sum(group.num_rows for group in groups):
        raise ValueError(file.metadata.num_rows)
    return file.read()


def load(workspace: Workspace, name: str, table: str | None = None, stage: str = "run") -> pd.DataFrame:
    """Return the table `name`, checked against the schema `table` (`name` without).

    Args:
        workspace: where to look.
        name: of the file.
        table: of the schema, when a file holds a draft of another table (`candidate_themes` → `themes`).
        stage: the stage that makes it, named in the error.

    Raises:
        MinilabsError: `base.missing_table`, `base.damaged_table`, `base.other_version` or a schema error.
    """
    path = workspace.path(table_path(name))
    if not path.is_file() and TABLES[table or name].private:
        return TABLES[table or name].empty()  # written only where there are identities
    if not path.is_file():
        raise MinilabsError("base.missing_table", path=path.relative_to(workspace.root.resolve()), stage=stage)
    try:
        file = pq.ParquetFile(io.BytesIO(path.read_bytes()), page_checksum_verification=True)
        frame = to_pandas(_whole(file))
    except DAMAGED as why:
        raise MinilabsError("base.damaged_table", path=path.relative_to(workspace.root.resolve())) from why
    declared = TABLES[table or name]
    if not _recognised(file.schema_arrow, declared):
        raise MinilabsError("base.other_version", path=path.relative_to(workspace.root.resolve()))
    return declared.check(frame)


def load_parts(workspace: Workspace, name: str, size: int, stage: str = "run") -> Iterator[pd.DataFrame]:
    """Yield the table `name` in frames of at most `size` rows, in the order of its key, one in memory at a time.

    Raises:
        MinilabsError: see `load`.
    """
    path, declared = workspace.path(table_path(name)), TABLES[name]
    shown = path.relative_to(workspace.root.resolve())
    if not path.is_file():
        raise MinilabsError("base.missing_table", path=shown, stage=stage)
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            if not _recognised(file.schema_arrow, declared):
                raise MinilabsError("base.other_version", path=shown)
            for batch in file.iter_batches(size):
                yield to_pandas(pa.Table.from_batches([batch]))
    except DAMAGED as why:
        raise MinilabsError("base.damaged_table", path=shown) from why


def _recognised(found: pa.Schema, declared: Table) -> bool:
    """Tell whether a table is of this version of the program; one from before versions needs the same columns."""
    said = (found.metadata or {}).get(_MARK)
    return bool(found.names == declared.arrow.names if said is None else said == declared.version.encode())
