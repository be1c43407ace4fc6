"""Weak signals and memberships: are strangers found, and is an idea shown at 0.8 right 8 times in 10?

Usage: python benchmarks/signals.py BENCH_DIR [--cache DIR] [--only NAME...]
Weak signals, three tests: two texts of each other corpus slipped into each one; three texts left of each of three
themes whose other texts are taken away; the sample's own off-theme ideas. Prints, for isolation (ours) and, beside it,
TF-IDF and cosine (mean of the ten nearest), LOF on cosine, and membership: AUC, precision of the first 20, share found
in the first 20; then precision and recall of the ideas that our two rules name (alone; in no theme firmly), and means.
Memberships: an idea is right when its theme's most frequent gold theme is its own; prints the share of right ideas and
the expected calibration error over ten classes.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import LocalOutlierFactor
from themes import LARGE, OUTSIDE, Coded, built, read, represent

from pipeline.cluster import group
from pipeline.cluster.grouping import membership, neighbours, views, weak
from pipeline.params import ClusterParams

FIRST, SLIPPED, SEED = 20, 2, 2020
LEFT, REMOVED, USUAL = 3, 3, 8
"""Texts left of a theme, themes that are taken away (fewer when there are few), and texts that such a theme has."""
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


def rarefied(coded: Coded, tables: Tables) -> tuple[Tables, frozenset[str]]:
    """Return the tables without some themes, of which a few texts are left, and these texts."""
    draw = np.random.default_rng(SEED)
    sizes = Counter(theme for theme in coded.theme.values() if theme and theme != OUTSIDE)
    usual = sorted(theme for theme, size in sizes.items() if size >= USUAL)
    gone = draw.choice(usual, min(REMOVED, len(sizes) // 4 + 1), replace=False).tolist()
    held = {theme: sorted(idea for idea, name in coded.theme.items() if name == theme) for theme in gone}
    rare = frozenset(idea for ideas in held.values() for idea in draw.choice(ideas, LEFT, replace=False).tolist())
    kept = rare | {idea for idea, theme in coded.theme.items() if theme not in {*gone, OUTSIDE}}
    part = {name: table[table["idea_id"].isin(kept)] if "idea_id" in table else table for name, table in tables.items()}
    return part, rare


def strangers(tables: Tables, rare: Callable[[str], bool], coded: Coded) -> tuple[dict[str, list[float]], list[float]]:
    """Return method → AUC, precision and recall of the first; then the share of right ideas and the calibration error.

    The two rules have their precision and recall in place of those of the first.
    """
    texts = built(tables)
    seen = views.build(texts)
    near = neighbours.find(seen)
    found = group(near, seen, ClusterParams(), SEED, 128)
    held = membership.measure(found.members, found.labels, ClusterParams().weak_below)
    strange = np.array([rare(ids[0]) for ids in texts.ids])
    plain = views.unit(texts.vectors - texts.vectors.mean(axis=0))
    words = TfidfVectorizer(sublinear_tf=True).fit_transform(texts.texts)
    scores = {
        "isolation": weak.isolation(near, texts.about), "TF-IDF": _far((words @ words.T).toarray()),
        "cosine": _far(plain @ plain.T), "LOF": -LocalOutlierFactor(20).fit(plain).negative_outlier_factor_,
        "membership": -held.share,
    }  # fmt: skip
    told = {
        name: [float(roc_auc_score(strange, score)), *_hits(strange, np.argsort(-score, kind="stable")[:FIRST])]
        for name, score in scores.items()
    }
    rules = {"alone": weak.isolated(near, texts.about), "not firmly": held.weak}
    for name, rule in rules.items():
        told[name] = [float(rule.mean()), *_hits(strange, np.flatnonzero(rule))]
    gold = [coded.theme.get(ids[0], OUTSIDE) for ids in texts.ids]
    return told, list(_reliability(held, gold, ~strange))


def _far(likeness: np.ndarray) -> np.ndarray:
    np.fill_diagonal(likeness, -1)
    return np.asarray(-np.sort(likeness, axis=1)[:, -10:].mean(axis=1))


def _hits(strange: np.ndarray, named: np.ndarray) -> tuple[float, float]:
    right = float(strange[named].sum())
    return right / max(1, len(named)), right / float(strange.sum())


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
    print(f"{'test':<12}{'corpus':<28}{'method':<12}{'AUC':>7}{'P20':>7}{'R20':>7}   (rules: share named, P, R)")
    found: dict[tuple[str, str], list[list[float]]] = {}
    for coded in corpora:
        for test, (mixed, rare) in _tests(coded, tables).items():
            told, reliability = strangers(mixed, rare, coded)
            for method, row in told.items():
                show(test, coded.name, method, row)
                found.setdefault((test, method), []).append(row)
            if test != "rare":
                print(f"{test:<12}{coded.name:<28}right {reliability[0]:.2f}  calibration error {reliability[1]:.3f}")
    for (test, method), rows in found.items():
        show(test, f"mean of {len(rows)}", method, list(np.mean(rows, axis=0)))


def _tests(coded: Coded, tables: dict[str, Tables]) -> dict[str, tuple[Tables, Callable[[str], bool]]]:
    tests: dict[str, tuple[Tables, Callable[[str], bool]]] = {}
    if coded.name == "sample":
        tests["off theme"] = tables[coded.name], lambda idea: coded.theme.get(idea) == OUTSIDE
    elif len(tables) > 1:
        mixed, mark = slipped(coded.name, tables)
        tests["slipped"] = mixed, lambda idea: idea.startswith(mark)
    if len(set(coded.theme.values())) > 2 * REMOVED:
        part, rare = rarefied(coded, tables[coded.name])
        tests["rare"] = part, lambda idea: idea in rare
    return tests


def show(test: str, name: str, method: str, row: list[float]) -> None:
    """Print one line of the table."""
    print(f"{test:<12}{name:<28}{method:<12}" + "".join(f"{value:>7.3f}" for value in row), flush=True)


if __name__ == "__main__":
    main()
