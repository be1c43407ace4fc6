"""The cluster stage as a whole, on real ideas: declared tables, any size, any row order, any number of times."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.cluster import FEWEST, Tables, cluster
from pipeline.cluster.grouping import neighbours
from pipeline.params import ClusterParams
from pipeline.schema import IDEA_THEMES, MAP, NEAR_DUPLICATES, THEMES
from tests.cluster.conftest import first

QUICK = ClusterParams(members=48, draws=3)
SEED = 2020


@pytest.fixture(scope="module")
def found(tables: dict[str, pd.DataFrame]) -> Tables:
    """Return the themes of 90 ideas."""
    return cluster(tables, QUICK, SEED)


def checked(found: Tables) -> list[pd.DataFrame]:
    """Return the four tables as they would be read back."""
    return [
        THEMES.check(found.themes), IDEA_THEMES.check(found.idea_themes), MAP.check(found.map),
        NEAR_DUPLICATES.check(found.near_duplicates),
    ]  # fmt: skip


def test_every_idea_has_a_theme_and_a_reason(found: Tables, tables: dict[str, pd.DataFrame]) -> None:
    """Each analysed idea is in the table once, with a theme, a reason, neighbours and a place on the map."""
    themes, ideas, places, _ = checked(found)
    assert set(ideas["idea_id"]) == set(places["idea_id"]) == set(tables["ideas"]["idea_id"])
    assert set(ideas["theme_id"]) == set(themes["theme_id"])
    assert ideas["membership"].between(0, 1).all()
    assert all(ideas["why"])
    assert all(len(near) == 5 for near in ideas["neighbours"])
    assert not places.duplicated(["x", "y"]).any()


def test_themes_are_large_enough_and_counted(found: Tables) -> None:
    """No theme of one to three ideas, weak signals nearest to it included; sizes leave these out."""
    themes, ideas, _, _ = checked(found)
    assert ideas["theme_id"].value_counts().min() >= 4
    inside = ideas.loc[~ideas["weak_signal"], "theme_id"].value_counts()
    assert themes.set_index("theme_id")["size"].to_dict() == {t: inside.get(t, 0) for t in themes["theme_id"]}


def test_titles_are_short_and_different(found: Tables) -> None:
    """A title has 2 to 7 words, or says that there is no honest one; no other theme carries it."""
    titles = list(found.themes["label"])
    assert len(set(titles)) == len(titles)
    assert all(2 <= len(title.split()) <= 7 or title.startswith("Thème mêlé") for title in titles)
    phrases = [phrase for theme in found.themes["key_phrases"] for phrase in theme]
    assert len(set(phrases)) == len(phrases)


def test_row_order_has_no_effect(found: Tables, tables: dict[str, pd.DataFrame]) -> None:
    """Every table shuffled gives the same themes, figures and map, to the last digit."""
    shuffled = {name: table.sample(frac=1, random_state=4) for name, table in tables.items()}
    for before, after in zip(checked(found), checked(cluster(shuffled, QUICK, SEED)), strict=True):
        pd.testing.assert_frame_equal(before, after)


@pytest.mark.parametrize("count", [1, 2, 5, FEWEST - 1])
def test_too_few_ideas_to_group(tables: dict[str, pd.DataFrame], count: int) -> None:
    """Under the least number no theme is proposed, and each idea says why."""
    themes, ideas, places, _ = checked(cluster(first(tables, count), QUICK, SEED))
    assert len(themes) == 0
    assert len(ideas) == len(places) == count
    assert ideas["weak_signal"].all()
    assert ideas["why"].str.startswith("Trop peu d’idées").all()


@pytest.mark.parametrize("count", [FEWEST, 20])
def test_few_ideas(tables: dict[str, pd.DataFrame], count: int) -> None:
    """A dozen or a score of ideas give some themes of at least four ideas."""
    themes, ideas, _, _ = checked(cluster(first(tables, count), QUICK, SEED))
    assert len(themes) >= 1
    assert ideas["theme_id"].value_counts().min() >= 4


def test_repeated_texts_stay_together(tables: dict[str, pd.DataFrame]) -> None:
    """Ideas with the same text share a theme, are near-duplicates, and lie apart on the map."""
    twin = {name: tables[name].head(1).assign(idea_id="ZZ") for name in ("ideas", "vectors")}
    doubled = {**tables, **{name: pd.concat([tables[name], twin[name]]) for name in twin}}
    original = str(tables["ideas"]["idea_id"].iloc[0])
    _, ideas, places, pairs = checked(cluster(doubled, QUICK, SEED))
    both = ideas.set_index("idea_id").loc[[original, "ZZ"]]
    assert len(set(both["theme_id"])) == 1
    assert pairs.set_index(["idea_a", "idea_b"]).loc[(original, "ZZ"), "score"] == 1
    assert len(set(places.set_index("idea_id").loc[[original, "ZZ"], "x"])) == 2


def test_the_number_of_themes_can_be_imposed(tables: dict[str, pd.DataFrame]) -> None:
    """The analyst's number of themes is the number found."""
    assert len(cluster(tables, ClusterParams(n_themes=4, members=48, draws=2), SEED).themes) == 4


def test_the_other_method(tables: dict[str, pd.DataFrame]) -> None:
    """UMAP then HDBSCAN, when asked, gives the same tables with every idea placed."""
    themes, ideas, _, _ = checked(cluster(tables, ClusterParams(method="hdbscan", members=32, draws=2), SEED))
    assert set(ideas["theme_id"]) == set(themes["theme_id"])


def test_large_corpora_go_through_the_whole_stage(
    tables: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the size where all pairs are compared, every table is made as well, sensitivity and map included."""
    monkeypatch.setattr(neighbours, "DENSE", 60)
    monkeypatch.setattr(neighbours, "CANDIDATES", 30)
    found = cluster(tables, QUICK, SEED)
    assert len(found.map) == len(found.idea_themes) == len(tables["ideas"])
    assert found.themes["found_by_words"].between(0, 1).all()
    assert found.map[["x", "y"]].std().min() > 0
