"""How well the themes found agree with people's: the pipeline's own embed and cluster, beside what others give.

Usage: python benchmarks/themes.py BENCH_DIR [--peer PYTHON] [--seeds 3] [--draws 2] [--only NAME...] [--cache DIR]
       [--server ADDRESS --encoder MODEL]
BENCH_DIR holds `data/*.csv` (id, titre, texte, theme), `peer_bertopic.py` and `prototypes/consensus.py`; the sample of
this repository is added to its files. `--peer` names a Python that has bertopic, igraph and spacy: the peers run there,
on the vectors of the pipeline; `--server` and `--encoder` name a model that a server gives vectors with (its key in
MINILABS_READER_KEY), for the pipeline and the peers alike. Prints one line per corpus and method: V, ARI, AMI, share
left out, number of themes, agreement between seeds (ARI), seconds without the vectors, and for the pipeline the
agreement of its themes with those of draws of 95 % of the ideas, everything computed again (ARI); then the means. A
corpus of more than `LARGE` texts is shown and not counted in the means: its texts hold several themes each.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import pickle
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, v_measure_score

from pipeline.cluster import group
from pipeline.cluster.grouping import corpus, membership, neighbours, views
from pipeline.embed import embed
from pipeline.embed.encoders import OfflineEncoder, RecordedEncoder
from pipeline.embed.parse import FrenchParser
from pipeline.params import ClusterParams
from pipeline.reader.client import Server
from pipeline.reader.model import digest
from pipeline.reader.vectors import batches, checked, key_of, of_model, sent

SAMPLE = Path(__file__).parent.parent / "data" / "sample"
OUTSIDE = "hors_theme"
LARGE = 1000
KEPT = 0.95
SEED = 2020
HEADER = ("V", "ARI", "AMI", "left out", "themes", "smallest", "seeds", "s", "95 %")

_PROTOTYPE = """
import sys, time, csv, numpy as np
sys.path.insert(0, sys.argv[1])
import consensus as c
rows = list(csv.DictReader(open(sys.argv[2], encoding="utf-8")))
texts = [c.canon(". ".join(p for p in (r["titre"], r["texte"]) if p)) for r in rows]
use = np.load(sys.argv[3]); unique = sorted(set(texts)); at = {t: i for i, t in enumerate(texts)}
G = c.similarities(unique, use=use[[at[t] for t in unique]])
for seed in range(int(sys.argv[5])):
    start = time.perf_counter()
    label = dict(zip(unique, c.cut(c.coassociation(G, seed), c.auto_k(len(unique)))))
    print(f"prototype seed {seed}: {time.perf_counter() - start:.2f} s")
    with open(f"{sys.argv[4]}.prototype.{seed}.csv", "w", encoding="utf-8") as out:
        out.write("idea_id,theme_id\\n" + "".join(f"{r['id']},T{label[t]}\\n" for r, t in zip(rows, texts)))
