"""Themes given beforehand: branches of the corpus that a given theme attracts are of it, the others form their own.

How strongly each text is drawn to each given theme, or to none, is the review's belief (`review.beliefs.attraction`):
one way for the starting list, the parameters and the decisions. A text alone says little; a branch of texts that the
members put together and that the same themes attract says more. Two staff contests kept out of any choice gained .10
and .05 of agreement from such a list where neighbours are poor; where they are good nothing is lost
(`benchmarks/start.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster

from pipeline.cluster import partition
from pipeline.cluster.consensus import Members
from pipeline.cluster.corpus import Corpus
from pipeline.cluster.membership import Membership

SHARE = 0.9
"""Weight of being drawn to the same given themes, beside falling together: chosen on the hospital of the benchmark."""
MORE = 3
"""Themes beyond the usual number: a list names subjects that are small."""
_BRANCHES = 5
"""Branches looked at, times the number of themes."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme given beforehand.

    Attributes:
        theme_id: identifier.
        title: as a person wrote it.
        origin: see `schema.THEMES`.
    """

    theme_id: str
    title: str
    origin: str


@dataclass(frozen=True, slots=True)
class Read:
    """Where a reader puts an idea.

    Attributes:
        theme: number of a given theme, None when it fits none.
        share: how firmly, 0 to 1.
        second: number of another theme that it touches, or None.
        second_share: likewise.
    """

    theme: int | None
    share: float
    second: int | None = None
    second_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Given:
    """Themes given beforehand, and how they attract ideas.

    Attributes:
        ids: identifiers, in their order.
        titles: as people wrote them.
        origins: of each, see `schema.THEMES`.
        shares: idea (index) × theme (columns `ids`), 0 to 1; what is missing to one is drawn to none.
        read: ideas that a reader put in one of them, or in none: they are where it says.
    """

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    origins: tuple[str, ...]
    shares: pd.DataFrame
    read: Mapping[str, Read] = field(default_factory=dict)

    def theme(self, number: int) -> Theme:
        """Return the theme `number`, from 0."""
        return Theme(self.ids[number], self.titles[number], self.origins[number])

    def belief(self, texts: Corpus) -> np.ndarray:
        """Return text × theme, and a last column for none of them; rows sum to one."""
        rows = self.shares.loc[[ids[0] for ids in texts.ids], list(self.ids)].to_numpy(dtype=np.float64)
        return np.column_stack([rows, np.maximum(0, 1 - rows.sum(axis=1))])

    def held(self, texts: Corpus, held: Membership, present: Sequence[int]) -> Membership:
        """Return the memberships in which ideas that were read are as firm as the reader says.

        Args:
            texts: the corpus.
            held: memberships measured from the partitions.
            present: given themes that are there, in the order of their numbers now.
        """
        now = {number: place for place, number in enumerate(present)}
        share, second, second_share = held.share.copy(), held.second.copy(), held.second_share.copy()
        weak, alone = held.weak.copy(), held.alone.copy()
        for row, ids in enumerate(texts.ids):
            place = self.read.get(ids[0])
            theme = None if place is None or place.theme is None else now.get(place.theme)
            if place is None or (place.theme is not None and theme != held.theme[row]):
                continue
            weak[row], alone[row] = place.theme is None, False
            share[row] = place.share
            other = None if place.second is None else now.get(place.second)
            second[row] = -1 if other is None or other == theme else other
            second_share[row] = place.second_share
        return replace(held, share=share, second=second, second_share=second_share, weak=weak, alone=alone)


def as_read(members: Members, groups: np.ndarray, belief: np.ndarray) -> tuple[np.ndarray, list[int]]:
    """Return what `themes` does when a reader has put ideas in themes: each text is where it is most believed to be.

    Texts that fit no theme, and those of a theme of fewer than `partition.SMALLEST`, join the theme they fall with.
    """
    sizes, means = _means(groups, belief)
    given = belief.shape[1] - 1
    best = means.argmax(axis=1)
    chosen = np.where(best < given, best, given + np.arange(len(best)))
    labels = _joined(chosen, sizes, members.together(groups))[groups]
    return _numbered(labels, given)


def themes(
    members: Members, groups: np.ndarray, wanted: partition.Wanted, belief: np.ndarray
) -> tuple[np.ndarray, list[int]]:
    """Return the theme of each text, and the given themes that are there: they come first, in their order.

    Texts are alike when the same given themes draw them, and, where none does, when they fall together. The corpus is
    cut in as many branches as give the most themes, within what is wanted; branches that one given theme draws are one
    theme. A theme of fewer than `partition.SMALLEST` texts is none: its texts join the theme they are nearest to.

    Args:
        members: of the consensus.
        groups: texts that stay together whatever the cut.
        wanted: how many themes.
        belief: text × given theme, and none.
    """
    sizes, means = _means(groups, belief)
    drawn = means[:, :-1]
    together, none = members.together(groups), means[:, -1]
    near = (1 - SHARE) * together + SHARE * (drawn @ drawn.T + np.outer(none, none) * together)
    chosen = _chosen(near, sizes, means, most_themes(len(sizes), wanted))
    return _numbered(_joined(chosen, sizes, near)[groups], belief.shape[1] - 1)


def _means(groups: np.ndarray, belief: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the size of each group of texts, and what is believed of it on the mean."""
    sizes = np.bincount(groups)
    means = np.zeros((len(sizes), belief.shape[1]))
    np.add.at(means, groups, belief)
    return sizes, means / sizes[:, None]


