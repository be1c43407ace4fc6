"""Bytes of a text file → the encoding that was decided, among those French exports use, and the text as a stream."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from pipeline.errors import MinilabsError
from pipeline.ingest.grid import SourceFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MIXED = "utf-8+cp1252"
"""UTF-8 with bytes of Windows here and there: two files put end to end."""
_STRAY = "minilabs.cp1252"
_PIECE = 1 << 20
_EIGHT_BITS = ("cp1252", "iso-8859-15", "mac_roman", "cp850", "cp858")
"""Tried in this order; the first wins a tie. General detectors are not used: they read cp1252 as cp1250."""

_COMMON = re.compile("[éèêëàâçùûîïôœÉÈÀÇ«»’‘“”–…€°\u00a0\u202f]")
_WITHIN_WORD = re.compile("(?<=[a-zéèêà])[éèêëàâçùûîïôœ](?=[a-zéèêà\\s.,;:!?'’)]|$)|(?<=[a-z])[’](?=[a-zéèêà])")
_STRANGE = re.compile(
    "[\x80-\x9f¤¦¨¬¯¶¸ƒˆ˜†‡‰šžŸŠŽ¼½¾µ∂∑∏π∫ªºΩ≈∆◊√∞≤≥≠ﬁﬂ˚˙˝ˇ˘˛⁄‹›‚„Ð×Øøþßðý│┤╡┐└┴┬├─┼╚╔╩╦╠═╬┘┌█▄▌▐▀░▒▓■]"
)
_SAMPLE = 400_000


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
    if chosen in (*_EIGHT_BITS, MIXED) and not encoding:
        return chosen  # they read anything
    try:
        with file.open() as stream:
            _check(stream, "utf-8" if chosen == MIXED else chosen, _errors(chosen))
    except (LookupError, UnicodeError) as why:
        if not encoding:
            raise MinilabsError("ingest.format", file=file.name) from why
        raise MinilabsError("ingest.encoding", file=file.name, encoding=chosen) from why
    return chosen


def opened(file: SourceFile, encoding: str) -> TextIO:
    """Return the text of a file as a stream that keeps line ends as they are, without byte order mark."""
    name = "utf-8" if encoding == MIXED else encoding
    text = io.TextIOWrapper(file.open(), encoding=name, errors=_errors(encoding), newline="")
    start = text.read(1)
    if start != "\ufeff":
        text.seek(0)
    return text


def guess(stream: BinaryIO) -> str:
    """Return the encoding of a stream of bytes (never fails: an 8-bit encoding reads anything)."""
    head = stream.read(_SAMPLE)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if sixteen := _utf16(head):
        return sixteen
    stream.seek(0)
    try:
        _check(stream, "utf-8", "strict")
    except UnicodeDecodeError:
        stream.seek(0)
        return _eight_bits(_telling(stream))
    return "utf-8"


def _check(stream: BinaryIO, encoding: str, errors: str) -> None:
    """Decode a stream to its end.

    Raises:
        UnicodeError: bytes that the encoding does not have.
        LookupError: no such encoding.
    """
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    while piece := stream.read(_PIECE):
        decoder.decode(piece)
    decoder.decode(b"", final=True)


def _errors(encoding: str) -> str:
    """Return what to do with a byte that the encoding lacks: 8-bit ones have holes, which no French text needs."""
    return _STRAY if encoding == MIXED else ("replace" if encoding in _EIGHT_BITS else "strict")


def _stray(error: UnicodeError) -> tuple[str, int]:
    """Read one byte that is no UTF-8 as Windows does: files are put together from several sources."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    end = error.start + 1
    return error.object[error.start : end].decode("cp1252", errors="replace"), end


codecs.register_error(_STRAY, _stray)


def _utf16(sample: bytes) -> str | None:
    half = len(sample) // 2
    if half and sample[0::2].count(0) > half / 2:
        return "utf-16-be"
    return "utf-16-le" if half and sample[1::2].count(0) > half / 2 else None


def _telling(stream: BinaryIO) -> bytes:
    """Return the lines that are not plain ASCII, up to a size, from anywhere in the stream."""
    found, size, rest = [], 0, b""
    while size < _SAMPLE and (piece := stream.read(_PIECE)):
        *lines, rest = re.split(rb"[\r\n]+", rest + piece)
        telling = [line for line in lines if not line.isascii()]
        found += telling
        size += sum(map(len, telling))
    return b"\n".join([*found, *([] if rest.isascii() else [rest])])[:_SAMPLE]


def _eight_bits(telling: bytes) -> str:
    lines = telling.split(b"\n")
    if 2 * sum(map(_is_utf8, lines)) > len(lines):
        return MIXED
    return max(_EIGHT_BITS, key=lambda encoding: _frenchness(telling.decode(encoding, errors="replace")))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _frenchness(text: str) -> int:
    return (
        len(_COMMON.findall(text))
        + 3 * len(_WITHIN_WORD.findall(text))
        - 4 * len(_STRANGE.findall(text))
        - 8 * text.count("\ufffd")
    )