"""


@dataclass(frozen=True, slots=True)
class Coded:
    """Texts with the themes that people gave them.

    Attributes:
        name: of the file.
        rows: id, titre, texte.
        theme: id → theme.
    """

    name: str
    rows: list[dict[str, str]]
    theme: dict[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """What one method gives.

    Attributes:
        groupings: one per seed (id → group; an id left out is absent).
        seconds: for one of them.
        redrawn: agreement (ARI) with the groupings of draws of the ideas, where measured.
    """

    groupings: list[dict[str, str]]
    seconds: float
    redrawn: float = float("nan")


def read(folder: Path) -> list[Coded]:
    """Return the coded corpora of the folder, then the sample."""
    corpora = []
    for path in sorted((folder / "data").glob("*.csv")):
        rows = _rows(path)
        if rows and "theme" in rows[0]:
            corpora.append(Coded(path.stem, rows, {row["id"]: row["theme"] for row in rows}))
    gold = {row["idea_id"]: row["theme"] for row in _rows(SAMPLE / "gold.csv")}
    ideas = [
        {"id": r["id"], "titre": r["titre"], "texte": ". ".join(p for p in (r["description"], r["benefices"]) if p)}
        for r in _rows(SAMPLE / "ideas.csv")
    ]
    return [*corpora, Coded("sample", ideas, gold)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Served:
    """Vectors of a server's model, asked for as `minilabs reader ask` does."""

    def __init__(self, address: str, model: str) -> None:
        """Talk to the model at `address`."""
        self.name, self._size = model, 0
        self._server = Server(address, model, os.environ.get("MINILABS_READER_KEY", ""), _SECONDS)

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return one unit row per text; an empty text gives zeros."""
        known: dict[str, np.ndarray] = {}
        for part in batches(dict.fromkeys(texts, ()), _ROOM):
            rows = self._server.vectors(sent(part, _ROOM), self.name)
            found = checked(rows, part, self.name, self._size or None)
            self._size = len(found[0].values)
            known |= of_model(found, self.name)
        find = partial(_found, known, self.name)
        return RecordedEncoder(self.name, "", find, self._size).encode(texts)


def _found(known: Mapping[str, np.ndarray], model: str, text: str) -> np.ndarray | None:
    return known.get(key_of(text, model))


_ROOM, _SECONDS = 8_000, 300.0
"""Tokens and seconds of a call."""


def represent(coded: Coded, cache: Path | None, served: Served | None = None) -> dict[str, pd.DataFrame]:
    """Return the tables of the embed stage, from `cache` when they are there."""
    by = f"-{digest(served.name)}" if served else ""
    path = cache / f"{coded.name}{by}.pickle" if cache else None
    if path and path.is_file():
        tables: dict[str, pd.DataFrame] = pickle.loads(path.read_bytes())  # noqa: S301 - our own file
        return tables
    text = [". ".join(part for part in (row["titre"], row["texte"]) if part) for row in coded.rows]
    ideas = pd.DataFrame({"idea_id": [row["id"] for row in coded.rows], "text": text, "analysed": True})
    made = embed(ideas, served or OfflineEncoder(), FrenchParser())
    tables = {"ideas": ideas, "vectors": made.vectors, "tokens": made.tokens, "word_vectors": made.word_vectors}
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(tables))
    return tables


def built(tables: dict[str, pd.DataFrame]) -> corpus.Corpus:
    """Return the texts as the cluster stage takes them: what `represent` made has no title apart."""
    ideas = tables["ideas"].assign(title="", description=tables["ideas"]["text"], benefits="")
    return corpus.build(ideas, tables["vectors"], tables["tokens"], tables["word_vectors"])


def proposed(seen: views.Views, members: int) -> membership.Membership:
    """Return how firmly each text holds to the themes proposed with the default settings."""
    params = ClusterParams()
    found = group(neighbours.find(seen), seen, params, SEED, members)
    return membership.measure(found.members, found.labels, params.weak_below)


def ours(tables: dict[str, pd.DataFrame], seeds: int, params: ClusterParams, draws: int) -> Result:
    """Return the themes of the cluster stage (stability, titles and map left aside)."""
    start = time.perf_counter()
    groupings = [_themes(tables, 1000 * seed, params) for seed in range(seeds)]
    seconds = (time.perf_counter() - start) / seeds
    return Result(groupings, seconds, _redrawn(tables, groupings[0], params, draws) if draws else float("nan"))


def _themes(tables: dict[str, pd.DataFrame], seed: int, params: ClusterParams) -> dict[str, str]:
    texts = built(tables)
    seen = views.build(texts)
    labels = group(neighbours.find(seen), seen, params, seed, params.members).labels
    return {idea: f"T{label}" for idea, label in texts.spread(labels)}


def _redrawn(tables: dict[str, pd.DataFrame], whole: dict[str, str], params: ClusterParams, draws: int) -> float:
    """Return how much the themes of 95 % of the ideas agree with those of all, with another seed each time."""
    agreement = []
    for draw in range(draws):
        kept = set(np.random.default_rng(draw).permutation(sorted(whole))[: round(KEPT * len(whole))])
        part = {
            name: table[table["idea_id"].isin(kept)] if "idea_id" in table else table for name, table in tables.items()
        }
        again = _themes(part, 1 + draw, params)
        agreement.append(adjusted_rand_score([whole[idea] for idea in again], list(again.values())))
    return float(np.mean(agreement))


def peers(coded: Coded, tables: dict[str, pd.DataFrame], folder: Path, python: str, seeds: int) -> dict[str, Result]:
    """Return the groupings of BERTopic and of the prototype, run by another Python on the same vectors."""
    with tempfile.TemporaryDirectory() as work:
        texts, vectors, out = f"{work}/texts.csv", f"{work}/vectors.npy", f"{work}/out"
        with Path(texts).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["id", "titre", "texte"], extrasaction="ignore")
            writer.writeheader()
            writer.writerows(coded.rows)
        order = {idea: place for place, idea in enumerate(tables["vectors"]["idea_id"])}
        rows = tables["vectors"]["vector"].tolist()
        np.save(vectors, np.array([rows[order[row["id"]]] for row in coded.rows], dtype=np.float32))
        bertopic = [python, str(folder / "peer_bertopic.py"), texts, vectors, out, "--seeds", str(seeds)]
        prototype = [python, "-c", _PROTOTYPE, str(folder / "prototypes"), texts, vectors, out, str(seeds)]
        said = "".join(
            subprocess.run(c, check=True, capture_output=True, text=True).stdout for c in (bertopic, prototype)
        )
        return {
            name: Result([_grouping(Path(f"{out}.{name}.{seed}.csv")) for seed in range(seeds)], _seconds(said, name))
            for name in ("default", "tuned", "prototype")
        }


def _grouping(path: Path) -> dict[str, str]:
    return {row["idea_id"]: row["theme_id"] for row in _rows(path) if row["theme_id"]}


def _seconds(said: str, name: str) -> float:
    lines = [line for line in said.splitlines() if line.startswith(f"{name} seed")]
    return sum(float(line.split()[-2]) for line in lines) / len(lines)


def figures(coded: Coded, result: Result) -> list[float]:
    """Return the figures of `HEADER`, means over the seeds."""
    ids = sorted(i for i, theme in coded.theme.items() if theme and theme != OUTSIDE)
    truth = [coded.theme[i] for i in ids]
    rows = []
    for grouping in result.groupings:
        found = [grouping.get(i) or f"alone {i}" for i in ids]
        sizes = pd.Series(grouping).value_counts()
        rows.append(
            [
                v_measure_score(truth, found), adjusted_rand_score(truth, found),
                adjusted_mutual_info_score(truth, found), sum(i not in grouping for i in ids) / len(ids),
                len(sizes), sizes.min(),
            ]
        )  # fmt: skip
    pairs = itertools.combinations(result.groupings, 2)
    agreement = [adjusted_rand_score([a.get(i, "") for i in ids], [b.get(i, "") for i in ids]) for a, b in pairs]
    return [*np.mean(rows, axis=0), float(np.mean(agreement)) if agreement else 1.0, result.seconds, result.redrawn]


def show(name: str, method: str, row: list[float]) -> None:
    """Print one line of the table."""
    print(f"{name:<30}{method:<12}" + "".join(f"{value:>9.3f}" for value in row), flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--peer")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--draws", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--server")
    parser.add_argument("--encoder")
    asked = parser.parse_args()
    served = Served(asked.server, asked.encoder) if asked.server and asked.encoder else None
    methods: dict[str, Callable[[dict[str, pd.DataFrame]], Result]] = {
        "consensus": lambda tables: ours(tables, asked.seeds, ClusterParams(), asked.draws),
        "hdbscan": lambda tables: ours(tables, asked.seeds, ClusterParams(method="hdbscan"), 0),
    }
    print(f"{'corpus':<30}{'method':<12}" + "".join(f"{name:>9}" for name in HEADER))
    found: dict[str, list[list[float]]] = {}
    for coded in read(asked.bench):
        if asked.only and coded.name not in asked.only:
            continue
        tables = represent(coded, asked.cache, served)
        results = {name: method(tables) for name, method in methods.items()}
        if asked.peer:
            results |= peers(coded, tables, asked.bench, asked.peer, asked.seeds)
        for name, result in results.items():
            row = figures(coded, result)
            show(coded.name, name, row)
            if len(coded.rows) <= LARGE:
                found.setdefault(name, []).append(row)
    for name, rows in found.items():
        show(f"mean of {len(rows)}", name, list(np.mean(rows, axis=0)))


if __name__ == "__main__":
    main()
