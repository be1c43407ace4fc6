"""Notions that the words of a text belong to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.embed.thesaurus import read, thesaurus

SMALL = read(
    [
        {"notion": "vélo", "domaine": "transports", "termes": "bicyclette | piste cyclable | cyclable"},
        {"notion": "papier", "domaine": "bureau", "termes": "papier | rame"},
        {"notion": "grands-parents", "domaine": "famille", "termes": "papi | mamie"},
    ]
)


def test_terms_are_found_in_any_form() -> None:
    """Plurals, accents and case do not hide a term, and the name of a notion is one of its terms."""
    assert SMALL.notions("Des Bicyclettes pour les agents") == ["vélo"]
    assert SMALL.notions("VÉLOS") == ["vélo"]


def test_longer_terms_win_and_their_word_counts_too() -> None:
    """A term of two words is found as such, beside the single word in it."""
    assert SMALL.notions("une piste cyclable") == ["vélo", "vélo"]


def test_a_word_known_as_it_is_keeps_its_sense() -> None:
    """« papiers » is not taken for « papi », whose stem it shares."""
    assert SMALL.notions("moins de papiers") == ["papier"]


def test_nothing_is_found_in_a_text_without_term() -> None:
    """No word, no notion."""
    assert SMALL.notions("") == []
    assert SMALL.notions("42 !") == []


@given(st.text(max_size=200))
def test_any_text_gives_known_notions(text: str) -> None:
    """Whatever the text, the notions found are those of the thesaurus, sorted."""
    found = thesaurus().notions(text)
    assert found == sorted(found)
    assert set(found) <= set(thesaurus().domains)


def test_the_thesaurus_covers_life_at_work_and_in_town() -> None:
    """The thesaurus that comes with MiniLabs knows hundreds of notions, each with a domain and at least ten terms."""
    known = thesaurus()
    terms = [notion for notions in known.exact.values() for notion in notions]
    assert len(known.domains) > 600
    assert all(known.domains.values())
    assert min(terms.count(notion) for notion in known.domains) >= 10
