"""Which answer a theme calls for, from the people who hold its ideas."""

from __future__ import annotations

import re
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.words.answers import spread, suggest
from pipeline.words.kinds import KINDS, sentence

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
    assert "cuisinier et chef de cuisine" in sentence(kind)


def test_a_mixed_theme_is_a_minilab() -> None:
    """People of all trades and directorates call for a MiniLab, and the reason says how spread they are."""
    kind = suggest(HOLDERS, set(HOLDERS["holder_id"].head(24)), seed=1)
    assert kind.kind == "minilab"
    assert re.search(r"(aussi|plus) variées que dans l’ensemble", sentence(kind))


def test_a_directorate_that_sits_everywhere_does_not_answer_alone() -> None:
    """A theme that one directorate holds in all its places, in all trades, is for a MiniLab."""
    inside = set(HOLDERS.loc[HOLDERS["directorate"] == "Direction 2", "holder_id"])
    assert suggest(HOLDERS, inside, seed=1).kind == "minilab"


@pytest.mark.parametrize(
    ("column", "value", "because"), [("place", "Ville 2", "place"), ("service", "Paie", "service")]
)
def test_one_place_or_one_service_answers_alone(column: str, value: str, because: str) -> None:
    """Most holders in one place, or in one service that the export names, whatever their directorate and trade."""
    people = HOLDERS.assign(service=["Paie" if i < 24 else "Achats" for i in range(120)])
    kind = suggest(people, set(people.loc[people[column] == value, "holder_id"].head(15)), seed=1)
    assert (kind.kind, kind.because, kind.value) == ("reponse_direction", because, value)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.sets(st.sampled_from(list(HOLDERS["holder_id"]))), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(theirs: set[str], random: Random) -> None:
    """Whatever the theme, the kind is one of those declared, none only without a holder, the same in any row order."""
    shuffled = HOLDERS.sample(frac=1, random_state=random.randrange(1000))
    kind = suggest(HOLDERS, theirs, seed=1)
    assert kind == suggest(shuffled, theirs, seed=1)
    assert (kind.kind in KINDS) == bool(theirs)
    assert sentence(kind)


def test_two_holders_are_not_judged() -> None:
    """Too few people to tell: said so, and no figure is made up."""
    kind = suggest(HOLDERS, {"A000", "A001"}, seed=1)
    assert kind.directorates is None
    assert "Trop peu" in sentence(kind)


def test_spread_bounds() -> None:
    """All alike is 0, as even as can be is 1, even with fewer people than directorates."""
    everyone = [f"d{n % 15}" for n in range(150)]
    alike, even = spread(["d1"] * 5, everyone, 1), spread(["d1", "d2", "d3"], everyone, 1)
    assert alike is not None
    assert even is not None
    assert (alike.entropy, even.entropy) == (0, 1)
    assert spread(["d1", "d2"], everyone, 1) is None


def holders(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    """Return people with a directorate, an occupation and a place."""
    table = pd.DataFrame(rows, columns=["directorate", "occupation", "place"])
    return table.assign(holder_id=[f"A{n}" for n in range(len(rows))], site_type="", department="")


def test_one_occupation_on_several_sites_is_a_trade_community() -> None:
    """Cooks of ten lycées make a trade community, and the reason says so."""
    people = holders(
        [("Lycées", "cuisinier", f"L{n}") for n in range(10)] + [("RH", f"m{n % 5}", "Metz") for n in range(30)]
    )
    kind = suggest(people, {f"A{n}" for n in range(10)}, 1)
    assert kind.kind == "communaute_metier"
    assert "cuisinier" in sentence(kind)


def test_one_directorate_answers_by_itself() -> None:
    """People of one directorate, of several occupations in one place, call for that directorate's answer."""
    people = holders(
        [("RH", f"m{n % 4}", "Metz") for n in range(8)] + [(f"D{n % 8}", f"x{n % 9}", f"L{n}") for n in range(24)]
    )
    kind = suggest(people, {f"A{n}" for n in range(8)}, 1)
    assert kind.kind == "reponse_direction"


def test_many_directorates_make_a_minilab() -> None:
    """People from everywhere call for a MiniLab; a theme whose holders are unknown is a question."""
    people = holders([(f"D{n % 8}", f"m{n % 9}", f"L{n}") for n in range(40)])
    assert suggest(people, {f"A{n}" for n in range(12)}, 1).kind == "minilab"
    nobody = suggest(people, set(), 1)
    assert (nobody.kind, nobody.because) == ("", "unknown")
