"""Answers of several imports and the people already known → who registered, for what, and what is doubtful.

The file of answers keeps every answer ever imported, in the order of arrival; the rest is made again from it each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

import pandas as pd

from pipeline.files.spreadsheet import Columns, read_sheet, split, whole
from pipeline.french import fold
from pipeline.identifiers import lab_now
from pipeline.ingest.rows.records import Person
from pipeline.ingest.tables.matching import Doubt, Mention, match_people

_PERSON = {
    "nom": "family_name", "prenom": "given_name", "email": "email", "matricule": "holder_id",
    "direction": "directorate", "service": "service", "metier": "occupation", "site": "site_type", "lieu": "place",
    "departement": "department",
}  # fmt: skip
COLUMNS = ("agent_id", "fichier", "ligne", "date", "voeux", "disponible", "retrait", *_PERSON)
"""Of the private file of answers."""
_KNOWN: Columns = dict.fromkeys(COLUMNS, ())


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person said once.

    Attributes:
        line: of the export.
        date: ISO, with the time when the form tool gives one; empty: not known.
        person: as told there.
        wishes: lab ids, best first.
        days: when the person can come, as written.
        withdrawn: the person gives up.
        file: of the export.
        agent_id: whom the answer was found to be from; empty before.
    """

    line: int
    date: str = ""
    person: Person = field(default_factory=Person)
    wishes: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    withdrawn: bool = False
    file: str = ""
    agent_id: str = ""

    @property
    def said(self) -> tuple[object, ...]:
        """What makes two answers the same, wherever they come from: exports of a form tool grow, row by row."""
        return self.date, self.person, self.wishes, self.days, self.withdrawn

    @property
    def ref(self) -> str:
        """What names the person of the answer in the list of doubts: the same for all answers told alike."""
        p = self.person
        told = "\n".join([fold(p.family_name), fold(p.given_name), fold(p.email), fold(p.holder_id)])
        return f"i-{hashlib.sha256(told.encode()).hexdigest()[:10]}"


@dataclass(frozen=True, slots=True)
class Registrant:
    """A person, all answers put together: the latest counts, what it leaves empty stands as said before.

    Attributes:
        agent_id: a holder's number, or a volunteer's.
        known: whether a holder.
        person: as told.
        wishes: lab ids, best first.
        days: when the person can come.
        withdrawn: gave up.
        answers: how many.
    """

    agent_id: str
    known: bool
    person: Person
    wishes: tuple[str, ...]
    days: tuple[str, ...]
    withdrawn: bool
    answers: int


@dataclass(frozen=True, slots=True)
class Roster:
    """Who registered.

    Attributes:
        registrants: by number.
        answers: those given, each with the number of its person, in their order.
        doubts: people who may be one, for the analyst.
    """

    registrants: tuple[Registrant, ...]
    answers: tuple[Answer, ...]
    doubts: tuple[Doubt, ...]


def read_answers(content: bytes, path: str) -> list[Answer]:
    """Return the answers of earlier imports.

    Raises:
        MinilabsError: `sheet.*`.
    """
    return [_answer(row.cells) for row in read_sheet(content, path, _KNOWN, needed=("agent_id", "nom", "email"))]


def _answer(cells: Mapping[str, str]) -> Answer:
    return Answer(
        line=whole(cells["ligne"]) or 0,
        date=cells["date"],
        person=Person(**{name: cells[column] for column, name in _PERSON.items()}),
        wishes=tuple(map(lab_now, split(cells["voeux"]))),
        days=split(cells["disponible"]),
        withdrawn=cells["retrait"] == "oui",
        file=cells["fichier"],
        agent_id=cells["agent_id"],
    )


def answer_rows(answers: Iterable[Answer]) -> list[list[str]]:
    """Return answers as rows of `COLUMNS`."""
    return [
        [
            a.agent_id, a.file, str(a.line), a.date, " | ".join(a.wishes), " | ".join(a.days),
            "oui" if a.withdrawn else "", *(getattr(a.person, name) for name in _PERSON.values()),
        ]
        for a in answers
    ]  # fmt: skip


