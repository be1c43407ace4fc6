"""Reasons for a form of answer: figures only where the tables give them too."""

from __future__ import annotations

import pytest

from pipeline.report.disclosure import Disclosure, disclosure
from pipeline.report.reasons import kind_reason
from tests.report.test_disclosure import contest


@pytest.fixture(scope="module")
def known() -> Disclosure:
    """Return a contest: T has twelve agents of A and six of B, U six of A and one of B, V five of each."""
    groups = [("T", "A", 12), ("T", "B", 6), ("U", "A", 6), ("U", "B", 1), ("V", "A", 5), ("V", "B", 5)]
    return disclosure(contest([(t, d, "L", "57") for t, d, count in groups for _ in range(count)]), 5)


def test_a_share_that_the_table_shows_is_kept(known: Disclosure) -> None:
    """Twelve agents of eighteen may be told, since the table of the theme tells them."""
    reason = "67 % des porteurs relèvent d’une seule direction (A)."
    assert "67\u202f%" in kind_reason(reason, "reponse_direction", "T", 18, known, 5)


def test_a_share_that_leaves_one_agent_is_not(known: Disclosure) -> None:
    """Six of seven would tell that one agent is from elsewhere: the reason stays, its figure goes."""
    told = kind_reason("86 % des porteurs relèvent d’une seule direction (A).", "reponse_direction", "U", 7, known, 5)
    assert told == "La plupart des porteurs relèvent d’une seule direction."


@pytest.mark.parametrize(("share", "agents", "kept"), [(66, 31, True), (50, 8, False), (90, 20, False), (100, 9, True)])
def test_a_share_of_occupations_is_a_count_too(share: int, agents: int, kept: bool, known: Disclosure) -> None:  # noqa: FBT001 - a case
    """A share of a trade is told when it stands for five agents and leaves five others, or none."""
    reason = f"{share} % des porteurs exercent le même métier (cuisinier), sur plusieurs sites."
    assert ("%" in kind_reason(reason, "communaute_metier", "T", agents, known, 5)) == kept


def test_a_persons_reason_is_left_as_it_is(known: Disclosure) -> None:
    """Words without a share are kept, whoever wrote them."""
    assert kind_reason("Décidé en comité.", "minilab", "U", 7, known, 5) == "Décidé en comité."
