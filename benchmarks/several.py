"""Texts that hold several themes: how well the theme and the second theme shown agree with all the themes people gave.

Usage: python benchmarks/several.py BENCH_DIR [--cache DIR]
Reads `grande_annotation_multilabel.csv` (column themes_tous, separated by « | ») and the sample (theme and
theme_secondary). A theme found stands for the gold theme most frequent among its texts. Prints, for the first theme
alone and with the second one where the rule shows it: micro-F1, precision, recall; then how often the second is shown.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from themes import OUTSIDE, SAMPLE, Coded, built, proposed, read, represent

from pipeline.cluster.grouping import views

MEMBERS = 128
MANY = "grande_annotation_multilabel"


def all_themes(coded: Coded) -> dict[str, set[str]]:
    """Return every theme that people gave each text, the main one included."""
    given = {idea: {theme} for idea, theme in coded.theme.items() if theme and theme != OUTSIDE}
    if coded.name != "sample":
        for row in coded.rows:
            given.setdefault(row["id"], set()).update(filter(None, map(str.strip, row["themes_tous"].split("|"))))
        return given
    with (SAMPLE / "gold.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["idea_id"] in given and row["theme_secondary"]:
                given[row["idea_id"]].add(row["theme_secondary"])
    return given


def found(coded: Coded, cache: Path | None) -> dict[str, list[int]]:
    """Return the themes found for each text: the first, then the second where the rule shows one."""
    texts = built(represent(coded, cache))
    held = proposed(views.build(texts), MEMBERS)
    pairs = zip(held.theme.tolist(), held.second.tolist(), strict=True)
    shown = [[first] if second < 0 else [first, second] for first, second in pairs]
    return {idea: shown[row] for idea, row in texts.row_of.items()}


def figures(given: dict[str, set[str]], shown: dict[str, list[int]], most: int) -> tuple[float, float, float]:
    """Return micro-F1, precision and recall of the first `most` themes shown."""
    held: dict[int, Counter[str]] = {}
    for idea, themes in given.items():
        held.setdefault(shown[idea][0], Counter()).update(themes)
    name = {theme: counts.most_common(1)[0][0] for theme, counts in held.items()}
    said = {idea: {name[theme] for theme in shown[idea][:most] if theme in name} for idea in given}
    right = sum(len(said[idea] & given[idea]) for idea in given)
    told, true = sum(map(len, said.values())), sum(map(len, given.values()))
    return 2 * right / (told + true), right / told, right / true


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path)
    asked = parser.parse_args()
    for coded in read(asked.bench):
        if coded.name not in {MANY, "sample"}:
            continue
        given, shown = all_themes(coded), found(coded, asked.cache)
        for most, what in ((1, "first theme"), (2, "with the second")):
            told = figures(given, shown, most)
            print(f"{coded.name:<30}{what:<17}F1 {told[0]:.3f}  precision {told[1]:.3f}  recall {told[2]:.3f}")
        share = sum(len(shown[idea]) > 1 for idea in given) / len(given)
        print(f"{coded.name:<30}second theme shown for {share:.0%} of {len(given)} texts", flush=True)


if __name__ == "__main__":
    main()
