"""What a former contest brings: decide on one half of a corpus, keep what that taught, start on the other half.

Usage: python benchmarks/learn.py BENCH_DIR [--seeds 2] [--only NAME...] [--cache DIR] [--answers 60]
BENCH_DIR holds `data/*.csv` (id, titre, texte, theme); the sample of this repository is added to its files. Each corpus
is cut in two at random; an analyst answers `--answers` questions on the first half, `minilabs learn` keeps what that
taught, and another analyst starts on the second half with the same list of themes, with and without that model. Prints
the accuracy and AMI of all ideas, and the accuracy of those not answered, after 0 to 60 answers: the mean of the
corpora, then the sample; then how right ideas are by the confidence shown.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from analyst import Case, Session, prepare, with_list
from review import corpora, show_reliability
from themes import OUTSIDE, Coded

from pipeline.cluster.grouping import views
from pipeline.review.learning.knowledge import Knowledge, Known, directions
from pipeline.review.learning.learn import Learned
from pipeline.shells.alike.comparing import portable

STEPS = (0, 10, 20, 40, 60)
LEAST = 5
"""Ideas of a theme that is kept, as in the default parameters."""


def halves(coded: Coded, seed: int) -> tuple[set[str], set[str]]:
    """Return two halves of the ideas that have a theme."""
    ideas = sorted(idea for idea, gold in coded.theme.items() if gold and gold != OUTSIDE)
    order = np.random.default_rng(seed).permutation(len(ideas))
    half = len(ideas) // 2
    return {ideas[i] for i in order[:half]}, {ideas[i] for i in order[half:]}


def taught(case: Case, answers: int) -> Knowledge:
    """Return the model that `minilabs learn` would keep after `answers`."""
    session = with_list(case, 0, steps=(0, answers))
    believed = session.believed()
    ids = sorted(case.theme)
    texts = portable(views.build(case.texts))[[case.texts.row_of[idea] for idea in ids]]
    kept = [t for t in believed.themes if len(believed.state.members(t)) >= LEAST]
    shares = _settled(believed, ids)
    answered = [believed.state.places[idea].by is not None for idea in ids]
    weights = directions(texts, shares, answered)[[believed.themes.index(theme) for theme in kept]]
    themes = tuple(Known(case.guided[t], "", len(believed.state.members(t)), 0) for t in kept)
    return Knowledge("", "", themes, weights)


def _settled(believed: Learned, ids: list[str]) -> np.ndarray:
    shares = believed.shares.copy()
    for row, idea in enumerate(ids):
        if believed.state.places[idea].by is not None:
            shares[row] = [float(theme == believed.state.places[idea].home) for theme in believed.themes]
    return shares


def show(label: str, sessions: dict[str, list[Session]]) -> None:
    """Print the curves: the mean of the corpora, then the last one."""
    by_corpus = [np.mean([[run.at(step) for step in STEPS] for run in runs], axis=0) for runs in sessions.values()]
    for name, part in (("mean", by_corpus), (next(reversed(sessions)), by_corpus[-1:])):
        mean = np.mean(part, axis=0)
        for number, figure in enumerate(("accuracy", "AMI", "not answered")):
            print(f"{label:14}{name[:8]:9}{figure:13}" + "".join(f"{value:8.3f}" for value in mean[:, number]))


def main() -> None:
    """Print the curves with and without a model."""
    parser = argparse.ArgumentParser(description="A head start from a former contest.")
    parser.add_argument("bench", type=Path)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--answers", type=int, default=60)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--cache", type=Path)
    given = parser.parse_args()
    without: dict[str, list[Session]] = {}
    helped: dict[str, list[Session]] = {}
    for coded in corpora(given.bench, given.only):
        for seed in range(given.seeds):
            first, second = halves(coded, seed)
            knowledge = taught(prepare(coded, given.cache, first, search=False), given.answers)
            without.setdefault(coded.name, []).append(
                with_list(prepare(coded, given.cache, second, search=False), seed, steps=STEPS)
            )
            helped.setdefault(coded.name, []).append(
                with_list(prepare(coded, given.cache, second, knowledge, search=False), seed, steps=STEPS)
            )
    print(f"{'':36}" + "".join(f"{step:8}" for step in STEPS))
    show("without model", without)
    show("with a model", helped)
    show_reliability("with a model", helped)


if __name__ == "__main__":
    main()
