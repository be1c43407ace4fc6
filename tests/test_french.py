"""French typography and small grammar."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.french import agree, counted, enumeration, fold, in_letters, long_date, number, opening, percent, typeset

N = "\u202f"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Qu'est-ce que c'est ?", f"Qu’est-ce que c’est{N}?"),
        ("Trois choses: a; b !", f"Trois choses{N}: a{N}; b{N}!"),
        ('Dire "non" et « oui »', f'Dire "non" et «{N}oui{N}»'),
        ("à 12:30, voir http://exemple.fr/a?b", "à 12:30, voir http://exemple.fr/a?b"),
        ("Vraiment ?!", f"Vraiment{N}?!"),
        ("12 % ou 12%", f"12{N}% ou 12{N}%"),
    ],
)
def test_typeset(typed: str, shown: str) -> None:
    """Double punctuation takes a narrow no-break space; times and addresses stay as they are."""
    assert typeset(typed) == shown


@settings(deadline=None, derandomize=True)
@given(st.text())
def test_typeset_twice(text: str) -> None:
    """Setting a text twice changes nothing more."""
    assert typeset(typeset(text)) == typeset(text)


def test_numbers_and_dates() -> None:
    """Numbers take a decimal comma and narrow spaces, dates the French month and “1er”."""
    assert number(1234.5, 1) == f"1{N}234,5"
    assert number(-3) == "−3"
    assert number(-0.004, 2) == "0,00"
    assert percent(0.425, 1) == f"42,5{N}%"
    assert long_date("2020-03-01") == "1er\u00a0mars 2020"
    assert long_date("2019-12-12") == "12\u00a0décembre 2019"


def test_agreement() -> None:
    """French is plural from two on, in every word of the phrase that can take an s."""
    assert counted(0, "idée") == "0\u00a0idée"
    assert counted(2, "porteur placé") == "2\u00a0porteurs placés"
    assert agree(3, "réseau", "réseaux") == "réseaux"
    assert agree(3, "fois") == "fois"


def test_joining_words() -> None:
    """Lists end with “et”; a list of nothing is nothing."""
    assert enumeration([]) == ""
    assert enumeration(["a", "b", "c"]) == "a, b et c"


def test_fold() -> None:
    """Comparison ignores accents, case, ligatures and the kind of apostrophe."""
    assert fold("Œuvre d’ÉTÉ") == fold("oeuvre d'ete")
    assert fold("Lætitia ÆRTS, Bjørn, ﬁn") == "laetitia aerts, bjorn, fin"


def test_a_sentence_opens_in_letters() -> None:
    """Small counts that begin a sentence are words, with their gender and their noun in agreement."""
    assert opening(1, "thème") == "Un\u00a0thème"
    assert opening(1, "idée", feminine=True) == "Une\u00a0idée"
    assert opening(8, "sujet") == "Huit\u00a0sujets"
    assert opening(17, "sujet") == "17\u00a0sujets"
    assert in_letters(0) == "zéro"


def test_a_number_sign_stays_with_its_number() -> None:
    """« n° 12 » is never cut at the end of a line."""
    assert typeset("(n° G1ID-002), N°3") == "(n°\u00a0G1ID-002), N°\u00a03"
