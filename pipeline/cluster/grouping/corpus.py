"""The tables of the stage → one corpus: distinct texts in alphabetical order, so that row order cannot matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from pipeline.schema import Token

SUBJECT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
"""Content words without adverbs: what two ideas on one subject share."""

SHORTEST = 3
"""Letters under which a lemma says nothing."""


@dataclass(frozen=True)
class Corpus:
    """Distinct texts, sorted; ideas with the same text share a row.

    Attributes:
        texts: without repeated spaces, in order.
        ids: the ideas of each text, in order.
        shown: as the authors wrote them (title, then paragraphs, a line each): texts have their acronyms expanded.
        words: the tokens of each text.
        vectors: of the texts (rows as `texts`).
        content: of their content words alone.
        about: how much they are about each notion of the thesaurus.
        notions: of the thesaurus that their words belong to, once per distinct term.
        main: notions that each is most about by the subject model, best first.
        lexicon: lemma → (vector of the general lexicon, vector of the encoder).
    """

    texts: list[str]
    ids: list[list[str]]
    shown: list[str]
    words: list[list[Token]]
    vectors: np.ndarray
    content: np.ndarray
    about: np.ndarray
    notions: list[list[str]]
    main: list[list[str]]
    lexicon: dict[str, tuple[np.ndarray, np.ndarray]]

    def __len__(self) -> int:
        """Return the number of distinct texts."""
        return len(self.texts)

    @cached_property
    def lengths(self) -> np.ndarray:
        """The number of tokens of each text."""
        return np.array([len(words) for words in self.words], dtype=np.float64)

    @cached_property
    def subjects(self) -> list[list[str]]:
        """The lemmas of each text that can say its subject, in order, repeated as in the text."""
        return [
            [w.lemma for w in words if not w.stop and w.pos in SUBJECT and len(w.lemma) >= SHORTEST]
            for words in self.words
        ]

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Idea → its row."""
        return {idea: row for row, ids in enumerate(self.ids) for idea in ids}

    def spread(self, values: Iterable[object]) -> list[tuple[str, object]]:
        """Return (idea, value of its row) for every idea, by idea."""
        return sorted((idea, value) for ids, value in zip(self.ids, values, strict=True) for idea in ids)


def canonical(text: str) -> str:
    """Return the text composed (NFC), with single spaces: what makes two texts the same."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def build(ideas: pd.DataFrame, vectors: pd.DataFrame, tokens: pd.DataFrame, word_vectors: pd.DataFrame) -> Corpus:
    """Return the corpus of the analysed ideas; the order of the rows of the tables has no effect."""
    text_of = dict(zip(ideas["idea_id"], map(canonical, ideas["text"]), strict=True))
    written = ideas[["title", "description", "benefits"]].agg("\n".join, axis=1)
    shown = dict(zip(ideas["idea_id"], written, strict=True))
    place = {idea: row for row, idea in enumerate(vectors["idea_id"])}
    ids: dict[str, list[str]] = {}
    for idea in sorted(place):
        ids.setdefault(text_of[idea], []).append(idea)
    texts = sorted(ids)
    first = [place[ids[text][0]] for text in texts]
    words = _words(tokens, {ids[text][0] for text in texts})
    return Corpus(
        texts=texts,
        ids=[ids[text] for text in texts],
        shown=[shown[ids[text][0]] for text in texts],
        words=[words.get(ids[text][0], []) for text in texts],
        vectors=_rows(vectors["vector"], first),
        content=_rows(vectors["content"], first),
        about=_rows(vectors["subjects"], first),
        notions=[list(vectors["notions"].iloc[place]) for place in first],
        main=[list(vectors["main"].iloc[place]) for place in first],
        lexicon=dict(
            zip(
                word_vectors["lemma"],
                zip(map(np.asarray, word_vectors["vector"]), map(np.asarray, word_vectors["encoded"]), strict=True),
                strict=True,
            )
        ),
    )


def _rows(column: pd.Series, places: list[int]) -> np.ndarray:
    cells = column.tolist()
    return np.array([cells[place] for place in places], dtype=np.float64)


def _words(tokens: pd.DataFrame, wanted: set[str]) -> dict[str, list[Token]]:
    kept = tokens[tokens["idea_id"].isin(wanted)].sort_values(["idea_id", "position"], kind="stable")
    words: dict[str, list[Token]] = {}
    columns = (kept[name] for name in ("idea_id", "sentence", "form", "lemma", "pos", "stop", "space"))
    for idea, *rest in zip(*columns, strict=True):
        words.setdefault(idea, []).append(Token(*rest))
    return words
