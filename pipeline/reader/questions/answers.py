"""What a model wrote → JSON that was asked for, clean texts, and quotes that are really there."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from pipeline.french import fold, typeset

_LONGEST = 200_000
"""Characters of an answer that are looked at: a reader that goes on and on is not listened to."""
_STARTS = 200
"""Opening braces that are tried."""
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_QUOTED = "«»\"“”„'’‘ .,;:…!?-–()[]"


def found_json(text: str) -> dict[str, Any] | None:
    """Return the largest JSON object in what a model wrote, None without: fences, thoughts and chat are passed over."""
    text = _THOUGHTS.sub("", text[:_LONGEST])
    decoder, best, best_length, at = json.JSONDecoder(), None, 0, text.find("{")
    for _ in range(_STARTS):
        if at < 0:
            break
        try:
            found, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
            continue
        if isinstance(found, dict) and end - at > best_length:
            best, best_length = found, end - at
        at = text.find("{", end)
    return best


def cleaned(text: object, longest: int) -> str:
    """Return a text that a model wrote as plain French on one line; empty when it is none or too long."""
    if not isinstance(text, str) or len(text) > 4 * longest:
        return ""
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in unicodedata.normalize("NFC", text))
    kept = typeset(" ".join(kept.split()))
    return kept if len(kept) <= longest else ""


def listed(found: object, name: str) -> list[dict[str, Any]]:
    """Return the objects of the list `name` of an answer; none when it is of another shape."""
    rows = found.get(name) if isinstance(found, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def whole(value: object, most: int) -> int | None:
    """Return a whole number between 0 and `most`, written as a number or in figures; None otherwise."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 6:  # noqa: PLR2004
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= most else None


def numbers(value: object, known: frozenset[str] | set[str]) -> list[str]:
    """Return the ideas of a list that are known, each once, in their order: invented numbers are left out."""
    cells = value if isinstance(value, list) else []
    return list(dict.fromkeys(str(cell).strip() for cell in cells if str(cell).strip() in known))


def quote_in(quote: object, text: str, least: int = 3) -> str:
    """Return the quote as the text has it; empty when it is not there or has fewer than `least` words."""
    if not isinstance(quote, str) or len(quote) > 2 * len(text) + 20:
        return ""
    wanted = _plain(quote).strip(_QUOTED)
    if len(wanted.split()) < least:
        return ""
    plain = _plain(text)
    at = plain.find(wanted)
    if at < 0:
        return ""
    words_before, count = len(plain[:at].split()), len(wanted.split())
    if at and not plain[at - 1].isspace():
        words_before -= 1
    return " ".join(text.split()[words_before : words_before + count]).strip(_QUOTED.replace(".", ""))


def _plain(text: str) -> str:
    return " ".join(fold(part).replace(" ", "") or "·" for part in text.split())
