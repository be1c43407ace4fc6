"""Embed: the analysed ideas → what the texts say, as numbers and words. Nothing here reads or writes a file.

- `encoders`: a text to a vector, offline by default or with any sentence-transformers model.
- `parse`: a text to words with their lemma and part of speech.
- `subjects`: a text to how much it is about each notion; `thesaurus`: the notions its words belong to.
- `memory`: results kept by text, so that adding one idea encodes one idea.
- `parts`: some of the ideas, in another process.
- this module: the three tables of the stage.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from pipeline.embed.encoders import Encoder, OfflineEncoder
from pipeline.embed.subjects import subject_model
from pipeline.embed.thesaurus import thesaurus
from pipeline.schema import CONTENT, Token


class Parser(Protocol):
    """Words of texts, and the vector a general French lexicon gives a word."""

    def parse(self, texts: list[str]) -> list[list[Token]]:
        """Return the tokens of each text."""

    def lexicon(self, lemmas: list[str]) -> np.ndarray:
        """Return one row per lemma (float32); zeros for an unknown one."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What the stage returns: the tables `vectors`, `tokens` and `word_vectors`."""

    vectors: pd.DataFrame
    tokens: pd.DataFrame
    word_vectors: pd.DataFrame


def embed(
    ideas: pd.DataFrame,
    encoder: Encoder,
    parser: Parser,
    progress: Callable[[int, int], None] | None = None,
    offline: Encoder | None = None,
) -> Embedded:
    """Return the vectors, tokens and word vectors of the analysed ideas.

    Each idea has two vectors: of its text in lower case (case is no subject), and of its content words alone (the
    turn of the sentence is none either), and what it is about by the subject model and by the thesaurus. The result
    for an idea depends on its text only: not on the other ideas, their order, or what was encoded before.

    Args:
        ideas: schema `ideas`.
        encoder: of the two vectors.
        parser: of the words.
        progress: told how far the work is.
        offline: the encoder that the subject model knows, when `encoder` is another one.
    """
    made = represent(ideas, encoder, parser, progress, offline)
    return Embedded(made.vectors, made.tokens, words(made.lemmas, encoder, parser))


@dataclass(frozen=True, slots=True)
class Texts:
    """What is made of texts: their rows of `vectors` and `tokens`, and the words (lemmas) whose vector is wanted."""

    vectors: pd.DataFrame
    tokens: pd.DataFrame
    lemmas: list[str]


def represent(
    ideas: pd.DataFrame,
    encoder: Encoder,
    parser: Parser,
    progress: Callable[[int, int], None] | None = None,
    offline: Encoder | None = None,
) -> Texts:
    """Return what is made of the analysed ideas, one by one; see `embed`."""
    report = progress or (lambda _done, _total: None)
    kept = ideas[ideas["analysed"]].sort_values("idea_id", kind="stable")
    texts = [str(text) for text in kept["text"]]
    ids = [str(idea) for idea in kept["idea_id"]]
    parsed = parser.parse(texts)
    report(1, 4)
    lower = [text.lower() for text in texts]
    whole = encoder.encode(lower)
    report(2, 4)
    content = encoder.encode([content_words(tokens) for tokens in parsed])
    known = whole if isinstance(encoder, OfflineEncoder) else (offline or OfflineEncoder()).encode(lower)
    subjects = subject_model().scores(texts, known)
    report(3, 4)
    rows = {"vector": list(whole), "content": list(content), "subjects": list(subjects)}
    notions = {"notions": [thesaurus().notions(text) for text in texts], "main": subject_model().main(subjects)}
    vectors = pd.DataFrame({"idea_id": ids, **rows, **notions}, dtype=object)
    return Texts(vectors, _token_table(ids, parsed), _lemmas(parsed))


def encoded_texts(ideas: pd.DataFrame, parser: Parser) -> dict[str, tuple[str, ...]]:
    """Return every text that `embed` has encoded, with the ideas whose text it is; none for words.

    Args:
        ideas: schema `ideas`.
        parser: of the words.
    """
    kept = ideas[ideas["analysed"]].sort_values("idea_id", kind="stable")
    parsed = parser.parse([str(text) for text in kept["text"]])
    found: dict[str, tuple[str, ...]] = {}
    for idea, text, tokens in zip(kept["idea_id"].astype(str), kept["text"].astype(str), parsed, strict=True):
        for one in filter(str.strip, (text.lower(), content_words(tokens))):
            found[one] = (*found.get(one, ()), idea)
    return found | {lemma: found.get(lemma, ()) for lemma in _lemmas(parsed) if lemma.strip()}


def content_words(tokens: list[Token]) -> str:
    """Return the content words of a text as written, in lower case and in order."""
    return " ".join(token.form.lower() for token in tokens if not token.stop and token.pos in CONTENT)


def _token_table(ids: list[str], parsed: list[list[Token]]) -> pd.DataFrame:
    rows = [
        (idea, position, token.sentence, token.form, token.lemma, token.pos, token.stop, token.space)
        for idea, tokens in zip(ids, parsed, strict=True)
        for position, token in enumerate(tokens)
    ]
    columns = ["idea_id", "position", "sentence", "form", "lemma", "pos", "stop", "space"]
    return pd.DataFrame(rows, columns=columns, dtype=object).astype(
        {"position": "int64", "sentence": "int64", "stop": "bool", "space": "bool"}
    )


def words(lemmas: list[str], encoder: Encoder, parser: Parser) -> pd.DataFrame:
    """Return the rows of `word_vectors` of some lemmas."""
    return pd.DataFrame(
        {"lemma": lemmas, "vector": list(parser.lexicon(lemmas)), "encoded": list(encoder.encode(lemmas))}, dtype=object
    )


def _lemmas(parsed: list[list[Token]]) -> list[str]:
    return sorted({t.lemma for tokens in parsed for t in tokens if not t.stop and t.pos in CONTENT})
