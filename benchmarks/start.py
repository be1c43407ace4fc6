"""Starting from a list of subjects: agreement with people, with the list and without, as `minilabs init` sets it.

Usage: python benchmarks/start.py BENCH_DIR [--cache DIR] [--seeds 2] [--only NAME...] [--off]
Staff contests first: `hospital/` beside this file (mean of its two codings; it chose the settings) and the sample:
three ways to use the list were measured on it, their settings were not chosen there. Then the corpora of BENCH_DIR,
none of them a staff contest: their means were looked at when the settings were chosen. Prints by corpus and start: AMI,
majority accuracy (each theme counted for its most frequent coding), themes, of which from the list, agreement between
seeds (ARI).

- none: no list, what `init --concours citoyens` gives;
- list: the shipped list (`init --concours agents`);
- mixed: two thirds of the corpus's own themes, by name, among eight subjects of the list: what a list that fits in
  part brings (not for staff contests).

`--off` measures something else, without any coding: each subject of the list that draws ideas of a staff contest is
taken off it in turn. Prints its ideas, the part of them that one theme found without it holds, whether that theme is
found or another subject of the list, and the part of that theme that they are.
"""

from __future__ import annotations

import argparse
import csv
import itertools
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score
from themes import LARGE, OUTSIDE, Coded, read, represent

from pipeline.cluster import consensus_themes, group
from pipeline.cluster.grille import read_grille
from pipeline.cluster.grouping import corpus, neighbours, views
from pipeline.cluster.grouping.given import Given
from pipeline.evaluate.agreement import agreement
from pipeline.params import ClusterParams, GuidedTheme, Params
from pipeline.shells.alike.given import given_of
from pipeline.workspace import Workspace

HERE = Path(__file__).parent
HEADER = ("AMI", "majority", "themes", "of list", "seeds")
STAFF = ("hospital", "sample")
Codings = list[dict[str, str]]


def hospital() -> tuple[Coded, Codings]:
    """Return the hospital's contest and its two codings."""
    rows = _rows("ideas.csv")
    ideas = [{"id": row["idea_id"], "titre": row["title"], "texte": row["description"]} for row in rows]
    codings = [{row["idea_id"]: row["theme"] for row in _rows(f"coder_{reader}.csv")} for reader in (1, 2)]
    return Coded("hospital", ideas, codings[0]), codings


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / "hospital" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped() -> dict[str, GuidedTheme]:
    """Return the subjects of the shipped list that are on."""
    return read_grille(files("pipeline.cluster").joinpath("grille.csv").read_bytes(), "grille.csv")


