"""Mentions of people → which are the same person, for certain or perhaps.

Certain: the same number in the export; the same words in any order, case, accents and hyphens apart; the same e-mail
and compatible names. Perhaps: a double name cut short, one letter apart, an initial, two numbers for one name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.french import fold
from pipeline.ingest.rows.records import Person

SAME, DIFFERENT = "same", "different"
_TYPO_LENGTH = 5
_WHOLE = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """A person at one place of the export.

    Attributes:
        ref: the export's number of the person, or "idea:rank"; stable when rows are added.
        person: as told there.
    """

    ref: str
    person: Person

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name, sorted, without accents, case or hyphens."""
        return name_words(f"{self.person.family_name} {self.person.given_name}")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two people who may be one.

    Attributes:
        ref_a: of the first mention of one.
        ref_b: of the first mention of the other.
        why: in French, without names.
        merged: whether they count as one for now.
    """

    ref_a: str
    ref_b: str
    why: str
    merged: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """The people behind the mentions.

    Attributes:
        groups: positions of the mentions of each person, in the order of their first mention.
        doubts: for the analyst to confirm, decided ones left out.
    """

    groups: list[list[int]]
    doubts: list[Doubt]


def name_words(name: str) -> tuple[str, ...]:
    """Return the words and numbers of a name for comparison, sorted: "Agent 12" is not "Agent 13"."""
    return tuple(sorted(re.findall(r"[^\W_]+", fold(name))))


def match_people(mentions: Sequence[Mention], decided: Mapping[frozenset[str], str]) -> Matched:
    """Return which mentions are one person.

    Args:
        mentions: in a stable order.
        decided: pair of refs → "same" or "different", from the analyst.
    """
    position = {mention.ref: i for i, mention in reversed(list(enumerate(mentions)))}
    told = {frozenset(position[ref] for ref in pair): said for pair, said in decided.items() if pair <= position.keys()}
    forest = _Forest(len(mentions), [pair for pair, said in told.items() if said == DIFFERENT])
    for positions in _by(mentions, lambda m: m.person.holder_id):
        forest.join(positions)
    homonyms = _join_names(mentions, forest)
    shared = _join_emails(mentions, forest)
    for pair, decision in told.items():
        if decision == SAME:
            forest.join(sorted(pair))
    doubts = [*homonyms, *shared, *_resembling(mentions, forest)]
    return Matched(forest.groups(), _open_doubts(doubts, mentions, forest, decided))


class _Forest:
    """Disjoint sets of positions; those told apart are never joined, which scipy’s `DisjointSet` has no word for."""

    def __init__(self, size: int, apart: Iterable[frozenset[int]]) -> None:
        self._parent = list(range(size))
        self._others: dict[int, set[int]] = defaultdict(set)
        for pair in apart:
            for i in pair:
                self._others[i] |= pair - {i}

    def root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, positions: Sequence[int]) -> None:
        """Join each position to the first of them that it may join."""
        firsts: list[int] = []
        for i in positions:
            first = next((first for first in firsts if self.may(first, i)), None)
            if first is None:
                firsts.append(i)
            else:
                low, high = sorted((self.root(first), self.root(i)))
                self._parent[high] = low
                self._others[low] |= self._others.pop(high, set()) if low != high else set()

    def may(self, i: int, j: int) -> bool:
        """Tell whether two positions may be one person."""
        return self.root(j) not in map(self.root, self._others.get(self.root(i), ()))

    def groups(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._parent)):
            found[self.root(i)].append(i)
        return list(found.values())


_Found = tuple[int, int, str, bool]  # two positions, why, joined


def _by(mentions: Sequence[Mention], key: object) -> list[list[int]]:
    found: dict[object, list[int]] = defaultdict(list)
    for i, mention in enumerate(mentions):
        if value := key(mention):  # type: ignore[operator] # a plain function; naming its type adds nothing
            found[value].append(i)
    return list(found.values())


def _join_names(mentions: Sequence[Mention], forest: _Forest) -> list[_Found]:
    """Join mentions of one name unless numbers or e-mails tell several people apart; return what is doubtful."""
    found: list[_Found] = []
    for positions in _by(mentions, lambda m: m.words if len(m.words) >= _WHOLE or _is_numbered(m.words) else ()):
        apart = _told_apart([mentions[i].person for i in positions])
        if apart is None:
            found += _other_directorates(mentions, positions, forest)
            continue
        leaders: dict[str, int] = {}
        for i in positions:
            own = getattr(mentions[i].person, apart) or "?"
            forest.join([leaders.setdefault(fold(own), i), i])
        why = "même nom, deux numéros" if apart == "holder_id" else "même nom, deux adresses électroniques"
        first, *others = leaders.values()
        found += [(first, other, why, False) for other in others]
    return found


def _is_numbered(words: Sequence[str]) -> bool:
    """Tell whether a name is a pseudonym with a number: whole in one word, and nothing like its neighbours."""
    return any(not word.isalpha() for word in words)


def _told_apart(people: list[Person]) -> str | None:
    for attribute in ("holder_id", "email"):
        if len({fold(value) for person in people if (value := getattr(person, attribute))}) > 1:
            return attribute
    return None


def _other_directorates(mentions: Sequence[Mention], positions: list[int], forest: _Forest) -> list[_Found]:
    """Join mentions of one name, those of a directorate first; return which are of several directorates."""
    seen: dict[str, list[int]] = defaultdict(list)
    for i in positions:
        seen[fold(mentions[i].person.directorate)].append(i)
    for own in seen.values():
        forest.join(own)
    forest.join([own[0] for own in seen.values()])
    first, *others = [own[0] for directorate, own in seen.items() if directorate] or [0]
    return [(first, other, "même nom, deux directions", True) for other in others]


def _join_emails(mentions: Sequence[Mention], forest: _Forest) -> list[_Found]:
    found: list[_Found] = []
    for positions in _by(mentions, lambda m: fold(m.person.email)):
        for i in positions[1:]:
            one, other = set(mentions[positions[0]].words), set(mentions[i].words)
            ids = {m.person.holder_id for m in (mentions[positions[0]], mentions[i])} - {""}
            if len(ids) < _WHOLE and (one <= other or other <= one or one & other):
                forest.join([positions[0], i])
            else:
                found.append((positions[0], i, "même adresse électronique, deux noms", False))
    return found


def _resembling(mentions: Sequence[Mention], forest: _Forest) -> list[_Found]:
    """Return people whose names nearly agree; a cut double name in the same directorate is joined."""
    found: dict[tuple[int, int], _Found] = {}
    leaders = {forest.root(i): i for i in reversed(range(len(mentions)))}
    buckets: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in leaders.values():
        for key in _near_keys(mentions[i].words):
            buckets[key].append(i)
    pairs = (pair for positions in buckets.values() for pair in combinations(sorted(set(positions)), 2))
    for i, j in pairs:
        one, other = mentions[i], mentions[j]
        why = "" if one.person.holder_id and other.person.holder_id else _resemblance(one.words, other.words)
        join = why == _CUT and _same_place(one.person, other.person)
        if join:
            forest.join([i, j])
        if why:
            found[i, j] = (i, j, why, join)
    return list(found.values())


_CUT = "nom composé écrit en entier ou non"


def _near_keys(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return keys that names within one letter, one initial or one added word have in common; none with a number."""
    if _is_numbered(words):
        return set()
    keys: set[tuple[str, ...]] = {("pair", *pair) for pair in combinations(words, 2)}
    for i, word in enumerate(words):
        rest = words[:i] + words[i + 1 :]
        if rest:
            keys.add(("initial", word[0], *rest))
        if rest and len(word) >= _TYPO_LENGTH:
            keys |= {("letter", word[:k] + word[k + 1 :], *rest) for k in range(len(word))} | {("letter", word, *rest)}
    return keys


