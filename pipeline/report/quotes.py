"""A summary made of sentences of the ideas is shown as what it is: quotations, not the words of who publishes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.french import enumeration, typeset

_END = re.compile(r"(?<=[.!?…»])\s+")


def as_read(summary: str, texts: Iterable[str]) -> str:
    """Return a summary, in quotation marks where it is made of sentences of the texts.

    Args:
        summary: by a person, or sentences of ideas one after the other.
        texts: of the ideas of the theme.
    """
    plain = [_squeezed(text) for text in texts]
    quoted = _quotations(_END.split(summary.strip()), plain) if summary.strip() else None
    if not quoted:
        return typeset(summary)
    return typeset(f"On y lit : {enumeration(f'« {_inner(sentence)} »' for sentence in quoted)}.")


def _quotations(pieces: list[str], texts: list[str]) -> list[str] | None:
    """Return the pieces joined into the longest runs that a text holds, or None when one is in no text."""
    found = []
    while pieces:
        sizes = range(len(pieces), 0, -1)
        run = next((n for n in sizes if any(_squeezed(" ".join(pieces[:n])).rstrip(". ") in text for text in texts)), 0)
        if not run:
            return None
        found.append(" ".join(pieces[:run]))
        pieces = pieces[run:]
    return found


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", typeset(text)).strip().casefold()


def _inner(sentence: str) -> str:
    """Return a sentence ready to stand in quotation marks: its own become those of the second level, no full stop."""
    inside = re.sub(r"«[\s\u00a0\u202f]*(.*?)[\s\u00a0\u202f]*»", "“\\1”", sentence)
    return inside[:-1] if inside.endswith(".") and not inside.endswith("..") else inside
