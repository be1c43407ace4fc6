"""Themes given beforehand: they attract branches of ideas, keep their title, and leave the others free."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, settings
from hypothesis import given as drawn_from
from hypothesis import strategies as st

from pipeline.cluster import Tables, cluster
from pipeline.cluster.compared import WITH, WITHOUT, compared
from pipeline.cluster.grouping.consensus import draw
from pipeline.cluster.grouping.given import Given, themes
from pipeline.cluster.grouping.neighbours import Neighbours
from pipeline.cluster.grouping.partition import SMALLEST, Wanted
from pipeline.params import ClusterParams
from pipeline.schema import PROPOSALS
from tests.cluster import made

WANTED = Wanted(None, 2, 8)


def beliefs(truth: np.ndarray, drawn: dict[int, int], count: int, sure: float = 0.9) -> np.ndarray:
    """Return text × theme and none: the texts of a group of `truth` are drawn to its theme, the others to none."""
    belief = np.zeros((len(truth), count + 1))
    belief[:, -1] = 1
    for group, theme in drawn.items():
        belief[truth == group] = 0
        belief[truth == group, theme], belief[truth == group, -1] = sure, 1 - sure
    return belief


def given_to(near: Neighbours, members: int, wanted: Wanted, belief: np.ndarray) -> tuple[np.ndarray, list[int]]:
    """Return the themes of texts that stay with none other whatever the cut, and the given ones that are there."""
    found = themes(draw(near, members, 1), np.arange(len(belief)), wanted, belief)
    assert found.pull.shape == (len(belief), len(found.present))
    return found.labels, found.present


def test_a_given_theme_takes_the_ideas_it_attracts_and_others_form_their_own() -> None:
    """Two groups of three are of the given themes, in their order; the third is a theme that was found."""
    near, truth = made.blocks([10, 10, 10])
    labels, present = given_to(near, 32, WANTED, beliefs(truth, {0: 1, 2: 0}, 2))
    assert present == [0, 1]
    assert [set(labels[truth == group].tolist()) for group in range(3)] == [{1}, {2}, {0}]


def test_a_subject_taken_off_comes_out_as_a_theme_of_its_own() -> None:
    """Without the second given theme its ideas are still together, apart from the others, as a found theme."""
    near, truth = made.blocks([10, 10, 10])
    labels, present = given_to(near, 32, WANTED, beliefs(truth, {0: 0}, 1))
    assert present == [0]
    assert len(set(labels.tolist())) == 3
    assert len(set(labels[truth == 2].tolist())) == 1


def test_a_subject_of_fewer_than_four_ideas_is_no_theme() -> None:
    """Three ideas that a given theme attracts join another: too few for a theme, given or found."""
    near, truth = made.blocks([10, 10, 3])
    labels, present = given_to(near, 32, WANTED, beliefs(truth, {0: 0, 2: 1}, 2))
    assert present == [0]
    assert np.bincount(labels).min() >= SMALLEST


def test_one_given_theme_may_hold_two_groups() -> None:
    """Two groups that the same theme attracts are one theme: the list says that they are one subject."""
    near, truth = made.blocks([10, 10, 10])
    labels, present = given_to(near, 32, WANTED, beliefs(truth, {0: 0, 1: 0}, 1))
    assert present == [0]
    assert set(labels[truth <= 1].tolist()) == {0}
    assert 0 not in labels[truth == 2]


@settings(max_examples=25, deadline=None)
@example(3, 1842, 3)  # five groups that nothing joins part at one height
@drawn_from(st.integers(1, 6), st.integers(0, 10_000), st.integers(2, 10))
def test_there_are_never_more_themes_than_wanted(count: int, seed: int, most: int) -> None:
    """Whatever the beliefs, themes are numbered from 0 without a hole, large enough, and no more than the range."""
    near, truth = made.blocks([12, 9, 8, 7, 5])
    belief = np.random.default_rng(seed).dirichlet(np.ones(count + 1), len(truth))
    labels, present = given_to(near, 16, Wanted(None, 1, most), belief)
    sizes = np.bincount(labels)
    assert sizes.min() >= SMALLEST
    assert len(sizes) <= most
    assert present == sorted(set(present))
    assert len(present) <= len(sizes)


@pytest.fixture(scope="module")
def start(tables: dict[str, pd.DataFrame]) -> Given:
    """Return two given themes: one that attracts ideas on meals, one that attracts none."""
    meals = tables["ideas"]["text"].str.contains("repas|cuisin|plat|self|pain|menu|cantine", case=False)
    shares = pd.DataFrame({"L01": np.where(meals, 0.9, 0.0), "D01": 0.01}, index=list(tables["ideas"]["idea_id"]))
    return Given(("L01", "D01"), ("Se restaurer", "Autre chose"), ("list", "given"), shares)


def search(tables: dict[str, pd.DataFrame], start: Given | None) -> Tables:
    """Return the themes of the tables."""
    return cluster(tables, ClusterParams(members=32, draws=2), 1, start=start)


def test_the_tables_say_where_each_theme_comes_from(tables: dict[str, pd.DataFrame], start: Given) -> None:
    """A theme of the list keeps its identifier and title; the table says which are of the list and which were found."""
    found = search(tables, start).themes.set_index("theme_id")
    assert found.loc[["L01"], ["label", "origin"]].to_numpy().tolist() == [["Se restaurer", "list"]]
    assert set(found.drop(index="L01")["origin"]) == {"found"}
    assert set(search(tables, None).themes["origin"]) == {"found"}


def test_the_fit_is_the_part_of_the_ideas_that_the_themes_draw() -> None:
    """Of four ideas, two are drawn to a theme more than to none."""
    shares = pd.DataFrame({"L01": [0.6, 0.1, 0.2, 0.0], "L02": [0.1, 0.5, 0.1, 0.0]}, index=list("abcd"))
    assert Given(("L01", "L02"), ("Un", "Deux"), ("list", "list"), shares).fit == 0.5


def test_the_order_of_the_rows_has_no_effect(tables: dict[str, pd.DataFrame], start: Given) -> None:
    """Attractions read in another order give the same tables."""
    turned = Given(start.ids, start.titles, start.origins, start.shares.iloc[::-1])
    pd.testing.assert_frame_equal(search(tables, start).idea_themes, search(tables, turned).idea_themes)


def test_two_proposals_are_told_by_their_figures(tables: dict[str, pd.DataFrame], start: Given) -> None:
    """A row for each, of what its own tables say; one alone, or one without theme, leaves nothing to compare."""
    listed, without = search(tables, start), search(tables, None)
    told = PROPOSALS.check(compared({WITH: listed, WITHOUT: without}, start.fit)).set_index("proposal")
    assert list(told["themes"]) == [len(listed.themes), len(without.themes)]
    assert list(told["listed"]) == [1, 0]
    assert list(told["largest"]) == [listed.themes["size"].max(), without.themes["size"].max()]
    assert told["drawn"].tolist()[0] == start.fit
    assert told["titles"].tolist()[1][0] == without.themes.set_index("label")["size"].idxmax()
    assert compared({WITH: listed}, start.fit).empty
    assert compared({}, 0).empty
