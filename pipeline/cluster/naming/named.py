"""A group of texts → its title, from the notions it names and the words of its authors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.grouping.views import Matching
from pipeline.cluster.naming import notions, telling, titles
from pipeline.cluster.naming.notions import Notions
from pipeline.cluster.naming.phrases import PhraseBook
from pipeline.cluster.naming.telling import Phrase

_LEAST = 0.001
"""Added to the weight of a text, so that a theme of texts that fall with no other still has weights."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a group is called.

    Attributes:
        title: see `titles.title`.
        ranked: its authors' phrases, the most telling first.
        cover: phrase × text for the first of them, see `telling.covers`.
        about: notions that its texts mean more than others do, the most telling first.
    """

    title: str
    ranked: list[Phrase]
    cover: np.ndarray
    about: list[Phrase]


@dataclass(frozen=True, slots=True)
class Naming:
    """What names are made from.

    Attributes:
        texts: the corpus.
        book: its phrases.
        matching: how its words stand for each other.
        known: what its texts are about.
    """

    texts: Corpus
    book: PhraseBook
    matching: Matching
    known: Notions


def source(texts: Corpus, book: PhraseBook, matching: Matching) -> Naming:
    """Return what the names of all groups of a corpus are made from."""
    return Naming(texts, book, matching, notions.read(texts))


def name(
    made: Naming,
    labels: np.ndarray,
    group: int,
    weight: np.ndarray | None = None,
    taken: frozenset[str] = frozenset(),
    parts: tuple[np.ndarray, ...] = (),
) -> Named:
    """Return what the texts of `labels` equal to `group` are called beside the other groups.

    Args:
        made: what names are made from.
        labels: group of each text.
        group: which one.
        weight: how central each text is to its group, all the same when None.
        taken: titles that others carry, without accents or case.
        parts: texts of each of its parts: the title has to stand for all of them.
    """
    texts, book, matching = made.texts, made.book, made.matching
    inside = labels == group
    counts = np.ones(len(texts)) if weight is None else weight + _LEAST
    ranked = telling.ranked(book, matching, labels, group)
    theirs = ranked[: titles.CHOICES]
    cover = telling.covers(theirs, book, matching)
    general, naming = notions.choices(made.known, texts, labels, group, counts)
    theme = titles.Theme(inside, counts, taken, parts)
    title = titles.title([*general, *theirs], np.vstack([naming, cover]), theme)
    return Named(title, ranked, cover, general)
