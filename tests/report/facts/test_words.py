"""Values of the tables in words: kinds, certainty, chances, anchors."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.identifiers import anchor, theme_number
from pipeline.report.facts.words import (
    capital,
    certainty,
    department,
    firmness,
    found_again,
    sort_key,
    spread,
    uncapital,
)


@given(st.text(max_size=20), st.text(max_size=20))
def test_anchors_are_distinct_and_plain(one: str, other: str) -> None:
    """Distinct ids give distinct anchors, made of characters that need no escape."""
    assert (anchor("x", one) == anchor("x", other)) == (one == other)
    assert re.fullmatch(r"x-[A-Za-z0-9._-]*", anchor("x", one))


@pytest.mark.parametrize(
    ("draws", "said"), [((15, 20), "souvent"), ((10, 20), "parfois"), ((9, 20), "rarement"), (None, ""), ((0, 0), "")]
)
def test_certainty_follows_its_rule(draws: tuple[int, int] | None, said: str) -> None:
    """Found three times in four is often, one in two sometimes, fewer seldom."""
    assert certainty(draws) == said


def test_found_again_in_words() -> None:
    """“Retrouvé dans 17 calculs sur 20”, at every one, and an honest sentence without draws."""
    assert found_again((17, 20)).replace("\u00a0", " ") == "Retrouvé dans 17 calculs sur 20"
    assert found_again((20, 20)) == "Retrouvé à chaque calcul (20 sur 20)"
    assert found_again(None) == "Stabilité non mesurée"


@pytest.mark.parametrize(("theme_id", "said"), [("T03", "3"), ("T120", "120"), ("S-ab12", "S-ab12"), ("L03", "L03")])
def test_a_theme_has_one_number(theme_id: str, said: str) -> None:
    """The number on a page is that of files and commands; an id without one stands for itself."""
    assert theme_number(theme_id) == said


def test_departments_have_names() -> None:
    """A known number has its name, any other value is left."""
    assert department("57") == "Moselle (57)"
    assert department("Vosges") == "Vosges"
    assert department("") == ""


def test_spread_compares_with_chance() -> None:
    """Well above or below what chance gives is said, the rest is like the whole contest."""
    chance = (0.6, 0.784)
    assert spread(0.9, chance).startswith("Partagé")
    assert spread(0.3, chance).startswith("Porté surtout")
    assert spread(0.7, chance) == "Réparti entre les directions comme l’ensemble du concours."
    assert spread(None, chance) == spread(0.5, (None, None)) == ""


def test_sorting_ignores_accents() -> None:
    """É sorts with E; the exact text only breaks ties."""
    assert sorted(["Zone", "Été", "eau"], key=sort_key) == ["eau", "Été", "Zone"]
    assert capital("école : bilan") == "École\u202f: bilan"


@pytest.mark.parametrize(("membership", "said"), [(0.0, "hésitant"), (0.59, "hésitant"), (0.6, "net"), (1.0, "net")])
def test_firmness_is_a_word(membership: float, said: str) -> None:
    """Before any decision, a membership is said without a figure that could be taken for a chance."""
    assert firmness(membership) == said
    assert firmness(membership, membership) == "hésitant"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Lire les idées", "lire les idées"),
        ("MiniLab ou non", "MiniLab ou non"),
        ("DGS", "DGS"),
        ("À lire", "à lire"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_capitals_after_a_colon(text: str, said: str) -> None:
    """A sentence goes on in small letters, a name with capitals of its own does not."""
    assert uncapital(text) == said
