"""Volunteers come second: they fill seats, let waiting people in, and are drawn fairly."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.assign import Given, Result, assign
from pipeline.params import AssignParams
from tests.assign.decided import given

Tables = dict[str, pd.DataFrame]
UPKEEP, ENV = "lab-maintenance_securite_batiments", "lab-environnement_ecogestes"


def volunteers(count: int, wish: str, directorate: str = "Direction de la Mer") -> list[dict[str, str]]:
    """Return lines of new agents who wish for one lab, spread over four directorates."""
    return [
        {
            "agent_id": f"V{n:03}", "volontaire": "oui", "voeux": wish, "direction": f"{directorate} {n % 4}",
            "metier": "marin", "site": "siège", "lieu": "Metz", "departement": "57",
        }
        for n in range(count)
    ]  # fmt: skip


def composed(tables: Tables, files: Given, seed: int = 2020) -> Result:
    """Return the composition, without computed reasons."""
    return assign(tables, AssignParams(explained=0), seed, files)


def test_volunteers_displace_nobody(tables: Tables) -> None:
    """Every seat given before volunteers came is still given, to the same person."""
    before = composed(tables, given())
    after = composed(tables, given(volunteers(40, ENV)))
    former = before.assignments[before.assignments["status"] == "placed"]
    now = after.assignments.set_index("holder_id")["lab_id"]
    assert (now[former["holder_id"]].to_numpy() == former["lab_id"].to_numpy()).all()


def test_volunteers_open_a_lab_that_one_directorate_fills(tables: Tables) -> None:
    """A lab closed for want of other directorates opens with volunteers, and people who waited sit, with the reason."""
    before = composed(tables, given())
    after = composed(tables, given(volunteers(15, UPKEEP)))
    sizes = [int((result.assignments["lab_id"] == UPKEEP).sum()) for result in (before, after)]
    assert sizes[0] == 0
    assert sizes[1] > 15
    helped = after.assignments[after.assignments["helped"]]
    assert len(helped) > 5
    assert set(helped["lab_id"]) == {UPKEEP}
    assert set(after.assignments.loc[after.assignments["status"] == "volunteer", "lab_id"]) == {UPKEEP}


def test_an_announced_volunteer_keeps_the_seat(tables: Tables) -> None:
    """Two seats, a holder and a volunteer announced: another volunteer who comes takes nobody's."""
    labs = [{"minilab": ENV, "minimum": "1", "maximum": "2", "part_max_direction": "100 %"}]
    first = composed(tables, given(volunteers(1, ENV), labs))
    holder = min(first.assignments.loc[first.assignments["lab_id"] == ENV, "holder_id"])
    told = [(holder, ENV), ("V000", ENV)]
    for count in (1, 3, 9):
        after = composed(tables, given(volunteers(count, ENV), labs, told))
        inside = after.assignments[after.assignments["lab_id"] == ENV]
        assert dict(zip(inside["holder_id"], inside["status"], strict=True)) == {holder: "placed", "V000": "volunteer"}


def test_only_the_seats_of_a_full_lab_are_drawn(tables: Tables) -> None:
    """Sixty volunteers ask for one lab and are drawn; one who asks for a lab with free seats owes it to no lot."""
    alone = {**volunteers(1, UPKEEP)[0], "agent_id": "V900"}
    labs = [{"minilab": UPKEEP, "minimum": "1", "maximum": "25", "part_max_direction": "100 %"}]
    result = composed(tables, given([*volunteers(60, ENV), alone], labs))
    seated = result.assignments[result.assignments["status"] == "volunteer"].set_index("holder_id")
    assert seated.loc["V900", "lab_id"] == UPKEEP
    assert seated["drawn"].to_dict() == {person: person != "V900" for person in seated.index}


def test_the_draw_is_fair_and_seeded(tables: Tables) -> None:
    """More volunteers than seats: a seed always draws the same people, other seeds others, no number is favoured."""
    lab = "lab-usagers_simplification_territoires"
    files = given(volunteers(60, lab))
    drawn = []
    for seed in (1, 1, 2, 3, 4, 5):
        result = composed(tables, files, seed)
        seated = result.assignments[result.assignments["status"] == "volunteer"]
        assert seated["drawn"].all()
        drawn.append(set(seated["holder_id"]))
    assert drawn[0] == drawn[1]
    assert len({frozenset(people) for people in drawn}) == 5
    numbers = [int(person[1:]) for people in drawn[1:] for person in people]
    assert 20 < np.mean(numbers) < 39


def test_volunteers_without_a_wish_may_go_anywhere(tables: Tables) -> None:
    """Someone who only says « volontaire » is seated where there is room."""
    line = {**volunteers(1, "")[0], "voeux": ""}
    own = composed(tables, given([line])).assignments.set_index("holder_id").loc["V000"]
    assert own["status"] == "volunteer"
    assert "V000" in set(composed(tables, given([line])).agents["holder_id"])
    assert own["lab_id"]
