"""Cluster: vectors and words → candidate themes that people decide on. Nothing here reads or writes a file.

- `grouping`: distinct texts (`corpus`), seven ways to compare them (`views`), `neighbours`, many partitions and what
  they agree on (`consensus`) or UMAP and HDBSCAN (`density`), themes given beforehand (`given`), the themes
  (`partition`), families and sub-themes, stability, membership, weak signals, near-duplicates
- `naming`: what people read: phrases, titles, sentences, reasons
- `grille`: the list of given themes; `layout`: the map; `tables` puts it together, `compared` sets two side by side
- `drawing`, `placed`, `sampled`: themes found on a part of the texts, every other one placed by its neighbours there
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from pipeline.cluster.grouping import (
    consensus,
    corpus,
    density,
    given,
    membership,
    neighbours,
    partition,
    sensitivity,
    stability,
    views,
    weak,
)
from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.grouping.given import Given
from pipeline.cluster.grouping.neighbours import Neighbours
from pipeline.cluster.tables import Found, Tables, describe, nothing
from pipeline.params import ClusterParams

FEWEST = 12
"""Distinct texts under which no theme is proposed: two groups of six is the least that can be called themes."""

_PART = 8
"""A draw for the stability takes this part of the members: twenty draws then cost less than three searches."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Grouped:
    """Themes before they are described.

    Attributes:
        labels: theme of each distinct text, 0 the largest.
        members: the partitions they come from.
        given: numbers of the given themes that attracted texts: they are the first themes.
        pull: text × these, how strongly each draws the text.
    """

    labels: np.ndarray
    members: consensus.Members
    given: list[int] = field(default_factory=list)
    pull: np.ndarray | None = None


def cluster(
    tables: Mapping[str, pd.DataFrame],
    params: ClusterParams,
    seed: int,
    progress: Progress | None = None,
    start: Given | None = None,
) -> Tables:
    """Return candidate themes, the theme of each analysed idea, the hierarchy, the map and the near-duplicates.

    The order of the rows has no effect; equal input, parameters and seed give equal tables.

    Args:
        tables: `ideas`, `holders`, `idea_holders`, `vectors`, `tokens`, `word_vectors`.
        params: section `cluster`.
        seed: of every draw.
        progress: told how far the work is.
        start: themes given beforehand.
    """
    texts = corpus.build(tables["ideas"], tables["vectors"], tables["tokens"], tables["word_vectors"])
    if len(texts) < FEWEST:
        return nothing(texts)
    found = search(texts, params, seed, progress, start)
    described = describe(found, tables["holders"], tables["idea_holders"], params, seed)
    if progress:
        progress(steps(len(texts), params), steps(len(texts), params))
    return described.tables


def search(
    texts: Corpus,
    params: ClusterParams,
    seed: int,
    progress: Progress | None = None,
    start: Given | None = None,
) -> Found:
    """Return the themes of at least `FEWEST` texts before they are told; see `cluster`."""
    report = progress or (lambda _done, _total: None)
    draws, members = effort(len(texts), params)
    total = steps(len(texts), params)
    seen = views.build(texts)
    near = neighbours.find(seen)
    belief = start.belief(texts) if start else None
    read = bool(start and start.read)
    report(1, total)
    grouped = group(near, seen, params, seed, members, belief, read=read)
    report(2, total)

    def again(part: Neighbours, kept: np.ndarray, draw: int) -> np.ndarray:
        held = None if belief is None else belief[kept]
        return consensus_themes(part, params, draw, max(16, members // _PART), held, read=read).labels

    stable = stability.measure(near, grouped.labels, again, draws, seed, lambda done, _: report(2 + done, total))
    everyone = np.arange(len(texts))
    sensitive = sensitivity.measure(near, grouped.labels, lambda part: again(part, everyone, seed))
    alone = weak.isolated(near, texts.about)
    held = membership.measure(grouped.members, grouped.labels, params.weak_below, alone, grouped.pull)
    if start and start.read:
        held = start.held(texts, held, grouped.given)
    named = {place: start.theme(number) for place, number in enumerate(grouped.given)} if start else {}
    groups = kept_together(near, seed)
    return Found(texts, seen, near, grouped.members, groups, grouped.labels, held, stable, sensitive, named)


def steps(texts: int, params: ClusterParams) -> int:
    """Return how many steps the progress of the stage counts."""
    return effort(texts, params)[0] + 3


def effort(texts: int, params: ClusterParams) -> tuple[int, int]:
    """Return the draws and the members for a corpus of `texts`: those of `params`, fewer when it is very large.

    With many texts in each theme, fewer partitions say as much; the work then grows with the number of texts only.
    """
    scale = min(1.0, neighbours.DENSE / texts)
    return max(min(5, params.draws), round(params.draws * scale**0.5)), max(32, round(params.members * scale))


def group(
    near: Neighbours,
    seen: views.Views,
    params: ClusterParams,
    seed: int,
    members: int,
    belief: np.ndarray | None = None,
    *,
    read: bool = False,
) -> Grouped:
    """Return the themes by the method that `params` names, the given ones first."""
    grouped = consensus_themes(near, params, seed, members, belief, read=read)
    if params.method == "hdbscan" and belief is None:
        return Grouped(density.groups(neighbours.joined(seen), seed), grouped.members)
    return grouped


def consensus_themes(
    near: Neighbours,
    params: ClusterParams,
    seed: int,
    members: int,
    belief: np.ndarray | None = None,
    *,
    read: bool = False,
) -> Grouped:
    """Return the themes that `members` partitions agree on, those that attract texts (`belief`) first.

    `read`: a reader has put texts in themes; they are then where it says.
    """
    drawn = consensus.draw(near, members, seed)
    wanted = partition.Wanted(params.n_themes, params.min_themes, params.max_themes)
    groups = kept_together(near, seed)
    if belief is None:
        return Grouped(partition.cut(drawn, groups, wanted), drawn)
    found = given.as_read(drawn, belief) if read else given.themes(drawn, groups, wanted, belief)
    return Grouped(found.labels, drawn, found.present, found.pull)


def kept_together(near: Neighbours, seed: int) -> np.ndarray:
    """Return the group of texts each text stays with: itself, or a small community when there are very many."""
    texts = len(near.index)
    if texts <= neighbours.DENSE:
        return np.arange(texts)
    weights = {name: views.WEIGHTS[name] for name in near.similarity}
    graph = consensus.nearest_graph(near, near.fused(weights), 15, sharp=True)
    return consensus.communities(graph, texts / 40, seed)


__all__ = ["FEWEST", "Corpus", "Grouped", "Tables", "cluster", "consensus_themes", "group"]
