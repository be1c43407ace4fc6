"""Rows, people and links of the export → the tables of holders, identities and links."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.french import fold
from pipeline.ingest.rows.records import AUTHOR, JOINED, Link, Person, Row
from pipeline.ingest.rows.slips import Slip
from pipeline.ingest.tables.matching import Doubt, Mention, match_people, name_words
from pipeline.ingest.tables.numbers import Numbered, Sign, check, known_again, signs
from pipeline.schema import HOLDERS, IDEA_HOLDERS, IDENTITIES, nameless_id

_MANY_IDEAS, _LARGE_SHARE, _MANY_DIRECTORATES = 10, 0.1, 3
_JOINED_WORDS = ("co", "autre", "membre", "associe", "second")


@dataclass(frozen=True, slots=True)
class People:
    """Who is who.

    Attributes:
        holders: holder_id → the person, what all mentions say put together.
        links: (idea_id, holder_id) → role.
        unknown: links whose person or idea is in no table.
        doubts: people who may be one.
        holder_of: ref of a mention → holder_id.
        spellings: holder_id → the (family name, given name, e-mail) that mentions of the person give.
        directorates: holder_id → how many directorates its mentions tell.
        numbers: all that were ever given to people whom the export does not number.
    """

    holders: dict[str, Person]
    links: dict[tuple[str, str], str]
    unknown: list[Link]
    doubts: list[Doubt]
    holder_of: dict[str, str]
    spellings: dict[str, frozenset[tuple[str, str, str]]]
    directorates: dict[str, int]
    numbers: list[Numbered]

    def unlikely(self) -> list[tuple[str, int, int]]:
        """Return (holder_id, ideas, directorates) of those who hold too many of either to be one person."""
        held = Counter(holder for _, holder in self.links)
        most = max(_MANY_IDEAS, len({idea for idea, _ in self.links}) * _LARGE_SHARE)
        found = [(holder, held[holder], self.directorates.get(holder, 0)) for holder in sorted(held)]
        return [told for told in found if told[1] > most or told[2] >= _MANY_DIRECTORATES]


def gather_people(
    rows: Iterable[Row | Slip],
    people: Iterable[Person],
    links: Iterable[Link],
    decided: Mapping[frozenset[str], str],
    reserved: Collection[str] = (),
    known: Collection[Numbered] = (),
) -> People:
    """Return the holders and who holds which idea.

    Args:
        rows: one per idea.
        people: of tables of people.
        links: of tables of links.
        decided: see `matching.match_people`.
        reserved: numbers never given again (people erased on request).
        known: numbers given before.

    A person whom the export does not number keeps the number given before, or becomes A001, A002... in the order of the
    ideas they belong to.
    """
    ordered = sorted(rows, key=lambda row: row.idea_id)
    listed = sorted(people, key=_all_told)
    own = [(row.idea_id, rank, person) for row in ordered for rank, person in enumerate(row.people, start=1)]
    mentions = _mentions(listed, own)
    matched = match_people(mentions, decided)
    persons = [_together([mentions[i].person for i in group]) for group in matched.groups]
    told = _told(matched.groups, persons, mentions, [""] * len(listed) + [idea for idea, _, _ in own])
    taken = {*reserved, *(one.holder_id for one in known)}
    ids = _numbers(matched.groups, persons, len(listed), taken, known_again(told, known))
    holder_at = {i: holder for holder, group in zip(ids, matched.groups, strict=True) for i in group}
    roles = _roles(own, [holder_at[i] for i in range(len(listed), len(mentions))])
    unknown = _tie(links, _by_number(ordered), _aliases(mentions, holder_at), roles)
    return People(
        holders=dict(sorted(zip(ids, persons, strict=True))),
        links=roles,
        unknown=unknown,
        doubts=matched.doubts,
        holder_of={mention.ref: holder_at[i] for i, mention in enumerate(mentions)},
        spellings=_spellings(mentions, holder_at),
        directorates=_directorates(mentions, holder_at),
        numbers=_remembered(known, ids, told),
    )


def _remembered(known: Iterable[Numbered], ids: Iterable[str], told: Iterable[frozenset[Sign]]) -> list[Numbered]:
    """Return the numbers given before and now, each with what its person is known again by."""
    return sorted({*known, *(Numbered(number, *sign) for number, own in zip(ids, told, strict=True) for sign in own)})


def _told(
    groups: Sequence[Sequence[int]], persons: Sequence[Person], mentions: Sequence[Mention], places: Sequence[str]
) -> list[frozenset[Sign]]:
    """Return how each person is known again, `places` being the idea where each mention stands."""
    return [_signs(person, group, mentions, places) for person, group in zip(persons, groups, strict=True)]


def _signs(person: Person, group: Sequence[int], mentions: Sequence[Mention], places: Sequence[str]) -> frozenset[Sign]:
    """Return how a person is known again; nothing for one whom the export numbers, or nothing names."""
    if person.holder_id or not person.is_someone:
        return frozenset()
    return frozenset(sign for i in group for sign in signs(mentions[i], places[i]))


def _mentions(listed: Sequence[Person], own: Sequence[tuple[str, int, Person]]) -> list[Mention]:
    """Return the mentions of people, those of tables of people first; a number names one, else what tells it.

    In a table, that is a piece of a digest: a decision about two people stays theirs when rows come or go.
    """
    met = Counter[str]()
    mentions = []
    for person in listed:
        words = " ".join(name_words(f"{person.family_name} {person.given_name}"))
        ref = person.holder_id or f"liste:{check('', f'{words}|{fold(person.email)}|{fold(person.directorate)}')}"
        met[ref] += 1
        mentions.append(Mention(ref if person.holder_id or met[ref] == 1 else f"{ref}.{met[ref]}", person))
    return [*mentions, *(Mention(p.holder_id or f"{idea}:{rank}", p) for idea, rank, p in own)]


def _all_told(person: Person) -> tuple[str, ...]:
    told = [str(getattr(person, name)) for name in Person.__slots__]
    return (person.holder_id, fold(person.family_name), fold(person.given_name), *told)


def _spellings(mentions: Sequence[Mention], holder_at: Mapping[int, str]) -> dict[str, frozenset[tuple[str, str, str]]]:
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for i, mention in enumerate(mentions):
        found[holder_at[i]].add((mention.person.family_name, mention.person.given_name, mention.person.email))
    return {holder: frozenset(names) for holder, names in found.items()}


def _directorates(mentions: Sequence[Mention], holder_at: Mapping[int, str]) -> dict[str, int]:
    found: dict[str, set[str]] = defaultdict(set)
    for i, mention in enumerate(mentions):
        if mention.person.directorate:
            found[holder_at[i]].add(fold(mention.person.directorate))
    return {holder: len(names) for holder, names in found.items()}


def _roles(own: Sequence[tuple[str, int, Person]], holders: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return (idea, holder) → role from the people named in the rows of ideas."""
    roles: dict[tuple[str, str], str] = {}
    for (idea, rank, person), holder in zip(own, holders, strict=True):
        _strengthen(roles, (idea, holder), role_of(person.role, first=rank == 1))
    return roles


