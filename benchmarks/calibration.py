"""Can a membership be read as a chance before any decision? A curve fitted on other corpora, beside no curve at all.

Usage: python benchmarks/calibration.py BENCH_DIR [--cache DIR]
An idea is right when its theme's most frequent gold theme is its own. Prints, for each corpus: the share of right
ideas, the mean membership, how well memberships order right ideas (AUC), then the expected calibration error (ten
classes) of memberships as they are, of a logistic curve of the membership and of one of both memberships shown, each
fitted on the other corpora, and of one chance for all: the share of right ideas in the other corpora.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from themes import LARGE, OUTSIDE, Coded, built, proposed, read, represent

from pipeline.cluster.grouping import views

MEMBERS = 256
HEADER = ("right", "shown", "AUC", "as is", "one curve", "two signs", "constant")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of the ideas of a corpus, and whether it is right.

    Attributes:
        name: of the corpus.
        signs: idea × 2, memberships of the first and of the next theme.
        right: of each idea.
    """

    name: str
    signs: np.ndarray
    right: np.ndarray


def shown(coded: Coded, cache: Path | None) -> Shown:
    """Return the memberships of a corpus before any decision."""
    texts = built(represent(coded, cache))
    held = proposed(views.build(texts), MEMBERS)
    gold = np.array([coded.theme.get(ids[0], OUTSIDE) for ids in texts.ids])
    kept = gold != OUTSIDE
    labels, gold = held.theme[kept], gold[kept]
    usual = {theme: Counter(gold[labels == theme].tolist()).most_common(1)[0][0] for theme in set(labels.tolist())}
    right = np.array([usual[label] == name for label, name in zip(labels.tolist(), gold, strict=True)])
    return Shown(coded.name, np.column_stack([held.share, held.second_share])[kept], right)


def error(chance: np.ndarray, right: np.ndarray) -> float:
    """Return the expected calibration error over ten classes."""
    place = np.minimum((10 * chance).astype(int), 9)
    return float(sum(abs((right - chance)[place == c].mean()) * (place == c).mean() for c in np.unique(place)))


def curve(others: list[Shown], columns: int) -> LogisticRegression:
    """Return the curve of the first `columns` signs fitted on corpora that count alike, whatever their sizes."""
    signs = np.vstack([part.signs[:, :columns] for part in others])
    right = np.concatenate([part.right for part in others])
    weight = np.concatenate([np.full(len(part.right), 300 / len(part.right)) for part in others])
    return LogisticRegression(C=1e3, max_iter=2000).fit(signs, right, sample_weight=weight)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path)
    asked = parser.parse_args()
    corpora = [shown(coded, asked.cache) for coded in read(asked.bench) if len(coded.rows) <= LARGE]
    print(f"{'corpus':<28}" + "".join(f"{name:>11}" for name in HEADER))
    rows = []
    for part in corpora:
        others = [other for other in corpora if other is not part]
        own = part.signs[:, 0]
        fitted = [curve(others, n).predict_proba(part.signs[:, :n])[:, 1] for n in (1, 2)]
        usual = np.full(len(own), np.mean([other.right.mean() for other in others]))
        errors = [error(chance, part.right) for chance in (own, *fitted, usual)]
        rows.append([float(part.right.mean()), float(own.mean()), float(roc_auc_score(part.right, own)), *errors])
        print(f"{part.name:<28}" + "".join(f"{value:>11.3f}" for value in rows[-1]), flush=True)
    print(f"{'mean':<28}" + "".join(f"{value:>11.3f}" for value in np.mean(rows, axis=0)))


if __name__ == "__main__":
    main()
