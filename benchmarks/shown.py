"""What documents show of a theme and of an idea, against people's coding: extracts, second themes, places, grounds.

Usage: python benchmarks/shown.py BENCH_DIR [--cache DIR] [--only NAME...]
The hospital's contest first (both codings; with the starting list), the sample, then the corpora of BENCH_DIR (without
a list). A theme stands for the coding most frequent among its ideas, its subject; an idea is right when that is one of
its codings. Prints, by corpus and coding:

- right: ideas placed in a theme; what chance alone would give to all that follows;
- typical, quoted: the five typical ideas of a theme, the ideas that its claims quote;
- covered: ideas of a theme that a claim is taken from or stands for; behind: those that it stands for and that are
  right;
- net, hésitant: ideas that documents call so (`report.facts.words.firmness`), and those that are right;
- second: the second theme that the tables have for some ideas is one of their codings; is one though the first is not;
  is the other one of an idea coded twice whose first theme is right; what a theme drawn by lot would be;
- grounds: ideas said to be about their theme by their own words, and those that are right.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from start import STAFF, hospital, shipped, started
from themes import LARGE, OUTSIDE, SAMPLE, Coded, read, represent

from pipeline.cluster import Tables, cluster
from pipeline.params import ClusterParams
from pipeline.report.facts.words import firmness

SEED = 2020
DRAWS = 5
MANY = "grande_annotation_multilabel"
Codes = dict[str, frozenset[str]]
"""idea → its codings, the first and the second one."""
Figures = dict[str, str]


def codings(coded: Coded) -> list[Codes]:
    """Return the codings of a corpus, those with a second theme where people gave one."""
    if coded.name == "hospital":
        return [_with_second(Path(__file__).parent / "hospital" / f"coder_{reader}.csv") for reader in (1, 2)]
    if coded.name == "sample":
        return [_with_second(SAMPLE / "gold.csv")]
    if coded.name == MANY:
        return [{row["id"]: frozenset(map(str.strip, row["themes_tous"].split("|"))) for row in coded.rows}]
    return [{idea: frozenset({theme}) for idea, theme in coded.theme.items() if theme and theme != OUTSIDE}]


def _with_second(path: Path) -> Codes:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["idea_id"]: frozenset(filter(None, (row["theme"], row["theme_secondary"])))
        for row in rows
        if row["theme"] != OUTSIDE
    }


def searched(coded: Coded, cache: Path | None, folder: str) -> Tables:
    """Return the tables of the cluster stage, with the starting list for a staff contest."""
    tables = represent(coded, cache)
    written = {row["id"]: row for row in coded.rows}
    ideas = tables["ideas"]
    start = None
    if coded.name in STAFF:
        plain = tables | {"ideas": ideas.assign(title="", description=ideas["text"], benefits="")}
        start = started(plain, shipped(), folder)
    split = {"title": "titre", "description": "texte"}
    shown = {name: [written[i][column] for i in ideas["idea_id"]] for name, column in split.items()}
    nobody = {
        "holders": pd.DataFrame(columns=["holder_id", "directorate", "occupation", "site_type", "place", "department"]),
        "idea_holders": pd.DataFrame(columns=["idea_id", "holder_id", "role"]),
    }
    told = tables | {"ideas": ideas.assign(**shown, benefits="")} | nobody
    return cluster(told, ClusterParams(draws=DRAWS), SEED, start=start)


def measured(found: Tables, codes: Codes) -> Figures:
    """Return the figures of a corpus under one coding."""
    placed = found.idea_themes[~found.idea_themes["weak_signal"].astype(bool)]
    placed = placed[placed["idea_id"].isin(codes)]
    subject = {
        str(theme): Counter(code for idea in ideas for code in sorted(codes[idea])).most_common(1)[0][0]
        for theme, ideas in placed.groupby("theme_id")["idea_id"]
    }
    theme = dict(zip(placed["idea_id"], placed["theme_id"], strict=True))
    right = {idea for idea, its in theme.items() if subject[its] in codes[idea]}

    def share(ideas: Iterable[str]) -> str:
        known = [idea for idea in ideas if idea in theme]
        return f"{sum(idea in right for idea in known) / max(1, len(known)):.3f} of {len(known)}"

    quotes = found.claims[found.claims["idea_id"].isin(theme)]
    stood = {idea for ideas in quotes["ideas"] for idea in ideas if idea in theme}
    covered = stood | set(quotes["idea_id"])
    shares = placed[["membership", "membership_2"]].fillna(0.0).itertuples(index=False, name=None)
    firm = placed.assign(word=[firmness(own, second) for own, second in shares])
    own = placed.loc[placed["shared"].map(len) > 0, "idea_id"]
    return {
        "right": share(theme),
        "typical": share(idea for ideas in found.themes["typical"] for idea in ideas),
        "quoted": share(quotes["idea_id"]),
        "covered": f"{len(covered) / len(theme):.3f}",
        "behind": share(stood),
        **{word: share(ideas) for word, ideas in firm.groupby("word")["idea_id"]},
        "grounds": share(own),
        **_seconds(placed, codes, subject),
    }


def _seconds(placed: pd.DataFrame, codes: Codes, subject: Mapping[str, str]) -> Figures:
    shown = placed[placed["theme_id_2"].isin(subject)]
    rows = [
        (codes[idea], subject[first], subject[second])
        for idea, first, second in shown[["idea_id", "theme_id", "theme_id_2"]].itertuples(index=False, name=None)
    ]
    several = [row for row in rows if len(row[0]) > 1]
    both = sum(second in its and second != first for its, first, second in rows)
    instead = sum(second in its and first not in its for its, first, second in rows)
    other = sum(second in its and second != first and first in its for its, first, second in several)
    chance = [
        sum(code in its for code in set(subject.values()) - {first}) / max(1, len(set(subject.values())) - 1)
        for its, first, _ in rows
    ]
    total = max(1, len(rows))
    return {
        "second": f"{both / total:.3f} of {len(rows)}",
        "second, wrong first": f"{instead / total:.3f}",
        "second, right first": f"{other} of {sum(first in its for its, first, _ in several)} coded twice",
        "second by chance": f"{sum(chance) / total:.3f}",
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    asked = parser.parse_args()
    corpora = [hospital()[0], *reversed(read(asked.bench))]
    with TemporaryDirectory() as folder:
        for coded in corpora:
            if (asked.only and coded.name not in asked.only) or (len(coded.rows) > LARGE and not asked.only):
                continue
            found = searched(coded, asked.cache, folder)
            for number, codes in enumerate(codings(coded), start=1):
                print(f"{coded.name} {number}: {len(found.themes)} themes")
                for name, figure in measured(found, codes).items():
                    print(f"  {name:<22}{figure}", flush=True)


if __name__ == "__main__":
    main()
