"""Themes given beforehand attract texts; those that none attracts form their own.

How strongly each text is drawn to each given theme, or to none, is what the review's learner believes
(`review.learning.attraction`): one way for the starting list, the parameters and the decisions. What such a list brings
is in `benchmarks/start.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from pipeline.cluster.grouping import partition
from pipeline.cluster.grouping.consensus import Members
from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.grouping.membership import Membership

MORE = 3
"""Themes beyond the usual number: a list names subjects that are small."""


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

    @property
    def fit(self) -> float:
        """The part of the ideas that one of the themes draws more than none does."""
        none = 1 - self.shares.sum(axis=1)
        return float((self.shares.max(axis=1) > none).mean())

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


@dataclass(frozen=True, slots=True)
class Attracted:
    """What given themes made of the texts.

    Attributes:
        labels: theme of each text; the given ones come first, in their order, then those found, the largest first.
        present: the given themes that are there.
        pull: text × theme of `present`, how strongly it draws the text, 0 to 1.
    """

    labels: np.ndarray
    present: list[int]
    pull: np.ndarray


def themes(members: Members, groups: np.ndarray, wanted: partition.Wanted, belief: np.ndarray) -> Attracted:
    """Return the themes of the texts: those that draw them, and those that the others form.

    A theme that draws fewer than `partition.SMALLEST` texts gives none, and the faintest ones give way while there are
    more themes than the usual number and `MORE`: their texts go to what draws them next.

    Args:
        members: of the consensus.
        groups: texts that stay together whatever the cut.
        wanted: how many themes.
        belief: text × given theme, and none.
    """
    present, drawn = _present(belief, wanted)
    free = np.flatnonzero(drawn == len(present))
    count = _found(len(free), len(belief), wanted, len(present))
    if count:
        part = Members(members.labels[:, free])
        together = np.unique(groups[free], return_inverse=True)[1]
        drawn[free] += partition.cut(part, together, partition.Wanted(count, 1, count))
    elif present:
        drawn[free] = belief[free][:, present].argmax(axis=1)
    return Attracted(drawn, present, belief[:, present])


def as_read(members: Members, belief: np.ndarray) -> Attracted:
    """Return what `themes` does when a reader has put ideas in themes: each text is where it is most believed to be.

    Texts that fit no theme, and those of a theme of fewer than `partition.SMALLEST`, join the theme they fall with.
    """
    best, given = belief.argmax(axis=1), belief.shape[1] - 1
    sizes = np.bincount(best, minlength=given + 1)[:given]
    present = np.flatnonzero(sizes >= partition.SMALLEST)
    place = np.full(given + 1, len(present))
    place[present] = np.arange(len(present))
    labels = place[best]
    left = np.flatnonzero(labels == len(present))
    if len(present) and len(left):
        labels[left] = members.affinity(labels, left)[:, :-1].argmax(axis=1)
    return Attracted(labels, present.tolist(), belief[:, present])


def _present(belief: np.ndarray, wanted: partition.Wanted) -> tuple[list[int], np.ndarray]:
    """Return the given themes that stay, and the place of the one that draws each text, their number for none."""
    present = list(range(belief.shape[1] - 1))
    while True:
        drawn = belief[:, [*present, -1]].argmax(axis=1)
        sizes = np.bincount(drawn, minlength=len(present) + 1)
        themes = len(present) + _found(int(sizes[-1]), len(belief), wanted, len(present))
        if not present or (sizes[:-1].min() >= partition.SMALLEST and themes <= most_themes(len(belief), wanted)):
            return present, drawn
        present.pop(int(sizes[:-1].argmin()))


def _found(free: int, texts: int, wanted: partition.Wanted, present: int) -> int:
    """Return how many themes free texts form; none when they are too few.

    As many as if they were alone, within what `present` given themes leave; at least their share of the usual number.
    """
    if free < 2 * partition.SMALLEST:
        return int(free == texts)
    share = max(1, round(partition.number_of_themes(texts, wanted) * free / texts))
    alone = partition.number_of_themes(free, partition.Wanted(None, 1, wanted.most))
    return max(share, min(alone, most_themes(texts, wanted) - present))


def most_themes(texts: int, wanted: partition.Wanted) -> int:
    """Return the greatest number of themes: the usual number and `MORE`, within the range."""
    usual = partition.number_of_themes(texts, wanted)
    return usual if wanted.exactly else max(usual, min(wanted.most, usual + MORE))
