"""The private lists, as an analyst gives them back from a spreadsheet → decisions that hold no personal data."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.csv_file import csv_bytes
from pipeline.files.spreadsheet import Columns, read_sheet, whole
from pipeline.french import fold
from pipeline.ingest.masking.apply import MASK, RESTORE, Added, Decision
from pipeline.ingest.masking.marks import UNKNOWN, Mark, Place, mark_of
from pipeline.ingest.masking.spans import LABELS
from pipeline.ingest.tables.matching import DIFFERENT, SAME

_MASKING_WORDS = {
    "masquer": MASK, "masque": MASK, "mask": MASK, "ok": MASK, "accepter": MASK, "oui": MASK, "x": MASK,
    "retablir": RESTORE, "restaurer": RESTORE, "restore": RESTORE, "non": RESTORE,
}  # fmt: skip
_PERSON_WORDS = {
    "meme personne": SAME, "meme": SAME, "same": SAME, "oui": SAME,
    "deux personnes": DIFFERENT, "differentes": DIFFERENT, "different": DIFFERENT, "non": DIFFERENT,
}  # fmt: skip
_About = tuple[str, str, Mark]
"""Idea, column, what is covered."""


@dataclass(frozen=True, slots=True)
class MaskingList:
    """What an analyst wrote in the list of masked spans.

    Attributes:
        decided: decisions of the list.
        said: what its rows are about, those left or emptied too.
        places: the same, by place: for decisions of an earlier version.
        added: pieces the search missed, named by their words.
    """

    decided: tuple[Decision, ...]
    said: frozenset[_About]
    places: frozenset[tuple[str, str, Place]]
    added: tuple[Added, ...]

    def over(self, earlier: tuple[Decision, ...]) -> tuple[Decision, ...]:
        """Return the earlier decisions with those of the list in their place."""
        kept = (decision for decision in earlier if not self._tells_of(decision))
        return (*kept, *self.decided)

    def _tells_of(self, decision: Decision) -> bool:
        if decision.mark.piece:
            return (decision.idea_id, decision.field, decision.mark) in self.said
        return (decision.idea_id, decision.field, decision.place) in self.places


def read_masking_list(content: bytes, name: str) -> MaskingList:
    """Return what the analyst wrote; the file may come back from any spreadsheet (separator, encoding).

    Raises:
        MinilabsError: `sheet.*`, `ingest.list_word`, `ingest.list_row`, all rows at once.
    """
    listed: dict[tuple[str, str, Place, Mark], Decision | None] = {}
    added: list[Added] = []
    errors: list[MinilabsError] = []
    for line in read_sheet(content, name, _COLUMNS, needed=("idea_id", "decision")):
        row, start, end = line.cells, whole(line.cells["start"]), whole(line.cells["end"])
        action, kind = _MASKING_WORDS.get(fold(row["decision"])), row["kind"] or "nom"
        if error := _mistake(row, action, kind, name, line.line):
            errors.append(error)
        elif start is not None and end is not None:
            place, mark = (start, end), _mark(row)
            decision = Decision(row["idea_id"], row["field"], start, end, action, kind, mark) if action else None
            listed[row["idea_id"], row["field"], place, mark] = decision
        elif row["span"] and action == MASK:
            added.append(Added(row["idea_id"], row["span"], kind))
    raise_all(errors)
    return _told(listed, added)


def _told(listed: Mapping[tuple[str, str, Place, Mark], Decision | None], added: Iterable[Added]) -> MaskingList:
    return MaskingList(
        tuple(decision for decision in listed.values() if decision),
        frozenset((idea, field, mark) for idea, field, _, mark in listed),
        frozenset((idea, field, place) for idea, field, place, _ in listed),
        tuple(added),
    )


def _mark(row: Mapping[str, str]) -> Mark:
    """Return what a row of the list covers, from the words that it shows; nothing when they were taken away."""
    piece = " ".join(row["span"].split())
    before, stands, after = row["context"].partition(f"[[{piece}]]")
    return mark_of(row["idea_id"], before, piece, after) if piece and stands else UNKNOWN


def _mistake(row: Mapping[str, str], action: str | None, kind: str, name: str, number: int) -> MinilabsError | None:
    if row["decision"] and not action:
        return MinilabsError("ingest.list_word", file=name, row=number, allowed="« masquer » ou « rétablir »")
    if kind not in LABELS:
        return MinilabsError("ingest.list_row", file=name, row=number, allowed=", ".join(LABELS))
    return None


def read_persons_list(content: bytes, name: str) -> dict[frozenset[str], str]:
    """Return pair of refs → "same" or "different", for the rows that the analyst decided.

    Raises:
        MinilabsError: `sheet.*`, `ingest.list_word`, all rows at once.
    """
    decided: dict[frozenset[str], str] = {}
    errors: list[MinilabsError] = []
    for row in read_sheet(content, name, _COLUMNS, needed=("person_a", "person_b", "decision")):
        word = fold(row.cells["decision"])
        if word and word not in _PERSON_WORDS:
            allowed = "« même personne » ou « deux personnes »"
            errors.append(MinilabsError("ingest.list_word", file=name, row=row.line, allowed=allowed))
        elif word:
            decided[frozenset({row.cells["person_a"], row.cells["person_b"]})] = _PERSON_WORDS[word]
    raise_all(errors)
    return decided


def write_list(frame: pd.DataFrame) -> bytes:
    """Return a private list as a French spreadsheet opens it by itself: semicolons, byte order mark, French headers."""
    rows = frame.itertuples(index=False, name=None)
    told = ([_YES_NO.get(cell, cell) if isinstance(cell, bool) else cell for cell in row] for row in rows)
    return codecs.BOM_UTF8 + csv_bytes([[_HEADERS[column] for column in frame.columns], *told], separator=";")


_YES_NO = {True: "oui", False: "non"}
_HEADERS = {
    "idea_id": "idée",
    "field": "colonne",
    "start": "début",
    "end": "fin",
    "kind": "nature",
    "span": "passage",
    "context": "contexte",
    "why": "motif",
    "person_a": "repère A",
    "name_a": "personne A",
    "person_b": "repère B",
    "name_b": "personne B",
    "merged": "réunies pour l’instant",
    "decision": "décision",
}
"""Column of the lists → its header for people; both are read."""
_COLUMNS: Columns = {column: (header,) for column, header in _HEADERS.items()}
