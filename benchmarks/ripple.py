"""What one decision makes of the other ideas, when themes come from the starting list.

Usage: python benchmarks/ripple.py [--cache DIR] [--seeds 3]
The hospital of `benchmarks/hospital` (by each of its codings) and the sample, from the proposal of `minilabs init`.
Prints first the accuracy of that proposal (each theme read as its most frequent coding), how many ideas are shown at
.8 or more and the part of them that is right, how many have a second theme and the part of these that the coding has as
their theme; then, for forty ideas that the coding puts elsewhere, each put there alone: the mean number of other ideas
that move, of those that are right by it and were not, of those that were right and are not, and the most that one
decision moved; then the accuracy of ideas not answered after 10 to 60 answers to `minilabs suggest`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from start import hospital, shipped, started
from themes import OUTSIDE, Coded, read, represent

from pipeline.cluster import cluster
from pipeline.cluster.grouping import corpus
from pipeline.params import ClusterParams
from pipeline.review.learning.learn import Learned, believe
from pipeline.review.learning.space import Space
from pipeline.review.learning.suggest import suggest
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.engine import replay
from pipeline.review.replaying.state import State
from pipeline.schema import HOLDERS, IDEA_HOLDERS
from pipeline.shells.alike.comparing import space_of

IDEAS, SURE = 40, 0.8
STEPS = (10, 20, 40, 60)
HEADER = (
    "accuracy",
    "sure",
    "right",
    "seconds",
    "right",
    "moved",
    "right",
    "wrong",
    "most",
    *(f"after {step}" for step in STEPS),
)


def found(coded: Coded, cache: Path | None) -> tuple[State, Space]:
    """Return the proposal made with the shipped list, and what the review learns on."""
    tables = represent(coded, cache)
    tables["ideas"] = tables["ideas"].assign(title="", description=tables["ideas"]["text"], benefits="")
    with TemporaryDirectory() as folder:
        start = started(tables, shipped(), folder)
    people = {"holders": HOLDERS.empty(), "idea_holders": IDEA_HOLDERS.empty()}
    made = cluster({**tables, **people}, ClusterParams(draws=2), 0, start=start)
    plain = corpus.build(tables["ideas"], tables["vectors"], tables["tokens"], tables["word_vectors"])
    return state_of(made.themes, made.idea_themes), space_of(plain, ())


def meaning(state: State, coding: dict[str, str]) -> dict[str, str]:
    """Return what each theme is about: the coding that most of its ideas have."""
    return {
        theme: Counter(sorted(told)).most_common(1)[0][0]
        for theme in state.themes
        if (told := [coding[idea] for idea, place in state.places.items() if place.theme == theme and idea in coding])
    }


def homes(state: State) -> dict[str, str]:
    """Return idea → theme, the nearest one of a weak signal."""
    return {idea: place.theme or "" for idea, place in state.places.items()}


def after(state: State, space: Space, answers: dict[str, str]) -> Learned:
    """Return what is believed after ideas were put in themes."""
    acts = [Decision(n, "2024-03-01", "bench", "assign", idea, to) for n, (idea, to) in enumerate(answers.items(), 1)]
    learned = believe(replay(state, acts).state, space)
    if learned is None:
        raise ValueError("a corpus of the benchmark has themes")
    return learned


def ripples(state: State, space: Space, coding: dict[str, str], seed: int) -> list[tuple[int, int, int]]:
    """Return for each decision how many other ideas move, how many of them get right, and wrong."""
    means = meaning(state, coding)
    themes = {told: theme for theme, told in sorted(means.items(), reverse=True)}
    before = homes(state)
    wrong = sorted(i for i, told in coding.items() if told in themes and means.get(before[i]) != told)
    order = np.random.default_rng(seed).permutation(len(wrong))[:IDEAS]
    counts = []
    for idea in (wrong[place] for place in order):
        now = homes(after(state, space, {idea: themes[coding[idea]]}).state)
        moved = [one for one, theme in now.items() if theme != before[one] and one != idea]
        known = [one for one in moved if one in coding]
        won = sum(means.get(now[one]) == coding[one] for one in known)
        lost = sum(means.get(before[one]) == coding[one] for one in known)
        counts.append((len(moved), won, lost))
    return counts


def curve(state: State, space: Space, coding: dict[str, str]) -> list[float]:
    """Return the accuracy of the ideas not answered after each of `STEPS` answers to what the program asks."""
    means = meaning(state, coding)
    themes = {told: theme for theme, told in sorted(means.items(), reverse=True)}
    answers: dict[str, str] = {}
    points = []
    for step in STEPS:
        while len(answers) < step:
            learned = after(state, space, answers)
            for question in suggest(learned.state, learned, space, 5):
                told = coding.get(question.idea)
                answers[question.idea] = themes.get(told or "", learned.state.places[question.idea].theme or "")
        now = homes(after(state, space, answers).state)
        rest = [idea for idea in coding if idea not in answers]
        points.append(float(np.mean([means.get(now[idea]) == coding[idea] for idea in rest])))
    return points


def show(name: str, figures: list[float]) -> None:
    """Print one line of the table."""
    print(f"{name:<14}" + "".join(f"{figure:>10.3f}" for figure in figures), flush=True)


def measured(state: State, space: Space, coding: dict[str, str], seeds: int) -> list[float]:
    """Return the figures of `HEADER`."""
    means = meaning(state, coding)
    places = {idea: state.places[idea] for idea in coding}
    right = {idea: means.get(place.theme or "") == coding[idea] for idea, place in places.items()}
    sure = [right[idea] for idea, place in places.items() if place.membership >= SURE]
    seconds = [means.get(place.second) == coding[idea] for idea, place in places.items() if place.second]
    shown = [part for flags in (sure, seconds) for part in (len(flags), float(np.mean(flags)))]
    rows = np.array([row for seed in range(seeds) for row in ripples(state, space, coding, seed)])
    return [
        float(np.mean([*right.values()])),
        *shown,
        *rows.mean(axis=0),
        rows[:, 0].max(),
        *curve(state, space, coding),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    asked = parser.parse_args()
    hospitals, codings = hospital()
    with TemporaryDirectory() as empty:
        (sample,) = read(Path(empty))
    print(f"{'corpus':<14}" + "".join(f"{name:>10}" for name in HEADER))
    for coded, said in ((hospitals, codings), (sample, [sample.theme])):
        state, space = found(coded, asked.cache)
        for number, raw in enumerate(said, start=1):
            coding = {idea: told for idea, told in raw.items() if told and told != OUTSIDE and idea in state.places}
            show(f"{coded.name} {number}", measured(state, space, coding, asked.seeds))


if __name__ == "__main__":
    main()
