"""How themes fit into one another: a tree of the themes, drawn."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import dendrogram, linkage
from scipy.spatial.distance import squareform

from pipeline.french import typeset
from pipeline.notebook import charts
from pipeline.notebook.explore import Ground, Trial


def of_themes(base: Ground, themes: pd.Series[str], trial: Trial) -> pd.DataFrame:
    """Return the distance of each pair of themes, by theme_id: 0 when they fall alike, 1 when never in one place.

    Themes are told by how their ideas spread over the themes of `trial`; the distance is one minus the cosine.

    Args:
        base: see `explore.ground`.
        themes: theme_id by idea_id.
        trial: see `explore.search`.
    """
    text_of = {idea: row for row, ids in enumerate(base.texts.ids) for idea in ids}
    known = sorted(set(themes))
    rows = [[text_of[idea] for idea in themes.index[themes == theme] if idea in text_of] for theme in known]
    spread = np.array([trial.affinity[own].mean(axis=0) if own else np.zeros(trial.affinity.shape[1]) for own in rows])
    length = np.linalg.norm(spread, axis=1, keepdims=True)
    unit = spread / np.where(length > 0, length, 1)
    distance = np.clip(1 - unit @ unit.T, 0, 1)
    np.fill_diagonal(distance, 0)
    return pd.DataFrame((distance + distance.T) / 2, index=known, columns=known)


def draw(distances: pd.DataFrame, titles: Mapping[str, str]) -> charts.Chart:
    """Return the tree (average linkage), themes on the left; the title names the two nearest themes."""
    names = [titles.get(theme, theme) for theme in distances.index]
    if len(names) < 2:  # noqa: PLR2004 - a tree needs two leaves
        return charts.bars(pd.DataFrame({"label": names, "value": [1] * len(names)}), "label", "value",
                           "Un seul thème : rien à emboîter", "")  # fmt: skip
    steps = linkage(squareform(distances.to_numpy(), checks=False), "average")
    tree = dendrogram(steps, no_plot=True, labels=names)
    first, second = (names[int(leaf)] for leaf in steps[0, :2])
    points = [
        {"branch": branch, "step": step, "x": float(x), "y": float(y)}
        for branch, (across, down) in enumerate(zip(tree["dcoord"], tree["icoord"], strict=True))
        for step, (x, y) in enumerate(zip(across, down, strict=True))
    ]
    leaves = pd.DataFrame({"y": [5 + 10 * place for place in range(len(names))], "label": tree["ivl"], "x": 0.0})
    scale = alt.Scale(domain=[0, 10 * len(names)])
    lines = alt.Chart(pd.DataFrame(points)).mark_line(color=charts.MAIN, strokeWidth=2).encode(
        x=alt.X("x:Q", title=typeset("ce qui les sépare (0 : rien)"), axis=alt.Axis(grid=False)),
        y=alt.Y("y:Q", axis=None, scale=scale), detail="branch:N", order="step:Q",
    )  # fmt: skip
    text = alt.Chart(leaves).mark_text(align="right", dx=-8, color=charts.INK, limit=300).encode(
        x="x:Q", y=alt.Y("y:Q", scale=scale), text="label:N"
    )  # fmt: skip
    title = f"Les deux thèmes les plus proches : « {first} » et « {second} »"
    return charts.styled(lines + text, title, width=420, height=24 * len(names) + 20)
