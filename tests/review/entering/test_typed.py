"""Acts as people type them, one at a time or in a list, and what to look at twice."""

from __future__ import annotations

import pytest

from pipeline.review.entering.acts_file import read_acts
from pipeline.review.entering.effect import Effect, Move, doubts
from pipeline.review.entering.typed import resolved, theme_of
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.engine import replay
from tests.review.candidates import CANDIDATES

START = state_of(*CANDIDATES)


def _acts(*rows: tuple[str, str, str]) -> list[Decision]:
    return [Decision(seq, "2024-03-01", "ab", *row) for seq, row in enumerate(rows, start=1)]


def test_only_a_kind_is_read_as_one() -> None:
    """« MiniLab » is a kind where a kind is asked for, and a title where a title is; in a list too."""
    typed = (("nature", "T01", "Communauté de métier"), ("renommer", "T02", "Communauté de métier"))
    wanted = [("kind", "T01", "communaute_metier"), ("rename", "T02", "Communauté de métier")]
    assert [(act.action, act.target, act.value) for act in resolved(START, _acts(*typed))] == wanted
    lines = "action;cible;valeur;raison\n" + "".join(f"{';'.join(act)};\n" for act in typed)
    assert [act[:3] for act in read_acts(lines.encode(), "actes.csv")] == wanted


def test_a_theme_that_is_gone_is_still_called_by_its_number() -> None:
    """What was merged into another can be named; pinning or attracting it fills nothing in."""
    state = replay(START, _acts(("merge", "T01", "T02"))).state
    assert theme_of(state, "T01") == "T01"
    for action in ("pin", "attract"):
        (act,) = resolved(state, _acts((action, "T01", "")))
        assert (act.target, act.value) == ("T01", "")


def test_an_undo_among_the_acts_is_looked_at_as_nothing() -> None:
    """Titles that two themes would share are told once, in the order of their numbers, beside an act taken back."""
    twice = replay(START, _acts(("rename", "T03", "Vélo"), ("rename", "T02", "Vélo"))).state
    (told,) = doubts(twice, _acts(("undo", "1", ""), ("rename", "T01", "vélo"), ("rename", "T01", "vélo")))
    assert told.startswith("Attention\u202f: T02 et T03 s’appellent déjà «\u202fvélo\u202f».")


@pytest.mark.parametrize(
    ("count", "moves", "said"),
    [
        (0, 0, "«\u202fVélo\u202f» n’attirerait aucune idée."),
        (2, 2, "«\u202fVélo\u202f» attirerait 2\u00a0idées."),
        (1, 2, "«\u202fVélo\u202f» attirerait 1\u00a0idée. En tout, 2\u00a0idées changeraient de thème."),
    ],
)
def test_what_a_theme_would_attract_is_told(count: int, moves: int, said: str) -> None:
    """How many ideas a theme would take, and how many would move in all where that is more."""
    assert str(Effect((), (Move("I01", "T02", "T01"),) * moves, {"Vélo": count})) == said
