"""Rows of the export → the four tables of the pipeline, texts still unmasked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.french import fold
from pipeline.ingest.records import AUTHOR, JOINED, Link, Person, Row
from pipeline.schema import HOLDERS, IDEA_HOLDERS, IDENTITIES

_JOINED_WORDS = ("co", "autre", "membre", "associe", "second")


@dataclass(frozen=True, slots=True)
class People:
    """Who is who.

    Attributes:
        holders: holder_id → the person, what rows say of them put together.
        links: (idea_id, holder_id) → role.
        unknown: links whose person or idea is in no table.
    """

    holders: dict[str, Person]
    links: dict[tuple[str, str], str]
    unknown: list[Link]


def person_key(person: Person) -> str:
    """Return what makes two mentions the same person: the export's id, or the words of the name in any order."""
    if person.holder_id:
        return f"id {person.holder_id}"
    words = sorted(fold(f"{person.family_name} {person.given_name}").replace("-", " ").split())
    return f"name {' '.join(words)}" if words else f"email {fold(person.email)}"


def put_together(known: Person, more: Person) -> Person:
    """Return `known` with its empty fields filled from `more`."""
    empty = {name: getattr(more, name) for name in Person.__slots__ if not getattr(known, name)}
    return replace(known, **empty)


def gather_people(rows: Iterable[Row], people: Iterable[Person], links: Iterable[Link]) -> People:
    """Return the holders and who holds which idea.

    A person without an id in the export is numbered A001, A002... in the order of the ideas they belong to.
    """
    ordered = sorted(rows, key=lambda row: row.idea_id)
    found: dict[str, Person] = {}
    mentions: list[tuple[str, str, str]] = []
    for person in sorted(people, key=lambda p: (p.holder_id, p.family_name, p.given_name)):
        found[person_key(person)] = put_together(found.get(person_key(person), person), person)
    for row in ordered:
        for position, person in enumerate(row.people):
            key = person_key(person)
            found[key] = put_together(found.get(key, person), person)
            mentions.append((row.idea_id, key, role_of(person.role, first=position == 0)))
    ids = _numbered(found)
    tied, unknown = _tie(links, {row.idea_id for row in ordered}, {found[k].holder_id for k in found})
    return People(
        holders={ids[key]: person for key, person in found.items()},
        links={**{(idea, ids[key]): role for idea, key, role in mentions}, **tied},
        unknown=unknown,
    )


def role_of(written: str, *, first: bool) -> str:
    """Return `porteur` or `co-porteur` from what the export says, or from the place in the cell."""
    word = fold(written)
    if word:
        return JOINED if word.startswith(_JOINED_WORDS) else AUTHOR
    return AUTHOR if first else JOINED


def _tie(links: Iterable[Link], ideas: set[str], holders: set[str]) -> tuple[dict[tuple[str, str], str], list[Link]]:
    tied: dict[tuple[str, str], str] = {}
    unknown: list[Link] = []
    for link in links:
        if link.idea_id in ideas and link.holder_id in holders:
            tied[link.idea_id, link.holder_id] = role_of(link.role, first=True)
        else:
            unknown.append(link)
    return tied, unknown


def _numbered(found: Mapping[str, Person]) -> dict[str, str]:
    taken = {person.holder_id for person in found.values()}
    free = (f"A{n:03d}" for n in range(1, len(found) + len(taken) + 1) if f"A{n:03d}" not in taken)
    return {key: person.holder_id or next(free) for key, person in found.items()}


def holder_frames(people: People) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the holders, identities (those with a name or an e-mail) and idea_holders tables."""
    holders = pd.DataFrame(
        [
            {"holder_id": key, **{name: getattr(p, name) for name in HOLDERS.columns if name != "holder_id"}}
            for key, p in people.holders.items()
        ],
        columns=list(HOLDERS.columns),
    )
    identities = pd.DataFrame(
        [
            {"holder_id": key, "family_name": p.family_name, "given_name": p.given_name, "email": p.email}
            for key, p in people.holders.items()
            if p.family_name or p.given_name or p.email
        ],
        columns=list(IDENTITIES.columns),
    )
    links = pd.DataFrame(
        [{"idea_id": i, "holder_id": h, "role": role} for (i, h), role in people.links.items()],
        columns=list(IDEA_HOLDERS.columns),
    )
    return holders, identities, links