def _numbered(labels: np.ndarray, given: int) -> tuple[np.ndarray, list[int]]:
    """Return themes numbered from 0, the given ones first, and which of these are there."""
    present, renumbered = np.unique(labels, return_inverse=True)
    free = int((present < given).sum())
    return _ordered(renumbered, free), [int(theme) for theme in present[:free]]


def most_themes(texts: int, wanted: partition.Wanted) -> int:
    """Return the greatest number of themes: the usual number and `MORE`, within the range."""
    usual = partition.number_of_themes(texts, wanted)
    return usual if wanted.exactly else max(usual, min(wanted.most, usual + MORE))


def _chosen(near: np.ndarray, sizes: np.ndarray, means: np.ndarray, most: int) -> np.ndarray:
    """Return the theme of each group: the number of a given one, or a higher number for a branch of its own."""
    dendrogram = partition.tree(near / near.max())
    found, best = np.full(len(sizes), means[:, :-1].sum(axis=0).argmax()), 0
    for count in range(min(4, most), max(5, min(len(sizes) // 2, _BRANCHES * most))):
        named = _named(fcluster(dendrogram, count, "maxclust") - 1, sizes, means)
        large = int((np.bincount(named, weights=sizes) >= partition.SMALLEST).sum())
        if large > most:
            break
        if large >= max(best, 1):
            found, best = named, large
    return found


def _named(branch: np.ndarray, sizes: np.ndarray, means: np.ndarray) -> np.ndarray:
    """Return the theme of each group: the given one that its branch is most drawn to, if more than to none."""
    total = np.zeros((int(branch.max()) + 1, means.shape[1]))
    np.add.at(total, branch, means * sizes[:, None])
    given = means.shape[1] - 1
    best = total[:, :-1].argmax(axis=1)
    drawn = total[np.arange(len(total)), best] > total[:, -1]
    return np.asarray(np.where(drawn, best, given + np.arange(len(total)))[branch])


def _joined(chosen: np.ndarray, sizes: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Return the themes that are large enough, the groups of the others in the one they are nearest to."""
    large = np.flatnonzero(np.bincount(chosen, weights=sizes) >= partition.SMALLEST)
    if not len(large):
        return np.full_like(chosen, chosen[0])
    left = np.flatnonzero(~np.isin(chosen, large))
    labels = chosen.copy()
    if len(left):
        mean = [
            np.average(near[np.ix_(left, chosen == theme)], axis=1, weights=sizes[chosen == theme]) for theme in large
        ]
        labels[left] = large[np.argmax(mean, axis=0)]
    return labels


def _ordered(labels: np.ndarray, given: int) -> np.ndarray:
    """Return the same themes, the given ones first, the others from the largest to the smallest."""
    free = labels >= given
    if free.any():
        labels = labels.copy()
        labels[free] = given + partition.ordered(labels[free])
    return np.asarray(labels, dtype=np.int64)
