"""The other method, `cluster.method: hdbscan`: UMAP, then HDBSCAN, as topic tools do; for comparison."""

from __future__ import annotations

import warnings

import numpy as np

from pipeline.cluster.grouping.partition import SMALLEST, ordered

_COLUMNS = 5
_NEIGHBOURS = 10
_FEWEST = 12
"""Texts under which UMAP has no neighbourhood to learn."""


def groups(vectors: np.ndarray, seed: int) -> np.ndarray:
    """Return the theme of each text; a text that HDBSCAN leaves out joins the nearest theme by its neighbours.

    Args:
        vectors: unit rows, all views joined.
        seed: of the projection.
    """
    if len(vectors) < _FEWEST:
        return np.zeros(len(vectors), dtype=np.int64)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from hdbscan import HDBSCAN  # noqa: PLC0415 - for this method only
        from umap import UMAP  # noqa: PLC0415 - compiles for seconds

        reduced = UMAP(
            n_neighbors=_NEIGHBOURS, n_components=_COLUMNS, min_dist=0.0, metric="cosine", random_state=seed, n_jobs=1
        ).fit_transform(vectors)
    found = HDBSCAN(min_cluster_size=SMALLEST + 1, core_dist_n_jobs=1).fit_predict(reduced.astype(np.float64))
    if found.max() < 0:
        return np.zeros(len(vectors), dtype=np.int64)
    centres = np.array([reduced[found == theme].mean(axis=0) for theme in range(found.max() + 1)])
    distance = np.linalg.norm(reduced[:, None] - centres[None], axis=2)
    return ordered(np.where(found >= 0, found, distance.argmin(axis=1)))
