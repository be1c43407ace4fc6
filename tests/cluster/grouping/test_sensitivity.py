"""Sensitivity: a theme found from part of the views is told so, whichever part gives it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.cluster.grouping import sensitivity
from pipeline.cluster.grouping.neighbours import Neighbours
from pipeline.cluster.grouping.sensitivity import Sensitivity
from pipeline.errors import MinilabsError
from pipeline.schema import THEMES
from tests.cluster import made
from tests.review.candidates import CANDIDATES


def test_each_reading_sees_its_own_views_only() -> None:
    """The search from words is given no view of the encoder, and the other way round."""
    near, truth = made.blocks([6, 6])
    seen: list[set[str]] = []

    def search(part: Neighbours) -> np.ndarray:
        seen.append(set(part.similarity))
        return truth

    found = sensitivity.measure(near, truth, search)
    assert not seen[0] & seen[1]
    assert seen[0] <= set(sensitivity.WORDS)
    assert list(found.words) == list(found.meaning) == [1, 1]


def test_overlaps_are_those_of_each_reading() -> None:
    """A theme that the words halve and the meaning keeps has two figures."""
    near, truth = made.blocks([6, 6])
    halves = np.repeat([0, 1, 2], [3, 3, 6])
    found = sensitivity.measure(near, truth, lambda part: halves if "letters" in part.similarity else truth)
    assert list(found.words) == [0.5, 1.0]
    assert list(found.meaning) == [1.0, 1.0]


@pytest.mark.parametrize(
    ("words", "meaning", "said"),
    [
        (0.9, 0.1, "Retrouvé à partir des mots seuls, non à partir du sens seul : vérifier que ses idées"),
        (0.4, 0.5, "Retrouvé à partir du sens seul, en partie à partir des mots seuls : ses idées se ressemblent"),
        (0.5, 0.9, "Retrouvé à partir des mots seuls comme à partir du sens seul : il ne tient pas"),
        (0.2, 0.2, "Non retrouvé à partir des mots seuls, ni à partir du sens seul : il n’apparaît que"),
    ],
)
def test_figures_are_told_in_words(words: float, meaning: float, said: str) -> None:
    """Half in common or more is found again, a third in part, less is not."""
    told = Sensitivity(np.array([words]), np.array([meaning])).said(0)
    assert told.replace("\u202f", " ").startswith(said)


def test_every_pair_of_levels_has_its_sentence() -> None:
    """Whatever the figures, a theme is told in one sentence, and in other words for other levels."""
    levels = (0.0, 0.4, 0.9)
    told = {Sensitivity(np.array([w]), np.array([m])).said(0) for w in levels for m in levels}
    assert len(told) == 9
    assert all(sentence.endswith(".") for sentence in told)


def test_a_table_without_an_optional_column_has_it_empty() -> None:
    """Tables written before a column was added are read with that column empty; a required one is still asked for."""
    older = CANDIDATES[0].drop(columns=["sensitivity", "found_by_words"])
    read = THEMES.check(pd.DataFrame(older))
    assert read["sensitivity"].isna().all()
    with pytest.raises(MinilabsError):
        THEMES.check(older.drop(columns=["label"]))
