"""Sentences that people wrote, chosen: typical ideas of a theme, and its summary in two of their sentences."""

from __future__ import annotations

import re

import numpy as np

from pipeline.cluster.corpus import Corpus, Word
from pipeline.cluster.telling import Phrase
from pipeline.french import fold, typeset

_SHORTEST, _LONGEST = 6, 40
"""Words of a sentence that can stand in a summary."""
_SENTENCES = 2
_SENTENCE_END = re.compile(r"\n+|(?<=[.!?…])\s+(?=[A-ZÀ-Ý«])")
_WORD = re.compile(r"\w+(?:-\w+)*")


def typical(affinity: np.ndarray, labels: np.ndarray, theme: int, count: int) -> list[int]:
    """Return the rows of a theme that fall with its other texts most often, best first."""
    rows = np.flatnonzero(labels == theme)
    return [int(row) for row in rows[np.argsort(-affinity[rows, theme], kind="stable")][:count]]


def borderline(share: np.ndarray, second_share: np.ndarray, labels: np.ndarray, theme: int, count: int) -> list[int]:
    """Return the rows of a theme that another theme could claim, the closest first."""
    rows = np.flatnonzero(labels == theme)
    margin = share[rows] - second_share[rows]
    order = np.argsort(margin, kind="stable")
    return [int(rows[place]) for place in order[:count] if second_share[rows[place]] > 0]


def summary(corpus: Corpus, rows: list[int], ranked: list[Phrase]) -> str:
    """Return two sentences from the ideas `rows`, each from another idea.

    A sentence is worth the telling words it holds that the one before does not, for its length.
    """
    worth = _worth(ranked)
    choices = [
        (row, text, lemmas)
        for row in rows
        for text, lemmas in _sentences(corpus.shown[row], _lemmas(corpus.words[row]))
    ]
    chosen: list[str] = []
    used: set[str] = set()
    for _ in range(_SENTENCES):
        scored = [
            (sum(worth.get(lemma, 0.0) for lemma in lemmas - used) / (8 + len(text.split())) ** 0.5, -place)
            for place, (_, text, lemmas) in enumerate(choices)
        ]
        if not scored or max(scored)[0] <= 0:
            break
        row, text, lemmas = choices[-max(scored)[1]]
        chosen.append(text)
        used |= lemmas
        choices = [choice for choice in choices if choice[0] != row]
    return typeset(" ".join(chosen))


def _worth(ranked: list[Phrase]) -> dict[str, float]:
    worth: dict[str, float] = {}
    for phrase in ranked[:40]:
        for lemma in phrase.key:
            worth[lemma] = max(worth.get(lemma, 0.0), phrase.score)
    return worth


def _sentences(shown: str, lemma_of: dict[str, str]) -> list[tuple[str, set[str]]]:
    """Return the sentences of an idea as its author wrote them, with the lemmas of their words."""
    sentences = []
    for text in _SENTENCE_END.split(shown):
        if _SHORTEST <= len(text.split()) <= _LONGEST:
            forms = map(fold, _WORD.findall(text))
            sentences.append((_finished(text), {lemma_of[form] for form in forms if form in lemma_of}))
    return sentences


def _lemmas(words: list[Word]) -> dict[str, str]:
    return {fold(word.form): fold(word.lemma) for word in words if not word.stop}


def _finished(text: str) -> str:
    text = text.strip(" -–•*;,")
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
