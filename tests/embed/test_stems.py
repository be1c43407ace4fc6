"""Words of a text and what they are known by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.embed.stems import plain, singular, stem, stems, words


@pytest.mark.parametrize(
    ("left", "right"), [("recruter", "recrutement"), ("réparer", "réparation"), ("vélos", "vélo"), ("locaux", "locaux")]
)
def test_forms_of_a_word_share_a_stem(left: str, right: str) -> None:
    """Inflected and derived forms of a word are one stem."""
    assert stem(left) == stem(right)


def test_short_words_are_their_own_stem() -> None:
    """An acronym is not taken for the form of a verb."""
    assert stem("vae") == "vae"
    assert stem("va") != stem("vae")


def test_an_endless_word_has_a_stem() -> None:
    """Letters put end to end are looked at up to a length: a text without spaces takes no more time than another."""
    assert stem("a" * 1_000_000) == stem("a" * 1_000)


def test_words_leave_tool_words_and_signs_out() -> None:
    """Elisions are split, tool words left out, œ is two letters."""
    assert words("L’œuvre d'art, et la gestion-de projet !") == ["oeuvre", "art", "gestion", "projet"]
    assert stems("Les vélos de la Région") == [stem("vélo"), stem("région")]


def test_singular_takes_the_plural_off() -> None:
    """Case, accents and the mark of the plural do not part two words, and short words keep their end."""
    assert singular("réunions") == singular("reunion")
    assert singular("bus") == "bus"


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    """Whatever the text, words hold no space and stems no accent."""
    assert all(word and not any(letter.isspace() for letter in word) for word in words(text))
    assert all(plain(known) == known for known in stems(text))
