"""How well pairs that say the same thing are found, beside TF-IDF and plain cosine.

Usage: python benchmarks/duplicates.py BENCH_DIR [--cache DIR]
The sample's listed pairs are few, so two other tests stand beside them. `reworded.csv` (fictional, CC0, written before
the rule was chosen, on other subjects than the sample's): 39 proposals, each said twice in other words, each with
another proposal on the same subject, alone and twice among texts of the bench. And each long text of the bench is cut
into two texts, its sentences taken in turn, to be found again. Prints, per corpus and method: pairs to find, average
precision, how many are found in the first 10, 20 and 50, and the share found in as many as there are.
"""

from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import average_precision_score
from themes import SAMPLE, Coded, built, read, represent

from pipeline.cluster.grouping import duplicates, neighbours, views
from pipeline.cluster.grouping.corpus import Corpus

REWORDED = Path(__file__).parent / "reworded.csv"
AMONG, WORDS = 180, (4, 60)
"""Texts of the bench that proposals said twice are lost among; how many words these have."""
LONG, FEWEST, MOST, LARGE = 4, 10, 60, 500
"""Sentences of a text that is cut in two; fewest and most texts cut in a corpus; texts kept of a large one."""
FIRST = (10, 20, 50)
HEADER = ("AP", *(f"in {first}" for first in FIRST), "R(n)")
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


def reworded(corpora: list[Coded], draw: int | None) -> tuple[Coded, Pairs]:
    """Return the proposals said twice, among texts of the corpora unless `draw` is None, and the pairs they make."""
    with REWORDED.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    rows = [{"id": f"{row['proposition']} {row['role']}", "titre": "", "texte": row["texte"]} for row in told]
    if draw is not None:
        least, most = WORDS
        short = [r for c in corpora for r in c.rows if least <= len(f"{r['titre']} {r['texte']}".split()) <= most]
        kept = np.random.default_rng(draw).choice(len(short), AMONG, replace=False).tolist()
        rows += [
            {"id": f"autre {place}", "titre": short[place]["titre"], "texte": short[place]["texte"]} for place in kept
        ]
    pairs = {(f"{row['proposition']} autrement", f"{row['proposition']} une fois") for row in told}
    return Coded(f"reworded{'' if draw is None else f' among others, {draw + 1}'}", rows, {}), pairs


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
    """Return method → the figures of `HEADER`."""
    texts = built(represent(coded, cache))
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
            *(float(hits[:first].sum()) for first in FIRST), float(hits[:count].mean()),
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
    kinds = {
        "reworded": [reworded(corpora[:-1], draw) for draw in (None, 0, 1)],
        "halves": [case for case in map(halved, corpora) if len(case[1]) >= FEWEST],
    }
    print(f"{'corpus':<40}{'method':<10}{'pairs':>6}" + "".join(f"{name:>8}" for name in HEADER))
    report([(sample, listed(sample))], asked.cache)
    for kind, cases in kinds.items():
        means = report(cases, asked.cache)
        for name, row in means.items():
            show(f"mean of the {kind}", name, "", row)


def report(cases: list[tuple[Coded, Pairs]], cache: Path | None) -> dict[str, list[float]]:
    """Print the figures of each corpus; return the means of each method."""
    found: dict[str, list[list[float]]] = {}
    for coded, pairs in cases:
        for name, row in measure(coded, pairs, cache).items():
            show(coded.name, name, str(len(pairs)), row)
            found.setdefault(name, []).append(row)
    return {name: list(np.mean(rows, axis=0)) for name, rows in found.items()}


def show(corpus_name: str, method: str, pairs: str, row: list[float]) -> None:
    """Print one line of the table."""
    print(f"{corpus_name:<40}{method:<10}{pairs:>6}" + "".join(f"{value:>8.3f}" for value in row), flush=True)


if __name__ == "__main__":
    main()
