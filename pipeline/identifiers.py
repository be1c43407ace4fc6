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


def lab_id(theme_id: str) -> str:
    """Return the id of a theme's working group, the theme's own number in it: "T03" → "lab-T03", "L03" → "lab-L03"."""
    return f"lab-{theme_id}"


def former_lab(theme_id: str) -> str:
    """Return what the group of a theme was called up to version 0.3, as tables may still call it: "T03" → "lab-3"."""
    return f"lab-{theme_number(theme_id)}"


def lab_now(name: str) -> str:
    """Return the id that a group has now, from the one that a table of version 0.3 gives it: "lab-3" → "lab-T03"."""
    former = re.fullmatch(r"lab-(\d+)", name)
    return lab_id(f"T{former[1]:0>2}") if former else name


def theme_number(theme_id: str) -> str:
    """Return the number of a theme as people see and type it: "3" for T03; any other id is its own number."""
    digits = re.fullmatch(r"T0*(\d+)", theme_id)
    return digits[1] if digits else theme_id
