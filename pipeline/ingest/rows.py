"""Rows as read → one row per idea: what is empty, a trial, repeated or nearly so is merged, set aside or pointed at.

Each rule is a sentence of `RULES`, shown to the analyst; each row it touches gets an `Event` with the reason.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any, overload

from pipeline.french import fold
from pipeline.ingest.records import CONTINUED, JOINED, Person, Row
from pipeline.ingest.similar import Pair, overlap, similar_pairs
from pipeline.schema import AWARDED

KEPT, MERGED, ASIDE, EMPTY = "gardée", "réunie", "mise de côté", "sans contenu"

RULES = (
    "Une ligne sans numéro, sans titre et sans texte, un total, un en-tête répété : comptés, rien de plus.",
    "Une ligne qui ne nomme que des personnes les ajoute à l’idée de la ligne précédente.",
    "Une idée numérotée sans titre ni texte est mise de côté.",
    "Une ligne d’essai (« test », « essai », « azerty »…) est mise de côté.",
    "Une idée primée est mise de côté : elle a déjà sa suite.",
    "Des lignes de même numéro et de même texte sont réunies, avec tous leurs porteurs.",
    "Des lignes de même numéro et de texte voisin sont des versions : la plus récente est gardée.",
    "Des lignes de même numéro et de textes sans rapport sont toutes gardées, les suivantes comme « -bis », « -ter ».",
    "Des idées de numéros différents et de même texte : la première déposée est gardée, avec tous les porteurs.",
    "Des idées presque identiques sont gardées et signalées.",
)
"""What happens to rows that are not simply kept, in the order the rules apply."""

_TRIAL = re.compile(
    r"(?:ceci est |c'est |simple )?(?:un |une |mon |ma |premier )?(?:test|essai|idee test|test idee)s?"
    r"(?: de [a-z ]{3,20})?"
    r"|azerty\w*|qwerty\w*|asdf\w*|qsdf\w*|toto|titi|blabla(?: blabla)*|bla(?: bla)*|lorem ipsum.*|([a-z])\1{2,}"
    r"|x+|nc|ras|neant|rien|sans objet|a supprimer|ne pas tenir compte|aaa+"
)
_SUFFIXES = ("", "-bis", "-ter", "-quater")
_VERSION = 0.5


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


@dataclass(frozen=True, slots=True)
class Judged:
    """The ideas and what became of each row.

    Attributes:
        rows: one per idea, those set aside included, in the order of their ids.
        aside: idea_id → why it is not analysed.
        events: for every row that was not simply kept unchanged.
        near: pairs of ideas with nearly the same words.
        read: a slip for every row as read.
    """

    rows: Ideas
    aside: dict[str, str]
    events: list[Event]
    near: list[Pair]
    read: list[Slip]


def judge(rows: Sequence[Row], awarded: Sequence[str], read: Sequence[Slip] | None = None) -> Judged:
    """Return the ideas of an export, each row accounted for; row order changes nothing.

    Args:
        rows: with ids (see `ids.with_id`); those without anything have none.
        awarded: statuses of ideas that are not analysed.
        read: a slip for each row, when they are already made.
    """
    slips = list(read) if read is not None else [slip(row, place, awarded) for place, row in enumerate(rows)]
    events = [Event(s.table, s.number, "", EMPTY, _nothing(s)) for s in slips if not s.idea_id]
    unique = _one_per_id([s for s in slips if s.idea_id], rows, events)
    aside = {s.idea_id: s.reason for s in unique if s.reason}
    merged, repeated = _same_text(unique, aside)
    aside |= repeated
    events += _kept_or_not(merged, aside)
    near = _near(Ideas(rows, [s for s in merged if s.idea_id not in aside]))
    return Judged(Ideas(rows, merged), aside, sorted(events, key=lambda e: (e.table, e.number, e.why)), near, slips)


def _kept_or_not(merged: Sequence[Slip], aside: Mapping[str, str]) -> Iterator[Event]:
    for s in merged:
        if s.idea_id in aside:
            yield Event(s.table, s.number, s.idea_id, ASIDE, aside[s.idea_id])
        for note in s.notes:
            yield Event(s.table, s.number, s.idea_id, KEPT, note)


def _near(ideas: Ideas) -> list[Pair]:
    def text_of(place: int) -> str:
        row = ideas[place]
        return f"{row.title} {row.body}"

    return similar_pairs([s.idea_id for s in ideas.slips], text_of)


def slip(row: Row, place: int, awarded: Sequence[str], held: dict[object, Any] | None = None) -> Slip:
    """Return the slip of a row.

    Args:
        row: with its id.
        place: among the rows read.
        awarded: statuses of ideas that are not analysed.
        held: values of the slips made so far: what many rows tell (people, dates, statuses) is held once.
    """
    held = {} if held is None else held
    table, day, status = (held.setdefault(value, value) for value in (row.table, row.submitted_on, row.status))
    return Slip(
        place=place,
        table=table,
        number=row.number,
        idea_id=row.idea_id,
        submitted_on=day,
        status=status,
        people=held.setdefault(row.people, row.people),
        digest=hashlib.blake2b(content(row).encode(), digest_size=16).digest(),
        filled=not row.is_empty,
        reason=_reason(row, _folded(tuple(awarded))),
        notes=held.setdefault(row.notes, row.notes),
        problems=held.setdefault(row.problems, row.problems),
    )


@cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _nothing(empty: Slip) -> str:
    return ", ".join(empty.notes) or "ni numéro, ni titre, ni texte"


def _reason(row: Row, prizes: frozenset[str]) -> str:
    if row.is_empty:
        return "ni titre ni texte"
    if _is_trial(row):
        return "ligne d’essai"
    status = fold(row.status)
    words = re.findall(r"[a-z]+", status)
    if status in prizes or (prizes & set(words) and not {"non", "pas", "sans"} & set(words)):
        return AWARDED
    return ""


def _is_trial(row: Row) -> bool:
    texts = [fold(text).strip(" .!?…-_*0123456789") for text in (row.title, row.body, row.benefits) if text.strip()]
    return all(not text or _TRIAL.fullmatch(text) for text in texts)


def content(row: Row) -> str:
    """Return what makes two rows the same text: its words, without accents, case or punctuation."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(f"{row.title} {row.body} {row.benefits}")))


