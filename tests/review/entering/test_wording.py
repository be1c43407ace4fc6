"""Decisions and themes in words."""

from __future__ import annotations

import pytest

from pipeline.review.entering.wording import said, title, told
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.decisions import Decision
from tests.review.candidates import CANDIDATES

START = state_of(*CANDIDATES)


def _act(action: str, target: str, value: str = "", reason: str = "") -> Decision:
    return Decision(1, "2024-03-01T10:00:00", "ab", action, target, value, reason)


@pytest.mark.parametrize(("theme", "shown"), [("T01", "Titre de T01"), (None, "signal faible"), ("T99", "T99")])
def test_a_theme_is_called_by_its_title(theme: str | None, shown: str) -> None:
    """A theme that is closed keeps its number, no theme is a weak signal."""
    assert title(START, theme) == shown


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (("assign", "I01", "T02"), "I01 rangée dans «\u202fTitre de T02\u202f»"),
        (("merge", "T01", "T02"), "«\u202fTitre de T01\u202f» réuni à «\u202fTitre de T02\u202f»"),
        (("rename", "T01", "Vélo"), "T01 renommé «\u202fVélo\u202f»"),
        (("kind", "T01", "communaute_metier"), "suite de «\u202fTitre de T01\u202f»\u00a0: communauté de métier"),
        (("split", "T01", "I01|I02"), "«\u202fTitre de T01\u202f» scindé (2\u00a0idées)"),
    ],
)
def test_a_decision_is_told_by_titles(act: tuple[str, str, str], words: str) -> None:
    """Themes by their titles; a renamed one by its number, for its title is what changes."""
    assert told(START, _act(*act)).replace("\u202f:", "\u00a0:") == words


@pytest.mark.parametrize(("reason", "end"), [("", ""), ("trop loin", "\u00a0: trop loin")])
def test_who_decided_when_and_why_is_said(reason: str, end: str) -> None:
    """The day without the hour; no colon without a reason."""
    words = said(START, _act("weak", "I01", "", reason)).replace("\u202f:", "\u00a0:")
    assert words == f"I01 n’entre nulle part (ab, 2024-03-01){end}"
