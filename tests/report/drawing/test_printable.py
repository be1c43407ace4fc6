"""Text for print: whatever is typed becomes text that the embedded fonts draw inside the page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.drawing.printable import UNKNOWN, plain, text
from pipeline.report.facts.model import Figure


@given(st.text(max_size=200))
def test_nothing_invisible_nor_reordering_is_left(value: str) -> None:
    """No control, no mark that turns the line around; a second pass changes nothing but break opportunities."""
    said = text(value)
    assert not set(said) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00\x1b\t\r")
    assert text(said).replace("\u200b", "") == said.replace("\u200b", "")


@given(st.text(alphabet="abcé", min_size=41, max_size=500))
def test_an_endless_word_can_be_broken(word: str) -> None:
    """No run of more than forty characters is left without a break opportunity, and no character is lost."""
    said = text(word)
    assert max(map(len, said.split("\u200b"))) <= 40
    assert said.replace("\u200b", "") == word


def test_what_cannot_be_drawn_is_shown_as_a_sign() -> None:
    """A character of no embedded font is a square, not a hole; emoji and accents are drawn."""
    assert text("漢") == UNKNOWN
    assert text("e\u0301té 😀") == "été 😀"


def test_views_become_plain_values() -> None:
    """Frozen values, lists and mappings become what JSON holds, every text printable; numbers stay numbers."""
    assert plain({"a": (Figure("1\u202e", "x"), 2.5, None)}) == {"a": [{"value": "1", "label": "x"}, 2.5, None]}
