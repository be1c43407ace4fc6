"""Train the subject model: python models/subjects/train.py. Takes a minute or two and 2 GiB; writes `subjects.npz`.

Learns from `suggestions.csv` (notion, texte: fictional suggestions, eight for each notion) and from the thesaurus of
`pipeline/embed` (each term is a short text of its notions). Ridge regression: the ridge was chosen on the mean of a
benchmark that none of these texts comes from (share of near neighbours of the same theme: .379 with a ridge of 1, .410
with 3, .429 with 10, .432 with 30, .433 with 100).
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from spacy.lang.fr.stop_words import STOP_WORDS

from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.stems import stem, stems
from pipeline.embed.subjects import STEMS, VECTOR, Rarity, SubjectModel, bag, packed

HERE = Path(__file__).parent
PACKAGE = HERE.parent.parent / "pipeline" / "embed"
RIDGE = 30.0


def read() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return (notion, text) of the suggestions, and of the terms of the thesaurus."""
    with (HERE / "suggestions.csv").open(encoding="utf-8", newline="") as file:
        suggestions = [(row["notion"], row["texte"]) for row in csv.DictReader(file)]
    with (PACKAGE / "thesaurus.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    terms = [(row["notion"], term.strip()) for row in rows for term in (row["notion"], *row["termes"].split("|"))]
    return suggestions, sorted(set(terms))


def vocabulary(suggestions: list[str], terms: list[str]) -> Rarity:
    """Return the stems of the terms, and those met in two suggestions, with how rare they are in the suggestions."""
    tools = {stem(word) for word in STOP_WORDS}
    met = Counter(word for text in suggestions for word in set(stems(text)))
    known = {word for text in terms for word in stems(text)} | {word for word, count in met.items() if count > 1}
    return {
        word: (place, math.log((len(suggestions) + 1) / (met[word] + 1)))
        for place, word in enumerate(sorted(known - tools))
    }


def features(texts: list[str], rarity: Rarity) -> sparse.csr_matrix:
    """Return text × (encoder column, stem); vectors are centred, for a list of terms is not written as a sentence."""
    rows = OfflineEncoder().encode([text.lower() for text in texts]).astype(np.float64)
    found = [bag(text, rarity) for text in texts]
    places = np.repeat(np.arange(len(texts)), [len(known) for known in found])
    columns = [place for known in found for place in known]
    weights = [weight for known in found for weight in known.values()]
    words = sparse.csr_matrix((weights, (places, columns)), shape=(len(texts), len(rarity)))
    return sparse.hstack([sparse.csr_matrix(VECTOR * (rows - rows.mean(axis=0))), STEMS * words]).tocsr()


def train() -> SubjectModel:
    """Return the model of the texts in this folder and in the package."""
    suggestions, terms = read()
    notions = sorted({notion for notion, _ in terms})
    column = {notion: place for place, notion in enumerate(notions)}
    rarity = vocabulary([text for _, text in suggestions], [text for _, text in terms])
    parts = [features([text for _, text in texts], rarity) for texts in (suggestions, terms)]
    wanted = [column[notion] for notion, _ in (*suggestions, *terms)]
    given = sparse.vstack(parts).tocsr()
    target = sparse.csr_matrix((np.ones(len(wanted)), (np.arange(len(wanted)), wanted)))
    inner = (given.T @ given).toarray() + RIDGE * np.eye(given.shape[1])
    weights = np.linalg.solve(inner, (given.T @ target).toarray())
    columns = given.shape[1] - len(rarity)
    return SubjectModel(rarity, tuple(notions), weights[:columns], weights[columns:])


if __name__ == "__main__":
    (PACKAGE / "subjects.npz").write_bytes(packed(train()))
