"""Seven views of a corpus: text, content words, vocabulary, letters, matching words, subjects, thesaurus notions.

Measured on the mean of the benchmark (AMI of the themes found): all seven .416; without subjects and notions .398. Of
the five others, when they stood alone (.404): without the content words .391, without the words .383, without the
letters .396, without the matching .392. Lemma TF-IDF beside them brings nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from pipeline.cluster.grouping.corpus import Corpus
from pipeline.schema import CONTENT

WEIGHTS = {
    "text": 0.8, "content": 0.6, "words": 0.4, "letters": 0.2, "matching": 0.7, "subjects": 1.2, "notions": 0.7
}  # fmt: skip
"""How much each view counts, once all are on one scale."""

ENOUGH = 30
"""Texts under which a trend with length cannot be told from chance."""

_LETTER_COLUMNS = 100
_RARITY = 0.25
"""Power of the rarity of a notion: a notion that a third of the texts name still tells them from the others."""
_SHARPNESS = 3
_FAINT = 0.05
"""Likeness of two words under which they are strangers."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Word matching as two sparse matrices: `similarity` of i and j is the mean of both directions.

    Attributes:
        likeness: text × lemma, how well the text's best word stands for the lemma (0 to 1).
        need: text × lemma, weight of the text's own lemmas; rows sum to one.
        lemmas: the columns of both.
    """

    likeness: sparse.csr_matrix
    need: sparse.csr_matrix
    lemmas: list[str]

    def pairs(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Return the similarity of the rows `left` with the rows `right`."""
        there = self.need[left].multiply(self.likeness[right]).sum(axis=1)
        back = self.need[right].multiply(self.likeness[left]).sum(axis=1)
        return np.asarray((there + back) / 2, dtype=np.float64).ravel()

    def block(self, rows: slice) -> np.ndarray:
        """Return the similarity of `rows` with every text."""
        there = (self.need[rows] @ self.likeness.T).toarray()
        back = (self.likeness[rows] @ self.need.T).toarray()
        return np.asarray((there + back) / 2, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Views:
    """Every view of a corpus.

    Attributes:
        vectors: name → unit rows (zeros for a text of which the view knows nothing), compared by cosine.
        matching: the view that is no vector.
    """

    vectors: dict[str, np.ndarray]
    matching: Matching


def build(corpus: Corpus) -> Views:
    """Return the views of a corpus of at least two texts."""
    frequency = Counter(lemma for words in corpus.words for lemma in {w.lemma for w in words})
    return Views(
        {
            "text": without_length(corpus.vectors, corpus.lengths),
            "content": without_length(corpus.content, corpus.lengths),
            "words": _word_means(corpus, frequency),
            "letters": _letters(corpus.texts),
            "subjects": without_length(corpus.about, corpus.lengths),
            "notions": _notions(corpus.notions),
        },
        _matching(corpus, frequency),
    )


def without_length(rows: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Return unit rows from which the mean and what a text's length explains are taken away.

    Length is no subject, yet encoders write it into their vectors: neighbours are then texts of one size. Taking it
    away brought more than any other change of the vectors (10 nearest of the same theme: .364 → .383 above chance).
    """
    size = np.log1p(lengths)
    trend = [np.ones_like(size)] + ([size, size**2] if len(rows) >= ENOUGH else [])
    design = np.linalg.qr(np.column_stack(trend))[0]
    return unit(rows - design @ (design.T @ rows))


def unit(rows: np.ndarray) -> np.ndarray:
    """Return rows of length one; a null row stays null."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 1e-9, length, 1.0))  # noqa: PLR2004 - rounding of a null row


def _idf(frequency: Counter[str], texts: int, lemma: str) -> float:
    return max(0.0, math.log((texts + 1) / (frequency[lemma] + 0.5)))


def _word_means(corpus: Corpus, frequency: Counter[str]) -> np.ndarray:
    """Return means of word vectors weighted by rarity, less their main direction (Arora, Liang, Ma, 2017)."""
    width = next((len(vector) for vector, _ in corpus.lexicon.values()), 1)
    rows = np.zeros((len(corpus), width))
    for row, words in zip(rows, corpus.words, strict=True):
        for word in words:
            if not word.stop and word.pos in CONTENT and word.lemma in corpus.lexicon:
                row[:] += _idf(frequency, len(corpus), word.lemma) * corpus.lexicon[word.lemma][0]
    known = np.linalg.norm(rows, axis=1) > 0
    rows = unit(rows)
    rows[known] -= rows[known].mean(axis=0) if known.any() else 0
    main = np.linalg.eigh(rows.T @ rows)[1][:, -1:]
    return unit(rows - rows @ main @ main.T)


def _letters(texts: list[str]) -> np.ndarray:
    """Return the main directions of the runs of 3 to 5 letters: near what a misspelt or inflected word looks like."""
    vectorizer = TfidfVectorizer(
        sublinear_tf=True, min_df=2, max_df=0.5, analyzer="char_wb", ngram_range=(3, 5), strip_accents="unicode"
    )
    try:
        counts = vectorizer.fit_transform(texts)
    except ValueError:  # too few texts share anything
        return np.zeros((len(texts), 1))
    columns = min(_LETTER_COLUMNS, min(counts.shape) - 1)
    if columns < 1:
        return unit(counts.toarray())
    return unit(TruncatedSVD(columns, random_state=0).fit_transform(counts))


def _notions(notions: list[list[str]]) -> np.ndarray:
    """Return how many terms of each notion a text has, the rarer notions counting a little more."""
    names = sorted({notion for row in notions for notion in row})
    column = {notion: place for place, notion in enumerate(names)}
    rows = counts(notions, column)
    return unit(rows * rarity(rows))


def rarity(rows: np.ndarray) -> np.ndarray:
    """Return what each column of `counts` weighs: the rarer, a little more."""
    held = (rows > 0).sum(axis=0)
    return np.asarray(np.maximum(0, np.log((len(rows) + 1) / (held + 0.5))) ** _RARITY)


def counts(lists: list[list[str]], column: dict[str, int]) -> np.ndarray:
    """Return list × column: how often each list holds the name of a column; other names count for nothing."""
    rows = np.zeros((len(lists), max(1, len(column))))
    for row, names in zip(rows, lists, strict=True):
        for name in names:
            if name in column:
                row[column[name]] += 1
    return rows


def _matching(corpus: Corpus, frequency: Counter[str]) -> Matching:
    """Return how each text's words stand for the words of others: best likeness, weighted by rarity."""
    lemmas = sorted({lemma for subjects in corpus.subjects for lemma in subjects if lemma in corpus.lexicon})
    column = {lemma: place for place, lemma in enumerate(lemmas)}
    own = [sorted({column[lemma] for lemma in subjects if lemma in column}) for subjects in corpus.subjects]
    width = len(next(iter(corpus.lexicon.values()))[1]) if corpus.lexicon else 1
    vectors = np.array([corpus.lexicon[lemma][1] for lemma in lemmas], dtype=np.float64).reshape(len(lemmas), width)
    rarity = np.array([_idf(frequency, len(corpus), lemma) for lemma in lemmas])
    return Matching(_best(_kinship(vectors), own), _needs(own, rarity), lemmas)


def _best(kin: sparse.csr_matrix, own: list[list[int]]) -> sparse.csr_matrix:
    """Return text × lemma: the likeness of the lemma with the nearest word of the text."""
    nothing = sparse.csr_matrix((1, kin.shape[1]))
    return sparse.csr_matrix(sparse.vstack([kin[places].max(axis=0) if places else nothing for places in own]))


def _needs(own: list[list[int]], rarity: np.ndarray) -> sparse.csr_matrix:
    """Return text × lemma: the weight of the text's own lemmas, rows summing to one."""
    rows = np.repeat(np.arange(len(own)), [len(places) for places in own])
    columns = np.array([place for places in own for place in places], dtype=np.int64)
    weights = sparse.csr_matrix((rarity[columns], (rows, columns)), shape=(len(own), len(rarity)))
    total = np.asarray(weights.sum(axis=1)).ravel()
    scale = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
    return sparse.csr_matrix(sparse.diags_array(scale) @ weights)


def _kinship(vectors: np.ndarray) -> sparse.csr_matrix:
    """Return the likeness of every pair of lemmas: cosine of centred vectors, cubed, faint ones left out."""
    rows = unit(vectors - vectors.mean(axis=0)) if len(vectors) else vectors
    blocks = []
    for start in range(0, len(rows), 1000):
        block = np.clip(rows[start : start + 1000] @ rows.T, 0, 1) ** _SHARPNESS
        block[block < _FAINT] = 0
        places = np.arange(len(block))
        block[places, start + places] = 1
        blocks.append(sparse.csr_matrix(block))
    return sparse.csr_matrix(sparse.vstack(blocks)) if blocks else sparse.csr_matrix((0, 0))
