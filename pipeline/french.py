"""French typography and small grammar: plain values in, text for people out.

Our own, after trying the libraries: Babel writes "1 mars" for "1er mars" and a hyphen for the minus sign, and knows
neither agreement nor the spaces around « ; : ! ? »; num2words (LGPL) has no feminine of "un",
and from seventeen on we write figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

NARROW = "\u202f"
"""Narrow no-break space: before ; : ! ? %, inside « », between thousands."""

_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905 - reads as the calendar
)
_BLANKS = r"(?<![ \u00a0\u202f])[ \u00a0\u202f]*+"
"""All the spaces before a sign: tried where they begin only, so that a long run is read once."""
_SIGNS = re.compile("['«»;:!?%°]")
"""What French spacing is about."""
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "’": "'"}
)
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")  # accents, once taken apart


def typeset(text: str) -> str:
    """Return `text` with French spacing: narrow no-break space before double punctuation and inside « ».

    Times, addresses and URLs (a colon not followed by a space) are left as they are; an apostrophe between letters, or
    before a quotation, becomes typographic. Applying it twice changes nothing.
    """
    if not _SIGNS.search(text):
        return text  # most cells: every document is set as it is laid out
    text = re.sub(r"(?<=\w)'(?=[\w«“])(?!\S{0,64}@)", "’", text)
    text = re.sub(r"\b([nN]°)[ \u00a0\u202f]*(?=\w)", "\\1\u00a0", text)
    text = re.sub(rf"{_BLANKS}([;!?])(?=[\s\u00a0»)\]!?.…]|$)", NARROW + r"\1", text)
    text = re.sub(rf"(?<=[!?]){NARROW}(?=[!?])", "", text)
    text = re.sub(rf"{_BLANKS}:(?=\s|$)", NARROW + ":", text)
    text = re.sub(r"«[ \u00a0\u202f]*", "«" + NARROW, text)
    text = re.sub(rf"{_BLANKS}»", NARROW + "»", text)
    return re.sub(r"(?<=\d)[ \u00a0\u202f]*%(?!\w)", NARROW + "%", text)


def typeset_text(value: object) -> object:
    """Return what a page shows of a value: plain text in French typography, markup and anything else as it is."""
    return typeset(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def number(value: float, digits: int = 0) -> str:
    """Return a number as written in French: decimal comma, thousands by narrow spaces ("1 234,5"); zero has no sign."""
    return f"{value:z,.{digits}f}".replace(",", NARROW).replace(".", ",").replace("-", "−")


def percent(share: float, digits: int = 0) -> str:
    """Return a share between 0 and 1 as a percentage ("42 %")."""
    return f"{number(100 * share, digits)}{NARROW}%"


def long_date(iso: str) -> str:
    """Return an ISO date as written in French ("12 décembre 2019", "1er mars 2020").

    Raises:
        ValueError: when `iso` is no ISO date.
    """
    day = date.fromisoformat(iso)
    return f"{'1er' if day.day == 1 else day.day}\u00a0{_MONTHS[day.month - 1]} {day.year}"


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """Return a count and its noun in agreement ("0 idée", "1 idée", "2 idées", "240 idées")."""
    return f"{number(count)}\u00a0{agree(count, singular, plural)}"


def agree(count: int, singular: str, plural: str | None = None) -> str:
    """Return the noun or phrase in agreement with `count`: French is plural from 2 on.

    Without `plural`, each word of `singular` takes an s ("porteur placé" → "porteurs placés").
    """
    if count < 2:  # noqa: PLR2004 - the rule of the language
        return singular
    return plural if plural is not None else re.sub(r"(\w)(?=\s|$)", _pluralise, singular)


def _pluralise(match: re.Match[str]) -> str:
    letter = match[1]
    return letter if letter in "sxz" else letter + "s"


_SMALL = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()  # noqa: SIM905 - reads as one counts


def opening(count: int, singular: str, plural: str | None = None, *, feminine: bool = False) -> str:
    """Return a count and its noun to begin a sentence with: in letters up to sixteen ("Huit thèmes", "Une idée")."""
    return f"{in_letters(count, feminine=feminine).capitalize()}\u00a0{agree(count, singular, plural)}"


def in_letters(count: int, *, feminine: bool = False) -> str:
    """Return a whole number in letters up to sixteen ("huit", "une"), in figures beyond."""
    if count >= len(_SMALL):
        return number(count)
    return "une" if feminine and count == 1 else _SMALL[count]


def enumeration(items: Iterable[str], last: str = "et") -> str:
    """Return items joined as in a sentence ("a, b et c")."""
    listed = list(items)
    if len(listed) < 2:  # noqa: PLR2004 - one item needs no conjunction
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}"


def fold(text: str) -> str:
    """Return text without accents and case, for comparing and sorting only."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return _MARKS.sub("", plain).casefold()


def count_or_none(count: int, singular: str, plural: str | None = None, *, none: str = "aucune") -> str:
    """Return "aucune idée" for zero, else the count and its noun."""
    return f"{none} {singular}" if count == 0 else counted(count, singular, plural)
