"""A simulated analyst who answers from the gold coding, through the pipeline's own review stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_mutual_info_score
from themes import OUTSIDE, SAMPLE, Coded, represent

from pipeline.cluster import cluster
from pipeline.cluster.grouping import corpus
from pipeline.embed import embed
from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.parse import FrenchParser
from pipeline.params import ClusterParams
from pipeline.review.learning.knowledge import Knowledge
from pipeline.review.learning.learn import Learned, believe
from pipeline.review.learning.pages import page
from pipeline.review.learning.space import Space
from pipeline.review.learning.suggest import suggest
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.decisions import Decision, new_theme_id
from pipeline.review.replaying.engine import replay
from pipeline.review.replaying.state import Place, State, Theme
from pipeline.schema import HOLDERS, IDEA_HOLDERS
from pipeline.shells.alike.comparing import Head, space_of

STEPS = (0, 10, 20, 40, 60, 80, 120)
BATCH, PAGE, SURE = 5, 24, 0.8
ERRORS = 0.05
FIGURES = ("accuracy", "AMI", "not answered", "read")
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.000001)


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
        texts: of the ideas.
        words: gold theme → the words that say it.
    """

    name: str
    theme: dict[str, str]
    guided: dict[str, str]
    space: Space
    plain: Space
    found: State
    texts: corpus.Corpus
    words: dict[str, str]


@dataclass
class Session:
    """One analyst at work: acts so far, and what was measured after each."""

    case: Case
    state: State
    space: Space
    rng: np.random.Generator
    steps: tuple[int, ...] = STEPS
    acts: list[Decision] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    cost: int = 0
    curve: list[tuple[float, ...]] = field(default_factory=list)
    chances: dict[int, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)

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

    @property
    def over(self) -> bool:
        """Enough acts, or everything answered."""
        return self.cost >= self.steps[-1] or len(self.answered) >= len(self.case.theme)

    def measure(self, believed: Learned, standing: dict[str, str]) -> None:
        """Note cost, accuracy, AMI, accuracy of ideas not answered and ideas read, then how sure those ideas are."""
        ideas = sorted(self.case.theme)
        truth = [self.case.theme[idea] for idea in ideas]
        homes = [believed.state.places[idea].theme or "" for idea in ideas]
        right = np.array([standing.get(home) == gold for home, gold in zip(homes, truth, strict=True)])
        rest = np.array([idea not in self.answered for idea in ideas])
        self.note(right, rest, adjusted_mutual_info_score(truth, homes))
        chance = dict(zip(self.space.ids, believed.chance, strict=True))
        step = max(s for s in self.steps if s <= self.cost)
        self.chances.setdefault(step, (np.array([chance[idea] for idea in ideas])[rest], right[rest]))

    def note(self, right: np.ndarray, rest: np.ndarray, ami: float) -> None:
        """Add a point to the curve."""
        others = right[rest].mean() if rest.any() else 1.0
        self.curve.append((self.cost, right.mean(), ami, others, float((~rest).sum())))

    def at(self, step: int) -> np.ndarray:
        """Return the figures after `step` decisions, between those measured before and after."""
        points = np.array(self.curve)
        return np.array([np.interp(step, points[:, 0], points[:, column]) for column in range(1, points.shape[1])])


def prepare(
    coded: Coded,
    folder: Path | None,
    only: set[str] | None = None,
    knowledge: Knowledge | None = None,
    *,
    search: bool = True,
) -> Case:
    """Return the case of a corpus.

    Args:
        coded: the corpus.
        folder: where vectors are kept from one measure to the next.
        only: the ideas to keep; all without.
        knowledge: of a former contest.
        search: look for themes too; else no idea has one.
    """
    titles = _titles(coded)
    theme = {
        idea: gold for idea, gold in coded.theme.items() if gold and gold != OUTSIDE and (only is None or idea in only)
    }
    tables = represent(coded, folder)
    tables = {name: frame[_of(frame, set(theme))] for name, frame in tables.items()}
    tables["ideas"] = tables["ideas"].assign(title=tables["ideas"]["text"], description="", benefits="")
    names = sorted(set(theme.values()))
    acts = {gold: Decision(1, "", "", "define", titles.get(gold, gold)) for gold in names}
    guided = {new_theme_id(act): gold for gold, act in acts.items()}
    words = ["\ue000" + titles.get(gold, gold) for gold in guided.values()]
    parts = {"text": words, "title": words, "description": "", "benefits": "", "analysed": True}
    joint = _with(tables, pd.DataFrame({"idea_id": list(guided), **parts}))
    plain = corpus.build(tables["ideas"], tables["vectors"], tables["tokens"], tables["word_vectors"])
    head = Head(knowledge, guided) if knowledge else None
    return Case(
        coded.name, theme, guided, space_of(joint, tuple(guided), head), space_of(plain, ()),
        _found(tables) if search else State({}, places := dict.fromkeys(theme, Place(None, 0.0, weak=True)), places),
        plain,
        {gold: titles.get(gold, gold) for gold in guided.values()},
    )  # fmt: skip


def _found(tables: dict[str, pd.DataFrame]) -> State:
    people = {"holders": HOLDERS.empty(), "idea_holders": IDEA_HOLDERS.empty()}
    found = cluster({**tables, **people}, ClusterParams(draws=2), 0)
    return state_of(found.themes, found.idea_themes)


