"""How much decisions bring: an analyst who answers from the gold coding, through the pipeline's own review stage.

Usage: python benchmarks/review.py BENCH_DIR [--seeds 3] [--only NAME...] [--cache DIR]
BENCH_DIR holds `data/*.csv` (id, titre, texte, theme); the sample of this repository is added to its files.
Prints, for each way of working, the accuracy and AMI of all ideas, and the accuracy of those that were not answered,
after 0 to 120 decisions, as the mean of the corpora; then how right sure ideas are, by corpus; then the time of a
refit. Ways of working:

- list: themes known beforehand are defined by their titles and descriptions, the found ones rejected;
- errs: the same, and 5 % of the answers are wrong;
- pages: the same, themes confirmed eight ideas at a time, with exceptions (a page counts 1 plus its exceptions);
- found: no list; themes found are merged, named and completed as the analyst meets ideas (each act counts);
- logistic: logistic regression by margin on the same rows, with the list.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_mutual_info_score
from themes import LARGE, OUTSIDE, SAMPLE, Coded, read, represent

from pipeline.cluster import cluster, corpus
from pipeline.embed import embed
from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.parse import FrenchParser
from pipeline.params import ClusterParams
from pipeline.review.decisions import Decision, new_theme_id
from pipeline.review.engine import replay
from pipeline.review.learn import Learned, believe
from pipeline.review.space import Space, build
from pipeline.review.state import Place, State, Theme
from pipeline.review.suggest import suggest
from pipeline.review.tables import state_of
from pipeline.schema import HOLDERS, IDEA_HOLDERS
from pipeline.shells.likeness import space_of

STEPS = (0, 10, 20, 40, 60, 80, 120)
BATCH, PAGE, SURE = 5, 8, 0.8
ERRORS = 0.05


@dataclass(frozen=True, eq=False)
class Case:
    """A corpus ready for review.

    Attributes:
        name: of the corpus.
        theme: idea → gold theme.
        guided: theme id → gold theme, for themes known beforehand.
        space: with the texts of those themes.
        plain: without them.
        found: state before any decision, from the cluster stage.
    """

    name: str
    theme: dict[str, str]
    guided: dict[str, str]
    space: Space
    plain: Space
    found: State


@dataclass
class Session:
    """One analyst at work: acts so far, and what was measured at each step."""

    case: Case
    state: State
    space: Space
    rng: np.random.Generator
    acts: list[Decision] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    cost: int = 0
    measured: dict[int, tuple[float, float, float]] = field(default_factory=dict)
    sure: dict[int, tuple[int, int]] = field(default_factory=dict)

    def act(self, action: str, target: str, value: str = "", *, cost: int = 1) -> Decision:
        """Decide, for `cost` decisions."""
        self.acts.append(Decision(len(self.acts) + 1, "2024-03-01", "bench", action, target, value))
        self.cost += cost
        return self.acts[-1]

    def believed(self) -> Learned:
        """Return what the review stage makes of the acts."""
        believed = believe(replay(self.state, self.acts).state, self.space)
        if believed is None:
            raise ValueError("a corpus of the benchmark has themes")
        return believed

    def measure(self, believed: Learned, standing: dict[str, str]) -> None:
        """Note accuracy, AMI and accuracy of ideas not answered, at the last step reached."""
        ideas = sorted(self.case.theme)
        truth = [self.case.theme[idea] for idea in ideas]
        homes = [believed.state.places[idea].theme or "" for idea in ideas]
        right = np.array([standing.get(home) == gold for home, gold in zip(homes, truth, strict=True)])
        rest = np.array([idea not in self.answered for idea in ideas])
        step = max(s for s in STEPS if s <= self.cost)
        if step in self.measured:
            return
        ami = adjusted_mutual_info_score(truth, homes)
        self.measured[step] = (right.mean(), ami, right[rest].mean() if rest.any() else 1.0)
        chance = dict(zip(self.space.ids, believed.chance, strict=True))
        sure = np.array([chance[idea] >= SURE for idea in ideas]) & rest
        self.sure[step] = (int(right[sure].sum()), int(sure.sum()))


def prepare(coded: Coded, titles: dict[str, str], cache: Path | None) -> Case:
    """Return the case of a corpus; `titles` are the texts of its themes."""
    theme = {idea: gold for idea, gold in coded.theme.items() if gold and gold != OUTSIDE}
    tables = represent(coded, cache)
    tables = {name: frame[_of(frame, set(theme))] for name, frame in tables.items()}
    tables["ideas"] = tables["ideas"].assign(title=tables["ideas"]["text"], description="", benefits="")
    names = sorted(set(theme.values()))
    acts = {gold: Decision(1, "", "", "define", titles.get(gold, gold)) for gold in names}
    guided = {new_theme_id(act): gold for gold, act in acts.items()}
    words = ["\ue000" + titles.get(gold, gold) for gold in guided.values()]
    parts = {"text": words, "title": words, "description": "", "benefits": "", "analysed": True}
    joint = _with(tables, pd.DataFrame({"idea_id": list(guided), **parts}))
    people = {"holders": HOLDERS.empty(), "idea_holders": IDEA_HOLDERS.empty()}
    found = cluster({**tables, **people}, ClusterParams(draws=2), 0)
    plain = corpus.build(tables["ideas"], tables["vectors"], tables["tokens"], tables["word_vectors"])
    return Case(
        coded.name, theme, guided, space_of(joint, tuple(guided)), space_of(plain, ()),
        state_of(found.themes, found.idea_themes),
    )  # fmt: skip


def _with(tables: dict[str, pd.DataFrame], texts: pd.DataFrame) -> corpus.Corpus:
    made = embed(texts, OfflineEncoder(), FrenchParser())
    columns = [column for column in tables["ideas"] if column in texts]
    return corpus.build(
        pd.concat([tables["ideas"][columns], texts[columns]]),
        pd.concat([tables["vectors"], made.vectors]),
        pd.concat([tables["tokens"], made.tokens]),
        pd.concat([tables["word_vectors"], made.word_vectors]).drop_duplicates("lemma"),
    )


def _of(frame: pd.DataFrame, ideas: set[str]) -> pd.Series[bool]:
    return frame["idea_id"].isin(ideas) if "idea_id" in frame else pd.Series(True, index=frame.index)  # noqa: FBT003


def with_list(case: Case, seed: int, errors: float = 0.0, *, pages: bool = False) -> Session:
    """Return a session in which themes are known beforehand and the found ones rejected."""
    themes = {theme: Theme(gold, source="define") for theme, gold in case.guided.items()}
    places = {idea: Place(None, 0.0, weak=True) for idea in case.found.places}
    session = Session(case, State(themes, places, places), case.space, np.random.default_rng(seed))
    ids = {gold: theme for theme, gold in case.guided.items()}
    while True:
        believed = session.believed()
        session.measure(believed, case.guided)
        if session.cost >= STEPS[-1] or len(session.answered) >= len(case.theme):
            return session
        page = _page(session, believed) if pages else None
        if page:
            _confirm(session, page, ids)
            continue
        for question in suggest(believed.state, believed, case.space, _room(session)):
            wrong = session.rng.random() < errors
            told = session.rng.choice(sorted(ids)) if wrong else case.theme[question.idea]
            session.act("assign", question.idea, ids[told])
            session.answered.add(question.idea)


def _room(session: Session) -> int:
    return min(BATCH, next(s for s in STEPS if s > session.cost) - session.cost)


def _page(session: Session, believed: Learned) -> tuple[str, list[str]] | None:
    """Return a theme and eight of its ideas to confirm at once, when that is likely to cost less than asking."""
    rows = {idea: row for row, idea in enumerate(session.space.ids)}
    best: tuple[float, str, list[str]] | None = None
    for theme in believed.themes:
        free = [i for i in session.space.ids if i not in session.answered and believed.state.places[i].theme == theme]
        ideas = sorted(free, key=lambda idea: believed.chance[rows[idea]])[:PAGE]
        if len(ideas) < PAGE // 2:
            continue
        doubt = sum(1 - float(believed.chance[rows[idea]]) for idea in ideas)
        worth = (doubt + 0.1 * len(ideas)) / (1 + doubt)
        if best is None or worth > best[0]:
            best = (worth, theme, ideas)
    return best[1:] if best and best[0] > 0.9 else None  # noqa: PLR2004 - what one question is worth


def _confirm(session: Session, page: tuple[str, list[str]], ids: dict[str, str]) -> None:
    theme, ideas = page
    for number, idea in enumerate(ideas):
        told = ids[session.case.theme[idea]]
        session.act("assign", idea, told, cost=int(number == 0) + int(told != theme))
        session.answered.add(idea)


def without_list(case: Case, seed: int) -> Session:
    """Return a session that starts from the found themes: merged, named, and completed as needed."""
    session = Session(case, case.found, case.plain, np.random.default_rng(seed))
    standing = _meaning(case)
    kept: dict[str, str] = {}
    twins = [(theme, gold) for theme, gold in sorted(standing.items()) if kept.setdefault(gold, theme) != theme]
    names = sorted(kept.items())
    while True:
        believed = session.believed()
        session.measure(believed, standing)
        if session.cost >= STEPS[-1] or len(session.answered) >= len(case.theme):
            return session
        for _ in range(_room(session)):
            if twins:
                theme, gold = twins.pop()
                session.act("merge", theme, kept[gold])
            elif names:
                gold, theme = names.pop()
                session.act("rename", theme, gold)
                _worded(session, theme, gold)
            else:
                (question,) = suggest(believed.state, believed, case.plain, 1)
                _answer(session, question.idea, kept, standing)
                believed = session.believed()


def _worded(session: Session, theme: str, gold: str) -> None:
    """The words of a gold theme are those of the theme that now has its name."""
    words = {gold: theme for theme, gold in session.case.guided.items()}
    guided = {**session.space.guided, theme: session.case.space.guided[words[gold]]}
    session.space = replace(session.space, guided=guided)


def _answer(session: Session, idea: str, kept: dict[str, str], standing: dict[str, str]) -> None:
    gold = session.case.theme[idea]
    if gold not in kept:
        kept[gold] = new_theme_id(session.act("define", gold))
        standing[kept[gold]] = gold
        _worded(session, kept[gold], gold)
    session.act("assign", idea, kept[gold])
    session.answered.add(idea)


def _meaning(case: Case) -> dict[str, str]:
    """Return what each found theme is about for a reader: the gold theme most of its ideas have."""
    return {
        theme: max(sorted(set(golds)), key=golds.count)
        for theme in case.found.themes
        if (golds := [case.theme[idea] for idea in case.found.members(theme)])
    }


def logistic(case: Case, seed: int) -> Session:
    """Return a session of logistic regression by margin, ten random answers first."""
    session = with_nothing(case, seed)
    rows = np.asarray(case.plain.rows, dtype=np.float64)
    truth = np.array([case.theme[idea] for idea in case.plain.ids])
    known: list[int] = []
    for step in STEPS[1:]:
        while len(known) < min(step, len(truth)):
            known.append(_next(rows, truth, known, session.rng))
        said = LogisticRegression(C=10.0, max_iter=500).fit(rows[known], truth[known]).predict(rows)
        said[known] = truth[known]
        rest = np.setdiff1d(np.arange(len(truth)), known)
        right = said == truth
        session.measured[step] = (right.mean(), adjusted_mutual_info_score(truth, said), right[rest].mean())
    return session


def with_nothing(case: Case, seed: int) -> Session:
    """Return an empty session."""
    return Session(case, case.found, case.plain, np.random.default_rng(seed))


def _next(rows: np.ndarray, truth: np.ndarray, known: list[int], rng: np.random.Generator) -> int:
    rest = np.setdiff1d(np.arange(len(truth)), known)
    if len(known) < STEPS[1] or len(set(truth[known])) < 2:  # noqa: PLR2004 - a classifier needs two classes
        return int(rng.choice(rest))
    chances = np.sort(LogisticRegression(C=10.0, max_iter=200).fit(rows[known], truth[known]).predict_proba(rows[rest]))
    return int(rest[np.argmin(chances[:, -1] - chances[:, -2])])


WAYS: dict[str, Callable[[Case, int], Session]] = {
    "list": with_list,
    "errs": lambda case, seed: with_list(case, seed, ERRORS),
    "pages": lambda case, seed: with_list(case, seed, pages=True),
    "found": without_list,
    "logistic": logistic,
}


def show(way: str, sessions: list[list[Session]]) -> None:
    """Print the mean curves of one way of working, and those of the last corpus (the sample)."""
    for label, part in (("mean", sessions), (sessions[-1][0].case.name, sessions[-1:])):
        for number, figure in enumerate(("accuracy", "AMI", "not answered")):
            print(f"{way:9} {label[:12]:12} {figure:13}" + "".join(f"{_mean(part, s, number):>7}" for s in STEPS))


def _mean(sessions: list[list[Session]], step: int, number: int) -> str:
    by_corpus = [[s.measured[step][number] for s in runs if step in s.measured] for runs in sessions]
    values = [float(np.mean(values)) for values in by_corpus if values]
    return f"{np.mean(values):.3f}" if values else "–"


def show_sure(sessions: list[list[Session]]) -> None:
    """Print, by corpus, how many of the ideas shown at `SURE` or more are right."""
    for runs in sessions:
        cells = []
        for step in STEPS:
            pairs = [s.sure[step] for s in runs if step in s.sure]
            right, count = (sum(pair[i] for pair in pairs) for i in range(2))
            cells.append(f"{right / count:.2f} ({count // max(len(pairs), 1)})" if count else "–")
        print(f"sure ≥ {SURE} {runs[0].case.name[:22]:22}" + "".join(f"{cell:>12}" for cell in cells))


def show_time() -> None:
    """Print how long a refit takes after 60 answers, at 250 and 20,000 ideas (random rows, 12 themes)."""
    rng = np.random.default_rng(0)
    for size in (250, 20_000):
        ids = [f"I{number:05}" for number in range(size)]
        start = time.perf_counter()
        space = build(ids, rng.normal(size=(size, 400)))
        built = time.perf_counter() - start
        themes = {f"T{n:02}": Theme(f"T{n:02}") for n in range(12)}
        places = {idea: Place(f"T{number % 12:02}", 0.5) for number, idea in enumerate(ids)}
        acts = [Decision(n + 1, "", "", "assign", ids[n * 3], f"T{n % 12:02}") for n in range(60)]
        start = time.perf_counter()
        believe(replay(State(themes, places, places), acts).state, space)
        print(f"{size:6} ideas: likeness {built:.2f} s once, refit {time.perf_counter() - start:.3f} s")


def main() -> None:
    """Print the curves and the figures."""
    parser = argparse.ArgumentParser(description="Curves of a simulated analyst.")
    parser.add_argument("bench", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--ways", nargs="*", default=list(WAYS))
    parser.add_argument("--cache", type=Path)
    given = parser.parse_args()
    cases = [prepare(coded, _titles(coded), given.cache) for coded in _corpora(given.bench, given.only)]
    print(f"{'':36}" + "".join(f"{step:>7}" for step in STEPS))
    for way in given.ways:
        sessions = [[WAYS[way](case, seed) for seed in range(given.seeds)] for case in cases]
        show(way, sessions)
        if way == "list":
            show_sure(sessions)
    show_time()


def _corpora(folder: Path, only: Iterable[str] | None) -> list[Coded]:
    named = [coded for coded in read(folder) if not only or coded.name in only]
    return [coded for coded in named if len(coded.rows) <= LARGE]


def _titles(coded: Coded) -> dict[str, str]:
    if coded.name != "sample":
        return {}
    rows = pd.read_csv(SAMPLE / "themes.csv", dtype=str, keep_default_na=False)
    return {str(row.theme): f"{row.libelle}. {row.description}" for row in rows.itertuples()}


if __name__ == "__main__":
    main()
