"""Why an idea is where it is, in words: the phrases it shares with its theme and the ideas nearest to it."""

from __future__ import annotations

import numpy as np

from pipeline.cluster.corpus import Corpus
from pipeline.cluster.neighbours import Neighbours
from pipeline.cluster.telling import Phrase
from pipeline.cluster.views import WEIGHTS
from pipeline.french import enumeration, typeset

NEAREST = 5
_QUOTED = 3


def nearest(corpus: Corpus, neighbours: Neighbours) -> list[list[int]]:
    """Return the nearest rows of each text, best first."""
    fused = neighbours.fused(WEIGHTS)
    order = np.argsort(-fused, axis=1, kind="stable")[:, :NEAREST]
    return [[int(neighbours.index[row, place]) for place in places] for row, places in enumerate(order[: len(corpus)])]


def why(row: int, near: list[int], ranked: list[Phrase], labels: np.ndarray, *, weak: bool) -> str:
    """Return the sentence that explains the place of a text.

    Args:
        row: of the text.
        near: its nearest rows.
        ranked: phrases of its theme, best first.
        labels: theme of each text.
        weak: no theme holds it.
    """
    same = sum(labels[other] == labels[row] for other in near)
    shared = [f"« {phrase.surface} »" for phrase in ranked if row in phrase.texts][:_QUOTED]
    beside = f"{same} de ses {len(near)} plus proches voisines y sont aussi"
    if weak:
        return typeset(f"Aucun thème ne la retient nettement : {beside}.")
    if not shared:
        return typeset(f"Proche par le sens : {beside}.")
    return typeset(f"Elle partage {enumeration(shared)} avec son thème ; {beside}.")


def difference(ours: list[str], theirs: str, count: int = 3) -> str:
    """Return what sets a theme apart from its nearest one, called `theirs`."""
    if not ours:
        return ""
    quoted = enumeration(f"« {phrase} »" for phrase in ours[:count])
    return typeset(f"Se distingue de « {theirs} » par {quoted}.")
