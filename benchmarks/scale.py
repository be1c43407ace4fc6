"""How time and memory grow with the number of texts: the whole cluster stage, beside BERTopic on the same vectors.

Usage: python benchmarks/scale.py BENCH_DIR [--sizes 1000 2500 5000 10000 20000] [--peer PYTHON] [--cache DIR]
BENCH_DIR holds `data/echelle_phrases.csv.gz` (id, titre, texte) and `peer_bertopic.py`; `--peer` names a Python that
has bertopic. Each size is a draw of the texts, and each measure a process of its own: seconds on the clock, seconds of
processor (user and system, all cores: what a busy machine does not change much), and the largest memory of the process,
tables included. Vectors are made once, beforehand, and not counted. The last lines say how each column grows from one
size to the next, beside what n log n would give.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import pickle
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

SIZES = (1000, 2500, 5000, 10_000, 20_000)
Row = tuple[float, float, float, int]
"""Seconds, processor seconds, MiB, themes."""

_PEER = """
import csv, json, re, sys, time, numpy as np
sys.path.insert(0, sys.argv[1])
import peer_bertopic as peer
with open(sys.argv[2], encoding="utf-8", newline="") as file:
    texts = [row["texte"] for row in csv.DictReader(file)]
vectors = np.load(sys.argv[3])
wall, cpu = time.perf_counter(), time.process_time()
found = peer.fit(texts, vectors, 0, tuned=False)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
print(json.dumps([wall, cpu, peak, len(set(found[found >= 0]))]))
"""


def draw(bench: Path, sizes: list[int], folder: Path) -> None:
    """Write the tables of the embed stage for each size: the smaller sizes are parts of the largest."""
    from pipeline.embed import embed  # noqa: PLC0415 - only this process loads the encoder
    from pipeline.embed.encoders import OfflineEncoder  # noqa: PLC0415
    from pipeline.embed.parse import FrenchParser  # noqa: PLC0415

    with gzip.open(bench / "data" / "echelle_phrases.csv.gz", "rt", encoding="utf-8", newline="") as file:
        texts = sorted({" ".join(f"{row['titre']} {row['texte']}".split()) for row in csv.DictReader(file)} - {""})
    chosen = np.random.default_rng(0).permutation(len(texts))[: max(sizes)]
    ids = [f"I{place:06d}" for place in range(len(chosen))]
    ideas = pd.DataFrame({"idea_id": ids, "text": [texts[place] for place in chosen], "analysed": True})
    made = embed(ideas, OfflineEncoder(), FrenchParser())
    for size in sizes:
        few = ideas[:size].assign(title="", description=ideas["text"], benefits="")
        tokens = made.tokens[made.tokens["idea_id"].isin(set(few["idea_id"]))]
        words = made.word_vectors[made.word_vectors["lemma"].isin(set(tokens["lemma"]))]
        tables = {"ideas": few, "vectors": made.vectors[:size], "tokens": tokens, "word_vectors": words}
        (folder / f"{size}.pickle").write_bytes(pickle.dumps(tables))


def stage(path: Path) -> Row:
    """Return what the cluster stage takes on the tables of `path`."""
    from pipeline.cluster import cluster  # noqa: PLC0415 - only this process loads the stage
    from pipeline.params import ClusterParams  # noqa: PLC0415
    from pipeline.schema import HOLDERS, IDEA_HOLDERS  # noqa: PLC0415

    tables = pickle.loads(path.read_bytes())  # noqa: S301 - our own file
    tables |= {"holders": HOLDERS.empty(), "idea_holders": IDEA_HOLDERS.empty()}
    wall, processor = time.perf_counter(), time.process_time()
    found = cluster(tables, ClusterParams(), 0)
    spent = time.perf_counter() - wall, time.process_time() - processor
    return *spent, _peak(), len(found.themes)


def _peak() -> float:
    """Return the largest memory of this process, MiB (Linux)."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else math.nan


def _child(*words: str) -> Row:
    done = subprocess.run([sys.executable, __file__, *words], check=True, capture_output=True, text=True)
    wall, processor, peak, themes = json.loads(done.stdout.splitlines()[-1])
    return wall, processor, peak, themes


def bertopic(bench: Path, path: Path, python: str) -> Row:
    """Return what BERTopic with its defaults takes on the same texts and vectors."""
    tables = pickle.loads(path.read_bytes())  # noqa: S301 - our own file
    with tempfile.TemporaryDirectory() as work:
        texts, vectors = f"{work}/texts.csv", f"{work}/vectors.npy"
        tables["ideas"][["text"]].rename(columns={"text": "texte"}).to_csv(texts, index=False)
        np.save(vectors, np.array(tables["vectors"]["vector"].tolist(), dtype=np.float32))
        command = [python, "-c", _PEER, str(bench), texts, vectors]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    wall, processor, peak, themes = json.loads(done.stdout.splitlines()[-1])
    return wall, processor, peak, themes


def show_growth(sizes: list[int], rows: list[Row]) -> None:
    """Print how much more each size takes than the one before."""
    for (few, before), (many, after) in zip(
        zip(sizes, rows, strict=True), list(zip(sizes, rows, strict=True))[1:], strict=False
    ):
        expected = many * math.log(many) / (few * math.log(few))
        times = " ".join(f"×{new / old:8.2f}" for old, new in zip(before[:3], after[:3], strict=True))
        print(f"{few:>7} → {many:<7} {times}   (n log n: ×{expected:.2f})")


def main() -> None:
    """Measure and print; with `--draw` or `--stage`, do one part in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--peer")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--draw", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--stage", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.draw:
        draw(asked.bench, asked.sizes, asked.draw)
    elif asked.stage:
        print(json.dumps(stage(asked.stage)))
    else:
        with tempfile.TemporaryDirectory() as folder:
            compare(asked.bench, asked.sizes, asked.cache or Path(folder), asked.peer)


def compare(bench: Path, sizes: list[int], folder: Path, peer: str | None) -> None:
    """Print the table of both methods, then how they grow."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [size for size in sizes if not (folder / f"{size}.pickle").is_file()]
    if missing:
        numbers = [str(size) for size in sizes]
        subprocess.run([sys.executable, __file__, str(bench), "--sizes", *numbers, "--draw", str(folder)], check=True)
    methods: dict[str, Callable[[Path], Row]] = {"cluster": lambda path: _child(str(bench), "--stage", str(path))}
    if peer:
        methods["bertopic"] = lambda path: bertopic(bench, path, peer)
    print(f"{'method':<10}{'texts':>8}{'s':>9}{'cpu s':>9}{'MiB':>8}{'themes':>8}")
    found: dict[str, list[Row]] = {name: [] for name in methods}
    for size in sizes:
        for name, method in methods.items():
            row = method(folder / f"{size}.pickle")
            found[name].append(row)
            print(f"{name:<10}{size:>8}{row[0]:>9.1f}{row[1]:>9.1f}{row[2]:>8.0f}{row[3]:>8}", flush=True)
    for name, rows in found.items():
        print(name)
        show_growth(sizes, rows)


if __name__ == "__main__":
    main()
