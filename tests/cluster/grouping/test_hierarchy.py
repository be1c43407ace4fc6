"""Families above the themes and sub-themes inside them: plain structure is found, small corpora are left alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pipeline.cluster.grouping import consensus, hierarchy
from pipeline.cluster.grouping.consensus import Members
from pipeline.cluster.grouping.views import Matching
from pipeline.cluster.naming import named as naming
from pipeline.cluster.naming import nodes
from pipeline.cluster.naming.phrases import collect
from pipeline.french import fold
from tests.cluster import made


def partitions(levels: list[np.ndarray]) -> Members:
    """Return members that group texts in each of these ways."""
    return Members(np.array(levels, dtype=np.int32))


def nested(broad: int, each: int, texts: int) -> tuple[Members, np.ndarray]:
    """Return members for `broad` families of `each` themes of `texts` texts, and the themes."""
    themes = np.repeat(np.arange(broad * each), texts)
    return partitions([themes, themes, themes // each]), themes


@pytest.mark.parametrize("broad", [3, 4, 5])
def test_nested_themes_give_their_families(broad: int) -> None:
    """Themes that fall together in some members make one family, as many families as there are."""
    members, themes = nested(broad, 3, 6)
    family = hierarchy.families(members, themes)
    assert len(set(family)) == broad
    assert all(len(set(family[3 * place : 3 * place + 3])) == 1 for place in range(broad))


def test_few_themes_have_no_family() -> None:
    """Under six themes nothing is put above them."""
    members, themes = nested(1, 5, 6)
    assert list(hierarchy.families(members, themes)) == [0, 1, 2, 3, 4]


def test_families_are_three_to_six() -> None:
    """Themes drawn at random still give three to six families."""
    near, truth = made.blocks([8] * 14, noise=4.0)
    family = hierarchy.families(consensus.draw(near, 24, 1), truth)
    assert 3 <= len(set(family)) <= 6
    assert set(family) == set(range(len(set(family))))


def test_a_large_theme_in_two_plain_parts_is_divided() -> None:
    """Sub-themes are the parts that members tell apart, the largest first."""
    parts = np.repeat([0, 1], [12, 8])
    members = partitions([parts, parts, np.zeros(20, dtype=int)])
    found = hierarchy.sub_themes(members, np.zeros(20, dtype=int), np.arange(20))
    assert list(found) == list(parts)


def test_a_theme_without_parts_or_too_small_is_not_divided() -> None:
    """A theme that members never divide, and one of fifteen texts, have no sub-theme."""
    labels = np.repeat([0, 1], [20, 15])
    whole = partitions([labels, labels])
    assert set(hierarchy.sub_themes(whole, labels, np.arange(35))) == {-1}
    split = labels * 2 + (np.arange(35) > 27)
    assert set(hierarchy.sub_themes(partitions([split]), labels, np.arange(35))[labels == 1]) == {-1}


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.lists(st.lists(st.integers(0, 3), min_size=30, max_size=30), min_size=2, max_size=6))
def test_sub_themes_are_never_tiny(drawn: list[list[int]]) -> None:
    """Whatever the members, a sub-theme has at least four texts and a divided theme at least two."""
    members = partitions([np.array(row) for row in drawn])
    sizes = np.bincount(hierarchy.sub_themes(members, np.zeros(30, dtype=int), np.arange(30)) + 1)[1:]
    assert len(sizes) != 1
    assert all(sizes >= 4)


def told(count: int, tagged: list[str]) -> nodes.Told:
    """Return what is said of `count` themes of a corpus."""
    texts = made.corpus([made.words(t) for t in tagged])
    matching = Matching(sparse.csr_matrix((len(tagged), 0)), sparse.csr_matrix((len(tagged), 0)), [])
    ids = [f"T{theme + 1:02d}" for theme in range(count)]
    source = naming.source(texts, collect(texts), matching)
    return nodes.Told(ids, [f"Titre {i}" for i in ids], [[i] for i in ids], source)


def test_rows_hold_each_idea_once_by_level() -> None:
    """Each level holds every firm idea once; weak signals are nowhere; a lone theme names its family."""
    labels = np.repeat(np.arange(6), 4)
    said = told(6, ["repas/repas/NOUN"] * 24)
    branching = nodes.Branching(labels, np.array([0, 0, 1, 1, 2, 2]), np.where(labels == 0, np.arange(24) % 2, -1))
    weak = np.arange(24) == 5
    rows = nodes.rows(branching, said, np.linspace(1, 0, 24), weak)
    for level in (nodes.FAMILY, nodes.THEME):
        ideas = [idea for row in rows if row[1] == level for idea in row[6]]
        assert sorted(ideas) == [f"i{n:03d}" for n in range(24) if n != 5]
    parents = {row[0]: row[2] for row in rows}
    assert parents["T03"] == "F2"
    assert [row[0] for row in rows if row[2] == "T01"] == ["T01.1", "T01.2"]
    alone = nodes.rows(nodes.Branching(labels, np.array([0, 0, 0, 0, 0, 1]), np.full(24, -1)), said, labels, weak)
    assert alone[1][3] == "Titre T06"


def test_no_two_nodes_carry_one_title() -> None:
    """A sub-theme whose best title is its theme's takes the next one, and so does a family."""
    labels = np.repeat([0, 1, 2], 8)
    tagged = ["repas/repas/NOUN végétarien/végétarien/ADJ | pain/pain/NOUN bio/bio/ADJ"] * 8 + ["train/train/NOUN"] * 16
    said = replace(told(3, tagged), titles=["Repas végétarien", "Train", "Train rapide"])
    branching = nodes.Branching(labels, np.array([0, 1, 1]), np.where(labels == 0, np.arange(24) % 2, -1))
    found = [row[3] for row in nodes.rows(branching, said, np.ones(24), np.zeros(24, dtype=bool)) if row[1] != "family"]
    assert len({fold(title) for title in found}) == len(found)


def test_no_family_row_when_each_theme_is_its_own() -> None:
    """Few themes stand alone: no row above them, no parent."""
    labels = np.repeat([0, 1], 4)
    said = told(2, ["repas/repas/NOUN"] * 8)
    rows = nodes.rows(nodes.Branching(labels, np.arange(2), np.full(8, -1)), said, labels, labels > 5)
    assert [(row[0], row[2]) for row in rows] == [("T01", None), ("T02", None)]
