"""Text as typed, pasted or exported → the same words, readable: repaired, without markup or invisible characters."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache

import ftfy

_REPAIR = ftfy.TextFixerConfig(
    uncurl_quotes=False,  # French apostrophes and quotation marks stay
    fix_line_breaks=True,
    unescape_html=False,  # done with the markup, below
    normalization="NFC",
    fix_latin_ligatures=True,
    fix_character_width=False,
    explain=False,
)
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
_TAG = re.compile(r"</?(?:[a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>|<!\[CDATA\[|\]\]>")
_OPENED = re.compile(r"<(?:!(--)|(script|style|head)\b[^<>]*>)", re.IGNORECASE)
_CLOSED = {"--": re.compile("-->")} | {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "head")
}
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h[1-6]|/ul|/ol|hr)\b[^<>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<\s*li\b[^<>]*>", re.IGNORECASE)
_EXCEL = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNEVEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]|  | \n|\n |\n\n\n"
)
_MOJIBAKE = re.compile("[ÃÂâ][\x80-¿ƒ‚„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ\u00a0]")
_SUSPECT = re.compile("[^\x00-\x7fà-ÿÀ-ÜœŒ’‘“”«»…–€°\u00a0\u202f]|[ÃÂ]")


_GUARDED = frozenset("=+-@")
_EMOJI = "[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
_LONE_JOINER = re.compile(f"(?<!{_EMOJI})\u200d|\u200d(?!{_EMOJI})")  # it joins two emoji in one


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A readable text and what was done to it.

    Attributes:
        text: the words, line breaks kept.
        notes: in French, what a person would want to know ("encodage réparé", "balises HTML retirées").
    """

    text: str
    notes: tuple[str, ...] = ()


_NOTHING = Cleaned("")


def cleaned(text: str) -> Cleaned:
    """Return `text` repaired and without markup; line breaks stay, three or more become a blank line.

    Mojibake is repaired ("Ã©" → "é") with typographic apostrophes kept; HTML tags go and entities become characters;
    control, zero-width and Excel-escaped characters go. Applying it twice changes nothing.
    """
    if not text:
        return _NOTHING
    notes = []
    if "_x" in text:
        text = _EXCEL.sub(_excel_character, text)
    if ("<" in text or "&" in text) and (bare := _without_markup(text)) != text:
        notes.append("balises HTML retirées")
        text = bare
    if _SUSPECT.search(text):  # the repair costs a hundred times the search
        repaired = ftfy.fix_text(text, _REPAIR)
        if len(repaired) < len(text) and _MOJIBAKE.search(text):
            notes.append("encodage réparé")
        text = repaired
    return Cleaned(_spaced(text), tuple(notes))


def clean(text: str) -> str:
    """Return the text of `cleaned`."""
    return cleaned(text).text


def one_line(text: str) -> str:
    """Return a cleaned cell without line breaks."""
    return " ".join(clean(text).split())


@lru_cache(maxsize=20_000)
def short_line(text: str) -> str:
    """Return `one_line` of a cell that other rows repeat: a status, a name, a directorate."""
    return one_line(text)


def _excel_character(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in "\t\n\r" or character.isprintable() else ""


def _without_markup(text: str) -> str:
    for _ in range(2):  # some exports escape the markup itself: &lt;p&gt;
        text = shown(text)
        text = _ITEM.sub("- ", _BREAK.sub("\n", text))
        text = html.unescape(_TAG.sub("", text))
    return text


def shown(page: str) -> str:
    """Return markup without its comments, scripts, styles and head: what a reader never sees.

    One that is never closed hides nothing. Each is looked for once: the time is that of the length.
    """
    pieces: list[str] = []
    position, unclosed = 0, set[str]()
    for opening in _OPENED.finditer(page):
        name = (opening[1] or opening[2]).lower()
        if opening.start() < position or name in unclosed:
            continue
        closing = _CLOSED[name].search(page, opening.end())
        if closing:
            pieces.append(page[position : opening.start()])
            position = closing.end()
        else:
            unclosed.add(name)
    return "".join([*pieces, page[position:]])


def _spaced(text: str) -> str:
    if text[:1] == "'" and text[1:2] in _GUARDED:  # what an export writes before a formula
        text = text[1:]
    if not _UNEVEN.search(text):  # most cells
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", text).translate(_ZERO_WIDTH)
    text = _LONE_JOINER.sub("", text)
    text = re.sub(r"[ \t]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
