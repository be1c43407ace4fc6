"""Can one tell which of three ideas belongs to a theme, from its title alone? The intruder test, played by the encoder.

Usage: python benchmarks/titles.py BENCH_DIR [--cache DIR] [--show]
For each idea of each theme found, two ideas of other themes are drawn, twenty times; the reader is the encoder: it
picks the idea nearest to the words it is given. Prints the share of right picks (1/3 by chance) from the title, from
title and key phrases, and from the words that topic tools show: the five best by c-TF-IDF. `--show` prints titles too.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
from themes import LARGE, Coded, built, proposed, read, represent

from pipeline.cluster.grouping import views
from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.naming import named as naming
from pipeline.cluster.naming import phrases, telling
from pipeline.embed.encoders import OfflineEncoder
from pipeline.params import ClusterParams

ROUNDS, WORDS, PHRASES = 20, 5, 8
SEED = 2020
MIXED = "Thème mêlé"


def told(texts: Corpus, seen: views.Views, labels: np.ndarray, central: np.ndarray) -> list[tuple[str, str]]:
    """Return the title and the key phrases of each theme."""
    source = naming.source(texts, phrases.collect(texts), seen.matching)
    found = []
    for theme in range(int(labels.max()) + 1):
        named = naming.name(source, labels, theme, central)
        found.append((named.title or MIXED, ", ".join(telling.key_phrases(named.ranked, PHRASES))))
    return found


def usual_words(texts: Corpus, labels: np.ndarray) -> list[str]:
    """Return the five best words of each theme by c-TF-IDF."""
    counts = [Counter[str]() for _ in range(int(labels.max()) + 1)]
    for theme, lemmas in zip(labels, texts.subjects, strict=True):
        counts[theme].update(lemmas)
    whole = Counter[str]()
    for count in counts:
        whole.update(count)
    size = whole.total() / len(counts)
    worth = [{w: n / max(1, c.total()) * np.log(1 + size / whole[w]) for w, n in c.items()} for c in counts]
    return [", ".join(sorted(words, key=lambda w: (-words[w], w))[:WORDS]) for words in worth]


def picked(texts: Corpus, labels: np.ndarray, said: list[str]) -> float:
    """Return the share of right picks among three ideas, from the words said of each theme."""
    centre = texts.vectors.mean(axis=0)
    heard = views.unit(np.asarray(OfflineEncoder().encode([text.lower() for text in said]), dtype=float) - centre)
    near = heard @ views.unit(texts.vectors - centre).T
    draw = np.random.default_rng(SEED)
    right = 0.0
    for theme in range(len(said)):
        inside, outside = np.flatnonzero(labels == theme), np.flatnonzero(labels != theme)
        others = draw.choice(outside, (len(inside), ROUNDS, 2))
        right += float((near[theme, inside][:, None] > near[theme][others].max(axis=2)).mean(axis=1).sum())
    return right / len(labels)


def measure(coded: Coded, cache: Path | None, *, show: bool) -> list[float]:
    """Return the share of right picks from title, title and key phrases, usual words."""
    texts = built(represent(coded, cache))
    seen = views.build(texts)
    held = proposed(seen, ClusterParams().members)
    labels = held.theme
    said = told(texts, seen, labels, held.affinity[np.arange(len(labels)), labels])
    if show:
        for theme, (title, key) in enumerate(said):
            print(f"    {int((labels == theme).sum()):>4}  {title}  |  {key}")
    both = [f"{title}. {key}" for title, key in said]
    return [picked(texts, labels, words) for words in ([t for t, _ in said], both, usual_words(texts, labels))]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    print(f"{'corpus':<30}{'title':>10}{'+ phrases':>10}{'c-TF-IDF':>10}")
    rows = []
    for coded in read(asked.bench):
        if len(coded.rows) <= LARGE:
            rows.append(measure(coded, asked.cache, show=asked.show))
            print(f"{coded.name:<30}" + "".join(f"{value:>10.3f}" for value in rows[-1]), flush=True)
    print(f"{'mean':<30}" + "".join(f"{value:>10.3f}" for value in np.mean(rows, axis=0)))


if __name__ == "__main__":
    main()
