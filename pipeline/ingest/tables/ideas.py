"""Rows as read → one row per idea: what is empty, a trial, repeated or nearly so is merged, set aside or pointed at.

Each rule is a sentence of `RULES`, shown to the analyst; each row it touches gets an `Event` with the reason.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any

from pipeline.french import fold
from pipeline.ingest.rows.records import CONTINUED, JOINED, Person, Row
from pipeline.ingest.rows.slips import ASIDE, EMPTY, KEPT, MERGED, Event, Ideas, Slip
from pipeline.ingest.tables.ids import Given, Names, Unnamed, name_ideas
from pipeline.ingest.tables.similar import Pair, overlap, similar_pairs
from pipeline.schema import AWARDED

RULES = (
    "Une ligne sans numéro, sans titre et sans texte, un total, un en-tête répété : comptés, rien de plus.",
    "Une ligne qui ne nomme que des personnes les ajoute à l’idée de la ligne précédente.",
    "Une idée numérotée sans titre ni texte est mise de côté.",
    "Une ligne d’essai (« test », « essai », « azerty »…) est mise de côté.",
    "Une idée primée est mise de côté : elle a déjà sa suite.",
    "Des lignes de même numéro et de même texte sont réunies, avec tous leurs porteurs.",
    "Des lignes de même numéro et de texte voisin sont des versions : la plus récente est gardée.",
    "Des lignes de même numéro et de textes sans rapport sont toutes gardées, les suivantes comme « -bis », « -ter ».",
    "Quand plusieurs feuilles ou fichiers ont les mêmes numéros, le nom de la source y est ajouté.",
    "Un numéro donné à une idée lui reste, quoi que l’export ajoute, retire ou corrige ensuite.",
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
_TITLE, _WORDS = 4, 8
_VERSION = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """The ideas and what became of each row.

    Attributes:
        rows: one per idea, those set aside included, in the order of their ids.
        aside: idea_id → why it is not analysed.
        events: for every row that was not simply kept unchanged.
        near: pairs of ideas with nearly the same words.
        read: a slip for every row as read.
        given: all ids that were ever given.
        notices: about ids, in French.
    """

    rows: Ideas
    aside: dict[str, str]
    events: list[Event]
    near: list[Pair]
    read: list[Slip]
    given: list[Given]
    notices: list[str]


def judge(
    rows: Sequence[Row],
    awarded: Sequence[str],
    read: Sequence[Slip] | None = None,
    known: Iterable[Given] = (),
    short: Mapping[str, str] | None = None,
) -> Judged:
    """Return the ideas of an export, each row accounted for; row order changes nothing.

    Args:
        rows: with ids (see `ids.with_id`); those without anything have none.
        awarded: statuses of ideas that are not analysed.
        read: a slip for each row, when they are already made.
        known: ids given before.
        short: see `ids.name_ideas`.
    """
    slips = list(read) if read is not None else [slip(row, place, awarded) for place, row in enumerate(rows)]
    events = [Event(s.table, s.number, "", EMPTY, _nothing(s)) for s in slips if not s.idea_id]
    grouped = _grouped([s for s in slips if s.idea_id], rows, events)
    names = name_ideas([_unnamed(told, places) for told, places in grouped], known, short)
    unique, events = _named(grouped, names, events)
    aside = {s.idea_id: s.reason for s in unique if s.reason}
    merged, repeated = _same_text(unique, aside)
    aside |= repeated
    events += _kept_or_not(merged, aside)
    near = _near(Ideas(rows, [s for s in merged if s.idea_id not in aside]))
    told = sorted(events, key=lambda e: (e.table, e.number, e.why))
    return Judged(Ideas(rows, merged), aside, told, near, slips, names.given, names.notices)


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


def slip(
    row: Row, place: int, awarded: Sequence[str], held: dict[object, Any] | None = None, own: str | None = None
) -> Slip:
    """Return the slip of a row.

    Args:
        row: with its id.
        place: among the rows read.
        awarded: statuses of ideas that are not analysed.
        held: values of the slips made so far: what many rows tell (people, dates, statuses) is held once.
        own: the export's number, where the row has another.
    """
    held = {} if held is None else held
    table, day, status = (held.setdefault(value, value) for value in (row.table, row.submitted_on, row.status))
    return Slip(
        place=place,
        table=table,
        number=row.number,
        idea_id=row.idea_id,
        own=row.idea_id if own is None else own,
        title=_digest(row.title)[:_TITLE].hex() if row.title else "",
        submitted_on=day,
        status=status,
        people=held.setdefault(row.people, row.people),
        digest=_digest(content(row)),
        filled=not row.is_empty,
        reason=_reason(row, _folded(tuple(awarded))),
        notes=held.setdefault(row.notes, row.notes),
        problems=held.setdefault(row.problems, row.problems),
    )


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


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


_Grouped = list[tuple[Slip, tuple[tuple[str, int], ...]]]
"""Distinct ideas, each with its rows (table, number), its own first; in the order of their ids."""


def _grouped(slips: list[Slip], rows: Sequence[Row], events: list[Event]) -> _Grouped:
    groups = groupby(sorted(slips, key=lambda s: s.idea_id), key=lambda s: s.idea_id)
    return [idea for _, group in groups for idea in _ideas_of(list(group), rows, events)]


def _unnamed(told: Slip, rows: Iterable[tuple[str, int]]) -> Unnamed:
    tables = tuple(dict.fromkeys(table for table, _ in rows))
    return Unnamed(told.own, tables, told.idea_id, told.title, told.digest.hex()[: 2 * _WORDS])


def _named(grouped: _Grouped, names: Names, events: Iterable[Event]) -> tuple[list[Slip], list[Event]]:
    """Return the ideas under their ids, in the order of these, and the events; one whose number another has is told."""
    own = {place: idea_id for (_, places), idea_id in zip(grouped, names.ids, strict=True) for place in places}
    told = [replace(event, idea_id=own.get((event.table, event.number), event.idea_id)) for event in events]
    moved = []
    for (idea, _), idea_id in zip(grouped, names.ids, strict=True):
        moved.append(replace(idea, idea_id=idea_id))
        if idea.own and idea_id != idea.own:
            why = f"numéro {idea.own} déjà pris par une autre idée"
            told.append(Event(idea.table, idea.number, idea_id, KEPT, why))
    return sorted(moved, key=lambda s: s.idea_id), told


def _ideas_of(group: list[Slip], rows: Sequence[Row], events: list[Event]) -> _Grouped:
    """Return the distinct ideas among rows of one id (oldest first): same texts merged, versions replaced."""
    if len(group) == 1:
        return [(group[0], (_place(group[0]),))]
    words = {s.place: content(rows[s.place]) for s in group}
    ideas: _Grouped = []
    for row in sorted(group, key=lambda s: (s.submitted_on or "9999", words[s.place], s.table, s.number)):
        twin = next((i for i, (idea, _) in enumerate(ideas) if _same_idea(words[idea.place], words[row.place])), None)
        if twin is None:
            ideas.append((row, (_place(row),)))
            continue
        kept, joined, why = _merged(ideas[twin][0], row, words)
        places = dict.fromkeys((_place(kept), *ideas[twin][1], _place(joined)))
        ideas[twin] = with_people(kept, joined.people), tuple(places)
        events.append(Event(joined.table, joined.number, row.idea_id, MERGED, why))
    return ideas


def _place(told: Slip) -> tuple[str, int]:
    return told.table, told.number


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
