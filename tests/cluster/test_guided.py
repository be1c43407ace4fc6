"""Themes given beforehand: they attract ideas, keep their title, and leave the others free."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given as drawn_from
from hypothesis import strategies as st

from pipeline.cluster import Tables, cluster
from pipeline.cluster.consensus import draw
from pipeline.cluster.guided import _salient, _shared, represented, themes
from pipeline.cluster.partition import Wanted
from pipeline.embed import embed
from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.parse import FrenchParser
from pipeline.params import ClusterParams, GuidedTheme
from tests.cluster import made

GIVEN = {
    "G01": ("Restauration des lycées", "Cuisine, plats, gaspillage, hygiène, self."),
    "G02": ("Ménage des locaux", "Nettoyage, machines, produits d'entretien, sols."),
}


@pytest.fixture(scope="module")
def with_given(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables of 90 ideas and those of two given themes."""
    texts = {name: f"{title}. {said}" for name, (title, said) in GIVEN.items()}
    texts |= {f"{name} titre": title for name, (title, _) in GIVEN.items()}
    rows = pd.DataFrame({"idea_id": list(texts), "text": list(texts.values()), "analysed": True})
    result = embed(rows, OfflineEncoder(), FrenchParser())
    words = pd.concat([tables["word_vectors"], result.word_vectors]).drop_duplicates("lemma")
    given = represented({name: title for name, (title, _) in GIVEN.items()}, result.vectors, result.tokens)
    return {**tables, "word_vectors": words, "guided": given}


def search(tables: dict[str, pd.DataFrame], *, only: bool) -> Tables:
    """Return the themes of the tables, with the two given ones."""
    asked = [GuidedTheme(title=title, description=said) for title, said in GIVEN.values()]
    params = ClusterParams(members=32, draws=2, guided=asked, guided_only=only)
    return cluster(tables, params, 1)


def test_given_themes_attract_and_others_emerge(with_given: dict[str, pd.DataFrame]) -> None:
    """Both given themes are there under their own id and title, beside themes that were found."""
    found = search(with_given, only=False)
    labels = found.themes.set_index("theme_id")["label"]
    assert {name: labels[name] for name in GIVEN} == {name: title for name, (title, _) in GIVEN.items()}
    assert sum(name.startswith("T") for name in labels.index) >= 2
    cooking = found.idea_themes.merge(with_given["ideas"], on="idea_id")
    held = cooking[cooking["theme_id"] == "G01"]["text"].str.contains("repas|cuisin|plat|self|pain|menu", case=False)
    assert held.mean() > 0.5


def test_only_given_themes(with_given: dict[str, pd.DataFrame]) -> None:
    """When the analyst wants no other theme, every idea is in a given one."""
    assert set(search(with_given, only=True).themes["theme_id"]) == set(GIVEN)


def test_few_free_texts_join_a_given_theme() -> None:
    """Free texts too few to form a theme go where they fall most often."""
    near, truth = made.blocks([10, 10])
    attracted = truth.copy()
    attracted[[0, 19]] = -1
    found = themes(draw(near, 16, 1), np.arange(20), Wanted(None, 2, 8), attracted, 2)
    assert list(found) == list(truth)


def test_free_texts_form_their_own_themes() -> None:
    """Free texts numerous enough form themes of their own, after the given ones."""
    near, truth = made.blocks([10, 10, 10])
    attracted = np.where(truth == 0, 0, -1)
    found = themes(draw(near, 32, 1), np.arange(30), Wanted(3, 2, 8), attracted, 1)
    assert [len(set(found[truth == group])) for group in (0, 1, 2)] == [1, 1, 1]
    assert len(set(found)) == 3


def test_a_theme_shares_notions_with_the_texts_that_name_them() -> None:
    """A text that names the theme's notion is nearer than one that names another, and a rare notion counts more."""
    texts = [["vélo", "travail"], ["cantine", "travail"], ["travail"], []]
    likeness = _shared(texts, [["vélo"], ["travail", "vélo"], ["inconnu"]])
    assert likeness[0, 0] > 0
    assert likeness[1, 0] == 0
    assert likeness[0, 1] > likeness[2, 1] > 0
    assert not likeness[:, 2].any()
    assert not likeness[3].any()


@drawn_from(st.lists(st.lists(st.sampled_from("abcde"), max_size=6), min_size=2, max_size=8))
def test_shared_notions_are_a_cosine_whatever_the_order(texts: list[list[str]]) -> None:
    """Likeness by notions stays between 0 and 1, and the order of the notions of a text has no effect."""
    likeness = _shared(texts, [["a", "b"], ["c"]])
    assert likeness.shape == (len(texts), 2)
    assert ((likeness >= 0) & (likeness <= 1 + 1e-9)).all()
    turned = [row[::-1] for row in texts]
    assert np.allclose(likeness, _shared(turned, [["b", "a"], ["c"]]))


def test_main_subjects_leave_out_what_a_text_is_not_about() -> None:
    """Being less about something than others is no likeness; the main subject outweighs the others."""
    rows = _salient(np.array([[2.0, 1.0, -5.0], [-1.0, -1.0, -1.0]]))
    assert rows[0, 2] == 0
    assert rows[0, 0] == pytest.approx(4 * rows[0, 1])
    assert not rows[1].any()


def test_the_order_of_given_themes_has_no_effect(with_given: dict[str, pd.DataFrame]) -> None:
    """The table of given themes read in another order attracts the same ideas."""
    turned = {**with_given, "guided": with_given["guided"].iloc[::-1]}
    pd.testing.assert_frame_equal(search(with_given, only=True).idea_themes, search(turned, only=True).idea_themes)


def test_given_themes_carry_their_notions(with_given: dict[str, pd.DataFrame]) -> None:
    """The table of given themes tells the notions that each title and description name."""
    notions = with_given["guided"].set_index("theme_id")["notions"]
    assert any("restauration" in name for name in notions["G01"])
    assert any("nettoyage" in name or "ménage" in name or "entretien" in name for name in notions["G02"])
