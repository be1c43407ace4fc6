"""What the members agree on → themes: average linkage, as many as the data ask for, none of one or two texts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from pipeline.cluster.consensus import Members

SMALLEST = 4
"""Texts under which a group is no theme: its texts join the theme they fall with most often."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many themes.

    Attributes:
        exactly: when the analyst says.
        fewest: otherwise, at least...
        most: ...and at most.
    """

    exactly: int | None
    fewest: int
    most: int


def tree(together: np.ndarray) -> np.ndarray:
    """Return the dendrogram (scipy's form) of average linkage on one minus the share of members."""
    distance = np.clip(1 - together, 0, None)
    np.fill_diagonal(distance, 0)
    return np.asarray(linkage(squareform(np.round((distance + distance.T) / 2, 9), checks=False), "average"))


def number_of_themes(texts: int, wanted: Wanted) -> int:
    """Return the number of themes: 1.85 times the cube root of the number of texts, within the range."""
    if wanted.exactly:
        return min(wanted.exactly, texts)
    return int(min(wanted.most, max(wanted.fewest, round(1.85 * texts ** (1 / 3)))))


def cut(members: Members, groups: np.ndarray, wanted: Wanted) -> np.ndarray:
    """Return the theme of each text, 0 the largest.

    Args:
        members: of the consensus.
        groups: texts that stay together whatever the cut (each alone, for a small corpus).
        wanted: how many themes.
    """
    dendrogram = tree(members.together(groups))
    sizes = np.bincount(groups)
    asked = number_of_themes(len(groups), wanted)
    for branches in range(asked, len(sizes) + 1):
        branch = fcluster(dendrogram, branches, "maxclust") - 1
        weight = np.bincount(branch, weights=sizes)
        if (weight >= SMALLEST).sum() >= asked or branches > 4 * asked:
            break
    large = np.flatnonzero(weight >= SMALLEST)
    if not len(large):
        return np.zeros(len(groups), dtype=np.int64)
    return ordered(_join(members, branch[groups], large))


def _join(members: Members, branch: np.ndarray, large: np.ndarray) -> np.ndarray:
    """Return themes from 0: the large branches, with every other text where it falls most often."""
    theme = np.full(int(branch.max()) + 1, -1)
    theme[large] = np.arange(len(large))
    labels = theme[branch]
    left = np.flatnonzero(labels < 0)
    if len(left):
        labels[left] = np.argmax(members.affinity(branch, left)[:, large], axis=1)
    return labels


def ordered(labels: np.ndarray) -> np.ndarray:
    """Return the same themes numbered from the largest to the smallest, the first text deciding between equals."""
    sizes = np.bincount(labels)
    first = {int(label): place for place, label in reversed(list(enumerate(labels)))}
    order = sorted(first, key=lambda label: (-sizes[label], first[label]))
    rank = {label: place for place, label in enumerate(order)}
    return np.array([rank[int(label)] for label in labels], dtype=np.int64)
