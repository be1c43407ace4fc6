"""A zip (archive or workbook) → its files, its size checked before anything is unpacked."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from pipeline.errors import MinilabsError

MOST_BYTES = 400_000_000
"""Unpacked; an export of some hundred thousand ideas has less."""
_MOST_FILES = 10_000
_ENCRYPTED = 0x1
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, LookupError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""What unpacking a damaged archive may raise."""


@contextmanager
def unpacked(stream: BinaryIO, file: str, damaged: str) -> Iterator[zipfile.ZipFile]:
    """Give an open archive whose files, put together, are of a size that can be read.

    A file never yields more than the size checked here: the module stops at what the archive's directory announces.

    Args:
        stream: of the archive.
        file: its name, for errors.
        damaged: code of the error when it is no archive.

    Raises:
        MinilabsError: `damaged`, `ingest.password`, `ingest.too_large`.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            listed = archive.infolist()
            size = sum(info.file_size for info in listed)
            if size > MOST_BYTES or len(listed) > _MOST_FILES:
                raise MinilabsError("ingest.too_large", file=file, size=_megabytes(size), most=_megabytes(MOST_BYTES))
            if any(info.flag_bits & _ENCRYPTED for info in listed):
                raise MinilabsError("ingest.password", file=file)
            yield archive
    except DAMAGED as why:
        raise MinilabsError(damaged, file=file) from why


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000} Mo"
