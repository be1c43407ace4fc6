"""Rows as read → one row per idea: what is empty, a trial, repeated or nearly so is merged, set aside or pointed at.

Each rule is a sentence of `RULES`, shown to the analyst; each row it touches gets an `Event` with the reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.french import fold
from pipeline.ingest.records import JOINED, Person, Row
from pipeline.ingest.similar import Pair, overlap, similar_pairs

KEPT, MERGED, ASIDE, EMPTY = "gardée", "réunie", "mise de côté", "sans contenu"

RULES = (
    "Une ligne sans numéro, sans titre et sans texte est comptée, rien de plus.",
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
class Judged:
    """The ideas and what became of each row.

    Attributes:
        rows: one per idea, those set aside included, in the order of their ids.
        aside: idea_id → why it is not analysed.
        events: for every row that was not simply kept unchanged.
        near: pairs of ideas with nearly the same words.
    """

    rows: list[Row]
    aside: dict[str, str]
    events: list[Event]
    near: list[Pair]


def judge(rows: Iterable[Row], awarded: Sequence[str]) -> Judged:
    """Return the ideas of an export, each row accounted for; row order changes nothing.

    Args:
        rows: with ids (see `ids.with_ids`); those without anything have none.
        awarded: statuses of ideas that are not analysed.
    """
    events: list[Event] = []
    filled = []
    for row in rows:
        if row.idea_id:
            filled.append(row)
        else:
            events.append(Event(row.table, row.number, "", EMPTY, "ni numéro, ni titre, ni texte"))
    unique = _one_per_id(filled, events)
    prizes = {fold(value) for value in awarded}
    aside = {row.idea_id: why for row in unique if (why := _reason(row, prizes))}
    merged, repeated = _same_text(unique, aside)
    aside |= repeated
    events += [Event(r.table, r.number, r.idea_id, ASIDE, aside[r.idea_id]) for r in merged if r.idea_id in aside]
    events += [Event(r.table, r.number, r.idea_id, KEPT, note) for r in merged for note in r.notes]
    near = similar_pairs({row.idea_id: f"{row.title} {row.body}" for row in merged if row.idea_id not in aside})
    return Judged(merged, aside, sorted(events, key=lambda e: (e.table, e.number, e.why)), near)


def _reason(row: Row, prizes: set[str]) -> str:
    if row.is_empty:
        return "ni titre ni texte"
    if _is_trial(row):
        return "ligne d’essai"
    status = fold(row.status)
    words = re.findall(r"[a-z]+", status)
    if status in prizes or (prizes & set(words) and not {"non", "pas", "sans"} & set(words)):
        return "idée primée"
    return ""


def _is_trial(row: Row) -> bool:
    texts = [fold(text).strip(" .!?…-_*0123456789") for text in (row.title, row.body, row.benefits) if text.strip()]
    return all(not text or _TRIAL.fullmatch(text) for text in texts)


def content(row: Row) -> str:
    """Return what makes two rows the same text: its words, without accents, case or punctuation."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(f"{row.title} {row.body} {row.benefits}")))


def _oldest_first(row: Row) -> tuple[str, str, str, str, int]:
    return (row.submitted_on or "9999", row.idea_id, content(row), row.table, row.number)


def _one_per_id(rows: list[Row], events: list[Event]) -> list[Row]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.idea_id].append(row)
    unique: list[Row] = []
    for idea_id in sorted(groups):
        ideas = _ideas_of(sorted(groups[idea_id], key=_oldest_first), events)
        for position, row in enumerate(ideas):
            suffix = _SUFFIXES[position] if position < len(_SUFFIXES) else f"-{position + 1}"
            own = _free(f"{idea_id}{suffix}", groups) if position else idea_id
            unique.append(replace(row, idea_id=own))
            if position:
                events.append(Event(row.table, row.number, own, KEPT, f"numéro {idea_id} déjà pris par une autre idée"))
    return unique


def _free(wanted: str, taken: Iterable[str]) -> str:
    while wanted in taken:
        wanted += "-bis"
    return wanted


def _ideas_of(rows: list[Row], events: list[Event]) -> list[Row]:
    """Return the distinct ideas among rows of one id (oldest first): same texts merged, versions replaced."""
    ideas: list[Row] = []
    for row in rows:
        twin = next((i for i, idea in enumerate(ideas) if _same_idea(idea, row)), None)
        if twin is None:
            ideas.append(row)
        elif content(ideas[twin]) == content(row):
            ideas[twin] = with_people(ideas[twin], row.people)
            events.append(Event(row.table, row.number, row.idea_id, MERGED, "même numéro et même texte"))
        else:
            old = ideas[twin]
            ideas[twin] = with_people(row, old.people)
            events.append(Event(old.table, old.number, row.idea_id, MERGED, "version antérieure de la même idée"))
    return ideas


def _same_idea(one: Row, other: Row) -> bool:
    a, b = content(one), content(other)
    return a == b or a in b or b in a or overlap(set(a.split()), set(b.split())) >= _VERSION


def with_people(row: Row, people: Sequence[Person]) -> Row:
    """Return the row with `people` added as co-holders, those already there left out."""
    known = {_who(person) for person in row.people}
    more = tuple(replace(p, role=JOINED) for p in people if _who(p) not in known)
    return replace(row, people=row.people + more) if more else row


def _who(person: Person) -> tuple[str, str, str, str]:
    return (person.holder_id, fold(person.family_name), fold(person.given_name), fold(person.email))


def _same_text(rows: list[Row], aside: dict[str, str]) -> tuple[list[Row], dict[str, str]]:
    """Return the rows, the first of each text with the people of all, and why the others are set aside."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.idea_id not in aside:
            groups[content(row)].append(row)
    repeated: dict[str, str] = {}
    first: dict[str, Row] = {}
    for group in groups.values():
        leader, *others = sorted(group, key=_oldest_first)
        for other in others:
            repeated[other.idea_id] = f"même texte que {leader.idea_id}"
            leader = with_people(leader, other.people)
        first[leader.idea_id] = leader
    return [first.get(row.idea_id, row) for row in rows], repeated
