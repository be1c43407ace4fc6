"""How themes fit into one another: families, themes and sub-themes, drawn as the stage left them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from pipeline.french import counted, percent, typeset
from pipeline.notebook import charts
from pipeline.notebook.aside import alt

_LEVELS = {"family": 0, "theme": 1, "sub_theme": 2}
_HEADS = ("familles", "thèmes", "sous-thèmes")
_COLUMN, _ROW = 300, 5
_TALLEST = 1400
_LINE = 12
"""Height under which a box has no room for its title."""
_LETTERS = 40


def boxes(table: pd.DataFrame) -> pd.DataFrame:
    """Return a box for each node: column (0 to 2), top, bottom, label, size, said; a parent spans its children.

    Args:
        table: schema `hierarchy`. Themes without a family begin at the second column.
    """
    children: dict[str | None, list[dict[Hashable, Any]]] = {}
    for node in table.to_dict("records"):
        parent = None if pd.isna(node["parent_id"]) else str(node["parent_id"])
        children.setdefault(parent, []).append(node)
    rows: list[tuple[object, ...]] = []
    top = 0

    def place(node: dict[Hashable, Any], start: int) -> None:
        size = int(node["size"])
        said = f"{node['label']} : {counted(size, 'idée')}"
        rows.append((_LEVELS[node["level"]], start, start + size, node["label"], size, typeset(said)))
        for child in _largest_first(children.get(node["node_id"], [])):
            place(child, start)
            start += child["size"]

    for node in _largest_first(children.get(None, [])):
        place(node, top)
        top += node["size"]
    return pd.DataFrame(rows, columns=["column", "top", "bottom", "label", "size", "said"])


def _largest_first(nodes: list[dict[Hashable, Any]]) -> list[dict[Hashable, Any]]:
    return sorted(nodes, key=lambda node: (-node["size"], node["node_id"]))


def draw(table: pd.DataFrame) -> charts.Chart:
    """Return the families, their themes and sub-themes as boxes as tall as they hold ideas; the title sums them up."""
    shown = boxes(table)
    total = int(shown.loc[shown["column"] == 1, "size"].sum())
    height = max(200, min(_TALLEST, _ROW * total))
    least = _LINE * total / height
    written = [label if len(label) <= _LETTERS else label[: _LETTERS - 1] + "…" for label in shown["label"]]
    shown = shown.assign(
        left=shown["column"], right=shown["column"] + 0.97, middle=(shown["top"] + shown["bottom"]) / 2,
        text=[word if size >= least else "" for word, size in zip(written, shown["size"], strict=True)],
    )  # fmt: skip
    across = alt.Scale(domain=[0, 3], nice=False)
    down = alt.Scale(domain=[0, max(1, total)], reverse=True, nice=False)
    base = alt.Chart(shown)
    drawn = base.mark_rect(stroke="white", strokeWidth=2).encode(
        x=alt.X("left:Q", axis=None, scale=across), x2="right:Q",
        y=alt.Y("top:Q", axis=None, scale=down), y2="bottom:Q",
        color=alt.Color("column:O", legend=None, scale=alt.Scale(domain=[0, 1, 2], range=_SHADES)),
        description="said:N",
    )  # fmt: skip
    text = base.mark_text(align="left", dx=8, color=charts.INK, limit=_COLUMN - 20).encode(
        x=alt.X("left:Q", scale=across), y=alt.Y("middle:Q", scale=down), text="text:N"
    )
    return charts.styled(drawn + text, _finding(shown, total), width=3 * _COLUMN, height=height)


_SHADES = ("#b9cfe4", "#d5e3ef", "#eaf1f7")


def _finding(shown: pd.DataFrame, total: int) -> str:
    counts = [counted(int((shown["column"] == column).sum()), head[:-1], head) for column, head in enumerate(_HEADS)]
    families = shown[shown["column"] == 0]
    if families.empty:
        return f"{counts[1]}, {counts[2]} : trop peu de thèmes pour former des familles"
    first = families.sort_values(["size", "label"], ascending=[False, True], kind="stable").iloc[0]
    share = percent(int(first["size"]) / max(1, total))
    return f"{counts[0]}, {counts[1]}, {counts[2]} : « {first['label']} » réunit {share} des idées"
