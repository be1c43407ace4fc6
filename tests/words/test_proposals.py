"""Two proposals to choose between: what is shown of them, and that neither is imposed."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.schema import PROPOSALS
from pipeline.words.proposals import HOW, proposals, short, told

LISTED = {
    "proposal": "list", "themes": 9, "listed": 3, "largest": 40, "drawn": 0.31, "weak_signals": 12, "stability": 0.8,
    "titles": ["Un", "Deux"],
}  # fmt: skip
NONE = LISTED | {
    "proposal": "none", "themes": 7, "listed": 0, "largest": 30, "drawn": None, "weak_signals": 20, "stability": 0.6,
    "titles": ["Trois"],
}  # fmt: skip


def test_the_two_stand_side_by_side_with_what_speaks_for_each() -> None:
    """Each measure is given for both, and speaks for the proposal where it is the better, for that one only."""
    said = proposals(PROPOSALS.check(pd.DataFrame([LISTED, NONE])))
    assert said is not None
    assert "31" in said.opening
    cells = {name: (listed, none) for name, listed, none in said.rows}
    assert cells["Idées du plus grand"] == ("40", "30")
    assert cells["Titres"] == ("Un\u202f; Deux", "Trois")
    assert "80" in said.for_list
    assert "12\u00a0idées contre 20" in said.for_list
    assert "30 idées contre 40" in said.for_none
    assert "calcul" not in said.for_none


def test_how_to_change_is_said_and_nothing_is_imposed() -> None:
    """The words to write in the parameters are there, and that decisions stay."""
    assert "« grille » la valeur « aucune »" in HOW
    assert "Rien n’est choisi pour vous" in HOW


@pytest.mark.parametrize("stability", [None, float("nan")])
def test_what_is_not_measured_speaks_for_neither(stability: float | None) -> None:
    """Without stability, it is said not to be measured; a list that gave no theme is said to give none."""
    said = proposals(pd.DataFrame([LISTED | {"stability": stability, "listed": 0}, NONE | {"stability": stability}]))
    assert said is not None
    assert {name: listed for name, listed, _ in said.rows}["Stabilité moyenne"] == "non mesurée"
    assert "aucun thème ne vient de la liste" in said.for_list


def test_without_a_choice_nothing_is_said() -> None:
    """A list that suits the contest, or none, leaves nothing to compare."""
    assert proposals(PROPOSALS.empty()) is None
    assert "Rien à comparer" in told(None)[0]


def test_a_terminal_shows_each_with_its_measures() -> None:
    """Each proposal comes with its own figures and titles; one line is enough where only the figures are wanted."""
    said = proposals(pd.DataFrame([LISTED, NONE]))
    assert said is not None
    lines = told(said)
    first, second = lines.index("Avec la liste"), lines.index("Sans liste")
    assert [line for line in lines[first:second] if "Deux" in line]
    assert [line for line in lines[second:] if "Trois" in line]
    assert "20" in short(said)
    assert "Trois" not in short(said)
