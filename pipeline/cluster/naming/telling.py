"""The phrases that tell one theme from the others: how near, how often, how well they cover it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from pipeline.cluster.grouping.views import Matching
from pipeline.cluster.naming.phrases import Key, PhraseBook
from pipeline.french import fold

_FAINT = 0.05
"""Least relevance of a word: one that the encoder does not know is not ruled out."""
_RARE = 0.02
"""Added to a frequency, so that a word found nowhere else does not win by that alone."""
_TINY = 6
"""Texts of a theme up to which a phrase of a single text may tell it."""
_LONE = 2
"""Content words, at most, of a phrase that a single text holds."""
_WIDER = 0.6
"""Share of the texts of a phrase that write it longer, from which the shorter form is a part of it ("pôle")."""
ROOT = 5
"""Letters that words of one family share at their beginning."""
_OF = ("de", "du", "des")
_VAGUE = frozenset(
    """
    accord action amélioration an année aspect augmentation base besoin bonjour but cadre capacité cas centaine
    changement choix chose compte condition conséquence contexte cours création côté dizaine domaine douzaine début
    développement effet effort ensemble etc euro exemple facilité façon fait fin fois fonction fonctionnement forme
    gens heure idée intérêt jour journée kilomètre lieu logique manière matière merci mesure milieu milliard millier
    million min minute mise mois monde montant moyen mètre niveau nombre objectif orientation origine part partie
    personne place point possibilité principe prise problème profit projet proportion proposition question quotidien
    raison respect reste résultat rôle secteur semaine sens situation solution sorte suite système temps terme type
    usage utilisation valeur volonté échelle élément évolution
    """.split()  # noqa: SIM905 - reads as a list of words
)
"""Nouns that alone say nothing of a subject: units, and nouns whose meaning is in what follows (Schmid, 2000)."""
_VAGUE_LEMMAS = frozenset(map(fold, _VAGUE))
_TRIED = frozenset({"bidule", "essai", "machin", "test", "truc"})
"""What people type to try a form: it names nothing by itself."""
_POINTING = frozenset(
    """
    actuel autre certain complet concerne correspondant dernier different divers entier existant important meme
    necessaire nombreux nouveau possible prochain propre reel seul simple suffisant suivant supplementaire tel total
    """.split()  # noqa: SIM905 - reads as a list of words
)
"""Adjectives, without accents, that point at things or count them: a phrase that ends on one names no kind of thing."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a theme.

    Attributes:
        key: its lemmas.
        surface: as most ideas write it.
        score: how well it tells the theme from the others.
        texts: rows of the theme that hold it.
        general: the name of a notion, not the authors' words.
        said: how much of its words its texts use, 0 to 1.
    """

    key: Key
    surface: str
    score: float
    texts: frozenset[int]
    general: bool = False
    said: float = 1.0

    @property
    def words(self) -> int:
        """The number of words."""
        return len(self.surface.split())

    def related(self, other: Phrase) -> bool:
        """Return whether both say one thing: a lemma in common, or two that begin alike (obligatoire, obligation)."""
        return any(a[:ROOT] == b[:ROOT] for a in self.key for b in other.key)


def ranked(book: PhraseBook, matching: Matching, labels: np.ndarray, theme: int) -> list[Phrase]:
    """Return the phrases of a theme, the most telling first; see `distinctive`."""
    return distinctive(book, labels, theme, relevances(matching.likeness, matching.lemmas, labels, theme))


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
        if not _held_enough(len(here), int(sizes[theme]), key) or vague(key, book.surface(key)):
            continue
        contrast = _contrast(np.bincount([labels[row] for row in rows], minlength=len(sizes)), sizes, theme)
        if contrast > 0:
            near = sum(max(_FAINT, relevance.get(lemma, 0.0)) for lemma in key) / len(key)
            length = 1 + 0.5 * min(2, len(key) - 1)
            found.append(Phrase(key, book.surface(key), near * math.sqrt(len(here) * contrast) * length, here))
    return _whole(sorted(found, key=lambda phrase: (-phrase.score, phrase.surface)))


def _held_enough(texts: int, size: int, key: Key) -> bool:
    """Return whether so many texts of a theme of `size` are enough for a phrase: one only where both are small."""
    least = 1 if size <= _TINY else 2
    return texts >= least and not (texts == 1 and size > 1 and len(key) > _LONE)


def vague(key: Key, surface: str) -> bool:
    """Return whether a phrase says nothing of a subject: vague nouns, one before « de », or « divers » at its end."""
    if all(lemma in _VAGUE_LEMMAS | _TRIED for lemma in key) or key[-1] in _POINTING:
        return True
    following = surface.split()[1:2]
    return key[0] in _VAGUE_LEMMAS and bool(following) and (following[0] in _OF or following[0].startswith("d’"))


def _whole(ranked: list[Phrase]) -> list[Phrase]:
    """Return the phrases without those that are nearly always part of a longer one of the same theme."""
    return [
        phrase
        for phrase in ranked
        if not any(
            set(phrase.key) < set(other.key) and len(other.texts & phrase.texts) >= max(2, _WIDER * len(phrase.texts))
            for other in ranked
        )
    ]


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


def covers(phrases: list[Phrase], book: PhraseBook, matching: Matching) -> np.ndarray:
    """Return phrase × text: 1 where the text holds the phrase, else how near its words are to those of the phrase."""
    columns: dict[str, list[int]] = {}
    for place, lemma in enumerate(matching.lemmas):
        columns.setdefault(fold(lemma), []).append(place)
    wanted = sorted({lemma for phrase in phrases for lemma in phrase.key if lemma in columns})
    likeness = matching.likeness.tocsc()
    texts = likeness.shape[0]
    near = {lemma: likeness[:, columns[lemma]].max(axis=1).toarray().ravel() for lemma in wanted}
    found = np.zeros((len(phrases), texts))
    for place, phrase in enumerate(phrases):
        found[place] = np.mean([near.get(lemma, np.zeros(texts)) for lemma in phrase.key], axis=0)
        found[place, sorted(book.rows[phrase.key])] = 1
    return found


def key_phrases(ranked: list[Phrase], count: int) -> list[str]:
    """Return the best `count` phrases, none of the word family of another."""
    kept: list[Phrase] = []
    for phrase in ranked:
        if not any(phrase.related(other) for other in kept):
            kept.append(phrase)
        if len(kept) == count:
            break
    return [phrase.surface for phrase in kept]
