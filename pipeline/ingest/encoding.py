"""Bytes of a text file → its text and the encoding that was decided, among those French exports use."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pipeline.errors import MinilabsError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BITS = ("cp1252", "iso-8859-15", "mac_roman", "cp850")
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
        encoding: Python's name for it.
    """

    text: str
    encoding: str


def decode(content: bytes, name: str, encoding: str | None = None) -> Decoded:
    """Return the text of `content` and its encoding.

    Args:
        content: of the file.
        name: of the file, for errors.
        encoding: decided by the user; without, by byte order mark, then strict UTF-8, then UTF-16 by its zero bytes,
            then the 8-bit encoding that gives the most French letters.

    Raises:
        MinilabsError: `ingest.encoding` when the decided encoding is unknown or does not fit the bytes.
    """
    chosen = encoding or guess(content)
    try:
        return Decoded(content.decode(chosen).removeprefix("\ufeff"), chosen)
    except (LookupError, UnicodeError) as why:
        raise MinilabsError("ingest.encoding", file=name, encoding=chosen) from why


def guess(content: bytes) -> str:
    """Return the encoding of `content` (never fails: an 8-bit encoding reads anything)."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    sixteen = _utf16(content[:_SAMPLE])
    if sixteen:
        return sixteen
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bits(content)
    return "utf-8"


def _utf16(sample: bytes) -> str | None:
    half = len(sample) // 2
    if half and sample[0::2].count(0) > half / 2:
        return "utf-16-be"
    return "utf-16-le" if half and sample[1::2].count(0) > half / 2 else None


def _eight_bits(content: bytes) -> str:
    # Lines without accents say nothing: only the others are compared, from the whole file.
    telling = b"\n".join(line for line in re.split(rb"[\r\n]+", content) if not line.isascii())[:_SAMPLE]
    return max(_EIGHT_BITS, key=lambda encoding: _frenchness(telling.decode(encoding, errors="replace")))


def _frenchness(text: str) -> int:
    return (
        len(_COMMON.findall(text))
        + 3 * len(_WITHIN_WORD.findall(text))
        - 4 * len(_STRANGE.findall(text))
        - 8 * text.count("\ufffd")
    )
