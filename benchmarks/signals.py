"""Weak signals and memberships: are strangers found, and is an idea shown at 0.8 right 8 times in 10?

Usage: python benchmarks/signals.py BENCH_DIR [--cache DIR] [--only NAME...]
Weak signals: two texts of each other corpus asked for are slipped into each one (into the sample alone, its own
off-theme ideas count); prints the AUC and the precision of the first 20 by isolation (ours), cosine with the ten
nearest, LOF, and membership. Memberships: an idea is right when its theme's most frequent gold theme is its own; prints
the share of right ideas and the expected calibration error over ten classes.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import LocalOutlierFactor
from themes import LARGE, OUTSIDE, Coded, read, represent

from pipeline.cluster import corpus, group, membership, neighbours, views, weak
from pipeline.params import ClusterParams

FIRST, SLIPPED, SEED = 20, 2, 2020
Tables = dict[str, pd.DataFrame]


def slipped(name: str, tables: dict[str, Tables]) -> tuple[Tables, str]:
    """Return the tables of a corpus with texts of the others, and the beginning of their identifiers."""
    draw, mark = np.random.default_rng(SEED), "\uffff"
    parts = [tables[name]]
    for other in sorted(set(tables) - {name}):
        ids = draw.choice(sorted(tables[other]["vectors"]["idea_id"]), SLIPPED, replace=False)
        taken = {}
        for table in ("ideas", "vectors", "tokens"):
            rows = tables[other][table]
            rows = rows[rows["idea_id"].isin(ids)]
            taken[table] = rows.assign(idea_id=mark + other + rows["idea_id"])
        parts.append({**taken, "word_vectors": tables[other]["word_vectors"]})
    whole = {table: pd.concat([part[table] for part in parts]) for table in parts[0]}
    return whole | {"word_vectors": whole["word_vectors"].drop_duplicates("lemma")}, mark


def measure(tables: Tables, mark: str, coded: Coded) -> tuple[dict[str, tuple[float, float]], float, float]:
    """Return method → AUC and precision of the first, then the share of right ideas and the calibration error."""
    ideas = tables["ideas"].assign(title="", description=tables["ideas"]["text"], benefits="")
    texts = corpus.build(ideas, tables["vectors"], tables["tokens"], tables["word_vectors"])
    seen = views.build(texts)
    near = neighbours.find(seen)
    found = group(near, seen, ClusterParams(), SEED, 128)
    held = membership.measure(found.members, found.labels, ClusterParams().weak_below)
    gold = [coded.theme.get(ids[0], OUTSIDE) for ids in texts.ids]
    strange = np.array(
        [ids[0].startswith(mark) if mark else theme == OUTSIDE for ids, theme in zip(texts.ids, gold, strict=True)]
    )
    plain = views.unit(texts.vectors - texts.vectors.mean(axis=0))
    cosine = plain @ plain.T - 2 * np.eye(len(plain))
    scores = {
        "isolation": weak.isolation(near), "cosine": -np.sort(cosine, axis=1)[:, -10:].mean(axis=1),
        "LOF": -LocalOutlierFactor(20).fit(plain).negative_outlier_factor_, "membership": -held.share,
    }  # fmt: skip
    told = {
        name: (float(roc_auc_score(strange, score)), float(strange[np.argsort(-score, kind="stable")[:FIRST]].mean()))
        for name, score in scores.items()
    }
    return told, *_reliability(held, gold, ~strange)


def _reliability(held: membership.Membership, gold: list[str], kept: np.ndarray) -> tuple[float, float]:
    usual = {
        theme: Counter(gold[row] for row in np.flatnonzero((held.theme == theme) & kept)).most_common(1)
        for theme in set(held.theme.tolist())
    }
    right = np.array([bool(usual[theme]) and usual[theme][0][0] == gold[row] for row, theme in enumerate(held.theme)])
    shown, right = held.share[kept], right[kept]
    place = np.minimum((10 * shown).astype(int), 9)
    gaps = [abs(right[place == c].mean() - shown[place == c].mean()) * (place == c).mean() for c in np.unique(place)]
    return float(right.mean()), float(sum(gaps))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    asked = parser.parse_args()
    corpora = [c for c in read(asked.bench) if len(c.rows) <= LARGE and (not asked.only or c.name in asked.only)]
    tables = {coded.name: represent(coded, asked.cache) for coded in corpora}
    for coded in corpora:
        mixed, mark = (tables[coded.name], "") if coded.name == "sample" else slipped(coded.name, tables)
        told, right, error = measure(mixed, mark, coded)
        said = "  ".join(f"{name} {auc:.2f} (P20 {first:.2f})" for name, (auc, first) in told.items())
        print(f"{coded.name:<28}{said}  right {right:.2f}  calibration error {error:.3f}", flush=True)


if __name__ == "__main__":
    main()