def added(before: Sequence[Answer], new: Iterable[Answer], file: str) -> list[Answer]:
    """Return the answers of `new` that no earlier import held, nor an earlier row of this one."""
    seen = {answer.said for answer in before}
    found = []
    for answer in new:
        if answer.said not in seen:
            found.append(replace(answer, file=file))
        seen.add(answer.said)
    return found


def roster(
    answers: Sequence[Answer],
    identities: pd.DataFrame,
    holders: pd.DataFrame,
    decided: Mapping[frozenset[str], str],
    reserved: Collection[str] = (),
) -> Roster:
    """Return who registered.

    Args:
        answers: of all imports, in the order of arrival; those numbered before keep their number.
        identities: of the holders.
        holders: directorates, by holder_id.
        decided: pair of refs (a holder's number or `Answer.ref`) → "same" or "different".
        reserved: numbers that nobody may be given.
    """
    known = _holders(identities, holders)
    ids = {mention.ref for mention in known}
    mentions = [*known, *(Mention(answer.ref, _bare(answer.person, ids)) for answer in answers)]
    matched = match_people(mentions, decided)
    groups = _groups(matched.groups, [mention.ref for mention in known])
    numbers = _numbers(answers, groups, ids, reserved)
    people = [
        _together(number, [answers[i] for i in own], known=bool(holder))
        for number, (holder, own) in zip(numbers, groups, strict=True)
    ]
    number_at = {i: number for number, (_, own) in zip(numbers, groups, strict=True) for i in own}
    numbered = tuple(replace(a, agent_id=number_at.get(i, a.agent_id)) for i, a in enumerate(answers))
    doubts = tuple(doubt for doubt in matched.doubts if not {doubt.ref_a, doubt.ref_b} <= ids)
    return Roster(tuple(sorted(people, key=lambda p: p.agent_id)), numbered, doubts)


def _numbers(
    answers: Sequence[Answer],
    groups: Iterable[tuple[str, Sequence[int]]],
    ids: Collection[str],
    reserved: Collection[str],
) -> list[str]:
    """Return the number of each person: the holder's, else the one given before, else the next free one."""
    taken = {*ids, *reserved, *(answer.agent_id for answer in answers)}
    free = (number for n in range(1, len(taken) + len(answers) + 2) if (number := f"V{n:03d}") not in taken)
    numbers: list[str] = []
    for holder, own in groups:
        given = sorted({answers[i].agent_id for i in own} - {*ids, "", *numbers})
        numbers.append(holder or (given[0] if given else next(free)))
    return numbers


def _groups(groups: Iterable[Sequence[int]], known: Sequence[str]) -> list[tuple[str, list[int]]]:
    """Return (number of the holder they are, or nothing; places of their answers) for those who answered, in order."""
    first = len(known)
    split = [([i for i in group if i < first], [i - first for i in group if i >= first]) for group in groups]
    found = [(known[holders[0]] if holders else "", own) for holders, own in split if own]
    return sorted(found, key=lambda pair: min(pair[1]))


def _holders(identities: pd.DataFrame, holders: pd.DataFrame) -> list[Mention]:
    told = identities.merge(holders, on="holder_id", how="left").fillna("").sort_values("holder_id")
    names = [f.name for f in fields(Person) if f.name in told.columns]
    return [
        Mention(str(row["holder_id"]), Person(**{name: str(row[name]) for name in names}))
        for row in told[names].to_dict("records")
    ]


def _bare(person: Person, ids: Collection[str]) -> Person:
    """Return a person without a number that is no holder's: form tools number their rows."""
    return person if person.holder_id in ids else replace(person, holder_id="")


def _together(number: str, answers: Sequence[Answer], *, known: bool) -> Registrant:
    dated = all(answer.date for answer in answers)
    ordered = sorted(answers, key=lambda answer: answer.date) if dated else list(answers)
    latest = list(reversed(ordered))
    person = Person(
        **{f.name: next((v for a in latest if (v := getattr(a.person, f.name))), "") for f in fields(Person)}
    )
    return Registrant(
        agent_id=number,
        known=known,
        person=person,
        wishes=next((a.wishes for a in latest if a.wishes), ()),
        days=next((a.days for a in latest if a.days), ()),
        withdrawn=latest[0].withdrawn,
        answers=len(answers),
    )