def _resemblance(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    a, b = set(one), set(other)
    if a < b or b < a:
        return _CUT
    left, right = sorted(a - b), sorted(b - a)
    if len(left) != 1 or len(right) != 1:
        return ""
    shorter, longer = sorted((left[0], right[0]), key=len)
    if len(shorter) == 1:
        return "prénom en initiale" if longer.startswith(shorter) else ""
    return "une lettre de différence" if len(shorter) >= _TYPO_LENGTH - 1 and _one_letter(shorter, longer) else ""


def _one_letter(shorter: str, longer: str) -> bool:
    """Tell whether one letter differs or is missing; rapidfuzz’s distance would say it, at the price of a library."""
    if len(shorter) == len(longer):
        return sum(x != y for x, y in zip(shorter, longer, strict=True)) == 1
    return len(longer) == len(shorter) + 1 and any(longer[:k] + longer[k + 1 :] == shorter for k in range(len(longer)))


def _same_place(one: Person, other: Person) -> bool:
    return bool(one.directorate) and fold(one.directorate) == fold(other.directorate)


def _open_doubts(
    found: Iterable[_Found], mentions: Sequence[Mention], forest: _Forest, decided: Mapping[frozenset[str], str]
) -> list[Doubt]:
    doubts = []
    for i, j, why, joined in found:
        a, b = mentions[i].ref, mentions[j].ref
        merged = forest.root(i) == forest.root(j)
        told = frozenset({a, b}) in decided or not forest.may(i, j)
        if a != b and not told and (joined or not merged):
            doubts.append(Doubt(min(a, b), max(a, b), why, merged))
    return sorted(set(doubts), key=lambda d: (d.ref_a, d.ref_b, d.why))
