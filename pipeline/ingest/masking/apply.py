"""Ideas and the spans found in them → masked ideas, and the private list that the analyst reviews."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.ingest.masking.spans import LABELS, Span, show, without_overlap
from pipeline.ingest.records import Row

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
class Masked:
    """What masking did, apart from the masked texts themselves.

    Attributes:
        review: the private list, see `REVIEW_COLUMNS`.
        counts: kind → spans masked.
        ideas: how many ideas hold one.
        decisions: those that stand, pieces named by an analyst included.
        unused: decisions whose text is no longer there.
    """

    review: pd.DataFrame
    counts: dict[str, int]
    ideas: int
    decisions: list[Decision]
    unused: list[Decision]


def texts_of(row: Row) -> Iterator[tuple[str, str]]:
    """Yield (field, text) for the parts of an idea that hold text."""
    for field, text in ((TITLE, row.title), *row.parts, (BENEFITS, row.benefits)):
        if text:
            yield field, text


class Masking:
    """Masks ideas one after the other, and remembers what the analyst should review."""

    def __init__(self, decisions: Sequence[Decision], added: Sequence[Added]) -> None:
        """Take the analyst's decisions: pieces to restore or to mask too, by place or by their words."""
        self._given: dict[tuple[str, str], list[Decision]] = defaultdict(list)
        for decision in decisions:
            self._given[decision.idea_id, decision.field].append(decision)
        self._added: dict[str, list[Added]] = defaultdict(list)
        for piece in added:
            self._added[piece.idea_id].append(piece)
        self._standing, self._used = set(decisions), set[Decision]()
        self._listed: list[tuple[object, ...]] = []
        self._counts: Counter[str] = Counter()
        self._ideas = 0

    def mask(self, row: Row, found: Iterator[list[Span]]) -> tuple[Row, Row, list[tuple[str, list[Span]]]]:
        """Return the idea for people (labels in place of spans), for analysis (spans left out), and text → spans.

        Args:
            row: an idea.
            found: the spans of each of its texts, in their order; advanced by as many.
        """
        masked = [(field, text, self._decide(row.idea_id, field, text, next(found))) for field, text in texts_of(row)]
        self._ideas += any(spans for _, _, spans in masked)
        self._counts.update(span.kind for _, _, spans in masked for span in spans)
        return (
            _rewritten(row, masked, LABELS),
            _rewritten(row, masked, {}),
            [(text, spans) for _, text, spans in masked],
        )

    def result(self) -> Masked:
        """Return what was done."""
        return Masked(
            review=pd.DataFrame(self._listed, columns=list(REVIEW_COLUMNS)),
            counts={kind: self._counts[kind] for kind in LABELS if self._counts[kind]},
            ideas=self._ideas,
            decisions=sorted(self._standing, key=_place),
            unused=sorted(self._standing - self._used, key=_place),
        )

    def _decide(self, idea_id: str, field: str, text: str, guessed: Sequence[Span]) -> list[Span]:
        """Return the spans to mask after the analyst's decisions; list them all, those restored included."""
        named = list(_placed(self._added.get(idea_id, ()), field, text))
        self._standing.update(named)
        given = [*self._given.get((idea_id, field), ()), *named]
        if not (guessed or given):
            return []
        restore = {(d.start, d.end): d for d in given if d.action == RESTORE}
        accept = {(d.start, d.end): d for d in given if d.action == MASK and d.end <= len(text)}
        restored = [span for span in guessed if (span.start, span.end) in restore]
        own = [Span(*place, d.kind, "décision de l’analyste") for place, d in accept.items()]
        masked = without_overlap([*(span for span in guessed if span not in restored), *own])
        self._used.update(accept.values(), (restore[span.start, span.end] for span in restored))
        words = dict.fromkeys(restore, WORDS[RESTORE]) | dict.fromkeys(accept, WORDS[MASK])
        for span in sorted([*masked, *restored], key=lambda s: s.start):
            told = (text[span.start : span.end], _context(text, span), span.why, words.get((span.start, span.end), ""))
            self._listed.append((idea_id, field, span.start, span.end, span.kind, *told))
        return masked


def _place(decision: Decision) -> tuple[str, str, int, int]:
    return (decision.idea_id, decision.field, decision.start, decision.end)


def _placed(added: Iterable[Added], field: str, text: str) -> Iterator[Decision]:
    for piece in added:
        for match in re.finditer(re.escape(piece.piece), text):
            yield Decision(piece.idea_id, field, match.start(), match.end(), MASK, piece.kind)


def _rewritten(row: Row, masked: Sequence[tuple[str, str, Sequence[Span]]], labels: Mapping[str, str]) -> Row:
    shown = {field: show(text, spans, labels) for field, text, spans in masked if spans}
    if not shown:
        return row
    return replace(
        row,
        title=shown.get(TITLE, row.title),
        parts=tuple((heading, shown.get(heading, text)) for heading, text in row.parts),
        benefits=shown.get(BENEFITS, row.benefits),
    )


def _context(text: str, span: Span) -> str:
    before = text[max(0, span.start - _AROUND) : span.start]
    after = text[span.end : span.end + _AROUND]
    return " ".join(f"{before}[[{text[span.start : span.end]}]]{after}".split())
