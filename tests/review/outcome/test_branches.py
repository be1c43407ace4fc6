"""The hierarchy after decisions: what people merge, split, move and name is where they put it."""

from __future__ import annotations

import pandas as pd

from pipeline.review import review
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.state import Remembered
from pipeline.schema import HIERARCHY
from tests.review import candidates

PLACES = [(f"I{n:02d}", f"T{1 + n // 6:02d}", 0.9 - n % 6 / 20, None) for n in range(24)]
IDEAS = {theme: [idea for idea, at, *_ in PLACES if at == theme] for theme in ("T01", "T02", "T03", "T04")}


def node(name: str, level: str, parent: str | None, ideas: list[str]) -> dict[str, object]:
    """Return a row of the candidate hierarchy."""
    row = {
        "node_id": name,
        "level": level,
        "parent_id": parent,
        "label": f"Titre de {name}",
        "key_phrases": [f"mot {name}", f"expression {name}"],
    }
    return {**row, "size": len(ideas), "ideas": ideas}


FOUND = HIERARCHY.check(
    pd.DataFrame(
        [
            node("F1", "family", None, IDEAS["T01"] + IDEAS["T02"]),
            node("F2", "family", None, IDEAS["T03"] + IDEAS["T04"]),
            *(node(theme, "theme", "F1" if theme < "T03" else "F2", ideas) for theme, ideas in IDEAS.items()),
            node("T01.1", "sub_theme", "T01", IDEAS["T01"][:3]),
            node("T01.2", "sub_theme", "T01", IDEAS["T01"][3:]),
        ]
    )
)


def after(*acts: tuple[str, str, str]) -> pd.DataFrame:
    """Return the hierarchy after these acts, by node."""
    decisions = [
        Decision(seq, "2020-01-01", "Anne", action, target, value, "")
        for seq, (action, target, value) in enumerate(acts, start=1)
    ]
    themes, idea_themes = candidates.tables(PLACES)
    return review(themes, idea_themes, decisions, hierarchy=FOUND).hierarchy.set_index("node_id")


def test_without_a_decision_nothing_changes() -> None:
    """The hierarchy is the one found, to the last idea."""
    pd.testing.assert_frame_equal(after(), FOUND.set_index("node_id"))


def test_without_a_hierarchy_themes_stand_alone() -> None:
    """An older candidate table gives a row for each theme and no family."""
    rows = review(*candidates.tables(PLACES), []).hierarchy
    assert set(rows["level"]) == {"theme"}
    assert rows["parent_id"].isna().all()


def test_a_renamed_theme_is_renamed_here() -> None:
    """Titles of themes are those that people gave."""
    assert after(("rename", "T02", "Vélos"))["label"]["T02"] == "Vélos"


def test_merged_themes_become_parts() -> None:
    """A theme merged into another is one of its parts, beside the parts the other had; its ideas change family."""
    rows = after(("merge", "T03", "T01"))
    assert "T03" not in rows.index
    assert sorted(rows[rows["parent_id"] == "T01"]["label"]) == ["Titre de T01.1", "Titre de T01.2", "Titre de T03"]
    assert set(rows["ideas"]["F1"]) == {idea for theme in ("T01", "T02", "T03") for idea in IDEAS[theme]}
    assert rows.loc[["T01.1", "T01.2", "T01.3"], "size"].is_monotonic_decreasing
    assert rows["label"]["T01.1"] == "Titre de T03"


def test_a_family_without_a_theme_is_gone() -> None:
    """When every theme of a family went elsewhere, the family is no longer shown."""
    assert "F2" not in after(("merge", "T03", "T01"), ("merge", "T04", "T02")).index


def test_a_moved_idea_leaves_its_part() -> None:
    """An idea moved to another theme is in no part of its former one, and counts in its new family."""
    first = IDEAS["T01"][0]
    rows = after(("assign", first, "T04"))
    assert first not in rows["ideas"]["T01"]
    assert first in rows["ideas"]["F2"]
    assert "T01.1" not in rows.index  # two ideas are left: too few for a part, and one part alone says nothing


def test_weak_signals_are_in_no_node() -> None:
    """An idea that no theme holds is left out at every level."""
    places = [*PLACES[:-1], (PLACES[-1][0], "T04", 0.1, None)]
    rows = review(*candidates.tables(places), [], hierarchy=FOUND).hierarchy
    assert all(PLACES[-1][0] not in ideas for ideas in rows["ideas"])


def _named_after(theme: str) -> pd.DataFrame:
    """Return the hierarchy found, its first family with the title of one of its themes."""
    return FOUND.assign(label=FOUND["label"].mask(FOUND["node_id"] == "F1", f"Titre de {theme}"))


def _label(hierarchy: pd.DataFrame, *acts: tuple[str, str, str]) -> str:
    decisions = [Decision(seq, "2020-01-01", "Anne", *act) for seq, act in enumerate(acts, start=1)]
    found = review(*candidates.tables(PLACES), decisions, hierarchy=hierarchy).hierarchy.set_index("node_id")
    return str(found["label"]["F1"])


def test_a_family_named_after_a_theme_follows_its_title() -> None:
    """Renamed, merged into another, or set aside: no title that nobody sees any more stays above."""
    assert _label(_named_after("T02"), ("rename", "T02", "Vélos")) == "Vélos"
    assert _label(_named_after("T02"), ("merge", "T02", "T01"), ("rename", "T01", "Trajets")) == "Trajets"
    assert _label(_named_after("T02"), ("reject", "T02", "")) == "Titre de T01"
    assert _label(FOUND, ("rename", "T02", "Vélos")) == "Titre de F1"
    assert _label(FOUND, ("merge", "T02", "T01"), ("rename", "T01", "Trajets")) == "Trajets"


def test_families_know_the_lasting_numbers_of_themes() -> None:
    """Themes found again under other numbers: titles and parts are those of the same ideas."""
    known = {
        "T09": Remembered("Titre de T01", frozenset(IDEAS["T01"])),
        "T01": Remembered("Titre de T02", frozenset(IDEAS["T02"])),
    }
    act = Decision(1, "2020-01-01", "Anne", "rename", "T09", "Vélos")
    rows = review(*candidates.tables(PLACES), [act], None, known, _named_after("T01")).hierarchy.set_index("node_id")
    assert rows["label"]["F1"] == "Vélos"
    assert {"T09.1", "T09.2"} <= set(rows.index)
    assert rows["parent_id"]["T09.1"] == "T09"
