"""Spans that a person labelled in the export (columns `idea_id`, `span`, `kind`), to measure masking against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.ingest.columns.mapping import Mapped
from pipeline.ingest.masking.spans import LABELS, Span, without_overlap

_COLUMNS = ("idea_id", "span", "kind")


@dataclass(frozen=True, slots=True)
class Labels:
    """What identifies someone, according to a person.

    Attributes:
        by_idea: idea_id → (piece of text, kind).
    """

    by_idea: dict[str, list[tuple[str, str]]]

    def __bool__(self) -> bool:
        """Whether anything is labelled."""
        return bool(self.by_idea)

    def spans(self, idea_id: str, text: str) -> list[Span]:
        """Return where the labelled pieces stand in a part of the idea, every time they occur."""
        found = []
        for piece, kind in self.by_idea.get(idea_id, ()):
            start = text.find(piece)
            while start >= 0:
                found.append(Span(start, start + len(piece), kind, "étiquette"))
                start = text.find(piece, start + len(piece))
        return without_overlap(found)


def is_labels(table: Mapped) -> bool:
    """Tell whether a table is one of labelled spans, which measures masking and must not help it."""
    return set(_COLUMNS) <= set(table.grid.columns)


def labelled_spans(tables: Iterable[Mapped]) -> Labels:
    """Return the labels of the first table that has the three columns; none when no table has."""
    by_idea: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table in tables:
        if is_labels(table):
            for idea_id, piece, kind in zip(*map(table.grid.column, _COLUMNS), strict=True):
                if piece and kind in LABELS:
                    by_idea[idea_id].append((piece, kind))
            break
    return Labels(dict(by_idea))
