"""Which answer a theme calls for, from the people who hold its ideas."""

from __future__ import annotations

import re

import pandas as pd

from pipeline.cluster.kinds import entropy, suggest, trade

_TRADES = [
    "cuisinier",
    "chef de cuisine",
    "juriste",
    "assistante",
    "agent d’entretien",
    "chargé de mission",
    "électricien",
    "magasinier",
    "gestionnaire",
    "ingénieur",
    "archiviste",
    "jardinier",
]
HOLDERS = pd.DataFrame(
    {
        "holder_id": [f"A{i:03d}" for i in range(120)],
        "occupation": [_TRADES[i % 12] for i in range(120)],
        "directorate": [f"Direction {i % 5}" for i in range(120)],
        "place": [f"Ville {i % 7}" for i in range(120)],
    }
)


def _of(occupation: str, count: int) -> set[str]:
    return set(HOLDERS.loc[HOLDERS["occupation"] == occupation, "holder_id"].head(count))


def test_related_occupations_make_a_community() -> None:
    """Cooks and head cooks from several towns are one trade, whatever their titles."""
    kind = suggest(HOLDERS, _of("cuisinier", 9) | _of("chef de cuisine", 7) | _of("juriste", 2), seed=1)
    assert kind.kind == "communaute_metier"
    assert "cuisinier et chef de cuisine" in kind.reason


def test_a_mixed_theme_is_a_minilab() -> None:
    """People of all trades and directorates call for a MiniLab, and the reason says how spread they are."""
    kind = suggest(HOLDERS, set(HOLDERS["holder_id"].head(24)), seed=1)
    assert kind.kind == "minilab"
    assert re.search(r"(aussi|plus) variées que dans l’ensemble", kind.reason)


def test_one_directorate_answers_alone() -> None:
    """A theme that one directorate holds, in all trades, is its own to answer."""
    inside = set(HOLDERS.loc[HOLDERS["directorate"] == "Direction 2", "holder_id"])
    kind = suggest(HOLDERS, inside, seed=1)
    assert kind.kind == "reponse_direction"
    assert "Direction 2" in kind.reason


def test_two_holders_are_not_judged() -> None:
    """Too few people to tell: said so, and no figure is made up."""
    kind = suggest(HOLDERS, {"A000", "A001"}, seed=1)
    assert kind.directorates is None
    assert "Trop peu" in kind.reason


def test_chance_makes_no_trade() -> None:
    """A random draw of people is not taken for a trade."""
    values = list(HOLDERS["occupation"].sample(20, random_state=3))
    found = trade(values, list(HOLDERS["occupation"]), seed=1)
    assert found.share <= found.high


def test_entropy_bounds() -> None:
    """All alike is 0, as even as can be is 1, even with fewer people than directorates."""
    assert entropy(["a"] * 5, possible=15) == 0
    assert round(entropy(["a", "b", "c"], possible=15), 9) == 1
    assert entropy(["a"], possible=15) == 0