def _one_per_id(slips: list[Slip], rows: Sequence[Row], events: list[Event]) -> list[Slip]:
    unique: list[Slip] = []
    taken = {s.idea_id for s in slips}
    for idea_id, group in groupby(sorted(slips, key=lambda s: s.idea_id), key=lambda s: s.idea_id):
        for position, slip_ in enumerate(_ideas_of(list(group), rows, events)):
            suffix = _SUFFIXES[position] if position < len(_SUFFIXES) else f"-{position + 1}"
            own = _free(f"{idea_id}{suffix}", taken) if position else idea_id
            unique.append(replace(slip_, idea_id=own) if position else slip_)
            if position:
                why = f"numéro {idea_id} déjà pris par une autre idée"
                events.append(Event(slip_.table, slip_.number, own, KEPT, why))
    return unique


def _free(wanted: str, taken: Container[str]) -> str:
    while wanted in taken:
        wanted += "-bis"
    return wanted


def _ideas_of(group: list[Slip], rows: Sequence[Row], events: list[Event]) -> list[Slip]:
    """Return the distinct ideas among rows of one id (oldest first): same texts merged, versions replaced."""
    if len(group) == 1:
        return group
    words = {s.place: content(rows[s.place]) for s in group}
    ideas: list[Slip] = []
    for row in sorted(group, key=lambda s: (s.submitted_on or "9999", words[s.place], s.table, s.number)):
        twin = next((i for i, idea in enumerate(ideas) if _same_idea(words[idea.place], words[row.place])), None)
        if twin is None:
            ideas.append(row)
            continue
        kept, joined, why = _merged(ideas[twin], row, words)
        ideas[twin] = with_people(kept, joined.people)
        events.append(Event(joined.table, joined.number, row.idea_id, MERGED, why))
    return ideas


def _merged(old: Slip, new: Slip, words: Mapping[int, str]) -> tuple[Slip, Slip, str]:
    """Return which of two rows of one idea is kept, which joins it, and why."""
    if words[old.place] == words[new.place]:
        return old, new, CONTINUED if CONTINUED in new.notes else "même numéro et même texte"
    if not words[new.place]:
        return old, new, "même numéro, sans texte"
    return new, old, "version antérieure de la même idée" if words[old.place] else "même numéro, sans texte"


def _same_idea(one: str, other: str) -> bool:
    return one == other or one in other or other in one or overlap(set(one.split()), set(other.split())) >= _VERSION


def with_people(row: Slip, people: Sequence[Person]) -> Slip:
    """Return the row with `people` added as co-holders, those already there left out."""
    known = {_who(person) for person in row.people}
    more = tuple(replace(p, role=JOINED) for p in people if _who(p) not in known)
    return replace(row, people=row.people + more) if more else row


def _who(person: Person) -> tuple[str, str, str, str]:
    return (person.holder_id, fold(person.family_name), fold(person.given_name), fold(person.email))


def _same_text(slips: list[Slip], aside: Container[str]) -> tuple[list[Slip], dict[str, str]]:
    """Return the ideas, the first of each text with the people of all, and why the others are set aside."""
    compared = sorted((s for s in slips if s.idea_id not in aside), key=lambda s: s.digest)
    repeated: dict[str, str] = {}
    first: dict[str, Slip] = {}
    for _, group in groupby(compared, key=lambda s: s.digest):
        leader, *others = sorted(group, key=lambda s: (s.submitted_on or "9999", s.idea_id, s.table, s.number))
        for other in others:
            repeated[other.idea_id] = f"même texte que {leader.idea_id}"
            leader = with_people(leader, other.people)
        if others:
            first[leader.idea_id] = leader
    return [first.get(s.idea_id, s) for s in slips], repeated
