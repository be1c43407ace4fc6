"""Sentences of seats and lines: every code has one, what is public names no idea, a line reads as what it is."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from pipeline.assign.telling.result import NO_QUESTION, NOTHING
from pipeline.words.seats import CAUSES, Group, line_reason, seat_reason, team_line_reason, team_reason

GROUPS = {"lab-T1": Group("Vélo", 13, 25), "lab-T2": Group("Cantine", 25, 25)}
COSTS = (
    "rule", "seated", "holders_seated", "volunteers_seated", "lottery", "worst_affinity", "total_affinity", "distance",
    "equal", "unknown",
)  # fmt: skip
CAP = {
    "bound": "cap", "bound_by": "directorate", "bound_value": "Mer", "bound_count": 5, "bound_size": 13,
    "bound_share": 0.4,
}  # fmt: skip


def plain(said: str) -> str:
    """Return a sentence with ordinary spaces and apostrophes."""
    return said.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def seat(**facts: Any) -> dict[str, Any]:  # noqa: ANN401 - a cell is any value
    """Return a row of assignments."""
    head = {
        "holder_id": "A1",
        "lab_id": "lab-T1",
        "status": "placed",
        "affinity": 0.6,
        "rank": 1,
        "reason_code": "ideas",
    }
    return {**NOTHING, **head, "ideas": ["I07", "I09"], **facts}


def waits(**facts: Any) -> dict[str, Any]:  # noqa: ANN401 - a cell is any value
    """Return a row of the waiting list."""
    head = {"holder_id": "A1", "lab_id": "lab-T1", "place_in_line": 1, "affinity": 0.6, "rank": 1}
    turn = {"enters": "always", "lets_in": 13, "enters_by": "", "enters_value": ""}
    return {**NO_QUESTION, **head, **turn, **facts}


@pytest.mark.parametrize(
    ("cost", "bound"), list(product(COSTS, ("", "cap", "maximum", "minimum", "at_least", "announced")))
)
def test_every_cost_and_rule_has_a_sentence(cost: str, bound: str) -> None:
    """Whatever the pair, the line's reason names the group and ends as a sentence does."""
    said = plain(line_reason(waits(**{**CAP, "cost": cost, "bound": bound, "loss": 2, "moved": 1, "lost": 1}), GROUPS))
    assert said.startswith("« Vélo » : ")
    assert said.endswith(".")
    assert ".." not in said


def test_the_public_reason_names_no_idea() -> None:
    """Ideas are counted in public and named for the team; what is only close to the theme is said so."""
    row = seat(near_ideas=["I09"])
    assert plain(seat_reason(row, GROUPS)) == "Son idée porte sur ce sujet. Affinité : 60 %."
    assert plain(team_reason(row, GROUPS, lambda idea: f"« titre » ({idea})")) == (
        "Son idée « titre » (I07) porte sur ce sujet. Son idée « titre » (I09) est rapprochée de ce thème, lien à"
        " vérifier."
    )
    assert "rapprochées de ce thème" in plain(seat_reason(seat(near_ideas=["I07", "I09"]), GROUPS))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"reason_code": "fixed"}, "Place décidée par l'équipe d'animation."),
        ({"reason_code": "announced"}, "Place déjà annoncée."),
        ({"reason_code": "wish", "ideas": [], "wish": 2}, "C'est son vœu n° 2."),
        (
            {"reason_code": "volunteer", "lab_id": "lab-T2", "ideas": [], "drawn": True},
            "Place tirée au sort entre les volontaires",
        ),
        ({"helped": True}, "La venue de volontaires a permis cette place."),
        ({"first_lab": "lab-T2", "cost": "equal", "lost": 1}, "à égalité, le sort a décidé (1 autre personne perdrait"),
        (
            {"status": "waiting", "first_lab": "lab-T2", "cost": "seated", "loss": 1},
            "En attente d'une place. Son",
        ),
    ],
)
def test_what_a_seat_comes_from(facts: dict[str, Any], said: str) -> None:
    """Decisions, wishes, volunteers and the first group that was not given each have their words."""
    assert said in plain(seat_reason(seat(**facts), GROUPS))


def test_every_cause_is_said() -> None:
    """Someone not concerned reads each cause that is theirs."""
    for cause, sentence in CAUSES.items():
        row = seat(status="not_concerned", causes=[cause, "trade"], ideas=[])
        assert plain(seat_reason(row, GROUPS)) == f"{sentence} {CAUSES['trade']}"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "Première personne à entrer si une place s'y libère."),
        ({"place_in_line": 3}, "2 personnes entreraient avant si une place s'y libère."),
        (
            {"enters": "depends", "enters_by": "directorate", "enters_value": "Mer"},
            "Son tour dépend de qui part : ce serait le sien si une personne de « Mer » laisse sa place.",
        ),
        ({"enters": "depends"}, "Son tour dépend de qui part"),
        ({"enters": "never"}, "Une seule place libérée n'y suffirait pas."),
    ],
)
def test_a_turn_is_a_promise(facts: dict[str, Any], said: str) -> None:
    """First, after others, depending on who leaves, or not at all: the turn is told as it was computed."""
    assert said in plain(line_reason(waits(cost="seated", loss=1, bound="maximum", bound_count=25, **facts), GROUPS))
    assert said in plain(team_line_reason(waits(cost="seated", loss=1, bound="maximum", bound_count=25, **facts)))
