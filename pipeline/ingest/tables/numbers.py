"""Numbers that people were given before → the same numbers for the same people, whatever the export adds or removes.

Wishes, seats, attendance and erasures name people by these numbers. A number is remembered by the ideas that its person
holds, each with two letters of a digest: enough to tell the holders of one idea apart, too short to say who they are.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pipeline.french import fold
from pipeline.ingest.tables.matching import Mention

NUMBERS_COLUMNS = ("holder_id", "idea_id", "check")
_BYTES = {True: 1, False: 2}
"""Of a digest: beside an idea, and alone for a person of a list who holds none."""

Sign = tuple[str, str]
"""An idea (empty for a person of a list) and a piece of a digest."""


@dataclass(frozen=True, slots=True, order=True)
class Numbered:
    """A number that was given, and one sign of its person.

    Attributes:
        holder_id: given.
        idea_id: held; empty for a person of a list.
        check: piece of a digest of a name or an address.
    """

    holder_id: str
    idea_id: str
    check: str


def signs(mention: Mention, idea_id: str) -> frozenset[Sign]:
    """Return the signs by which a person named with an idea is known again: the name, and the address."""
    told = (" ".join(mention.words), fold(mention.person.email).strip())
    return frozenset((idea_id, check(idea_id, text)) for text in told if text)


def check(idea_id: str, text: str) -> str:
    """Return a piece of a digest of what tells a person, shorter beside an idea than alone."""
    return hashlib.blake2b(f"{idea_id}\0{text}".encode(), digest_size=_BYTES[bool(idea_id)]).hexdigest()


def known_again(people: Sequence[Collection[Sign]], known: Iterable[Numbered]) -> dict[int, str]:
    """Return place in `people` → the number given before, to those who share most signs with it.

    Nobody has two numbers and no number goes to two people; row order changes nothing, as `people` are in the order of
    their ideas.
    """
    numbers: dict[Sign, set[str]] = defaultdict(set)
    for one in known:
        numbers[one.idea_id, one.check].add(one.holder_id)
    shared = Counter((place, n) for place, own in enumerate(people) for sign in own for n in numbers.get(sign, ()))
    found: dict[int, str] = {}
    taken: set[str] = set()
    for (place, number), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if place not in found and number not in taken:
            found[place] = number
            taken.add(number)
    return found
