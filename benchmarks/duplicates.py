"""How well pairs that say the same thing are found, beside TF-IDF and plain cosine.

Usage: python benchmarks/duplicates.py BENCH_DIR [--cache DIR]
The sample's listed pairs are few; real texts make the second test: each long text of the bench is cut into two texts,
its sentences taken in turn, and the two are to be found again among all the others. Prints, per corpus and method:
pairs to find, average precision, precision of the first 20, share found in the first 20 and in as many as there are.
"""

from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import average_precision_score
from themes import SAMPLE, Coded, read, represent

from pipeline.cluster import corpus, duplicates, neighbours, views
from pipeline.cluster.corpus import Corpus

LONG, FEWEST, MOST, LARGE = 4, 10, 60, 500
"""Sentences of a text that is cut in two; fewest and most texts cut in a corpus; texts kept of a large one."""
FIRST = 20
_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Ý«0-9])|\n+")
Pairs = set[tuple[str, str]]


def halved(coded: Coded) -> tuple[Coded, Pairs]:
    """Return the corpus with its long texts cut in two, and the pairs they make."""
    rows: list[dict[str, str]] = []
    pairs: Pairs = set()
    for row in coded.rows[:LARGE]:
        sentences = [s for s in _END.split(row["texte"]) if len(s.split()) >= LONG]
        if len(sentences) < LONG or len(pairs) == MOST:
            rows.append(row)
            continue
        pairs.add((f"{row['id']}a", f"{row['id']}b"))
        rows += [{"id": f"{row['id']}{s}", "titre": "", "texte": " ".join(sentences[n::2])} for n, s in enumerate("ab")]
    return Coded(f"{coded.name} (moitiés)", rows, {}), pairs


def listed(coded: Coded) -> Pairs:
    """Return the pairs that the sample's author listed, among the ideas of the corpus."""
    with (SAMPLE / "near_duplicates.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["idea_a"], row["idea_b"]) for row in csv.DictReader(file)]
    known = {row["id"] for row in coded.rows}
    return {(min(pair), max(pair)) for pair in rows if set(pair) <= known}


def scores(texts: Corpus) -> dict[str, np.ndarray]:
    """Return text × text for each method; the pipeline's is nothing for the pairs it does not list."""
    words = TfidfVectorizer(sublinear_tf=True).fit_transform(texts.texts)
    plain = views.unit(texts.vectors)
    ours = np.zeros((len(texts), len(texts)))
    for one, other, score in duplicates.mutual(neighbours.find(views.build(texts))):
        ours[one, other] = ours[other, one] = score
    return {"TF-IDF": (words @ words.T).toarray(), "cosinus": plain @ plain.T, "MiniLabs": ours}


def measure(coded: Coded, pairs: Pairs, cache: Path | None) -> dict[str, list[float]]:
    """Return method → average precision, precision of the first 20, recall at 20, recall at the number of pairs."""
    tables = represent(coded, cache)
    ideas = tables["ideas"].assign(title="", description=tables["ideas"]["text"], benefits="")
    texts = corpus.build(ideas, tables["vectors"], tables["tokens"], tables["word_vectors"])
    truth = np.zeros((len(texts), len(texts)), dtype=bool)
    for one, other in pairs:
        truth[texts.row_of[one], texts.row_of[other]] = truth[texts.row_of[other], texts.row_of[one]] = True
    upper = np.triu_indices(len(texts), 1)
    wanted = truth[upper]
    found = {}
    for name, square in scores(texts).items():
        hits = wanted[np.argsort(-square[upper], kind="stable")]
        count = int(wanted.sum())
        found[name] = [
            float(average_precision_score(wanted, square[upper])),
            float(hits[:FIRST].mean()), float(hits[:FIRST].sum() / count), float(hits[:count].sum() / count),
        ]  # fmt: skip
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path)
    asked = parser.parse_args()
    corpora = read(asked.bench)
    sample = next(coded for coded in corpora if coded.name == "sample")
    cases = [(sample, listed(sample))] + [case for case in map(halved, corpora) if len(case[1]) >= FEWEST]
    print(f"{'corpus':<40}{'method':<10}{'pairs':>6}{'AP':>8}{'P20':>8}{'R20':>8}{'R(n)':>8}")
    means: dict[str, list[list[float]]] = {}
    for coded, pairs in cases:
        for name, row in measure(coded, pairs, asked.cache).items():
            print(f"{coded.name:<40}{name:<10}{len(pairs):>6}" + "".join(f"{v:>8.3f}" for v in row), flush=True)
            if coded is not sample:
                means.setdefault(name, []).append(row)
    for name, rows in means.items():
        print(f"{'mean of the halves':<40}{name:<10}{'':>6}" + "".join(f"{v:>8.3f}" for v in np.mean(rows, axis=0)))


if __name__ == "__main__":
    main()
