"""Results kept by text: what was encoded or parsed once is never computed again.

A memory is a plain dictionary from a key (the hash of the text) to bytes; the stage's shell loads and saves it. The
texts themselves are not in it, only the words of parsed ones.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import numpy as np

from pipeline.embed import Parser
from pipeline.embed.encoders import Encoder
from pipeline.schema import Token

Memory = dict[str, bytes]


def key(text: str) -> str:
    """Return the key of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def recall(texts: list[str], memory: Memory, compute: Callable[[list[str]], list[bytes]]) -> list[bytes]:
    """Return the result of each text: from `memory`, else computed once per distinct text and added to it."""
    new = {key(text): text for text in texts if key(text) not in memory}
    memory.update(zip(new, compute(list(new.values())), strict=True))
    return [memory[key(text)] for text in texts]


class RememberingEncoder:
    """An encoder that asks another one only for texts it has not met."""

    def __init__(self, encoder: Encoder, memory: Memory) -> None:
        self._encoder, self._memory = encoder, memory

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return the same bytes as the encoder it remembers for."""
        return _rows(recall(texts, self._memory, lambda new: _bytes(self._encoder.encode(new))))


class RememberingParser:
    """A parser that asks another one only for texts and lemmas it has not met."""

    def __init__(self, parser: Parser, tokens: Memory, lexicon: Memory) -> None:
        self._parser, self._tokens, self._lexicon = parser, tokens, lexicon

    def parse(self, texts: list[str]) -> list[list[Token]]:
        """Return the tokens of each text."""
        found = recall(texts, self._tokens, lambda new: [_pack(tokens) for tokens in self._parser.parse(new)])
        return [_unpack(packed) for packed in found]

    def lexicon(self, lemmas: list[str]) -> np.ndarray:
        """Return the vector of each lemma."""
        return _rows(recall(lemmas, self._lexicon, lambda new: _bytes(self._parser.lexicon(new))))


def _bytes(rows: np.ndarray) -> list[bytes]:
    return [np.asarray(row, dtype="<f4").tobytes() for row in rows]


def _rows(packed: list[bytes]) -> np.ndarray:
    if not packed:
        return np.zeros((0, 0), dtype=np.float32)
    return np.frombuffer(b"".join(packed), dtype="<f4").reshape(len(packed), -1).astype(np.float32)


def _pack(tokens: list[Token]) -> bytes:
    rows = [(t.sentence, t.form, t.lemma, t.pos, t.stop, t.space) for t in tokens]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _unpack(packed: bytes) -> list[Token]:
    return [Token(*row) for row in json.loads(packed.decode("utf-8", "surrogatepass"))]
