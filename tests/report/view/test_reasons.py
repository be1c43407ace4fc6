"""Reasons for a form of answer: figures only where the tables give them too."""

from __future__ import annotations

import pytest

from pipeline.report.view.reasons import kind_reason, one_sided
from pipeline.report.withheld.disclosure import Disclosure, disclosure
from tests.report.withheld.test_disclosure import contest


@pytest.fixture(scope="module")
def known() -> Disclosure:
    """Return a contest: T has twelve agents of A and six of B, U six of A and one of B, V five of each."""
    groups = [("T", "A", 12), ("T", "B", 6), ("U", "A", 6), ("U", "B", 1), ("V", "A", 5), ("V", "B", 5)]
    return disclosure(contest([(t, d, "L", "57") for t, d, count in groups for _ in range(count)]), 5)


def _row(theme: str, kind: str, reason: str, value: str | None, share: float | None) -> dict[str, object]:
    return {"theme_id": theme, "kind": kind, "kind_reason": reason, "kind_value": value, "kind_share": share}


def test_a_share_that_the_table_shows_is_kept(known: Disclosure) -> None:
    """Twelve agents of eighteen may be told, since the table of the theme tells them."""
    row = _row("T", "reponse_direction", "67 % des porteurs relèvent d’une seule direction (A).", "A", 0.67)
    assert "67\u202f%" in kind_reason(row, 18, known, 5)


def test_a_share_that_leaves_one_agent_is_not(known: Disclosure) -> None:
    """Six of seven would tell that one agent is from elsewhere: the reason stays, its figure goes."""
    row = _row("U", "reponse_direction", "86 % des porteurs relèvent d’une seule direction (A).", "A", 0.86)
    assert kind_reason(row, 7, known, 5) == "La plupart des porteurs relèvent d’une seule direction."


@pytest.mark.parametrize(("share", "agents", "kept"), [(66, 31, True), (50, 8, False), (90, 20, False), (100, 9, True)])
def test_a_share_of_occupations_is_a_count_too(share: int, agents: int, kept: bool, known: Disclosure) -> None:  # noqa: FBT001 - a case
    """A share of a trade is told when it stands for five agents and leaves five others, or none."""
    reason = f"{share} % des porteurs exercent le même métier (cuisinier), sur plusieurs sites."
    row = _row("T", "communaute_metier", reason, None, share / 100)
    assert ("%" in kind_reason(row, agents, known, 5)) == kept


def test_a_persons_reason_is_left_as_it_is(known: Disclosure) -> None:
    """Words without a share among the facts are kept, whoever wrote them."""
    assert kind_reason(_row("U", "minilab", "Décidé en comité.", None, None), 7, known, 5) == "Décidé en comité."


def test_a_theme_mostly_of_one_directorate_is_told_without_naming_it(known: Disclosure) -> None:
    """Two thirds of enough holders, no less; of few holders nothing is said, since it would bound hidden counts."""
    assert [theme for theme in "TUV" if one_sided(theme, known, 5)] == ["T"]
    assert one_sided("U", known, 3)
    assert not one_sided("unknown", known, 5)
