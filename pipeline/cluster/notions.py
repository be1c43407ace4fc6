"""Notions of the thesaurus that tell a theme: names in correct French for what its ideas say in many words."""

from __future__ import annotations

from collections import Counter

import numpy as np

from pipeline.cluster.corpus import Corpus
from pipeline.cluster.telling import Phrase
from pipeline.cluster.titles import apart
from pipeline.french import fold

_CHOICES = 12
_SHARE = 0.15
"""Share of the theme's texts that have to name a notion for it to stand for the theme."""
_FEWEST, _SMALL = 3, 8
"""Texts that have to name a notion, two being enough in a theme of so few: a word has other meanings."""
_CONTENT = 4
"""Letters from which a word of a name counts as content."""


def choices(corpus: Corpus, labels: np.ndarray, theme: int) -> tuple[list[Phrase], np.ndarray]:
    """Return the notions that tell a theme, the most telling first, and notion × text, 1 where the text names it.

    A notion goes to the theme where the largest share of texts names it only, so that no other could carry it.
    """
    inside = labels == theme
    sizes = np.bincount(labels)
    held: dict[str, list[int]] = {}
    for row, names in enumerate(corpus.notions):
        for name in set(names):
            held.setdefault(name, []).append(row)
    capitals = _capitals(corpus)
    found: list[tuple[Phrase, np.ndarray]] = []
    for name, rows in held.items():
        shares = np.bincount(labels[rows], minlength=len(sizes)) / sizes
        here = frozenset(row for row in rows if inside[row])
        if (
            "(" in name
            or shares.argmax() != theme
            or len(here) < max(_FEWEST if sizes[theme] > _SMALL else 2, _SHARE * sizes[theme])
        ):
            continue
        cover = np.zeros(len(corpus))
        cover[rows] = 1
        key = tuple(word for word in fold(name).replace(",", " ").replace("'", " ").split() if len(word) >= _CONTENT)
        found.append((Phrase(key, _written(name, capitals), apart(cover, inside), here, general=True), cover))
    best = sorted(found, key=lambda choice: (-choice[0].score, choice[0].surface))[:_CHOICES]
    return [phrase for phrase, _ in best], np.array([cover for _, cover in best]).reshape(len(best), len(corpus))


def _capitals(corpus: Corpus) -> frozenset[str]:
    """Return the words, without accents or case, that the authors mostly write in capitals: acronyms."""
    large, small = Counter[str](), Counter[str]()
    for words in corpus.words:
        large.update(fold(word.form) for word in words if len(word.form) > 1 and word.form.isupper())
        small.update(fold(word.form) for word in words if not word.form.isupper())
    return frozenset(word for word, count in large.items() if count > small[word])


def _written(name: str, capitals: frozenset[str]) -> str:
    return " ".join(word.upper() if fold(word) in capitals else word for word in name.split())
