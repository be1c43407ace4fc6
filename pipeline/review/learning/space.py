"""How alike ideas are, for learning: one row per idea, a kernel, a graph of neighbours, the texts of guided themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

DENSE = 2500
"""Ideas up to which all pairs are compared at once; above, only the columns that are asked for, without the graph."""

NEIGHBOURS = 10
GRAPH_SHARE = 0.3
"""How much of the kernel comes from the graph: it brings 1 to 2 points of accuracy after 40 answers."""

_REACH = 0.9
_MATCHING = 0.7
"""Weight of word matching, as in the views the themes come from."""

_COLUMNS = 256
_BLOCK = 1000


@dataclass(frozen=True, eq=False)
class Space:
    """Ideas as a learner sees them.

    Attributes:
        ids: ideas, in order of id.
        rows: idea × feature; the product of two rows is their likeness, 1 on average with itself.
        square: idea × idea, the kernel in full, up to `DENSE` ideas; None above.
        graph: idea × idea, normalised weights of nearest neighbours, sparse.
        guided: theme id → how near each idea is to the theme's own text, mean 0.
        known: theme id → how strongly each idea is drawn to it by what a former contest taught, mean 0.
    """

    ids: tuple[str, ...]
    rows: np.ndarray
    square: np.ndarray | None
    graph: sparse.csr_matrix
    guided: Mapping[str, np.ndarray]
    known: Mapping[str, np.ndarray] = field(default_factory=dict)

    def kernel(self, columns: np.ndarray) -> np.ndarray:
        """Return likeness of all ideas (rows) with those at `columns`."""
        if self.square is not None:
            return self.square[:, columns]
        return np.asarray(self.rows @ self.rows[columns].T, dtype=np.float64)

    def smoothed(self, values: np.ndarray, share: float = 0.8, rounds: int = 30) -> np.ndarray:
        """Return `values` (idea × theme) spread over the graph: each idea takes `share` from its neighbours."""
        spread = values
        for _ in range(rounds):
            spread = values + share * (self.graph @ spread)
        return np.asarray(spread)

    def around(self, values: np.ndarray) -> np.ndarray:
        """Return `values` (idea × theme) as the neighbours of each idea have them, the nearer counting more."""
        weight = np.asarray(self.graph.sum(axis=1)).reshape(-1, 1)
        return np.asarray((self.graph @ values) / np.maximum(weight, 1e-9))


def build(
    ids: Sequence[str],
    rows: np.ndarray,
    matching: np.ndarray | None = None,
    guided: Mapping[str, Mapping[str, np.ndarray]] | None = None,
    known: Mapping[str, np.ndarray] | None = None,
) -> Space:
    """Return the space of ideas.

    Args:
        ids: in order of `rows`; any order gives the same space.
        rows: idea × feature, whose products are likenesses.
        matching: idea × idea, likeness of words, or None.
        guided: theme id → view → likeness of each idea with the theme's text.
        known: theme id → pull of what a former contest taught.
    """
    order = np.argsort(np.array(ids, dtype=object))
    rows = np.asarray(rows, dtype=np.float64)[order]
    views = {
        theme: {view: np.asarray(v, dtype=np.float64)[order] for view, v in by.items()}
        for theme, by in (guided or {}).items()
    }
    drawn = {theme: np.asarray(pull, dtype=np.float64)[order] for theme, pull in (known or {}).items()}
    size = float(np.mean(np.einsum("ij,ij->i", rows, rows))) or 1.0
    if len(order) > DENSE:
        rows = (_narrowed(rows) / np.sqrt(size)).astype(np.float32)
        return Space(tuple(ids[i] for i in order), rows, None, _graph_of_rows(rows), _fused_guides(views), drawn)
    whole = rows @ rows.T
    if matching is not None:
        whole += _MATCHING * _standard(np.asarray(matching, dtype=np.float64)[np.ix_(order, order)])
    whole /= float(np.mean(np.diag(whole))) or 1.0
    graph = _graph(whole)
    square = (1 - GRAPH_SHARE) * whole + GRAPH_SHARE * _diffused(graph)
    return Space(tuple(ids[i] for i in order), rows / np.sqrt(size), square, graph, _fused_guides(views), drawn)


def _standard(square: np.ndarray) -> np.ndarray:
    off = square[~np.eye(len(square), dtype=bool)]
    return np.asarray((square - off.mean()) / (off.std() + 1e-9)) if len(off) else square * 0


def _narrowed(rows: np.ndarray) -> np.ndarray:
    """Return the main directions of `rows`: a refit must feel instant on 20,000 ideas."""
    if rows.shape[1] <= _COLUMNS:
        return rows
    _, directions = np.linalg.eigh(rows.T @ rows)
    return np.asarray(rows @ directions[:, -_COLUMNS:])


def _graph(whole: np.ndarray) -> sparse.csr_matrix:
    likeness = whole.copy()
    np.fill_diagonal(likeness, -np.inf)
    nearest = min(NEIGHBOURS, len(whole) - 1)
    return _links(np.argsort(-likeness, axis=1, kind="stable")[:, :nearest], likeness)


def _links(index: np.ndarray, likeness: np.ndarray) -> sparse.csr_matrix:
    size = len(index)
    rows = np.repeat(np.arange(size), index.shape[1])
    weights = np.clip(likeness[rows, index.ravel()] if likeness.shape[1] == size else likeness.ravel(), 0, None)
    return _normalised(sparse.csr_matrix((weights, (rows, index.ravel())), shape=(size, size)))


def _normalised(directed: sparse.csr_matrix) -> sparse.csr_matrix:
    links = directed.maximum(directed.T)
    degree = sparse.diags_array(1 / np.sqrt(np.asarray(links.sum(axis=1)).ravel() + 1e-9))
    return sparse.csr_matrix(degree @ links @ degree)


def _graph_of_rows(rows: np.ndarray) -> sparse.csr_matrix:
    index = np.empty((len(rows), NEIGHBOURS), dtype=np.int64)
    likeness = np.empty((len(rows), NEIGHBOURS))
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK] @ rows.T
        places = np.arange(len(block))
        block[places, start + places] = -np.inf
        part = np.argpartition(-block, NEIGHBOURS - 1, axis=1)[:, :NEIGHBOURS]
        index[start : start + _BLOCK], likeness[start : start + _BLOCK] = part, np.take_along_axis(block, part, axis=1)
    return _links(index, likeness)


def _diffused(graph: sparse.csr_matrix) -> np.ndarray:
    """Return likeness by paths on the graph, 1 on the diagonal (Zhou et al., 2004)."""
    paths = np.linalg.inv(np.eye(graph.shape[0]) - _REACH * graph.toarray())
    size = np.sqrt(np.diag(paths))
    return np.asarray(paths / size[:, None] / size[None, :])


def _fused_guides(views: Mapping[str, Mapping[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Return one likeness per theme: the mean of the views, each centred by theme and scaled over all themes."""
    if not views:
        return {}
    themes = sorted(views)
    fused = np.zeros((len(views[themes[0]][next(iter(views[themes[0]]))]), len(themes)))
    for view in sorted(views[themes[0]]):
        scores = np.column_stack([views[theme][view] for theme in themes])
        scores = scores - scores.mean(axis=0)
        fused += scores / (scores.std() + 1e-9)
    return dict(zip(themes, (fused / (fused.std() + 1e-9)).T, strict=True))
