"""Themes given beforehand attract ideas; those that resemble none stay free to form their own.

Each text is compared with each given theme in seven ways (meaning of the text, of its content words, all subjects, the
main ones, notions named, title, matching words); the likeness then spreads between neighbouring texts, so that an idea
follows its neighbours (label spreading: Zhou et al., 2004). With the sample's twelve themes given, 55 % of its ideas
join the right one; 65 % on the mean of the benchmark, the other corpora given the themes' names only
(`benchmarks/guided.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.linalg import splu

from pipeline.cluster import consensus, partition
from pipeline.cluster.corpus import SHORTEST, SUBJECT, Corpus
from pipeline.cluster.neighbours import Neighbours
from pipeline.cluster.views import WEIGHTS, Views, counts, unit

FREE = 0.7
"""Likeness, in deviations above the mean, under which a text resembles no given theme. With half of the themes given,
73 % of the ideas of the others stay free."""
_WEIGHTS = {
    "text": 1.0, "content": 1.0, "subjects": 2.0, "main subjects": 1.0, "notions": 1.0, "heading": 1.0, "matching": 1.0
}  # fmt: skip
"""Right themes on the mean of the benchmark, all given: .616 without subjects and notions, .627 with subjects, .636
with notions too, .650 with these weights; the heading, the matching, the text and the content bring .004 to .007 each.
Learning from the surest ideas, wider or narrower graphs, and balancing the sizes of themes bring nothing."""
_TEMPERATURE = 0.7
_SPREAD = 0.8
_NEIGHBOURS = 10


@dataclass(frozen=True, slots=True)
class Given:
    """Themes given beforehand, in their order.

    Attributes:
        ids: identifiers.
        titles: as the analyst wrote them.
        attraction: text × theme, and a last column for none of them; rows sum to one.
    """

    ids: list[str]
    titles: list[str]
    attraction: np.ndarray

    def attracted(self) -> np.ndarray:
        """Return the number of the given theme of each text, -1 for a free one."""
        best = self.attraction.argmax(axis=1)
        return np.where(best == len(self.ids), -1, best)

    def named(self, present: list[int]) -> dict[int, tuple[str, str]]:
        """Return theme number → (identifier, title) of the given themes `present`, the first themes."""
        return {place: (self.ids[theme], self.titles[theme]) for place, theme in enumerate(present)}


def represented(titles: dict[str, str], vectors: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Return the table of given themes, from what the embed stage says of their texts.

    Columns: theme_id, title, vector, content, subjects and notions (of title and description), heading (vector of the
    title), lemmas.

    Args:
        titles: theme → title.
        vectors: of the texts of the themes, and of their titles under the id "<theme> titre".
        tokens: likewise.
    """
    rows = vectors.set_index("idea_id")
    said = tokens[~tokens["stop"] & tokens["pos"].isin(SUBJECT) & (tokens["lemma"].str.len() >= SHORTEST)]
    lemmas = said.groupby("idea_id")["lemma"].agg(lambda words: sorted(set(words))).to_dict()
    found = [
        (
            name,
            title,
            rows["vector"][name],
            rows["content"][name],
            rows["subjects"][name],
            list(rows["notions"][name]),
            rows["vector"][f"{name} titre"],
            lemmas.get(name, []),
        )
        for name, title in titles.items()
    ]
    return pd.DataFrame(
        found, columns=["theme_id", "title", "vector", "content", "subjects", "notions", "heading", "lemmas"]
    )


def attract(table: pd.DataFrame | None, texts: Corpus, seen: Views, near: Neighbours, *, only: bool) -> Given | None:
    """Return how the given themes attract the texts; None when none is given.

    Args:
        table: see `represented`; may be absent.
        texts: the corpus.
        seen: its views.
        near: its candidates.
        only: no text stays free.
    """
    if table is None or table.empty:
        return None
    table = table.sort_values("theme_id", kind="stable")
    likeness = _likeness(table, texts, seen)
    nothing = np.full((len(texts), 1), -np.inf if only else FREE)
    start = _softmax(np.hstack([likeness, nothing]) / _TEMPERATURE)
    spread = _spread(near, start)
    return Given(list(table["theme_id"]), list(table["title"]), spread / spread.sum(axis=1, keepdims=True))


