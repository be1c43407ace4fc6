"""The picture of the hierarchy: boxes that tile, whatever the levels there are."""

from __future__ import annotations

import pandas as pd

from pipeline.notebook import charts, hierarchy
from pipeline.schema import HIERARCHY


def table(*nodes: tuple[str, str, str | None, int]) -> pd.DataFrame:
    """Return a hierarchy of these nodes: name, level, parent, number of ideas."""
    rows: list[tuple[object, ...]] = [
        (name, level, parent, f"Titre {name}", [], size, [f"{name}-{n}" for n in range(size)])
        for name, level, parent, size in nodes
    ]
    return HIERARCHY.check(pd.DataFrame(rows, columns=HIERARCHY.arrow.names))


WHOLE = table(
    ("F1", "family", None, 9), ("F2", "family", None, 12), ("T01", "theme", "F1", 9), ("T02", "theme", "F2", 8),
    ("T03", "theme", "F2", 4), ("T02.1", "sub_theme", "T02", 5), ("T02.2", "sub_theme", "T02", 3),
)  # fmt: skip


def test_boxes_tile_each_level() -> None:
    """Families and themes fill the height without a gap or an overlap, the largest family first."""
    shown = hierarchy.boxes(WHOLE)
    for column in (0, 1):
        level = shown[shown["column"] == column].sort_values("top")
        assert list(level["top"]) == [0, *level["bottom"][:-1]]
        assert level["bottom"].max() == 21
    assert shown.iloc[0]["label"] == "Titre F2"


def test_a_child_lies_beside_its_parent() -> None:
    """A sub-theme is within the height of its theme."""
    shown = hierarchy.boxes(WHOLE).set_index("label")
    parts = shown.loc[["Titre T02.1", "Titre T02.2"]]
    assert parts["top"].min() == shown.loc["Titre T02", "top"]
    assert parts["bottom"].max() == shown.loc["Titre T02", "bottom"]


def test_the_title_says_the_largest_family() -> None:
    """Counts of each level, then the family that holds most ideas."""
    drawn = charts.svg(hierarchy.draw(WHOLE).to_dict())
    assert "2 familles, 3 thèmes, 2 sous-thèmes".replace(" ", "\u00a0", 1)[:10] in drawn
    assert "réunit" in drawn


def test_without_families_or_ideas_it_still_draws() -> None:
    """Few themes, or none at all, give a picture that says so."""
    few = charts.svg(hierarchy.draw(table(("T01", "theme", None, 4))).to_dict())
    assert "trop peu de thèmes" in few
    assert "<svg" in charts.svg(hierarchy.draw(HIERARCHY.empty()).to_dict())