def _aliases(mentions: Sequence[Mention], holder_at: Mapping[int, str]) -> dict[str, str]:
    """Return number in the export → holder_id: they differ where an analyst joined two numbers."""
    return {m.person.holder_id: holder_at[i] for i, m in enumerate(mentions) if m.person.holder_id}


def role_of(written: str, *, first: bool) -> str:
    """Return `porteur` or `co-porteur` from what the export says, or from the place in the cell."""
    word = fold(written)
    if word:
        return JOINED if word.startswith(_JOINED_WORDS) else AUTHOR
    return AUTHOR if first else JOINED


def without(people: People, forgotten: Collection[str]) -> People:
    """Return the people without those who asked to be erased; their ideas stay, without them."""
    return replace(
        people,
        holders={key: person for key, person in people.holders.items() if key not in forgotten},
        links={key: role for key, role in people.links.items() if key[1] not in forgotten},
    )


def holder_frames(people: People) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the holders, identities (those with a name or an e-mail) and idea_holders tables."""
    told = [name for name in HOLDERS.arrow.names if name != "holder_id"]
    holders = [[key, *(getattr(person, name) for name in told)] for key, person in people.holders.items()]
    identities = [
        [key, p.family_name, p.given_name, p.email]
        for key, p in people.holders.items()
        if p.family_name or p.given_name or p.email
    ]
    links = [[idea, holder, role] for (idea, holder), role in people.links.items()]
    return (
        HOLDERS.check(pd.DataFrame(holders, columns=["holder_id", *told], dtype="str")),
        IDENTITIES.check(pd.DataFrame(identities, columns=list(IDENTITIES.columns), dtype="str")),
        IDEA_HOLDERS.check(pd.DataFrame(links, columns=list(IDEA_HOLDERS.columns), dtype="str")),
    )


def _together(people: Sequence[Person]) -> Person:
    """Return one person from several mentions: each field from the first that has it, accents preferred in names."""
    first = people[0]
    fields = {name: next((v for p in people if (v := getattr(p, name))), "") for name in Person.__slots__}
    names = {name: _best_written([getattr(p, name) for p in people]) for name in ("family_name", "given_name")}
    return replace(first, **{**fields, **(names if len({_order(p) for p in people}) == 1 else {})})


def _order(person: Person) -> str:
    return fold(person.family_name)


def _best_written(forms: Sequence[str]) -> str:
    """Return the form with the most accents, in mixed case rather than capitals, the longest, the first."""
    return min(forms, key=lambda form: (-len(form), form.isupper() or form.islower(), -_accents(form), form))


def _accents(text: str) -> int:
    return sum(ord(c) > ord("z") for c in text)


def _numbers(
    groups: Sequence[Sequence[int]],
    persons: Sequence[Person],
    listed: int,
    reserved: Collection[str],
    before: Mapping[int, str],
) -> list[str]:
    """Return each person's id: the export's, else that given before, else the next free one, those with ideas first."""
    taken = {person.holder_id for person in persons} | set(reserved)
    many = len(persons) + len(taken)
    free = _free((f"A{n:03d}" for n in range(1, many + 1)), taken)
    nameless = _free((nameless_id(n) for n in range(1, many + 1)), taken)
    ids = [person.holder_id for person in persons]
    for g in sorted(range(len(groups)), key=lambda g: _first_idea(groups[g], listed)):
        ids[g] = ids[g] or before.get(g) or next(nameless if persons[g].is_nameless else free)
    return ids


def _first_idea(group: Sequence[int], listed: int) -> int:
    """Return the place of a person's first mention in an idea; those in lists of people alone come after all others."""
    return min((i for i in group if i >= listed), default=10**9 + group[0])


