"""What a national consultation would take: parts measured here, then 2 million texts on 4 and on 16 workers.

Usage: python benchmarks/national.py BENCH_DIR [--size 2000] [--sample 1000] [--encoded 300] [--agreement] [--cache DIR]
BENCH_DIR holds `data/echelle_phrases.csv.gz` (see `scale.py`). Measured in processor seconds of one process: encoding
`--encoded` texts, searching `--sample` drawn texts, placing the others of `--size`, and what the machine that asks does
with a part (its rows put together). `--agreement` also searches all texts, twice, and says how far the themes found on
the sample agree with them, beside what another seed of the whole search gives.
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from scale import draw
from sklearn.metrics import adjusted_rand_score

from pipeline.cluster import Tables as Found
from pipeline.cluster import cluster, placed, sampled
from pipeline.cluster.drawing import Draw
from pipeline.embed.parts import Encoding, texts
from pipeline.params import OFFLINE, ClusterParams
from pipeline.schema import HOLDERS, IDEA_HOLDERS

_MANY = 2_000_000
_SAMPLE = 20_000
_WORKERS = (4, 16)
_TEXTS = ("ideas", "vectors", "tokens")
Tables = dict[str, pd.DataFrame]


@contextmanager
def spent(into: dict[str, float], name: str) -> Iterator[None]:
    """Note the processor seconds of the block."""
    before = time.process_time()
    yield
    into[name] = time.process_time() - before


def rows(tables: Tables, ideas: frozenset[str]) -> Tables:
    """Return the rows of some ideas."""
    return {name: t[t["idea_id"].isin(ideas)] if name in _TEXTS else t for name, t in tables.items()}


def agreement(tables: Tables, every: Found) -> str:
    """Return how far the themes of a sample are those of all texts, beside another seed."""
    themes = [every, *(cluster(tables, ClusterParams(), seed) for seed in (0, 1))]
    drawn, whole, again = (found.idea_themes.sort_values("idea_id")["theme_id"].astype(str) for found in themes)
    found, ceiling = adjusted_rand_score(whole, drawn), adjusted_rand_score(whole, again)
    return f"ARI with the search of all texts {found:.2f} (another seed of that search {ceiling:.2f})"


def measure(tables: Tables, sample: int, encoded: int) -> tuple[dict[str, float], Found]:
    """Return processor seconds by step and by text (of the search: in all), and the tables of all texts."""
    took: dict[str, float] = {}
    ideas = tables["ideas"].head(encoded)
    texts(ideas.head(5), Encoding(OFFLINE, "", "."))  # models are loaded once a worker
    with spent(took, "encode"):
        texts(ideas, Encoding(OFFLINE, "", "."))
    chosen = Draw(sample, 0)
    chosen.add(tables["ideas"]["idea_id"], tables["ideas"]["text"])
    ids = chosen.ids()
    others = frozenset(tables["ideas"]["idea_id"]) - ids
    with spent(took, "search"):
        first = sampled.find(rows(tables, ids), ClusterParams(), 0)
    if first.reference is None:
        raise SystemExit("too few texts")
    with spent(took, "place"):
        part = placed.place(rows(tables, others), first.reference)
    with spent(took, "join"):
        every = sampled.joined(first.tables, [part])
    each = {"encode": encoded, "place": len(others), "join": len(others), "search": 1}
    return {name: seconds / each[name] for name, seconds in took.items()}, every


def foreseen(took: dict[str, float], sample: int) -> Iterator[str]:
    """Yield what 2 million texts would take, and what is assumed."""
    search = took["search"] * _SAMPLE / sample
    for workers in _WORKERS:
        encode, place = _MANY * took["encode"] / workers, _MANY * took["place"] / workers * _SAMPLE / sample
        join = _MANY * took["join"]
        hours = (encode + place + join + search) / 3600
        yield (
            f"{_MANY} texts, {workers:>2} workers: {hours:.1f} h (encoding {encode / 3600:.1f}, placing"
            f" {place / 3600:.1f}, searching {_SAMPLE} drawn texts {search / 3600:.2f}, one machine {join / 3600:.1f})"
        )
    yield "Assumed: short texts as these, a core a worker as fast as this one, all of them always busy (two parts wait"
    yield "for each), the network not the limit (5 kB a text), the search and the placing of a text linear in the drawn"
    yield f"texts (from {sample} to {_SAMPLE}: more than either really takes)."
    yield "Not counted, on one machine: reading and masking the export, writing the tables, the review and the report."


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--size", type=int, default=2000)
    parser.add_argument("--sample", type=int, default=1000)
    parser.add_argument("--encoded", type=int, default=300)
    parser.add_argument("--agreement", action="store_true")
    parser.add_argument("--cache", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.cache or Path(made)
        path = folder / f"{asked.size}.pickle"
        if not path.is_file():
            folder.mkdir(parents=True, exist_ok=True)
            draw(asked.bench, [asked.size], folder)
        tables: Tables = pickle.loads(path.read_bytes())  # noqa: S301 - our own file
    tables |= {"holders": HOLDERS.empty(), "idea_holders": IDEA_HOLDERS.empty()}
    took, every = measure(tables, asked.sample, asked.encoded)
    for name, seconds in took.items():
        print(f"{name:<8}{seconds:>11.6f} s of processor" + ("" if name == "search" else " a text"))
    if asked.agreement:
        print(agreement(tables, every))
    print("\n".join(foreseen(took, asked.sample)))


if __name__ == "__main__":
    main()
