"""A piece of text that identifies someone, and what is shown instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LABELS = {
    "nom": "[nom masqué]",
    "prenom": "[prénom masqué]",
    "email": "[adresse électronique masquée]",
    "telephone": "[téléphone masqué]",
    "nir": "[numéro de sécurité sociale masqué]",
    "adresse": "[adresse masquée]",
    "plaque": "[immatriculation masquée]",
    "url": "[lien masqué]",
}
"""Kind → what a reader sees instead of the span."""

_ORDER = tuple(LABELS)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a text identifies someone.

    Attributes:
        start: first character.
        end: after the last one.
        kind: a key of `LABELS`.
        why: the rule that found it, in French.
    """

    start: int
    end: int
    kind: str
    why: str


def without_overlap(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, overlapping ones merged: the longest names the kind."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end, _ORDER.index(s.kind))):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            longest = last if last.end - last.start >= span.end - span.start else span
            merged[-1] = Span(last.start, max(last.end, span.end), longest.kind, longest.why)
        else:
            merged.append(span)
    return merged


def show(text: str, spans: Iterable[Span], labels: Mapping[str, str] = LABELS) -> str:
    """Return `text` with each span replaced by its label (nothing when `labels` lacks the kind)."""
    pieces: list[str] = []
    position = 0
    for span in spans:
        pieces += [text[position : span.start], labels.get(span.kind, "")]
        position = span.end
    return "".join([*pieces, text[position:]])
