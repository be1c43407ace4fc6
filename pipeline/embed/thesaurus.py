"""A text → the notions of a general French thesaurus that its words belong to.

`thesaurus.csv` (notion, domaine, termes) was written for MiniLabs from general knowledge of French, by people and
programs that had read none of the texts it is measured on. A notion is a subject about as wide as one working group's
question: « nettoyage des locaux », « réunion », « covoiturage ».
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO

from pipeline.embed.stems import singular, stem, words

_SEPARATOR = "|"
_LONGEST = 4
"""Words of a term at most."""


Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Notions and the words that name them.

    Attributes:
        domains: notion → the wider subject it belongs to.
        exact: words of a term, in the singular → its notions.
        stemmed: stems of a term → its notions; asked when the words are not known as they are.
    """

    domains: dict[str, str]
    exact: dict[Key, tuple[str, ...]]
    stemmed: dict[Key, tuple[str, ...]]

    def notions(self, text: str) -> list[str]:
        """Return the notions of the distinct terms found in a text, sorted: twice the same when two terms say it.

        The longest term wins, and the first single word of it that is a term too.
        """
        sequence = words(text)
        found: dict[Key, tuple[str, ...]] = {}
        place = 0
        while place < len(sequence):
            term = self._longest(sequence[place : place + _LONGEST])
            if term:
                found[term] = self._of(term)
            if len(term) > 1:
                found |= next(({(w,): self._of((w,))} for w in term if self._of((w,))), {})
            place += max(1, len(term))
        return sorted(notion for notions in found.values() for notion in notions)

    def _longest(self, sequence: list[str]) -> Key:
        lengths = range(len(sequence), 0, -1)
        return next((tuple(sequence[:n]) for n in lengths if self._of(tuple(sequence[:n]))), ())

    def _of(self, term: Key) -> tuple[str, ...]:
        known = self.exact.get(tuple(map(singular, term)))
        return known or self.stemmed.get(tuple(map(stem, term)), ())


@cache
def thesaurus() -> Thesaurus:
    """Return the thesaurus that comes with MiniLabs."""
    content = (files("pipeline.embed") / "thesaurus.csv").read_text(encoding="utf-8")
    return read(list(csv.DictReader(StringIO(content))))


def read(rows: list[dict[str, str]]) -> Thesaurus:
    """Return the thesaurus of rows with the columns notion, domaine, termes (separated by « | »).

    The name of a notion is one of its terms.
    """
    exact: dict[Key, set[str]] = {}
    stemmed: dict[Key, set[str]] = {}
    for row in rows:
        for term in (row["notion"], *row["termes"].split(_SEPARATOR)):
            key = tuple(words(term))[:_LONGEST]
            if any(len(word) > 1 and not word.isdigit() for word in key):
                exact.setdefault(tuple(map(singular, key)), set()).add(row["notion"])
                stemmed.setdefault(tuple(map(stem, key)), set()).add(row["notion"])
    return Thesaurus({row["notion"]: row["domaine"] for row in rows}, _sorted(exact), _sorted(stemmed))


def _sorted(found: dict[Key, set[str]]) -> dict[Key, tuple[str, ...]]:
    return {key: tuple(sorted(notions)) for key, notions in found.items()}
