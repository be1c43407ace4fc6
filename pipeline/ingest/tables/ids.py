"""Distinct ideas and the ids given before → an id for each, that stays whatever is added, removed or corrected.

An idea has the export's own number. Where sources share numbers, the name of its source completes it; an idea without
number is named by a hash of what it says. What was given once is remembered by source and number.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from pipeline.french import counted, enumeration
from pipeline.identifiers import slug
from pipeline.ingest.rows.records import Row

IDS_COLUMNS = ("source", "number", "title", "words", "idea_id")
_LENGTH = 6
_SUFFIXES = ("-bis", "-ter", "-quater")
_TOLD = 3


@dataclass(frozen=True, slots=True)
class Given:
    """An id that was given.

    Attributes:
        source: file and sheet; empty for an idea without number, which is known by its words.
        number: in the export; empty without.
        title: digest.
        words: digest of title and texts.
        idea_id: given.
    """

    source: str
    number: str
    title: str
    words: str
    idea_id: str


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A distinct idea.

    Attributes:
        number: in the export; empty without.
        sources: files and sheets of its rows, the one it is read from first.
        made: id from what it says.
        title: digest.
        words: digest of title and texts.
    """

    number: str
    sources: tuple[str, ...]
    made: str
    title: str
    words: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The sources under which it is remembered."""
        return self.sources if self.number else ("",)


@dataclass(frozen=True, slots=True)
class Names:
    """What ideas are called.

    Attributes:
        ids: one per idea.
        given: all ids that were ever given, sorted.
        notices: what is to be told, in French.
    """

    ids: list[str]
    given: list[Given]
    notices: list[str]


def with_id(row: Row) -> Row:
    """Return the row with an id: the export's, unchanged, or "I-" and a hash of the title and texts.

    The hash, unlike a row number, does not change when rows are added or reordered: decisions stay valid. A row without
    anything gets none.
    """
    return row if row.idea_id or row.is_empty else replace(row, idea_id=_made(row))


def _made(row: Row) -> str:
    content = f"{row.title}\n{row.body}\n{row.benefits}"
    return f"I-{hashlib.sha256(content.encode()).hexdigest()[:_LENGTH].upper()}"


def name_ideas(ideas: Sequence[Unnamed], known: Iterable[Given], short: Mapping[str, str] | None = None) -> Names:
    """Return the ids of ideas: those given before, then the export's own numbers where they are free.

    Args:
        ideas: distinct, in a stable order.
        known: ids given before.
        short: source → what it is called in an id; its own name without.
    """
    naming = _Naming(ideas, list(known), short or {})
    return naming.result()


class _Naming:
    """Gives ids: to those that are remembered with the same words, with the same title or number, then to new ones."""

    def __init__(self, ideas: Sequence[Unnamed], known: list[Given], short: Mapping[str, str]) -> None:
        self._ideas, self._known, self._short = ideas, known, short
        self._former = _former_names(ideas, known)
        self._taken = {given.idea_id for given in known}
        self._used: set[str] = set()
        self._ids: dict[int, str] = {}
        self._shared = _sharing(ideas)
        self._places = {(given.source, given.number) for given in known}
        self._plain = {given.source for given in known if given.number and given.idea_id == given.number}
        self._changed: list[str] = []

    def result(self) -> Names:
        """Return what every idea is called."""
        for told in ("words", "title", "number"):
            self._remember(told)
        self._name_new()
        ids = [self._ids[i] for i in range(len(self._ideas))]
        return Names(ids, self._remembered(ids), self._notices())

    def _key(self, source: str) -> str:
        return self._former.get(source, source)

    def _remember(self, told: str) -> None:
        """Give back the ids of the ideas of which something is as it was."""
        by: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for given in self._known:
            by[given.source, given.number, getattr(given, told)].append(given.idea_id)
        for i, idea in enumerate(self._ideas):
            value = getattr(idea, told)
            if i in self._ids or not value:
                continue
            found = [own for key in idea.keys for own in by.get((self._key(key), idea.number, value), ())]
            own = next((own for own in sorted(found) if own not in self._used), "")
            if own:
                self._give(i, own)
                self._changed += [own] if told == "number" else []

    def _name_new(self) -> None:
        seen: Counter[tuple[str, str]] = Counter()
        ranks: list[tuple[int, int]] = []
        for i, idea in enumerate(self._ideas):
            ranks.append((seen[idea.number, idea.sources[0]], i))
            seen[idea.number, idea.sources[0]] += 1
        for _, i in sorted(ranks):
            if i not in self._ids:
                self._give(i, next(own for own in self._wanted(self._ideas[i]) if own not in self._taken))

    def _give(self, i: int, own: str) -> None:
        self._ids[i] = own
        self._used.add(own)
        self._places |= {(self._key(source), self._ideas[i].number) for source in self._ideas[i].sources}
        self._taken.add(own)

    def _wanted(self, idea: Unnamed) -> Iterator[str]:
        """Yield the ids an idea could have, the best first, without end."""
        if not idea.number:
            yield idea.made
            yield from (f"I-{idea.words[:size].upper()}" for size in range(_LENGTH, len(idea.words) + 1, 4))
            return
        source = idea.sources[0]
        key = self._key(source)
        named = f"{idea.number}-{slug(self._short.get(source, source)) or 'x'}"
        if source not in self._shared or key in self._plain:
            yield idea.number
            if (key, idea.number) in self._places:
                yield from _again(idea.number)
        yield named
        yield from _again(named)

    def _remembered(self, ids: Sequence[str]) -> list[Given]:
        known = {(g.source, g.number, g.idea_id): g for g in self._known}
        for idea, own in zip(self._ideas, ids, strict=True):
            for source in idea.keys:
                told = Given(source, idea.number, idea.title, idea.words, own)
                known.pop((self._key(source), idea.number, own), None)
                known[source, idea.number, own] = told
        return sorted(known.values(), key=lambda g: (g.idea_id, g.source, g.number))

    def _notices(self) -> list[str]:
        said = []
        if self._shared:
            shared = enumeration(f"« {source} »" for source in sorted(self._shared)[:_TOLD])
            said.append(f"Des numéros sont les mêmes dans {shared} : le nom de la source y est ajouté")
        if (moved := self._moved()) and not self._shared:
            said.append(
                f"{counted(len(moved), 'idée')} au numéro d'une autre, lue auparavant : leurs numéros sont"
                f" {enumeration(f'« {own} »' for own in sorted(moved)[:_TOLD])}, les décisions prises restent à l'autre"
            )
        if self._changed:
            said.append(
                f"{counted(len(self._changed), 'idée')} dont le titre et le texte ont changé sous le même numéro"
                f" ({enumeration(sorted(self._changed)[:_TOLD])}) : vérifiez les décisions prises à leur sujet"
            )
        return said

    def _moved(self) -> list[str]:
        """Return the new ids of ideas whose number was that of another, read before."""
        before = {g.idea_id for g in self._known}
        new = [(own, self._ideas[i].number) for i, own in self._ids.items() if own not in before]
        return [own for own, number in new if own != number and number in before]


def _again(number: str) -> Iterator[str]:
    yield from (f"{number}{suffix}" for suffix in _SUFFIXES)
    yield from (f"{number}-{n}" for n in count(len(_SUFFIXES) + 2))


def _sharing(ideas: Iterable[Unnamed]) -> frozenset[str]:
    """Return the sources that share a number with another one, for different ideas."""
    by_number: dict[str, set[str]] = defaultdict(set)
    for idea in ideas:
        if idea.number:
            by_number[idea.number].add(idea.sources[0])
    return frozenset(source for sources in by_number.values() if len(sources) > 1 for source in sources)


def _former_names(ideas: Sequence[Unnamed], known: Sequence[Given]) -> dict[str, str]:
    """Return new source → the one that is no longer there of which it has the ideas: a file renamed, a sheet moved."""
    present = {source for idea in ideas for source in idea.sources}
    before = _by_source(given for given in known if given.source not in present)
    told = {given.source for given in known}
    found: dict[str, str] = {}
    for source in sorted(present - told):
        if best := _likest(ideas, source, before):
            found[source] = best
            before = {former: numbers for former, numbers in before.items() if former != best}
    return found


def _likest(ideas: Sequence[Unnamed], source: str, before: Mapping[str, Mapping[str, Given]]) -> str:
    """Return the former source whose numbers name most of the ideas that a source has; nothing where none does."""
    own = [idea for idea in ideas if idea.number and source in idea.sources]
    scores = {former: _same(own, numbers) for former, numbers in before.items()}
    best = max(sorted(scores), key=lambda former: scores[former], default="")
    return best if scores.get(best, 0) > 0 else ""


def _by_source(known: Iterable[Given]) -> dict[str, dict[str, Given]]:
    """Return source → number there → the idea it named."""
    found: dict[str, dict[str, Given]] = defaultdict(dict)
    for given in known:
        if given.number:
            found[given.source][given.number] = given
    return found


def _same(ideas: Iterable[Unnamed], former: Mapping[str, Given]) -> int:
    """Return how many numbers name the same idea, 0 when most name another one."""
    both = [(idea, former[idea.number]) for idea in ideas if idea.number in former]
    same = sum(idea.words == given.words or bool(idea.title and idea.title == given.title) for idea, given in both)
    return same if 2 * same >= len(both) else 0
