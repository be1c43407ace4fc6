"""Noun phrases of the texts, singular and plural merged, and those that tell one theme from the others."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.cluster.corpus import Corpus, Word

Key = tuple[str, ...]
"""What makes two phrases one: the lemmas of their content words."""

_LINKS = frozenset(
    {"de", "d'", "d’", "du", "des", "à", "au", "aux", "en", "le", "la", "les", "l'", "l’", "entre", "sur"}
)
_LONGEST = 7
_ADJECTIVES_FIRST = frozenset({"nouveau", "grand", "petit", "bon", "meilleur", "beau", "jeune", "vieux", "premier"})
_VAGUE = frozenset(
    {
        "action", "an", "année", "besoin", "bonjour", "but", "cas", "chose", "cours", "début", "ensemble", "etc",
        "exemple", "façon", "fait", "fin", "fois", "gens", "heure", "idée", "jour", "journée", "lieu", "manière",
        "merci", "mesure", "mise", "mois", "monde", "moyen", "niveau", "nombre", "objectif", "part", "partie",
        "personne", "place", "point", "possibilité", "problème", "projet", "proposition", "question", "reste",
        "semaine", "solution", "sorte", "temps", "type",
    }
)  # fmt: skip
"""Nouns that alone say nothing of a subject."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a theme.

    Attributes:
        key: its lemmas.
        surface: as most ideas write it.
        score: how well it tells the theme from the others.
        texts: rows of the theme that hold it.
    """

    key: Key
    surface: str
    score: float
    texts: frozenset[int]


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Every phrase of a corpus.

    Attributes:
        rows: key → texts that hold it.
        surfaces: key → the forms it takes, with counts.
    """

    rows: dict[Key, frozenset[int]]
    surfaces: dict[Key, Counter[str]]

    def surface(self, key: Key) -> str:
        """Return the most frequent form; the shortest, then the first in order, between equals."""
        return min(self.surfaces[key].items(), key=lambda item: (-item[1], len(item[0]), item[0]))[0]


def collect(corpus: Corpus) -> PhraseBook:
    """Return the noun phrases of all texts."""
    rows: dict[Key, set[int]] = defaultdict(set)
    surfaces: dict[Key, Counter[str]] = defaultdict(Counter)
    for row, words in enumerate(corpus.words):
        for phrase in noun_phrases(words):
            key = tuple(word.lemma for word in phrase if word.pos in ("NOUN", "PROPN", "ADJ"))
            rows[key].add(row)
            surfaces[key][_write(phrase)] += 1
    return PhraseBook({key: frozenset(found) for key, found in rows.items()}, dict(surfaces))


def noun_phrases(words: list[Word]) -> Iterator[list[Word]]:
    """Yield noun phrases and their beginnings: a noun, its adjectives, and complements linked by de, à, en..."""
    for start in range(len(words)):
        if not _opens(words, start):
            continue
        end = start
        while end < len(words) and end - start < _LONGEST and _continues(words, start, end):
            if _closes(words, start, end):
                yield words[start : end + 1]
            end += 1


def _opens(words: list[Word], start: int) -> bool:
    word = words[start]
    if word.pos == "NOUN":
        return len(word.form) > 2 and word.form.isalpha()  # noqa: PLR2004 - shorter ones are parts of a broken word
    return word.pos == "PROPN" and len(word.form) > 1 and word.form.replace("-", "").isalpha()


def _continues(words: list[Word], start: int, place: int) -> bool:
    word, before = words[place], words[place - 1] if place > start else None
    if before is not None and (word.sentence != before.sentence or not (before.space or before.form[-1] in "'’")):
        return False
    if before is None or word.pos == "ADJ":
        return before is None or before.pos in ("NOUN", "PROPN", "ADJ")
    if word.pos in ("NOUN", "PROPN"):
        return before.form.lower() in _LINKS or (before.pos, word.pos) == ("NOUN", "PROPN")
    return word.form.lower() in _LINKS and word.pos in ("ADP", "DET")


def _closes(words: list[Word], start: int, end: int) -> bool:
    word = words[end]
    if word.pos == "ADJ":
        return word.lemma not in _ADJECTIVES_FIRST and word.form.isalpha()
    return word.pos in ("NOUN", "PROPN") and (end == start or _opens(words, end))


def _write(phrase: list[Word]) -> str:
    written = "".join(
        (word.form if word.pos == "PROPN" or (word.form.isupper() and len(word.form) > 1) else word.form.lower())
        + (" " if word.space else "")
        for word in phrase
    ).strip()
    return written.replace("'", "’")


def distinctive(book: PhraseBook, labels: np.ndarray, theme: int) -> list[Phrase]:
    """Return the phrases of a theme, the most telling first.

    A phrase is worth what it says for the ideas that hold it: their number times the logarithm of how much more
    often it occurs here than elsewhere (one half is added to both counts). A phrase goes to the theme where it is
    most frequent only, so that no other theme could carry it.
    """
    sizes = np.bincount(labels)
    found = []
    for key, rows in book.rows.items():
        if len(key) == 1 and key[0] in _VAGUE:
            continue
        here = frozenset(row for row in rows if labels[row] == theme)
        if len(here) < min(2, sizes[theme]):
            continue
        shares = np.bincount([labels[row] for row in rows], minlength=len(sizes)) / sizes
        if shares.argmax() != theme:
            continue
        elsewhere = (len(rows) - len(here) + 0.5) / (len(labels) - sizes[theme] + 1)
        contrast = math.log(((len(here) + 0.5) / (sizes[theme] + 1)) / elsewhere)
        if contrast > 0:
            length = 1 + 0.5 * min(2, len(key) - 1)
            found.append(Phrase(key, book.surface(key), len(here) * contrast * length, here))
    return sorted(found, key=lambda phrase: (-phrase.score, phrase.surface))


def key_phrases(ranked: list[Phrase], count: int) -> list[str]:
    """Return the best `count` phrases, none a part of another."""
    kept: list[Phrase] = []
    for phrase in ranked:
        if not any(set(phrase.key) & set(other.key) for other in kept):
            kept.append(phrase)
        if len(kept) == count:
            break
    return [phrase.surface for phrase in kept]