def mixed(coded: Coded) -> dict[str, GuidedTheme]:
    """Return two thirds of the corpus's own themes among eight subjects of the list."""
    draw = np.random.default_rng(1)
    listed, own = list(shipped().items()), sorted(set(coded.theme.values()) - {"", OUTSIDE})
    kept = sorted(draw.permutation(len(listed))[:8])
    names = [own[place] for place in sorted(draw.permutation(len(own))[: max(2, len(own) * 2 // 3)])]
    return dict(listed[place] for place in kept) | {
        f"D{n:02d}": GuidedTheme(title=name) for n, name in enumerate(names)
    }


def started(tables: Mapping[str, pd.DataFrame], themes: dict[str, GuidedTheme], folder: str) -> Given | None:
    """Return how the themes attract the ideas of a corpus."""
    return given_of(Workspace(Path(folder)), Params(), tables, themes, frozenset(themes)) if themes else None


def measured(tables: dict[str, pd.DataFrame], start: Given | None, codings: Codings, seeds: int) -> list[float]:
    """Return the figures of `HEADER`."""
    texts = corpus.build(*tables.values())
    seen = views.build(texts)
    near, params = neighbours.find(seen), ClusterParams()
    belief = start.belief(texts) if start else None
    found = [group(near, seen, params, 1000 * seed, params.members, belief) for seed in range(seeds)]
    scores = [score(dict(texts.spread(one.labels)), coding) for one in found for coding in codings]
    again = [adjusted_rand_score(a.labels, b.labels) for a, b in itertools.combinations(found, 2)]
    ami, majority = np.mean(scores, axis=0)
    themes = np.mean([one.labels.max() + 1 for one in found])
    return [
        ami,
        majority,
        float(themes),
        float(np.mean([len(one.given) for one in found])),
        float(np.mean(again or [1])),
    ]


def taken_off(tables: dict[str, pd.DataFrame], folder: str) -> None:
    """Print what becomes of the ideas of each subject that is there when the list no longer has it."""
    texts = corpus.build(*tables.values())
    near, params = neighbours.find(views.build(texts)), ClusterParams()

    def themes_of(listed: dict[str, GuidedTheme]) -> tuple[np.ndarray, list[str]]:
        start = started(tables, listed, folder)
        belief = start.belief(texts) if start else None
        found = consensus_themes(near, params, 0, params.members, belief)
        return found.labels, [list(listed)[number] for number in found.given]

    whole, present = themes_of(shipped())
    print(f"{'taken off':<50}{'ideas':>7}{'together':>10}{'own':>7}  kept by")
    for number, subject in enumerate(present):
        theirs = whole == number
        labels, others = themes_of({name: theme for name, theme in shipped().items() if name != subject})
        holder = int(np.bincount(labels[theirs]).argmax())
        together = float((labels[theirs] == holder).mean())
        own = float(theirs[labels == holder].mean())
        by = shipped()[others[holder]].title if holder < len(others) else "a found theme"
        print(f"{shipped()[subject].title:<50}{theirs.sum():>7}{together:>10.2f}{own:>7.2f}  {by}", flush=True)


def score(labels: Mapping[str, object], coding: Mapping[str, str]) -> tuple[float, float]:
    """Return the AMI and the majority accuracy of the ideas that the coding puts in a theme, as the product counts."""
    truth = {idea: theme for idea, theme in coding.items() if theme and theme != OUTSIDE}
    found = agreement(pd.Series({idea: str(labels[idea]) for idea in truth}), pd.Series(truth))
    return (found.ami, found.majority) if found else (0.0, 0.0)


def show(name: str, proposal: str, figures: list[float]) -> None:
    """Print one line of the table."""
    print(f"{name:<30}{proposal:<8}" + "".join(f"{figure:>10.3f}" for figure in figures), flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--off", action="store_true")
    asked = parser.parse_args()
    hospitals, codings = hospital()
    corpora = [hospitals, *(coded for coded in reversed(read(asked.bench)) if len(coded.rows) <= LARGE)]
    print(f"{'corpus':<30}{'start':<8}" + "".join(f"{name:>10}" for name in HEADER))
    rows: dict[str, list[list[float]]] = {}
    citizens = [coded.name for coded in corpora if coded.name not in STAFF]
    with TemporaryDirectory() as folder:
        for coded in corpora:
            if asked.only and coded.name not in asked.only:
                continue
            tables = represent(coded, asked.cache)
            tables["ideas"] = tables["ideas"].assign(title="", description=tables["ideas"]["text"], benefits="")
            if asked.off:
                if coded.name in STAFF:
                    taken_off(tables, folder)
                continue
            starts = {"none": {}, "list": shipped()} | ({} if coded.name in STAFF else {"mixed": mixed(coded)})
            for name, themes in starts.items():
                start = started(tables, themes, folder)
                said = codings if coded is hospitals else [coded.theme]
                figures = measured(tables, start, said, asked.seeds)
                show(coded.name, name, figures)
                if coded.name in citizens:
                    rows.setdefault(name, []).append(figures)
    for name, found in rows.items():
        show("mean of citizens", name, list(np.mean(found, axis=0)))


if __name__ == "__main__":
    main()