def _free(numbers: Iterable[str], taken: Collection[str]) -> Iterator[str]:
    return (number for number in numbers if number not in taken)


def _by_number(rows: Iterable[Row | Slip]) -> dict[str, str]:
    """Return number in the export, where one idea has it, and id → id of the idea."""
    own: dict[str, list[str]] = defaultdict(list)
    rows = list(rows)
    for row in rows:
        if isinstance(row, Slip) and row.own:
            own[row.own].append(row.idea_id)
    return {number: ids[0] for number, ids in own.items() if len(ids) == 1} | {row.idea_id: row.idea_id for row in rows}


def _tie(
    links: Iterable[Link], ideas: Mapping[str, str], holders: Mapping[str, str], roles: dict[tuple[str, str], str]
) -> list[Link]:
    """Add the links to `roles`; return those whose person or idea is unknown (ids compared without case and zeros)."""
    idea_by, holder_by = _loose(ideas), _loose(holders)
    unknown = []
    for link in links:
        idea = link.idea_id if link.idea_id in ideas else idea_by.get(_plain(link.idea_id))
        holder = link.holder_id if link.holder_id in holders else holder_by.get(_plain(link.holder_id))
        if idea is None or holder is None:
            unknown.append(link)
        else:
            _strengthen(roles, (ideas[idea], holders[holder]), role_of(link.role, first=True))
    return unknown


def _strengthen(roles: dict[tuple[str, str], str], key: tuple[str, str], role: str) -> None:
    if roles.get(key) != AUTHOR:
        roles[key] = role


def _plain(key: str) -> str:
    return fold(key).strip().removesuffix(".0").lstrip("0")


def _loose(keys: Iterable[str]) -> dict[str, str | None]:
    """Return plain id → id, None when two ids look alike."""
    found: dict[str, str | None] = {}
    for key in keys:
        found[_plain(key)] = None if _plain(key) in found else key
    return found
