"""Rows and the spans found in them → masked rows, and the private list that the analyst reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.ingest.masking.find import Finder
from pipeline.ingest.masking.spans import LABELS, Span, show, without_overlap
from pipeline.ingest.records import Row
from pipeline.stages import Progress

TITLE, BENEFITS = "titre", "bénéfices"
MASK, RESTORE = "mask", "restore"
REVIEW_COLUMNS = ("idea_id", "field", "start", "end", "kind", "span", "context", "why", "decision")
"""Of the private list; a person fills in `decision`: `restore`, or nothing to accept."""
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Decision:
    """What an analyst decided about a piece of text; holds no word of it.

    Attributes:
        idea_id: of the idea.
        field: the column it stands in, `TITLE` or `BENEFITS`.
        start: first character.
        end: after the last one.
        action: `MASK` or `RESTORE`.
        kind: of data, for `MASK`.
    """

    idea_id: str
    field: str
    start: int
    end: int
    action: str
    kind: str = "nom"


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of an idea.

    Attributes:
        row: position of the idea.
        field: column, `TITLE` or `BENEFITS`.
        text: unmasked.
    """

    row: int
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Masked:
    """Ideas without personal data, as far as it was found.

    Attributes:
        rows: with labels in place of spans: for people.
        silent: the same with spans left out: for analysis.
        review: the private list, see `REVIEW_COLUMNS`.
        counts: kind → spans masked.
        unused: decisions whose text is no longer there.
        found: for each part of an idea, its spans: for `measure`.
    """

    rows: list[Row]
    silent: list[Row]
    review: pd.DataFrame
    counts: dict[str, int]
    unused: list[Decision]
    found: list[tuple[Unit, list[Span]]]


def units_of(rows: Sequence[Row]) -> list[Unit]:
    """Return the parts of ideas that hold text."""
    return [Unit(i, field, text) for i, row in enumerate(rows) for field, text in _texts(row) if text]


def mask_rows(rows: Sequence[Row], finder: Finder, decisions: Iterable[Decision], progress: Progress) -> Masked:
    """Return the rows with personal data masked.

    Args:
        rows: one per idea.
        finder: finds the spans.
        decisions: of the analyst: pieces to restore or to mask too.
        progress: told how far the search is.
    """
    units = units_of(rows)
    found = finder.find([unit.text for unit in units], progress)
    decided: dict[tuple[str, str], list[Decision]] = {}
    for decision in decisions:
        decided.setdefault((decision.idea_id, decision.field), []).append(decision)
    unused = {d for group in decided.values() for d in group}
    spans: list[list[Span]] = []
    for unit, guessed in zip(units, found, strict=True):
        here = decided.get((rows[unit.row].idea_id, unit.field), [])
        final, used = _decide(unit.text, guessed, here)
        spans.append(final)
        unused -= set(used)
    counts = Counter(span.kind for final in spans for span in final)
    return Masked(
        rows=_rewrite(rows, units, spans, LABELS),
        silent=_rewrite(rows, units, spans, {}),
        review=_review(rows, units, spans),
        counts={kind: counts[kind] for kind in LABELS if counts[kind]},
        unused=sorted(unused, key=lambda d: (d.idea_id, d.field, d.start)),
        found=[(unit, final) for unit, final in zip(units, spans, strict=True)],
    )


def _texts(row: Row) -> Iterator[tuple[str, str]]:
    yield TITLE, row.title
    yield from row.parts
    yield BENEFITS, row.benefits


def _decide(text: str, spans: Sequence[Span], decisions: Sequence[Decision]) -> tuple[list[Span], list[Decision]]:
    """Return the spans after the analyst's decisions, and the decisions that still apply."""
    used = []
    kept = list(spans)
    for decision in decisions:
        if decision.action == RESTORE:
            rest = [s for s in kept if (s.start, s.end) != (decision.start, decision.end)]
            used += [decision] if len(rest) < len(kept) else []
            kept = rest
        elif decision.end <= len(text):
            kept.append(Span(decision.start, decision.end, decision.kind, "décision de l’analyste"))
            used.append(decision)
    return without_overlap(kept), used


def _rewrite(
    rows: Sequence[Row], units: Sequence[Unit], spans: Sequence[Sequence[Span]], labels: Mapping[str, str]
) -> list[Row]:
    shown: dict[int, dict[str, str]] = {}
    for unit, final in zip(units, spans, strict=True):
        if final:
            shown.setdefault(unit.row, {})[unit.field] = show(unit.text, final, labels)
    return [_with_texts(row, shown[i]) if i in shown else row for i, row in enumerate(rows)]


def _with_texts(row: Row, texts: Mapping[str, str]) -> Row:
    return replace(
        row,
        title=texts.get(TITLE, row.title),
        parts=tuple((heading, texts.get(heading, text)) for heading, text in row.parts),
        benefits=texts.get(BENEFITS, row.benefits),
    )


def _review(rows: Sequence[Row], units: Sequence[Unit], spans: Sequence[Sequence[Span]]) -> pd.DataFrame:
    listed = [
        [rows[u.row].idea_id, u.field, s.start, s.end, s.kind, u.text[s.start : s.end], _context(u.text, s), s.why, ""]
        for u, final in zip(units, spans, strict=True)
        for s in final
    ]
    return pd.DataFrame(listed, columns=list(REVIEW_COLUMNS))


def _context(text: str, span: Span) -> str:
    before = text[max(0, span.start - _AROUND) : span.start]
    after = text[span.end : span.end + _AROUND]
    return " ".join(f"{before}⟦{text[span.start : span.end]}⟧{after}".split())
