"""A group of texts → its title, from the notions it names and the words of its authors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.cluster import notions, telling, titles
from pipeline.cluster.corpus import Corpus
from pipeline.cluster.phrases import PhraseBook
from pipeline.cluster.telling import Phrase
from pipeline.cluster.views import Matching


@dataclass(frozen=True, slots=True)
class Named:
    """What a group is called.

    Attributes:
        title: see `titles.title`.
        ranked: its authors' phrases, the most telling first.
        cover: phrase × text for the first of them, see `telling.covers`.
    """

    title: str
    ranked: list[Phrase]
    cover: np.ndarray


def name(
    texts: Corpus, book: PhraseBook, matching: Matching, labels: np.ndarray, group: int, fallback: str = "Autres idées"
) -> Named:
    """Return what the texts of `labels` equal to `group` are called beside the other groups.

    Args:
        texts: the corpus.
        book: its phrases.
        matching: how its words stand for each other.
        labels: group of each text.
        group: which one.
        fallback: its title when it has no phrase.
    """
    ranked = telling.ranked(book, matching, labels, group)
    theirs = ranked[: titles.CHOICES]
    cover = telling.covers(theirs, book, matching)
    general, naming = notions.choices(texts, labels, group)
    title = titles.title([*general, *theirs], np.vstack([naming, cover]), labels == group, fallback)
    return Named(title, ranked, cover)
