"""Small made-up inputs whose right answer is plain."""

from __future__ import annotations

import numpy as np

from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.grouping.neighbours import Neighbours
from pipeline.cluster.grouping.views import WEIGHTS
from pipeline.schema import Token


def blocks(sizes: list[int], noise: float = 0.3, seed: int = 0) -> tuple[Neighbours, np.ndarray]:
    """Return candidates of texts that fall in plain groups of these sizes, and the groups."""
    truth = np.repeat(np.arange(len(sizes)), sizes)
    texts = len(truth)
    draw = np.random.default_rng(seed)
    index = np.array([np.delete(np.arange(texts), row) for row in range(texts)])
    similarity = {}
    for name in WEIGHTS:
        square = (truth[:, None] == truth) * 2.0 + noise * draw.standard_normal((texts, texts))
        similarity[name] = np.take_along_axis((square + square.T) / 2, index, axis=1).astype(np.float32)
    return Neighbours(index, similarity), truth


def words(tagged: str) -> list[Token]:
    """Return the words of "forme/lemme/POS forme/lemme/POS ..."; "|" begins a new sentence, "_" glues to the next."""
    found: list[Token] = []
    sentence = 0
    for piece in tagged.split():
        if piece == "|":
            sentence += 1
            continue
        form, lemma, pos = piece.rstrip("_").split("/")
        stop = pos in {"ADP", "DET", "PUNCT", "PRON", "CCONJ", "AUX"}
        found.append(Token(sentence, form, lemma, pos, stop, not piece.endswith("_")))
    return found


def corpus(texts: list[list[Token]]) -> Corpus:
    """Return a corpus of these texts, numbered, without vectors."""
    rows = np.zeros((len(texts), 2))
    names = [f"texte {number:03d}" for number in range(len(texts))]
    shown = [written(words) for words in texts]
    return Corpus(
        names,
        [[f"i{number:03d}"] for number in range(len(texts))],
        shown,
        texts,
        rows,
        rows,
        rows,
        [[] for _ in texts],
        [[] for _ in texts],
        {},
    )


def written(words: list[Token]) -> str:
    """Return the words as their author wrote them, a line per sentence."""
    lines: dict[int, str] = {}
    for word in words:
        lines[word.sentence] = lines.get(word.sentence, "") + word.form + (" " if word.space else "")
    return "\n".join(line.strip() for line in lines.values())
