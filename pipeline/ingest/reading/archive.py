"""A zip of the export → the files inside it, as if they lay in a folder of its name."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from pipeline.errors import MinilabsError
from pipeline.ingest.reading.grid import SourceFile
from pipeline.ingest.reading.unpacking import DAMAGED, unpacked

_IN_MEMORY = 64_000_000


def is_archive(name: str) -> bool:
    """Tell whether a file of this name holds other files."""
    return name.lower().endswith(".zip")


def members(file: SourceFile) -> Iterator[SourceFile]:
    """Yield the files of an archive, "export.zip/idees.csv", hidden ones and those of macOS left out.

    Raises:
        MinilabsError: `ingest.archive` (damaged), `ingest.password`, `ingest.too_large`.
    """
    with file.open() as stream, unpacked(stream, file.name, "ingest.archive") as archive:
        listed = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info.filename)]
    for info in listed:
        yield SourceFile(f"{file.name}/{info.filename}", opener=_Opener(file, info.filename))


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "~", "__MACOSX")) for part in name.split("/"))


class _Opener:
    """Opens one file of an archive, as a stream."""

    def __init__(self, archive: SourceFile, member: str) -> None:
        self._archive, self._member = archive, member

    def __call__(self) -> BinaryIO:
        copy = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by who reads it
        try:
            with self._archive.open() as stream, zipfile.ZipFile(stream) as archive:
                shutil.copyfileobj(archive.open(self._member), copy)
        except DAMAGED as why:
            copy.close()
            raise MinilabsError("ingest.archive", file=self._archive.name) from why
        copy.seek(0)
        return cast("BinaryIO", copy)
