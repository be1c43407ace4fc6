"""What a trade is."""

from __future__ import annotations

import pandas as pd

from pipeline.words.trades import Trade, trade

EVERYONE = ["cuisinier"] * 10 + ["aide"] * 4 + ["gestionnaire"] * 30 + ["juriste"] * 56


def test_a_trade_is_what_is_frequent_inside_and_rare_outside() -> None:
    """Cooks and kitchen hands make the trade; a passing manager does not."""
    found = trade(["cuisinier"] * 9 + ["aide"] * 3 + ["gestionnaire"] * 3, EVERYONE, 1)
    assert (found.occupations, found.share, found.shared) == (("cuisinier", "aide"), 0.8, True)


def test_a_lone_occupation_is_the_most_typical_and_no_trade() -> None:
    """A person may still choose a community: it then admits the occupation seen most; unknown ones say nothing."""
    found = trade(["juriste", ""], EVERYONE, 1)
    assert (found.occupations, found.shared) == (("juriste",), False)
    assert trade(["", ""], EVERYONE, 1).occupations == ()


def test_chance_makes_no_trade() -> None:
    """Of a hundred random draws of people, at most one in twenty is taken for a trade."""
    people = pd.Series(EVERYONE)
    drawn = [trade(list(people.sample(20, random_state=draw)), EVERYONE, 1).shared for draw in range(100)]
    assert sum(drawn) <= 5


def test_one_person_makes_no_trade_however_rare_the_occupation() -> None:
    """Two people of two rare occupations share none: only the most typical one is named."""
    everyone = ["plombier", "secrétaire", *["agent"] * 98]
    assert trade(["plombier", "secrétaire"], everyone, 1) == Trade(("plombier",), 0.5, shared=False)
