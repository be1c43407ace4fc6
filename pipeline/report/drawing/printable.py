"""Text that the embedded fonts can draw: anything else becomes a visible sign, since PDF/A allows no missing glyph."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.french import typeset

UNKNOWN = "□"
_BREAK_EVERY = 40
_CONTROLS = (
    "\u200b\u200c\u200d\ufe0e\ufe0f\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
)


@cache
def _drawable() -> frozenset[int]:
    listed = (files("pipeline.report") / "fonts" / "drawable.txt").read_text(encoding="ascii").split()
    spans = [span.split("-") for span in listed]
    return frozenset(code for span in spans for code in range(int(span[0], 16), int(span[-1], 16) + 1))


@cache
def _as_it_is() -> re.Pattern[str]:
    """Return the pattern of texts that nothing has to be done to: nearly all."""
    plain = "".join(map(chr, sorted(code for code in _drawable() if _without_controls(chr(code)) == chr(code))))
    return re.compile(f"[\n{re.escape(plain)}]*")


def text(value: str) -> str:
    """Return `value` with what no embedded font can draw as □, without marks that reorder or join characters.

    Long runs without a space take break opportunities, so that they stay inside the page.
    """
    return " ".join(map(_breakable, drawable(value).split(" ")))


def drawable(value: str) -> str:
    """Return `value` with what no embedded font can draw as □, without marks that reorder or join characters."""
    plain = unicodedata.normalize("NFC", value)
    if _as_it_is().fullmatch(plain):
        return plain
    known = _drawable()
    return "".join(c if ord(c) in known or c == "\n" else UNKNOWN for c in _without_controls(plain))


def _without_controls(value: str) -> str:
    spaced = value.replace("\t", " ").replace("\r", "").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(
        c for c in spaced if c == "\n" or (c not in _CONTROLS and unicodedata.category(c) not in {"Cc", "Cs"})
    )


def _breakable(word: str) -> str:
    if len(word) <= _BREAK_EVERY:
        return word
    return "\u200b".join(word[i : i + _BREAK_EVERY] for i in range(0, len(word), _BREAK_EVERY))


def plain(value: Any) -> Any:  # noqa: ANN401 - any value of a view
    """Return a view as JSON-ready values, every text printable and in French typography."""
    if isinstance(value, str):
        return text(typeset(value))
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
