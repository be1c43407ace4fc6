"""Rows and the spans found in them → masked rows, and the private list that the analyst reviews."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.ingest.masking.find import Finder
from pipeline.ingest.masking.spans import LABELS, Span, show, without_overlap
from pipeline.ingest.records import Row
from pipeline.stages import Progress

TITLE, BENEFITS = "titre", "bénéfices"
MASK, RESTORE = "mask", "restore"
REVIEW_COLUMNS = ("idea_id", "field", "start", "end", "kind", "span", "context", "why", "decision")
"""Of the private list; a person fills in `decision`: "rétablir", or "masquer" to accept for good."""
WORDS = {MASK: "masquer", RESTORE: "rétablir"}
"""Action → what the list says."""
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
class Added:
    """A piece that the search missed, named by an analyst in the private list.

    Attributes:
        idea_id: of the idea.
        piece: its words, wherever they stand in the idea.
        kind: of data.
    """

    idea_id: str
    piece: str
    kind: str


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
        decisions: those that stand, pieces named by an analyst included.
        unused: decisions whose text is no longer there.
        found: for each part of an idea, its spans: for `measure`.
    """

    rows: list[Row]
    silent: list[Row]
    review: pd.DataFrame
    counts: dict[str, int]
    decisions: list[Decision]
    unused: list[Decision]
    found: list[tuple[Unit, list[Span]]]


def units_of(rows: Sequence[Row]) -> list[Unit]:
    """Return the parts of ideas that hold text."""
    return [Unit(i, field, text) for i, row in enumerate(rows) for field, text in _texts(row) if text]


def mask_rows(
    rows: Sequence[Row], finder: Finder, decisions: Sequence[Decision], added: Sequence[Added], progress: Progress
) -> Masked:
    """Return the rows with personal data masked.

    Args:
        rows: one per idea.
        finder: finds the spans.
        decisions: of the analyst: pieces to restore or to mask too.
        added: pieces an analyst names by their words.
        progress: told how far the search is.
    """
    units = units_of(rows)
    found = finder.find([unit.text for unit in units], progress)
    standing = [*decisions, *_placed(rows, units, added)]
    decided: dict[tuple[str, str], list[Decision]] = {}
    for decision in standing:
        decided.setdefault((decision.idea_id, decision.field), []).append(decision)
    here = [decided.get((rows[unit.row].idea_id, unit.field), []) for unit in units]
    results = [_decide(unit.text, guessed, own) for unit, guessed, own in zip(units, found, here, strict=True)]
    spans = [result.masked for result in results]
    used = {decision for result in results for decision in result.used}
    counts = Counter(span.kind for final in spans for span in final)
    return Masked(
        rows=_rewrite(rows, units, spans, LABELS),
        silent=_rewrite(rows, units, spans, {}),
        review=_review(rows, units, results),
        counts={kind: counts[kind] for kind in LABELS if counts[kind]},
        decisions=sorted(set(standing), key=_place),
        unused=sorted(set(standing) - used, key=_place),
        found=list(zip(units, spans, strict=True)),
    )


def _place(decision: Decision) -> tuple[str, str, int, int]:
    return (decision.idea_id, decision.field, decision.start, decision.end)


def _placed(rows: Sequence[Row], units: Sequence[Unit], added: Sequence[Added]) -> Iterator[Decision]:
    pieces: dict[str, list[Added]] = {}
    for piece in added:
        pieces.setdefault(piece.idea_id, []).append(piece)
    for unit in units:
        idea_id = rows[unit.row].idea_id
        for piece in pieces.get(idea_id, ()):
            for match in re.finditer(re.escape(piece.piece), unit.text):
                yield Decision(idea_id, unit.field, match.start(), match.end(), MASK, piece.kind)


def _texts(row: Row) -> Iterator[tuple[str, str]]:
    yield TITLE, row.title
    yield from row.parts
    yield BENEFITS, row.benefits


@dataclass(frozen=True, slots=True)
class _Decided:
    """Spans of one part after the analyst's decisions: masked, restored, accepted for good, and decisions used."""

    masked: list[Span]
    restored: list[Span]
    accepted: frozenset[tuple[int, int]]
    used: list[Decision]


def _decide(text: str, spans: Sequence[Span], decisions: Sequence[Decision]) -> _Decided:
    restore = {(d.start, d.end): d for d in decisions if d.action == RESTORE}
    restored = [span for span in spans if (span.start, span.end) in restore]
    accepted = [d for d in decisions if d.action == MASK and d.end <= len(text)]
    own = [Span(d.start, d.end, d.kind, "décision de l’analyste") for d in accepted]
    kept = [span for span in spans if span not in restored]
    return _Decided(
        masked=without_overlap([*kept, *own]),
        restored=restored,
        accepted=frozenset((d.start, d.end) for d in accepted),
        used=[*(restore[span.start, span.end] for span in restored), *accepted],
    )


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


def _review(rows: Sequence[Row], units: Sequence[Unit], results: Sequence[_Decided]) -> pd.DataFrame:
    listed = []
    for unit, result in zip(units, results, strict=True):
        for span in sorted([*result.masked, *result.restored], key=lambda s: s.start):
            decision = WORDS[RESTORE] if span in result.restored else ""
            decision = WORDS[MASK] if (span.start, span.end) in result.accepted else decision
            piece, context = unit.text[span.start : span.end], _context(unit.text, span)
            place = [rows[unit.row].idea_id, unit.field, span.start, span.end]
            listed.append([*place, span.kind, piece, context, span.why, decision])
    return pd.DataFrame(listed, columns=list(REVIEW_COLUMNS))


def _context(text: str, span: Span) -> str:
    before = text[max(0, span.start - _AROUND) : span.start]
    after = text[span.end : span.end + _AROUND]
    return " ".join(f"{before}[[{text[span.start : span.end]}]]{after}".split())
