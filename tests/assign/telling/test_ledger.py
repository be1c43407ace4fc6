"""The account of a composition: who sits where by group, what moved since it was told, what is told no more."""

from __future__ import annotations

import numpy as np

from pipeline.assign.inputs.assemble import Case, assemble
from pipeline.assign.inputs.problem import Flags
from pipeline.assign.inputs.rules import Given
from pipeline.assign.solving.goals import Goal
from pipeline.assign.telling.ledger import composition, ledger, lost, moved
from pipeline.params import AssignParams
from tests.assign.inputs.made import given, rules
from tests.assign.inputs.test_assemble import EVERYONE
from tests.assign.inputs.test_seats import affinity

ONE, THREE = "lab-T01", "lab-T03"


def case(files: Given) -> Case:
    """Return a contest where everybody may sit in both MiniLabs, one or several."""
    params = AssignParams(max_labs=2)
    return assemble(affinity(**EVERYONE), rules(files, params), params, 1)


def taken(asked: Case, *seats: tuple[str, str]) -> Flags:
    """Return the answer with these seats."""
    return np.array([(seat.person, seat.lab) in seats for seat in asked.seats], dtype=bool)


def test_groups_are_counted_by_what_people_are() -> None:
    """Only who sits in a group counts there; all who could sit somewhere count in all; an empty group is there."""
    asked = case(given([{"agent_id": "A4", "indisponible": "oui"}]))
    found = composition(asked, taken(asked, ("A1", ONE), ("A2", ONE), ("A3", THREE)))
    assert found[ONE]["directorate"] == {"Nord": 2}
    assert found[ONE]["site_type"] == {"lycée": 1, "siège": 1}
    assert found[THREE]["department"] == {"54": 1}
    assert found["lab-T02"]["occupation"] == {}
    assert found["tous"]["site_type"] == {"lycée": 3, "siège": 2}


def test_what_moved_is_told_by_person() -> None:
    """From where to where; who stays is not told, who lost or won a seat is; without an announcement nothing moved."""
    told = [{"agent_id": f"A{n}", "minilab": lab} for n, lab in ((1, ONE), (2, ONE), (3, ONE), (3, THREE))]
    asked = case(given(announced=told))
    chosen = taken(asked, ("A1", ONE), ("A2", THREE), *((f"A{n}", lab) for n in (4, 5, 6) for lab in (ONE, THREE)))
    assert moved(asked, chosen) == [
        {"holder_id": "A2", "from": ONE, "to": THREE},
        {"holder_id": "A3", "from": f"{ONE}, {THREE}", "to": ""},
        *({"holder_id": f"A{n}", "from": "", "to": f"{ONE}, {THREE}"} for n in (4, 5, 6)),
    ]
    assert moved(case(given()), chosen) == []


def test_each_seat_told_and_not_kept_has_a_reason() -> None:
    """A person or group gone, a decision made since, or other decisions; a seat kept is not among them."""
    told = [{"agent_id": f"A{n}", "minilab": ONE} for n in (1, 2, 3)]
    told += [{"agent_id": "Q", "minilab": ONE}, {"agent_id": "A1", "minilab": "Piscine"}]
    asked = case(given([{"agent_id": "A2", "exclu_de": ONE}], announced=told))
    assert lost(asked, taken(asked, ("A1", ONE))) == [
        ("A1", "Piscine", "group"), ("A2", ONE, "banned"), ("A3", ONE, "decision"), ("Q", ONE, "person"),
    ]  # fmt: skip


def test_volunteers_are_counted_apart_and_goals_have_titles() -> None:
    """Who came without an idea is no holder; a goal under its bound is not said to be proven."""
    asked = case(given([{"agent_id": "Z1", "volontaire": "oui"}, {"agent_id": "A1", "volontaire": "oui"}]))
    found = ledger(asked, taken(asked), [Goal("seated", 3, 3), Goal("distance", 3, 2)], ["une règle"], [], 7)
    assert (found["people"], found["volunteers"], found["labs"]) == (6, 1, 3)
    assert found["goals"] == [
        {"name": "seated", "value": 3, "bound": 3, "proven": True, "title": "le plus de personnes avec une place"},
        {"name": "distance", "value": 3, "bound": 2, "proven": False, "title": "le moins de kilomètres"},
    ]
    assert (found["rules_that_gave"], found["alternatives"], found["reasons_computed"]) == (["une règle"], [], 7)
    assert found["checked"] is True
    assert found["admitted"] == {"lab-T02": ["archiviste"]}


def test_the_same_question_has_the_same_mark_and_another_has_another() -> None:
    """Whatever is decided changes it: seats, limits, couples, what was told; an answer does not."""

    def mark(files: Given) -> object:
        asked = case(files)
        return ledger(asked, taken(asked), [], [], [], 0)["input"]

    asked = case(given())
    assert ledger(asked, taken(asked, ("A1", ONE)), [], [], [], 0)["input"] == mark(given())
    others = [
        given([{"agent_id": "A1", "voeux": ONE}]),
        given([{"agent_id": "A1", "minilab_fixe": ONE}]),
        given([{"agent_id": "A1", "max_minilabs": "3"}]),
        given([{"agent_id": "A1", "avec": "A2"}]),
        given([{"agent_id": "A1", "sans": "A2"}]),
        given([], [{"minilab": ONE, "maximum": "3"}]),
        given([], [{"minilab": ONE, "part_max_site": "50 %"}]),
        given([], [{"minilab": ONE, "au_moins": "1 lycée"}]),
        given([], [{"minilab": ONE, "au_moins": "2 lycée"}]),
        given(announced=[{"agent_id": "A1", "minilab": ONE}]),
    ]
    marks = [mark(files) for files in (given(), *others)]
    assert len(set(marks)) == len(marks)
