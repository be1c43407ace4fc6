"""Ideas and the spans found in them → masked ideas, and the private list that the analyst reviews."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.ingest.masking.marks import AROUND, UNKNOWN, Mark, Place, cuts_no_word, found, mark_at
from pipeline.ingest.masking.spans import LABELS, Span, show, without_overlap
from pipeline.ingest.rows.records import Row

TITLE, BENEFITS = "titre", "bénéfices"
MASK, RESTORE = "mask", "restore"
REVIEW_COLUMNS = ("idea_id", "field", "start", "end", "kind", "span", "context", "why", "decision")
"""Of the private list; a person fills in `decision`: "rétablir", or "masquer" to accept for good."""
WORDS = {MASK: "masquer", RESTORE: "rétablir"}
"""Action → what the list says."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an analyst decided about a piece of text; holds no word of it.

    The place is where the piece stood when the decision was made; the mark finds it again.

    Attributes:
        idea_id: of the idea.
        field: the column it stands in, `TITLE` or `BENEFITS`.
        start: first character.
        end: after the last one.
        action: `MASK` or `RESTORE`.
        kind: of data, for `MASK`.
        mark: what it covers; empty in a file of an earlier version, where the place alone says it.
    """

    idea_id: str
    field: str
    start: int
    end: int
    action: str
    kind: str = "nom"
    mark: Mark = UNKNOWN

    @property
    def place(self) -> Place:
        """Where the piece stood."""
        return (self.start, self.end)

    def at(self, place: Place, mark: Mark) -> Decision:
        """Return the decision, made again where the piece stands now."""
        return replace(self, start=place[0], end=place[1], mark=mark)


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
        decisions: those that stand, at the place where their piece is now, and those that do not apply any more.
        unused: those whose piece is no longer there.
    """

    review: pd.DataFrame
    counts: dict[str, int]
    ideas: int
    decisions: list[Decision]
    unused: list[Decision]


def texts_of(row: Row) -> Iterator[tuple[str, str]]:
    """Yield (field, text) for the parts of an idea that hold text; no two fields have one name."""
    names: Counter[str] = Counter((TITLE, BENEFITS))
    parts = []
    for heading, text in row.parts:
        names[heading] += 1
        parts.append((heading if names[heading] == 1 else f"{heading} ({names[heading]})", text))
    return ((field, text) for field, text in ((TITLE, row.title), *parts, (BENEFITS, row.benefits)) if text)


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
        self._left, self._standing = set(decisions), set[Decision]()
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
            decisions=sorted(self._standing | self._left, key=_place),
            unused=sorted(self._left, key=_place),
        )

    def _decide(self, idea_id: str, field: str, text: str, guessed: Sequence[Span]) -> list[Span]:
        """Return the spans to mask after the analyst's decisions; list them all, those restored included."""
        named = _placed(self._added.get(idea_id, ()), field, text)
        guesses = [(span.start, span.end) for span in guessed]
        given = [*self._again(self._given.get((idea_id, field), ()), text, guesses), *named]
        self._standing.update(given)
        return self._masked(idea_id, field, text, guessed, given) if guessed or given else []

    def _again(self, given: Iterable[Decision], text: str, guesses: Sequence[Place]) -> Iterator[Decision]:
        """Yield the decisions at the places where their pieces stand now; the others are left."""
        for decision in given:
            places = _places(decision, text, guesses if decision.action == RESTORE else None)
            if places:
                self._left.discard(decision)
            yield from (decision.at(place, mark_at(decision.idea_id, text, place)) for place in places)

    def _masked(
        self, idea_id: str, field: str, text: str, guessed: Sequence[Span], given: Sequence[Decision]
    ) -> list[Span]:
        restore = {d.place for d in given if d.action == RESTORE}
        accept = {d.place: d for d in given if d.action == MASK}
        restored = [span for span in guessed if (span.start, span.end) in restore]
        own = [Span(*place, d.kind, "décision de l’analyste") for place, d in accept.items()]
        masked = without_overlap([*(span for span in guessed if span not in restored), *own])
        words = dict.fromkeys(restore, WORDS[RESTORE]) | dict.fromkeys(accept, WORDS[MASK])
        for span in sorted([*masked, *restored], key=lambda s: s.start):
            told = (text[span.start : span.end], _context(text, span), span.why, words.get((span.start, span.end), ""))
            self._listed.append((idea_id, field, span.start, span.end, span.kind, *told))
        return masked


def _place(decision: Decision) -> tuple[str, str, int, int]:
    return (decision.idea_id, decision.field, decision.start, decision.end)


def _places(decision: Decision, text: str, among: Sequence[Place] | None) -> list[Place]:
    """Return where the piece of a decision stands in a text, as it was written when it has not moved."""
    mark, idea_id, place = decision.mark, decision.idea_id, decision.place
    if not mark.piece:  # of an earlier version
        return [place] if (cuts_no_word(text, place) if among is None else place in among) else []
    unmoved = place[1] <= len(text) and mark_at(idea_id, text, place).piece == mark.piece
    places = found(mark, idea_id, text, among)
    inside = unmoved and among is None
    return [place if inside and place[0] <= start and end <= place[1] else (start, end) for start, end in places]


def _placed(added: Iterable[Added], field: str, text: str) -> Iterator[Decision]:
    """Yield the pieces named by their words, wherever they stand as words of their own."""
    for piece in added:
        for match in re.finditer(rf"(?<!\w){re.escape(piece.piece)}(?!\w)", text):
            yield Decision(
                piece.idea_id, field, *match.span(), MASK, piece.kind, mark_at(piece.idea_id, text, match.span())
            )


def _rewritten(row: Row, masked: Sequence[tuple[str, str, Sequence[Span]]], labels: Mapping[str, str]) -> Row:
    if not any(spans for _, _, spans in masked):
        return row
    shown = (show(text, spans, labels) for _, text, spans in masked)  # in the order of `texts_of`
    return replace(
        row,
        title=row.title and next(shown),
        parts=tuple((heading, text and next(shown)) for heading, text in row.parts),
        benefits=row.benefits and next(shown),
    )


def _context(text: str, span: Span) -> str:
    before = text[max(0, span.start - AROUND) : span.start]
    after = text[span.end : span.end + AROUND]
    return " ".join(f"{before}[[{text[span.start : span.end]}]]{after}".split())
