"""Searching again with other settings, on two subjects that a reader tells apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.embed import embed
from pipeline.embed.encoders import OfflineEncoder
from pipeline.embed.parse import FrenchParser
from pipeline.errors import MinilabsError
from pipeline.notebook import explore
from pipeline.params import ClusterParams

BIKES = ["garage à vélos", "prêt de vélos de service", "douches pour les cyclistes", "atelier de réparation de vélos",
         "bornes pour vélos électriques", "parking à vélos couvert", "forfait vélo pour venir travailler",
         "carte des pistes cyclables"]  # fmt: skip
MEALS = ["repas végétarien à la cantine", "gaspillage alimentaire au self", "produits locaux dans les menus",
         "pain servi à la demande", "goûter avec les invendus", "cuisine centrale et recettes",
         "légumes bio au restaurant scolaire", "portions à la taille de l’appétit"]  # fmt: skip
SETTINGS = ClusterParams(n_themes=2)


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    """Return the tables that a search starts from."""
    texts = [f"{text}, dans chaque lycée" for text in BIKES + MEALS]
    ids = [f"V{n}" for n in range(len(BIKES))] + [f"R{n}" for n in range(len(MEALS))]
    rows = {"idea_id": ids, "text": texts, "title": texts, "description": "", "benefits": "", "analysed": True}
    ideas = pd.DataFrame(rows)
    made = embed(ideas, OfflineEncoder(), FrenchParser())
    return {"ideas": ideas, "vectors": made.vectors, "tokens": made.tokens, "word_vectors": made.word_vectors}


@pytest.fixture(scope="module")
def base(tables: dict[str, pd.DataFrame]) -> explore.Ground:
    """Return what every search shares."""
    return explore.ground(tables)


@pytest.fixture(scope="module")
def trial(base: explore.Ground) -> explore.Trial:
    """Return a search in two themes, its stability measured."""
    return explore.search(base, SETTINGS, 1, draws=2)


def test_a_search_covers_every_idea(trial: explore.Trial) -> None:
    """Each idea has a theme, numbered from 1, the largest first; stability is a share."""
    assert len(trial.themes) == 16
    assert set(trial.themes) == {1, 2}
    assert (trial.themes == 1).sum() >= (trial.themes == 2).sum()
    assert trial.stability is not None
    assert 0 <= trial.stability <= 1


def test_the_same_seed_gives_the_same_search(base: explore.Ground, trial: explore.Trial) -> None:
    """And stability is not measured unless asked for."""
    again = explore.search(base, SETTINGS, 1)
    pd.testing.assert_series_equal(again.themes, trial.themes)
    assert again.stability is None


def test_row_order_changes_nothing(tables: dict[str, pd.DataFrame], trial: explore.Trial) -> None:
    """A table sorted otherwise gives the same themes."""
    shuffled = {name: table.sample(frac=1, random_state=1) for name, table in tables.items()}
    other = explore.search(explore.ground(shuffled), SETTINGS, 1)
    assert explore.likeness(other.themes, trial.themes) == pytest.approx(1)


def test_too_few_ideas_are_refused_in_words(tables: dict[str, pd.DataFrame]) -> None:
    """A handful is read, not grouped."""
    few = {name: table[table["idea_id"].isin(["V0", "R0"])] if "idea_id" in table else table
           for name, table in tables.items()}  # fmt: skip
    with pytest.raises(MinilabsError, match="too_few"):
        explore.ground(few)


def test_trials_are_compared_side_by_side(trial: explore.Trial) -> None:
    """Numbers, so that a table or a picture can show them; the reference is like itself."""
    reference = trial.themes.map({1: "T01", 2: "T02"})
    table = explore.compared({"deux": trial}, reference)
    assert list(table.columns) == ["Réglage", "Thèmes", "Plus grand", "Signaux faibles", "stability", "likeness"]
    assert table.loc[0, "Thèmes"] == 2
    assert table.loc[0, "likeness"] == pytest.approx(1)


def test_another_encoder_keeps_words_and_ids(tables: dict[str, pd.DataFrame]) -> None:
    """Only vectors change; a prompt is placed before each text."""
    seen: list[str] = []

    class Counting:
        def encode(self, texts: list[str]) -> np.ndarray:
            """Return a vector of lengths."""
            seen.extend(texts)
            return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)

    other = explore.encoded_by(tables, explore.Prompted(Counting(), "idée : "))
    assert all(text.startswith("idée : ") for text in seen)
    assert list(other["vectors"]["idea_id"]) == list(tables["vectors"]["idea_id"])
    assert other["tokens"] is tables["tokens"]
    assert len(other["vectors"]["vector"].iloc[0]) == 2
