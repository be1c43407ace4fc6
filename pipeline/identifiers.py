"""Identifiers of the data, of any length and characters → short plain names, for files, pages and other identifiers."""

from __future__ import annotations

import hashlib
import re

from pipeline.french import fold

_LONGEST = 100
_HASH = 8
_SLUG = 30


def anchor(prefix: str, identifier: str) -> str:
    """Return a name for an HTML id or a file from an identifier of the data: plain characters, others for others.

    A long one is cut, and a hash of the whole tells it apart: no file system takes more than 255 characters.
    """
    plain = f"{prefix}-" + re.sub(r"[^A-Za-z0-9_-]", lambda m: f".{ord(m[0]):x}.", identifier)
    if len(plain) <= _LONGEST:
        return plain
    return f"{plain[: _LONGEST - _HASH - 1]}-{hashlib.sha256(identifier.encode()).hexdigest()[:_HASH]}"


def slug(text: str) -> str:
    """Return the letters and figures of a text in small letters joined by hyphens, the first ones when it is long."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:_SLUG].strip("-")


def theme_number(theme_id: str) -> str:
    """Return the number of a theme as people see and type it: "3" for T03; any other id is its own number."""
    digits = re.fullmatch(r"T0*(\d+)", theme_id)
    return digits[1] if digits else theme_id
