"""Themes and what members agree on → a few families above the themes, more precise sub-themes inside the large ones."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.cluster.hierarchy import fcluster
from sklearn.metrics import silhouette_score

from pipeline.cluster.grouping import partition
from pipeline.cluster.grouping.consensus import Members

FEWEST_THEMES = 6
"""Themes under which they are their own families: one glance holds them."""
FAMILIES = (3, 6)
"""Fewest and most families."""
LARGE = 16
"""Texts from which a theme may be told in parts."""
PARTS = 5
"""Most sub-themes of a theme."""


def families(members: Members, labels: np.ndarray) -> np.ndarray:
    """Return the family of each theme, 0 the largest; each theme its own below `FEWEST_THEMES` or when none are nearer.

    Themes whose texts fall together most often join first (average linkage); of the cuts into three to six, the one
    that sets families best apart is kept (silhouette: Rousseeuw, 1987).
    """
    themes = int(labels.max()) + 1
    if themes < FEWEST_THEMES:
        return np.arange(themes)
    kin = _kinship(members, labels)
    dendrogram = partition.tree(kin)
    few, many = FAMILIES
    cuts = [fcluster(dendrogram, count, "maxclust") - 1 for count in range(few, min(many, themes // 2) + 1)]
    family = _best_cut(1 - kin, cuts)
    if family is None:
        return np.arange(themes)
    return partition.ordered(family[labels])[[int(np.argmax(labels == theme)) for theme in range(themes)]]


def _kinship(members: Members, labels: np.ndarray) -> np.ndarray:
    """Return theme × theme: how often their texts fall together, beside how often each one's own do; 1 with itself."""
    together = members.together(labels)
    own = np.sqrt(np.diag(together))
    kin = np.clip(together / np.outer(own, own), 0, 1)
    np.fill_diagonal(kin, 1)
    return np.asarray(np.round((kin + kin.T) / 2, 9))


def _best_cut(distance: np.ndarray, cuts: Iterable[np.ndarray]) -> np.ndarray | None:
    """Return the cut with the best silhouette, the coarsest between equals; None when none divides."""
    distance = np.clip(distance, 0, None)
    np.fill_diagonal(distance, 0)
    dividing = [cut for cut in cuts if 1 < len(np.unique(cut)) < len(cut)]
    scored = [(round(float(silhouette_score(distance, cut, metric="precomputed")), 6), cut) for cut in dividing]
    return max(scored, key=lambda choice: choice[0])[1] if scored else None


def sub_themes(members: Members, labels: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return the sub-theme of each text, numbered from 0 within its theme (the largest first); -1 in an undivided one.

    Args:
        members: of the consensus.
        labels: theme of each text.
        groups: texts that stay together whatever the cut (each alone, for a small corpus).
    """
    found = np.full(len(labels), -1)
    for theme in range(int(labels.max()) + 1):
        rows = np.flatnonzero(labels == theme)
        if len(rows) >= LARGE:
            found[rows] = _parts(Members(members.labels[:, rows]), np.unique(groups[rows], return_inverse=True)[1])
    return found


def _parts(members: Members, groups: np.ndarray) -> np.ndarray:
    """Return the part of each text of one theme, as many as set texts best apart; -1 when nothing does."""
    most = min(PARTS, len(groups) // (partition.SMALLEST + 1))
    cuts = [partition.cut(members, groups, partition.Wanted(count, 1, count)) for count in range(2, most + 1)]
    first = np.unique(groups, return_index=True)[1]
    best = _best_cut(1 - members.together(groups), [cut[first] for cut in cuts])
    return np.full(len(groups), -1) if best is None else partition.ordered(best[groups])
