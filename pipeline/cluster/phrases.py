"""Noun phrases of the texts, singular and plural merged, and those that tell one theme from the others."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from pipeline.cluster.corpus import Corpus, Word
from pipeline.french import fold

Key = tuple[str, ...]
"""What makes two phrases one: the lemmas of their content words, without accents (people forget them)."""

_LINKS = frozenset({"de", "d'", "d’", "du", "des", "à", "au", "aux", "en", "entre", "sur"})
_ARTICLES = frozenset({"le", "la", "les", "l'", "l’"})
_LONGEST = 7
_FAINT = 0.05
"""Least relevance of a word: one that the encoder does not know is not ruled out."""
_RARE = 0.02
"""Added to a frequency, so that a word found nowhere else does not win by that alone."""
_ADJECTIVES_FIRST = frozenset({"nouveau", "grand", "petit", "bon", "meilleur", "beau", "jeune", "vieux", "premier"})
_VAGUE = frozenset(
    {
        "action", "amélioration", "an", "année", "augmentation", "besoin", "bonjour", "but", "cas", "chose", "compte",
        "cours", "création", "début", "développement", "ensemble", "etc",
        "exemple", "façon", "fait", "fin", "fois", "gens", "heure", "idée", "jour", "journée", "lieu", "manière",
        "merci", "mesure", "mise", "mois", "monde", "moyen", "niveau", "nombre", "objectif", "part", "partie",
        "personne", "place", "point", "possibilité", "problème", "projet", "proposition", "question", "reste",
        "semaine", "solution", "sorte", "temps", "type",
    }
)  # fmt: skip
"""Nouns that alone say nothing of a subject."""
_VAGUE_KEYS = frozenset((fold(noun),) for noun in _VAGUE)


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
        """Return the most frequent form; the one with most accents, then the first in order, between equals."""
        return min(self.surfaces[key].items(), key=lambda item: (-item[1], -len(item[0].encode()), item[0]))[0]


def collect(corpus: Corpus) -> PhraseBook:
    """Return the noun phrases of all texts that their authors wrote themselves: an expanded acronym is not theirs."""
    rows: dict[Key, set[int]] = defaultdict(set)
    surfaces: dict[Key, Counter[str]] = defaultdict(Counter)
    for row, words in enumerate(corpus.words):
        shown = fold(" ".join(corpus.shown[row].split()))
        for phrase in noun_phrases(words):
            if fold(_write(phrase)) not in shown:
                continue
            key = tuple(fold(word.lemma) for word in phrase if word.pos in ("NOUN", "PROPN", "ADJ"))
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
    """Return whether the word at `place` can belong to a phrase that begins at `start`."""
    if place == start:
        return True
    word, before = words[place], words[place - 1]
    touching = before.space or before.form[-1] in "'’"
    return touching and word.sentence == before.sentence and _follows(word, before)


def _follows(word: Word, before: Word) -> bool:
    """Return whether French lets `word` come after `before` in a noun phrase."""
    form, previous = word.form.lower(), before.form.lower()
    if word.pos == "ADJ":
        return before.pos in ("NOUN", "PROPN", "ADJ")
    if word.pos in ("NOUN", "PROPN"):
        return previous in _LINKS | _ARTICLES or (before.pos, word.pos) == ("NOUN", "PROPN")
    if form in _ARTICLES:
        return before.pos == "ADP"
    return form in _LINKS and word.pos in ("ADP", "DET")


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


def distinctive(book: PhraseBook, labels: np.ndarray, theme: int, relevance: dict[str, float]) -> list[Phrase]:
    """Return the phrases of a theme, the most telling first.

    A phrase goes to the theme where it is most frequent only, so that no other theme could carry it. It is worth the
    product of what it is to the ideas that hold it (their number, times the logarithm of how much more often it occurs
    here than elsewhere, one half added to both counts) and of how near its words are to those of the other ideas.

    Args:
        book: the phrases of the corpus.
        labels: theme of each text.
        theme: which one.
        relevance: lemma without accents → how near it is to the words of the theme, see `relevances`.
    """
    sizes = np.bincount(labels)
    found = []
    for key, rows in book.rows.items():
        here = frozenset(row for row in rows if labels[row] == theme)
        if len(here) < min(2, sizes[theme]) or key in _VAGUE_KEYS:
            continue
        contrast = _contrast(np.bincount([labels[row] for row in rows], minlength=len(sizes)), sizes, theme)
        if contrast > 0:
            near = sum(max(_FAINT, relevance.get(lemma, 0.0)) for lemma in key) / len(key)
            length = 1 + 0.5 * min(2, len(key) - 1)
            found.append(Phrase(key, book.surface(key), near * math.sqrt(len(here) * contrast) * length, here))
    return sorted(found, key=lambda phrase: (-phrase.score, phrase.surface))


def _contrast(counts: np.ndarray, sizes: np.ndarray, theme: int) -> float:
    """Return the log of how much more often a phrase occurs in a theme than elsewhere; 0 when another has it more."""
    if (counts / sizes).argmax() != theme:
        return 0.0
    here = (counts[theme] + 0.5) / (sizes[theme] + 1)
    elsewhere = (counts.sum() - counts[theme] + 0.5) / (sizes.sum() - sizes[theme] + 1)
    return max(0.0, math.log(here / elsewhere))


def relevances(likeness: sparse.csr_matrix, lemmas: list[str], labels: np.ndarray, theme: int) -> dict[str, float]:
    """Return how much better each lemma stands for the words of a theme's texts than for those of the others.

    Args:
        likeness: text × lemma, how well the text's best word stands for the lemma.
        lemmas: the columns.
        labels: theme of each text.
        theme: which one.
    """
    here = np.asarray(likeness[np.flatnonzero(labels == theme)].mean(axis=0)).ravel()
    rest = np.flatnonzero(labels != theme)
    elsewhere = np.asarray(likeness[rest].mean(axis=0)).ravel() if len(rest) else np.zeros_like(here)
    better = (here - elsewhere) / np.sqrt(elsewhere + _RARE)
    return dict(sorted((fold(lemma), float(value)) for lemma, value in zip(lemmas, better, strict=True)))


def key_phrases(ranked: list[Phrase], count: int) -> list[str]:
    """Return the best `count` phrases, none a part of another."""
    kept: list[Phrase] = []
    for phrase in ranked:
        if not any(set(phrase.key) & set(other.key) for other in kept):
            kept.append(phrase)
        if len(kept) == count:
            break
    return [phrase.surface for phrase in kept]
