"""Distances between towns of the Region."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.assign.inputs.places import kilometres, town


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Strasbourg", "Strasbourg", 0),
        ("Strasbourg", "Colmar", 63),
        ("Metz", "Nancy", 47),
        ("Reims", "Châlons-en-Champagne", 41),
        ("Troyes", "Mulhouse", 252),
    ],
)
def test_distances_are_those_of_a_map(one: str, other: str, expected: int) -> None:
    """Straight lines between known towns, within two kilometres, the same both ways."""
    assert kilometres(one, other) == pytest.approx(expected, abs=2)
    assert kilometres(one, other) == kilometres(other, one)


@pytest.mark.parametrize("written", ["Saint-Dizier", "saint dizier", "Lycée des Forges-de-Marne (Saint-Dizier)"])
def test_a_place_is_found_however_written(written: str) -> None:
    """Case, hyphens and the school before the town do not matter."""
    assert town(written) == town("Saint-Dizier") is not None


@pytest.mark.parametrize("unknown", ["", "Trifouillis", "Lycée sans ville"])
def test_an_unknown_place_has_no_distance(unknown: str) -> None:
    """Nothing is guessed."""
    assert kilometres(unknown, "Metz") is None


def test_every_place_of_the_sample_is_known(places: list[str]) -> None:
    """The demonstration corpus has no place without coordinates."""
    assert [place for place in places if town(place) is None] == []


@pytest.fixture
def places(tables: dict[str, pd.DataFrame]) -> list[str]:
    """Return the places of the sample's holders."""
    return sorted(set(tables["holders"]["place"]))