def _titles(coded: Coded) -> dict[str, str]:
    if coded.name != "sample":
        return {}
    rows = pd.read_csv(SAMPLE / "themes.csv", dtype=str, keep_default_na=False)
    return {str(row.theme): f"{row.libelle}. {row.description}" for row in rows.itertuples()}


def _with(tables: dict[str, pd.DataFrame], texts: pd.DataFrame) -> corpus.Corpus:
    made = embed(texts, *_tools())
    columns = [column for column in tables["ideas"] if column in texts]
    return corpus.build(
        pd.concat([tables["ideas"][columns], texts[columns]]),
        pd.concat([tables["vectors"], made.vectors]),
        pd.concat([tables["tokens"], made.tokens]),
        pd.concat([tables["word_vectors"], made.word_vectors]).drop_duplicates("lemma"),
    )


@cache
def _tools() -> tuple[OfflineEncoder, FrenchParser]:
    return OfflineEncoder(), FrenchParser()


def _of(frame: pd.DataFrame, ideas: set[str]) -> pd.Series[bool]:
    return frame["idea_id"].isin(ideas) if "idea_id" in frame else pd.Series(True, index=frame.index)  # noqa: FBT003


def with_list(
    case: Case,
    seed: int,
    errors: float = 0.0,
    *,
    pages: int = 0,
    gestures: bool = True,
    steps: tuple[int, ...] = STEPS,
) -> Session:
    """Return a session in which themes are known beforehand and the found ones rejected.

    Args:
        case: the corpus.
        seed: of the errors.
        errors: share of answers that are wrong.
        pages: ideas on a page; 0: ideas are asked one by one.
        steps: numbers of acts at which to measure.
        gestures: a page costs one for each theme its ideas are of; else one, and one for each exception.
    """
    themes = {theme: Theme(gold, source="define") for theme, gold in case.guided.items()}
    places = {idea: Place(None, 0.0, weak=True) for idea in case.found.places}
    session = Session(case, State(themes, places, places), case.space, np.random.default_rng(seed), steps)
    ids = {gold: theme for theme, gold in case.guided.items()}
    while True:
        believed = session.believed()
        session.measure(believed, case.guided)
        if session.over:
            return session
        read = page(believed.state, believed, case.space, pages) if pages else None
        if read and read.worth > 1:
            _confirm(session, read.theme, read.ideas, ids, gestures=gestures)
        else:
            _ask(session, believed, ids, errors)


def _ask(session: Session, believed: Learned, ids: dict[str, str], errors: float) -> None:
    for question in suggest(believed.state, believed, session.space, _room(session)):
        wrong = session.rng.random() < errors
        told = session.rng.choice(sorted(ids)) if wrong else session.case.theme[question.idea]
        session.act("assign", question.idea, ids[told])
        session.answered.add(question.idea)


def _room(session: Session) -> int:
    return min(BATCH, next(s for s in session.steps if s > session.cost) - session.cost)


def _confirm(session: Session, theme: str, ideas: tuple[str, ...], ids: dict[str, str], *, gestures: bool) -> None:
    told = [ids[session.case.theme[idea]] for idea in ideas]
    for idea, home in zip(ideas, told, strict=True):
        session.act("assign", idea, home, cost=0)
        session.answered.add(idea)
    session.cost += len(set(told)) if gestures else min(len(ideas), 1 + sum(home != theme for home in told))


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
        if session.over:
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
    session = Session(case, case.found, case.plain, np.random.default_rng(seed))
    rows = np.asarray(case.plain.rows, dtype=np.float64)
    truth = np.array([case.theme[idea] for idea in case.plain.ids])
    known: list[int] = []
    for step in STEPS[1:]:
        while len(known) < min(step, len(truth)):
            known.append(_next(rows, truth, known, session.rng))
        said = LogisticRegression(C=10.0, max_iter=500).fit(rows[known], truth[known]).predict(rows)
        said[known] = truth[known]
        rest = np.ones(len(truth), dtype=bool)
        rest[known] = False
        session.cost = step
        session.note(said == truth, rest, adjusted_mutual_info_score(truth, said))
    return session


def _next(rows: np.ndarray, truth: np.ndarray, known: list[int], rng: np.random.Generator) -> int:
    rest = np.setdiff1d(np.arange(len(truth)), known)
    if len(known) < STEPS[1] or len(set(truth[known])) < 2:  # noqa: PLR2004 - a classifier needs two classes
        return int(rng.choice(rest))
    chances = np.sort(LogisticRegression(C=10.0, max_iter=200).fit(rows[known], truth[known]).predict_proba(rows[rest]))
    return int(rest[np.argmin(chances[:, -1] - chances[:, -2])])


WAYS: dict[str, Callable[[Case, int], Session]] = {
    "list": with_list,
    "errs": lambda case, seed: with_list(case, seed, ERRORS),
    "exceptions": lambda case, seed: with_list(case, seed, pages=8, gestures=False),
    "pages": lambda case, seed: with_list(case, seed, pages=PAGE),
    "found": without_list,
    "logistic": logistic,
}
