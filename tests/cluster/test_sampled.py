"""Themes found on drawn texts: the draw, every other text placed, new subjects among the far ones."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cluster import sampled
from pipeline.cluster.drawing import Draw
from pipeline.cluster.placed import Part, place
from pipeline.cluster.sampled import Sampled
from pipeline.embed import embed
from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.parse import FrenchParser
from pipeline.params import ClusterParams
from tests.cluster.conftest import Tables

PARAMS = ClusterParams(members=32, draws=2)
_OF_TEXTS = ("ideas", "vectors", "tokens")


def _rows(tables: Tables, ideas: frozenset[str]) -> Tables:
    return {n: t[t["idea_id"].isin(ideas)] if n in _OF_TEXTS else t for n, t in tables.items()}


def _draw(tables: Tables, count: int, seed: int = 0) -> frozenset[str]:
    draw = Draw(count, seed)
    draw.add(tables["ideas"]["idea_id"], tables["ideas"]["text"])
    return draw.ids()


@pytest.fixture(scope="module")
def ids(tables: Tables) -> frozenset[str]:
    """Return the ideas drawn: 60 of 90."""
    return _draw(tables, 60)


@pytest.fixture(scope="module")
def first(tables: Tables, ids: frozenset[str]) -> Sampled:
    """Return what the drawn ideas give."""
    return sampled.find(_rows(tables, ids), PARAMS, 0)


@pytest.fixture(scope="module")
def others(tables: Tables, ids: frozenset[str]) -> Tables:
    """Return the rows of the ideas that were not drawn."""
    return _rows(tables, frozenset(tables["ideas"]["idea_id"]) - ids)


@pytest.fixture(scope="module")
def part(others: Tables, first: Sampled) -> Part:
    """Return these, placed at once."""
    assert first.reference
    return place(others, first.reference)


_TEXTS = st.lists(st.text("ab ", max_size=4), max_size=40)


@settings(derandomize=True)
@given(_TEXTS, st.integers(1, 12), st.integers(0, 40), st.randoms(use_true_random=False))
def test_the_draw_is_of_texts_whatever_their_order(texts: list[str], count: int, cut: int, random: object) -> None:
    """Rows in another order, or met in two parts, give the same draw; ideas with one text are drawn together."""
    rows = [(f"i{place:02d}", text) for place, text in enumerate(texts)]
    shuffled = sorted(rows, key=lambda _row: random.random())  # type: ignore[attr-defined]
    found = []
    for given_ in ([rows], [shuffled], [shuffled[:cut], shuffled[cut:]]):
        draw = Draw(count, 3)
        for some in given_:
            draw.add([idea for idea, _ in some], [text for _, text in some])
        found.append((draw.ids(), draw.whole))
    assert found[0] == found[1] == found[2]
    distinct = {" ".join(text.split()) for text in texts}
    held = {" ".join(texts[int(idea[1:])].split()) for idea in found[0][0]}
    assert len(held) == min(count, len(distinct))
    assert {idea for idea, text in rows if " ".join(text.split()) in held} == found[0][0]
    assert found[0][1] == (len(distinct) <= count)


def test_another_seed_draws_others(tables: Tables) -> None:
    """The draw is of the seed."""
    assert _draw(tables, 30, 1) != _draw(tables, 30, 2)


def test_an_idea_is_placed_by_its_text_alone(others: Tables, first: Sampled, part: Part) -> None:
    """Parts of seven ideas give the rows that one part of all gives: theme, membership, reasons, place on the map."""
    assert first.reference
    names = sorted(others["ideas"]["idea_id"])
    few = [
        place(_rows(others, frozenset(names[start : start + 7])), first.reference) for start in range(0, len(names), 7)
    ]
    pd.testing.assert_frame_equal(pd.concat([one.idea_themes for one in few], ignore_index=True), part.idea_themes)
    pd.testing.assert_frame_equal(pd.concat([one.map for one in few], ignore_index=True), part.map)
    assert {idea: node for one in few for idea, node in one.parts.items()} == part.parts
    assert tuple(idea for one in few for idea in one.far) == part.far


def test_drawn_texts_fall_back_in_their_theme(tables: Tables, ids: frozenset[str], first: Sampled) -> None:
    """Placed as if they had not been drawn, texts return to the theme that the search gave them."""
    assert first.reference
    again = place(_rows(tables, ids), first.reference).idea_themes
    known = first.tables.idea_themes.set_index("idea_id")["theme_id"]
    assert (again["theme_id"] == again["idea_id"].map(known)).mean() >= 0.9


def test_a_placed_idea_says_why(first: Sampled, part: Part, ids: frozenset[str]) -> None:
    """Each has a sentence, five neighbours among the drawn ones, and the nearest quoted is one of them."""
    rows = part.idea_themes
    assert rows["membership"].between(0, 1).all()
    for near, why in zip(rows["neighbours"], rows["why"], strict=True):
        assert len(near) == 5
        assert set(near) <= ids
        assert any(f"({idea})" in why for idea in near)
    assert set(part.idea_themes["theme_id"]) <= set(first.tables.themes["theme_id"])


def test_memberships_are_on_one_scale(first: Sampled, part: Part) -> None:
    """Ideas that were not drawn are no weaker for that: half of them hold as firmly as half of the drawn ones do."""
    drawn, placed = (float(rows["membership"].median()) for rows in (first.tables.idea_themes, part.idea_themes))
    assert placed == pytest.approx(drawn, abs=0.1)


def test_all_together(tables: Tables, first: Sampled, part: Part) -> None:
    """Every idea is there once; sizes and the hierarchy count them all, weak signals left out."""
    every = sampled.joined(first.tables, [part])
    assert list(every.idea_themes["idea_id"]) == sorted(tables["ideas"]["idea_id"])
    assert list(every.map["idea_id"]) == sorted(tables["ideas"]["idea_id"])
    held = every.idea_themes[~every.idea_themes["weak_signal"]]
    assert every.themes.set_index("theme_id")["size"].to_dict() == held["theme_id"].value_counts().to_dict()
    nodes = every.hierarchy.set_index("node_id")
    ideas = nodes["ideas"].to_dict()
    for theme in every.themes["theme_id"]:
        assert set(ideas[theme]) == set(held.loc[held["theme_id"] == theme, "idea_id"])
        below = nodes[nodes["parent_id"] == theme]["ideas"]
        assert {idea for some in below for idea in some} <= set(ideas[theme])


_SEA = [
    f"Étudier {what} des {which} de la mer" for what in ("le chant", "la migration", "le squelette", "la mue")
    for which in ("baleines", "dauphins", "méduses", "homards")
]  # fmt: skip


@pytest.fixture(scope="module")
def sea(tables: Tables) -> Tables:
    """Return the tables of sixteen ideas on animals of the sea, of which the contest says nothing."""
    ideas = pd.DataFrame({"idea_id": [f"S{place:02d}" for place in range(16)], "text": _SEA, "analysed": True})
    ideas = ideas.assign(title=ideas["text"], description="", benefits="")
    made = embed(ideas, OfflineEncoder(), FrenchParser())
    rows = {"ideas": ideas, "vectors": made.vectors, "tokens": made.tokens, "word_vectors": made.word_vectors}
    return rows | {name: tables[name] for name in ("holders", "idea_holders")}


def test_far_ideas_make_a_subject(sea: Tables, first: Sampled, part: Part) -> None:
    """Ideas on a subject that was not drawn are far; alike, they make a theme whose number follows."""
    assert first.reference
    placed = place(sea, first.reference)
    assert len(placed.far) >= 12
    new = sampled.subjects(sea, PARAMS, 0, first)
    assert new
    last = max(first.tables.themes["theme_id"])
    assert min(new.tables.themes["theme_id"]) > last
    every = sampled.joined(first.tables, [part, placed], new.tables)
    assert every.idea_themes["idea_id"].is_unique
    there = every.idea_themes[every.idea_themes["idea_id"].isin(sea["ideas"]["idea_id"])]
    assert there["theme_id"].isin(new.tables.themes["theme_id"]).sum() >= 12
    assert set(every.hierarchy["parent_id"].dropna()) <= set(every.hierarchy["node_id"])


def test_far_ideas_without_a_subject_stay(first: Sampled, tables: Tables) -> None:
    """Ideas that are not alike make no theme, however few the drawn ones resemble."""
    few = frozenset(sorted(tables["ideas"]["idea_id"])[:10])
    assert sampled.subjects(_rows(tables, few), PARAMS, 0, first) is None
