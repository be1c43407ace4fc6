"""Who could sit where, and why: ideas, wishes, decisions and what people were told."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.assign.inputs.rules import Given
from pipeline.assign.inputs.seats import Seat, least_affinity, possible_seats, refused
from pipeline.params import AssignParams
from tests.assign.inputs.made import given, rules

ONE, TWO, THREE = "lab-T01", "lab-T02", "lab-T03"


def affinity(**of: int) -> pd.DataFrame:
    """Return the affinity of people named as person_theme: A1_T01=500; each from one idea with their name."""
    keys = [key.split("_") for key in of]
    return pd.DataFrame(
        {
            "holder_id": [person for person, _ in keys],
            "theme_id": [theme for _, theme in keys],
            "affinity": list(of.values()),
            "ideas": [[f"I-{person}"] for person, _ in keys],
            "near": [[] for _ in keys],
            "silent": [[f"I-{person}"] for person, _ in keys],
        }
    )


def seats(files: Given, params: AssignParams | None = None, **of: int) -> dict[tuple[str, str], Seat]:
    """Return the possible seats by person and lab."""
    chosen = params or AssignParams()
    found = possible_seats(affinity(**of), rules(files, chosen), chosen)
    assert [(seat.person, seat.lab) for seat in found] == sorted((seat.person, seat.lab) for seat in found)
    return {(seat.person, seat.lab): seat for seat in found}


def test_ideas_open_the_doors_of_their_themes() -> None:
    """With the ideas, those to check, and none where the theme has no group or the trade is not admitted."""
    found = seats(given(), A2_T01=500, A2_T02=900, A1_T02=300, A2_T09=900)
    assert set(found) == {("A2", ONE), ("A1", TWO)}
    assert found["A2", ONE] == Seat("A2", ONE, 500, ("I-A2",), ("I-A2",))


@pytest.mark.parametrize(("least", "kept"), [(0.3, True), (0.301, False), (0.0, True)])
def test_a_seat_of_too_little_affinity_is_not_proposed(least: float, kept: bool) -> None:  # noqa: FBT001
    """The floor itself is enough."""
    found = seats(given(), AssignParams(min_affinity=least), A2_T01=300)
    assert bool(found) == kept


def test_nothing_in_common_is_never_proposed() -> None:
    """Even with a floor of nothing."""
    assert least_affinity(AssignParams(min_affinity=0)) == 1
    assert seats(given(), AssignParams(min_affinity=0), A2_T01=0) == {}


def test_wishes_count_as_one_more_idea_the_first_the_most() -> None:
    """Half of the way to 1000 for the first, a quarter for the second, from where ideas left it."""
    found = seats(given([{"agent_id": "A2", "voeux": "T01|T03"}]), AssignParams(wish_weight=0.5), A2_T01=400)
    assert [(seat.lab, seat.affinity, seat.wish) for seat in found.values()] == [(ONE, 700, 1), (THREE, 250, 2)]


def test_decisions_close_doors() -> None:
    """Bans, facilitating, a closed group, a person who cannot come, a person who is not known, no common day."""
    people = [
        {"agent_id": "A1", "exclu_de": "T01"},
        {"agent_id": "A2", "anime": "T01"},
        {"agent_id": "A3", "indisponible": "oui"},
        {"agent_id": "A4", "disponible": "mardi"},
        {"agent_id": "A5", "disponible": "Lundi"},
    ]
    labs = [{"minilab": "T01", "creneaux": "lundi|jeudi"}, {"minilab": "T03", "ferme": "oui"}]
    of = {f"A{n}_{theme}": 500 for n in range(1, 8) for theme in ("T01", "T03")}
    found = seats(given(people, labs), None, **of)
    assert set(found) == {("A5", ONE), ("A6", ONE)}


def test_a_fixed_seat_needs_neither_affinity_nor_trade() -> None:
    """Decided by an analyst: held, and the worst affinity does not look at it."""
    found = seats(given([{"agent_id": "A2", "minilab_fixe": "T02"}]), A2_T01=500)
    assert found["A2", TWO] == Seat("A2", TWO, 0, fixed=True, exempt=True)
    assert not found["A2", ONE].exempt


def test_what_was_announced_is_possible_unless_a_decision_made_since_refuses_it() -> None:
    """Told of a group of another trade: possible; then banned, absent, facilitating or closed: refused, by name."""
    told = [{"agent_id": f"A{n}", "minilab": "T02"} for n in (2, 3, 5, 6)] + [{"agent_id": "A4", "minilab": "T03"}]
    people = [
        {"agent_id": "A3", "exclu_de": "T02"},
        {"agent_id": "A5", "indisponible": "x"},
        {"agent_id": "A6", "anime": "T02"},
    ]
    files = given(people, [{"minilab": "T03", "ferme": "oui"}], told)
    assert seats(files) == {("A2", TWO): Seat("A2", TWO, 0, announced=True, exempt=True)}
    assert refused(rules(files)) == (
        ("A3", TWO, "banned"), ("A4", THREE, "closed"), ("A5", TWO, "unavailable"), ("A6", TWO, "facilitates"),
    )  # fmt: skip


def test_an_announced_seat_on_no_common_day_is_refused() -> None:
    """The day is told as the reason; who said nothing of days can always come."""
    files = given(
        [{"agent_id": "A1", "disponible": "mardi"}],
        [{"minilab": "T01", "creneaux": "lundi"}],
        [{"agent_id": "A1", "minilab": "T01"}, {"agent_id": "A2", "minilab": "T01"}],
    )
    assert refused(rules(files)) == (("A1", ONE, "slots"),)


def test_a_volunteer_may_sit_anywhere_unless_they_said_where() -> None:
    """Without a wish, all groups that admit them; with one, that one; an idea counts as having said."""
    people = [
        {"agent_id": "Z1", "volontaire": "oui", "metier": "cuisinier"},
        {"agent_id": "Z2", "volontaire": "oui", "voeux": "T03"},
        {"agent_id": "A1", "volontaire": "oui"},
    ]
    found = seats(given(people), A1_T01=500)
    assert {key for key in found if key[0] == "Z1"} == {("Z1", ONE), ("Z1", THREE)}
    assert found["Z1", ONE].exempt
    assert {key for key in found if key[0] != "Z1"} == {("Z2", THREE), ("A1", ONE)}


def test_people_kept_together_may_follow_each_other_where_both_are_admitted() -> None:
    """Each may sit where the other may, without affinity, not looked at by the worst; never through a ban."""
    people = [{"agent_id": "A1", "avec": "A2"}, {"agent_id": "A2", "exclu_de": "T03"}]
    found = seats(given(people), A1_T01=500, A1_T02=500, A1_T03=500, A3_T03=400)
    assert {lab for person, lab in found if person == "A2"} == {ONE}
    assert found["A2", ONE] == Seat("A2", ONE, 0, exempt=True)
    assert not found["A1", ONE].exempt
    assert ("A3", ONE) not in found