def _likeness(table: pd.DataFrame, texts: Corpus, seen: Views) -> np.ndarray:
    """Return text × theme, on one scale, free of a theme's general pull."""
    rows = {
        name: np.array(table[name].tolist(), dtype=np.float64) for name in ("vector", "content", "subjects", "heading")
    }
    whole, about = texts.vectors.mean(axis=0), texts.about.mean(axis=0)
    parts = {
        "text": seen.vectors["text"] @ unit(rows["vector"] - whole).T,
        "content": seen.vectors["content"] @ unit(rows["content"] - texts.content.mean(axis=0)).T,
        "subjects": seen.vectors["subjects"] @ unit(rows["subjects"] - about).T,
        "main subjects": _salient(texts.about - about) @ _salient(rows["subjects"] - about).T,
        "notions": _shared(texts.notions, list(table["notions"])),
        "heading": seen.vectors["text"] @ unit(rows["heading"] - whole).T,
        "matching": _matching(list(table["lemmas"]), texts, seen),
    }
    total = sum(_WEIGHTS[name] * _standard(part) for name, part in parts.items())
    return np.asarray(total / (np.std(total) + 1e-9))


def _salient(rows: np.ndarray) -> np.ndarray:
    """Return unit rows in which only what a text is more about than others counts, and the main subjects most."""
    return unit(np.maximum(rows, 0) ** 2)


def _shared(texts: list[list[str]], themes: list[list[str]]) -> np.ndarray:
    """Return the cosine of the notions of texts and themes, the notions that few texts name counting more."""
    names = sorted({notion for row in texts for notion in row})
    column = {notion: place for place, notion in enumerate(names)}
    said, asked = counts(texts, column), counts(themes, column)
    held = (said > 0).sum(axis=0)
    rarity = np.sqrt(np.maximum(0, np.log((len(texts) + 1) / (held + 0.5))))
    return np.asarray(unit(said * rarity) @ unit(asked * rarity).T)


def _standard(part: np.ndarray) -> np.ndarray:
    centred = part - part.mean(axis=0)
    return np.asarray(centred / (centred.std() + 1e-9))


def _matching(lemmas: list[list[str]], texts: Corpus, seen: Views) -> np.ndarray:
    """Return how well the words of each text stand for those of each theme, the rarer counting more."""
    matching = seen.matching
    column = {lemma: place for place, lemma in enumerate(matching.lemmas)}
    known = np.array([texts.lexicon[lemma][1] for lemma in matching.lemmas], dtype=np.float64)
    holders = np.asarray((matching.need > 0).sum(axis=0)).ravel()
    rarity = np.log((len(texts) + 1) / (holders + 0.5))
    found = np.zeros((len(texts), len(lemmas)))
    for theme, words in enumerate(lemmas):
        total = 0.0
        for word in words:
            nearest = column.get(word, _nearest(word, texts, known))
            if nearest is not None:
                found[:, theme] += rarity[nearest] * matching.likeness[:, [nearest]].toarray().ravel()
                total += rarity[nearest]
        found[:, theme] /= max(total, 1e-9)
    return found


def _nearest(word: str, texts: Corpus, known: np.ndarray) -> int | None:
    """Return the lemma of the corpus nearest to a word it does not hold."""
    if word not in texts.lexicon or not len(known):
        return None
    centre = known.mean(axis=0)
    return int(np.argmax(unit(known - centre) @ unit((texts.lexicon[word][1] - centre)[None])[0]))


def _softmax(rows: np.ndarray) -> np.ndarray:
    powers = np.exp(rows - rows.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _spread(near: Neighbours, start: np.ndarray) -> np.ndarray:
    count = min(_NEIGHBOURS, near.index.shape[1])
    graph = consensus.nearest_graph(near, np.maximum(near.fused(WEIGHTS), 0), count, sharp=True)
    system = sparse.eye_array(len(start)) - _SPREAD * consensus.evened(graph)
    return np.asarray(np.maximum(splu(sparse.csc_matrix(system)).solve(start), 0))


def themes(
    members: consensus.Members, groups: np.ndarray, wanted: partition.Wanted, attracted: np.ndarray, given: int
) -> np.ndarray:
    """Return the theme of each text: the given ones first (0 to `given` - 1), then those that the free texts form.

    Free texts too few to form a theme join the given theme they fall with most often.
    """
    free = np.flatnonzero(attracted < 0)
    labels = attracted.copy()
    rest = partition.Wanted(
        None if wanted.exactly is None else max(1, wanted.exactly - given), 1, max(2, wanted.most - given)
    )
    if len(free) >= 2 * partition.SMALLEST:
        part = consensus.Members(members.labels[:, free])
        together = np.unique(groups[free], return_inverse=True)[1]
        labels[free] = given + partition.cut(part, together, rest)
    elif len(free):
        placed = np.where(labels >= 0, labels, given)
        labels[free] = members.affinity(placed, free)[:, :given].argmax(axis=1)
    return labels
