"""Bytes of a text file → the encoding that was decided, or is found, and the text as a stream."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TextIO

from pipeline.errors import MinilabsError
from pipeline.files.encoding import EIGHT_BITS, MIXED, check, errors_of, guess
from pipeline.ingest.reading.grid import SourceFile


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read.

    Attributes:
        text: without byte order mark.
        encoding: Python's name for it, or `MIXED`.
    """

    text: str
    encoding: str


def decode(content: bytes, name: str, encoding: str | None = None) -> Decoded:
    """Return the text of `content` and its encoding; see `decide`."""
    file = SourceFile(name, content)
    chosen = decide(file, encoding)
    with opened(file, chosen) as text:
        return Decoded(text.read(), chosen)


def decide(file: SourceFile, encoding: str | None = None) -> str:
    """Return the encoding of a file.

    Args:
        file: read in pieces, never held whole.
        encoding: decided by the user; without, by byte order mark, then strict UTF-8, then UTF-16 by its zero bytes,
            then the 8-bit encoding that gives the most French letters.

    Raises:
        MinilabsError: `ingest.encoding` when the decided encoding is unknown or does not fit the bytes, `ingest.format`
            when nobody decided and the bytes are no text: an image or a program, whatever its name says.
    """
    with file.open() as stream:
        chosen = encoding or guess(stream)
    if chosen in (*EIGHT_BITS, MIXED) and not encoding:
        return chosen  # they read anything
    try:
        with file.open() as stream:
            check(stream, "utf-8" if chosen == MIXED else chosen, errors_of(chosen))
    except (LookupError, UnicodeError) as why:
        if not encoding:
            raise MinilabsError("ingest.format", file=file.name) from why
        raise MinilabsError("ingest.encoding", file=file.name, encoding=chosen) from why
    return chosen


def opened(file: SourceFile, encoding: str) -> TextIO:
    """Return the text of a file as a stream that keeps line ends as they are, without byte order mark."""
    name = "utf-8" if encoding == MIXED else encoding
    text = io.TextIOWrapper(file.open(), encoding=name, errors=errors_of(encoding), newline="")
    start = text.read(1)
    if start != "\ufeff":
        text.seek(0)
    return text
