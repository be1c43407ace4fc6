"""Bytes of a text → the encoding they are in, among those that French exports and spreadsheets use."""

from __future__ import annotations

import codecs
import io
import re
from typing import BinaryIO

from pipeline.errors import MinilabsError

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
EIGHT_BITS = ("cp1252", "iso-8859-15", "mac_roman", "cp850", "cp858")
"""Tried in this order; the first wins a tie. General detectors are not used: they read cp1252 as cp1250."""

_COMMON = re.compile("[éèêëàâçùûîïôœÉÈÀÇ«»’‘“”–…€°\u00a0\u202f]")
_WITHIN_WORD = re.compile("(?<=[a-zéèêà])[éèêëàâçùûîïôœ](?=[a-zéèêà\\s.,;:!?'’)]|$)|(?<=[a-z])[’](?=[a-zéèêà])")
_STRANGE = re.compile(
    "[\x80-\x9f¤¦¨¬¯¶¸ƒˆ˜†‡‰šžŸŠŽ¼½¾µ∂∑∏π∫ªºΩ≈∆◊√∞≤≥≠ﬁﬂ˚˙˝ˇ˘˛⁄‹›‚„Ð×Øøþßðý│┤╡┐└┴┬├─┼╚╔╩╦╠═╬┘┌█▄▌▐▀░▒▓■]"
)
_SAMPLE = 400_000


def given_text(content: bytes, path: str) -> str:
    """Return the text of a file that a person wrote, without byte order mark.

    Args:
        content: of the file.
        path: named in the error.

    Raises:
        MinilabsError: `base.no_text`: a workbook, a picture, half a character.
    """
    encoding = guess(io.BytesIO(content))
    try:
        text = content.decode("utf-8" if encoding == MIXED else encoding, errors_of(encoding))
    except UnicodeError as why:
        raise MinilabsError("base.no_text", path=path) from why
    if "\0" in text:
        raise MinilabsError("base.no_text", path=path)
    return text.removeprefix("\ufeff")


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
        check(stream, "utf-8", "strict")
    except UnicodeDecodeError:
        stream.seek(0)
        return _eight_bits(_telling(stream))
    return "utf-8"


def check(stream: BinaryIO, encoding: str, errors: str) -> None:
    """Decode a stream to its end.

    Raises:
        UnicodeError: bytes that the encoding does not have.
        LookupError: no such encoding.
    """
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    while piece := stream.read(_PIECE):
        decoder.decode(piece)
    decoder.decode(b"", final=True)


def errors_of(encoding: str) -> str:
    """Return what to do with a byte that the encoding lacks: 8-bit ones have holes, which no French text needs."""
    return _STRAY if encoding == MIXED else ("replace" if encoding in EIGHT_BITS else "strict")


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
    return max(EIGHT_BITS, key=lambda encoding: _frenchness(telling.decode(encoding, errors="replace")))


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
