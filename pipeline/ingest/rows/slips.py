"""What is kept in memory of the rows of an export, and what happened to each: the words stay where they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import overload

from pipeline.ingest.rows.records import Person, Row

KEPT, MERGED, ASIDE, EMPTY = "gardée", "réunie", "mise de côté", "sans contenu"
"""What can happen to a row."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one row.

    Attributes:
        table: file and sheet.
        number: of the row in it.
        idea_id: of the idea it became part of; empty when there is none.
        action: `KEPT`, `MERGED`, `ASIDE` or `EMPTY`.
        why: in French; never quotes the row.
    """

    table: str
    number: int
    idea_id: str
    action: str
    why: str


@dataclass(frozen=True, slots=True)
class Slip:
    """What is kept in memory of a row: its words stay where they are.

    Attributes:
        place: of the row among those read, from 0.
        table: file and sheet.
        number: of the row in it, from 1.
        idea_id: of its idea; empty when it has none.
        own: the export's number; empty when it has none.
        title: digest of its title; empty without.
        submitted_on: ISO date, or empty.
        status: as written.
        people: named in it.
        digest: of its words; equal for equal texts, whatever their accents and punctuation.
        filled: whether it proposes anything.
        reason: why its idea would not be analysed; empty when it would.
        notes: what was repaired.
        problems: columns whose cell could not be understood, with what was expected.
    """

    place: int
    table: str
    number: int
    idea_id: str
    own: str
    title: str
    submitted_on: str
    status: str
    people: tuple[Person, ...]
    digest: bytes
    filled: bool
    reason: str
    notes: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]


class Ideas(Sequence[Row]):
    """The rows of distinct ideas, read again from where they are when asked for."""

    def __init__(self, rows: Sequence[Row], slips: Sequence[Slip]) -> None:
        """Take the rows as read, and a slip for each idea in the order of their ids."""
        self._rows, self.slips = rows, slips

    def __len__(self) -> int:
        """Return how many ideas there are."""
        return len(self.slips)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        """Return the idea at a place, under its final number and with the people of all its rows."""
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        told = self.slips[place]
        row = self._rows[told.place]
        if row.idea_id == told.idea_id and len(row.people) == len(told.people):
            return row
        return replace(row, idea_id=told.idea_id, people=told.people)
