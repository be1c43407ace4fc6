"""The map: two coordinates per text, near when alike (t-SNE: van der Maaten, Hinton, 2008).

It starts from the likeness of each text with its candidates, which is rounded, and uses no product of dense matrices:
same bytes on any machine, with any number of threads. What pushes texts apart is worked out on a grid (Linderman,
Rachh, Hoskins, Steinerberger, Kluger, 2019): time grows with the number of texts.

Beside UMAP, which was the map before, on two corpora that were not looked at to choose: of the eight nearest on the
map, of the same theme .70 and .81 → .91 and .92; trustworthiness .84 and .91 → .90 and .95.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import fft, sparse

from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.grouping.neighbours import Neighbours
from pipeline.cluster.grouping.views import WEIGHTS

_FEWEST = 10
"""Texts under which a circle says as much as a projection."""
_NEIGHBOURS = 14
_PULL = 1.0
"""How much sharing a theme draws two texts together: the map shows the themes, and the texts that stray from them."""
_HALVINGS = 60
_DIFFUSIONS = 100
"""Steps along the links before texts are pushed apart: what is far apart in the graph starts far apart."""
_ROUNDS = 200
_CLOSE = 1.2
"""How much links outweigh the push: 1 spreads texts evenly, as t-SNE does; with a little more, themes stand apart."""
_SLOWEST_PACE = 10
_EARLY = 0.25
"""Part of the rounds in which texts keep half of their speed from one to the next; then more."""
_CELL = 0.5
_CELLS = (32, 256)
"""Side of a cell of the grid, where one unit is the distance at which the push has halved; cells along a side."""
_EXTENT = 5
"""The farthest coordinate."""
_STEP = 0.03
"""Distance between two ideas of the same text."""
_GOLDEN = math.pi * (3 - math.sqrt(5))


def positions(near: Neighbours, labels: np.ndarray, seed: int) -> np.ndarray:
    """Return text × 2, centred; texts of one theme side by side on a circle when they are few.

    Args:
        near: candidates of each text, and how alike they are.
        labels: theme of each text.
        seed: of the start.
    """
    if len(labels) < _FEWEST:
        return circle(labels)
    graph = near_graph(near, labels)
    found = _balanced(graph, _diffused(graph, seed))
    return np.asarray(np.round(_EXTENT * found / max(float(np.abs(found).max()), 1e-9), 4))


def near_graph(near: Neighbours, labels: np.ndarray) -> sparse.csr_matrix:
    """Return the graph of the nearest texts: 1 with the nearest of each, less with farther ones.

    Weights fall off from the nearest at the rate that makes those of a text sum to the binary logarithm of their
    number; two texts are joined when either is near the other (McInnes, Healy, Melville, 2018, algorithms 2 and 3).
    """
    alike = near.fused({name: WEIGHTS[name] for name in near.similarity}).astype(np.float64)
    alike = np.round(alike + _PULL * (labels[near.index] == labels[:, None]), 4)
    texts, candidates = alike.shape
    count = min(_NEIGHBOURS, candidates)
    order = np.argsort(-alike, axis=1, kind="stable")[:, :count]
    chosen = np.take_along_axis(alike, order, axis=1)
    beyond = chosen[:, :1] - chosen
    weight = np.round(np.exp(-beyond / _rate(beyond, math.log2(count + 1))), 6)
    ends = np.repeat(np.arange(texts), count), np.take_along_axis(near.index, order, axis=1).ravel()
    graph = sparse.csr_matrix((weight.ravel(), ends), shape=(texts, texts))
    return sparse.csr_matrix(graph + graph.T - graph.multiply(graph.T))


def _rate(beyond: np.ndarray, total: float) -> np.ndarray:
    """Return for each row the rate at which its weights sum to `total`, found by halving; never next to nothing."""
    low, high = np.zeros((len(beyond), 1)), np.full((len(beyond), 1), beyond.max() * len(beyond) + 1)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        more = np.exp(-beyond / middle).sum(axis=1, keepdims=True) > total
        low, high = np.where(more, low, middle), np.where(more, middle, high)
    return np.asarray(np.maximum((low + high) / 2, 1e-3))


def _diffused(graph: sparse.csr_matrix, seed: int) -> np.ndarray:
    """Return text × 2, up to 1: two directions along which linked texts are near, drawn, then found by diffusion."""
    weight = np.asarray(graph.sum(axis=1)).ravel()
    x, y = np.random.default_rng(seed).uniform(-1, 1, (2, len(weight)))
    for _ in range(_DIFFUSIONS):
        x, y = (row + (graph @ row) / weight for row in (x, y))
        x, y = (row - (weight * row).sum() / weight.sum() for row in (x, y))
        y = y - x * (weight * x * y).sum() / (weight * x**2).sum()
        x, y = (row / np.abs(row).max() for row in (x, y))
    return np.column_stack([x, y])


def _balanced(graph: sparse.csr_matrix, start: np.ndarray) -> np.ndarray:
    """Return text × 2, moved from `start` until what links pull and what pushes all apart are even.

    A text goes faster while it keeps its direction, slower when it turns back (Jacobs, 1988).
    """
    share = graph / graph.sum()
    rows = np.repeat(np.arange(len(start)), np.diff(share.indptr))
    pace = max(len(start) / _CLOSE / 4, _SLOWEST_PACE)
    places, speed, gain = start / 100, np.zeros_like(start), np.ones_like(start)
    for done in range(_ROUNDS):
        gap = places[rows] - places[share.indices]
        links = sparse.csr_matrix((share.data / (1 + (gap**2).sum(axis=1)), share.indices, share.indptr))
        pull = np.asarray(links.sum(axis=1)) * places - links @ places
        force = 4 * (_CLOSE * pull - _push(places))
        gain = np.where(speed * force < 0, gain + 0.2, gain * 0.8).clip(0.01)
        speed = (0.5 if done < _EARLY * _ROUNDS else 0.8) * speed - pace * gain * force
        places = places + speed
        places = places - places.mean(axis=0)
    return places


def _push(places: np.ndarray) -> np.ndarray:
    """Return text × 2, how strongly all others push a text away: as 1 / (1 + distance²)², the sum of all set to one.

    Texts are shared out between the corners of their cells; corners push each other (a convolution); what the corners
    of a text's cell feel is put together again.
    """
    lowest = places.min(axis=0)
    span = max(float((places.max(axis=0) - lowest).max()), 1e-9)
    cells = int(np.clip(math.ceil(span / _CELL), *_CELLS))
    side = span / (cells - 1)
    corners = _corners((places - lowest) / side, cells)
    held = np.zeros((3, cells * cells))
    for number, values in enumerate((np.ones(len(places)), *places.T)):
        held[number] = sum(np.bincount(corner, part * values, cells * cells) for corner, part in corners)
    wide = fft.next_fast_len(2 * cells, real=True)
    apart = np.minimum(np.arange(wide), wide - np.arange(wide)) * side
    near = 1 / (1 + apart[:, None] ** 2 + apart**2)
    waves = fft.rfft2(held.reshape(3, cells, cells), (wide, wide))
    both = np.concatenate([waves[:1] * fft.rfft2(near), waves * fft.rfft2(near**2)])
    felt = fft.irfft2(both, (wide, wide))[:, :cells, :cells].reshape(4, -1)
    total, *squares = sum(part * felt[:, corner] for corner, part in corners)
    return np.asarray((places * squares[0][:, None] - np.column_stack(squares[1:])) / (total.sum() - len(places)))


def _corners(places: np.ndarray, cells: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the four corners of the cell of each place, each with its part: the nearer, the more."""
    low = np.minimum(places.astype(np.int64), cells - 2)
    x, y = (places - low).T
    number = low[:, 0] * cells + low[:, 1]
    return [
        (number, (1 - x) * (1 - y)),
        (number + 1, (1 - x) * y),
        (number + cells, x * (1 - y)),
        (number + cells + 1, x * y),
    ]


def circle(labels: np.ndarray) -> np.ndarray:
    """Return text × 2 on a circle, texts of one theme side by side."""
    order = np.argsort(labels, kind="stable")
    angle = np.empty(len(labels))
    angle[order] = 2 * math.pi * np.arange(len(labels)) / max(1, len(labels))
    return np.round(np.column_stack([np.cos(angle), np.sin(angle)]), 4)


def by_idea(corpus: Corpus, rows: np.ndarray) -> list[tuple[str, float, float]]:
    """Return (idea, x, y); ideas of the same text lie around each other, never one on another."""
    placed = []
    for ids, (x, y) in zip(corpus.ids, rows, strict=True):
        for rank, idea in enumerate(ids):
            radius, angle = _STEP * math.sqrt(rank), _GOLDEN * rank
            placed.append((idea, round(x + radius * math.cos(angle), 4), round(y + radius * math.sin(angle), 4)))
    return sorted(placed)
