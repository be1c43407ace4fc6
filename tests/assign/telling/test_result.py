"""The tables of a composition: each seat with where it comes from, each person without one with why."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pipeline.assign.inputs.assemble import assemble
from pipeline.assign.inputs.rules import Given
from pipeline.assign.inputs.seats import least_affinity
from pipeline.assign.telling.forcing import Bound, Cost
from pipeline.assign.telling.meetings import with_facilitators, with_slots
from pipeline.assign.telling.result import Outcome, Themes, assignments_table, labs_table, waiting_table
from pipeline.params import AssignParams
from tests.assign.inputs.made import given, rules
from tests.assign.inputs.test_seats import affinity
from tests.assign.telling.test_ledger import taken

ONE, TWO, THREE = "lab-T01", "lab-T02", "lab-T03"
OF = {"A1_T01": 900, "A1_T03": 500, "A2_T01": 800, "A2_T03": 300, "A3_T01": 400, "A4_T02": 700, "A6_T08": 600}
SEATED = (("A1", ONE), ("A2", THREE))


def outcome(
    files: Given,
    *seats: tuple[str, str],
    of: dict[str, int] | None = None,
    costs: dict[tuple[str, str], Cost] | None = None,
    table: pd.DataFrame | None = None,
) -> Outcome:
    """Return what a composition says: those seats taken, none of them by a volunteer before the others."""
    params = AssignParams(min_affinity=0.2, max_share=1.0)
    known = affinity(**(of or OF)) if table is None else table
    case = assemble(known, rules(files, params), params, 1)
    chosen = taken(case, *seats)
    rows = {(seat.person, seat.lab): row for row, seat in enumerate(case.seats)}
    first = chosen & ~case.problem.volunteers[case.problem.pairs.person]
    told = {rows[key]: cost for key, cost in (costs or {}).items()}
    return Outcome(case, chosen, first, told, Themes(known, {"T08": "direction"}), least_affinity(params))


def rows_of(found: Outcome) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows of the assignments by person and lab."""
    records = assignments_table(found).to_dict("records")
    return {(str(row["holder_id"]), str(row["lab_id"])): {str(k): v for k, v in row.items()} for row in records}


def test_everybody_has_a_row() -> None:
    """Placed, waiting or not concerned: each person once, who sits by their seat."""
    found = rows_of(outcome(given(), *SEATED))
    assert {key: row["status"] for key, row in found.items()} == {
        ("A1", ONE): "placed", ("A2", THREE): "placed", ("A3", ""): "waiting", ("A4", ""): "waiting",
        ("A5", ""): "not_concerned", ("A6", ""): "not_concerned",
    }  # fmt: skip
    assert [found[key]["affinity"] for key in (("A1", ONE), ("A2", THREE), ("A3", ""))] == [0.9, 0.3, 0.4]
    assert [found[key]["rank"] for key in (("A1", ONE), ("A2", THREE))] == [1, 2]
    assert pd.isna(found["A3", ""]["rank"])


def test_only_who_is_not_in_their_first_lab_asks_why() -> None:
    """The first lab and its cost are told to A2, seated in the second, and to who waits; not to A1."""
    cost = Cost("total_affinity", loss=40, moved=1)
    found = rows_of(outcome(given(), *SEATED, costs={("A2", ONE): cost}))
    assert (found["A1", ONE]["first_lab"], found["A1", ONE]["cost"]) == ("", "")
    second = found["A2", THREE]
    assert [second[k] for k in ("first_lab", "cost", "loss", "moved")] == [ONE, "total_affinity", 40, 1]
    assert [found[p, ""]["first_lab"] for p in ("A3", "A4", "A5")] == [ONE, TWO, ""]
    assert found["A3", ""]["cost"] == "unknown"


@pytest.mark.parametrize("column", ["minilab_fixe", "announced"])
def test_a_seat_that_was_decided_or_told_asks_nothing(column: str) -> None:
    """Nobody asks why they are not elsewhere when an analyst, or an announcement, put them there."""
    line = {"agent_id": "A2", "minilab_fixe": THREE}
    files = given([line]) if column == "minilab_fixe" else given(announced=[{"agent_id": "A2", "minilab": THREE}])
    row = rows_of(outcome(files, *SEATED))["A2", THREE]
    assert (row["first_lab"], row["reason_code"]) == ("", "fixed" if column == "minilab_fixe" else "announced")


def test_a_person_in_their_first_lab_too_asks_nothing_of_the_second() -> None:
    """With two groups, the first among them, the second is no disappointment."""
    row = rows_of(outcome(given([{"agent_id": "A2", "max_minilabs": "2"}]), *SEATED, ("A2", ONE)))["A2", THREE]
    assert (row["rank"], row["first_lab"]) == (2, "")


def test_where_a_seat_comes_from() -> None:
    """Ideas before a wish, a wish before having come as a volunteer, and company last."""
    people = [
        {"agent_id": "A1", "voeux": ONE},
        {"agent_id": "A5", "voeux": ONE},
        {"agent_id": "A6", "avec": "A1"},
        {"agent_id": "Z1", "volontaire": "oui"},
        {"agent_id": "Z2", "volontaire": "oui", "voeux": ONE},
    ]
    seats = tuple((person, ONE) for person in ("A1", "A5", "A6", "Z1", "Z2"))
    found = rows_of(outcome(given(people), *seats))
    told = {person: (found[person, ONE]["reason_code"], found[person, ONE]["status"]) for person, _ in seats}
    assert told == {
        "A1": ("ideas", "placed"), "A5": ("wish", "placed"), "A6": ("together", "placed"),
        "Z1": ("volunteer", "volunteer"), "Z2": ("wish", "volunteer"),
    }  # fmt: skip
    assert (found["A1", ONE]["wish"], found["A1", ONE]["ideas"], found["A6", ONE]["ideas"]) == (1, ["I-A1"], [])


def test_who_was_let_in_by_volunteers_and_who_was_drawn() -> None:
    """Seated only once volunteers came: helped; a volunteer in a full group where another waits: drawn."""
    volunteers = [{"agent_id": f"Z{n}", "volontaire": "oui", "voeux": THREE} for n in (1, 2)]
    files = given(volunteers, [{"minilab": THREE, "maximum": "2"}])
    found = outcome(files, ("A2", THREE), ("Z1", THREE))
    rows = rows_of(found)
    assert (rows["A2", THREE]["helped"], rows["Z1", THREE]["helped"]) == (False, False)
    assert (rows["A2", THREE]["drawn"], rows["Z1", THREE]["drawn"]) == (False, True)
    before = Outcome(found.case, found.chosen, found.chosen & False, found.costs, found.themes, found.floor)
    later = rows_of(before)
    assert (later["A2", THREE]["helped"], later["Z1", THREE]["helped"]) == (True, False)
    alone = rows_of(outcome(given(volunteers[:1], [{"minilab": THREE, "maximum": "2"}]), ("A2", THREE), ("Z1", THREE)))
    assert not alone["Z1", THREE]["drawn"]
    roomy = rows_of(outcome(given(volunteers), ("A2", THREE), ("Z1", THREE)))
    assert not roomy["Z1", THREE]["drawn"]


CAUSES: list[tuple[str, list[str], Given]] = [
    ("A6", ["direction"], given()),
    ("A5", ["no_theme"], given()),
    ("A3", ["unavailable"], given([{"agent_id": "A3", "indisponible": "oui", "voeux": ONE}])),
    ("A3", ["banned"], given([{"agent_id": "A3", "exclu_de": ONE}])),
    ("A3", ["closed"], given([], [{"minilab": ONE, "ferme": "oui"}])),
    ("A3", ["closed", "banned"], given([{"agent_id": "A3", "voeux": THREE, "exclu_de": THREE}],
                                       [{"minilab": ONE, "ferme": "oui"}])),
    ("A6", ["direction", "trade"], given([{"agent_id": "A6", "voeux": TWO}])),
]  # fmt: skip


@pytest.mark.parametrize(("person", "causes", "files"), CAUSES)
def test_who_has_no_possible_seat_is_told_why(person: str, causes: list[str], files: Given) -> None:
    """Each reason once, those of ideas before those of wishes; the first is the code."""
    row = rows_of(outcome(files))[person, ""]
    assert (row["status"], row["causes"], row["reason_code"]) == ("not_concerned", causes, causes[0])


def test_reasons_come_from_the_strongest_theme_to_the_weakest() -> None:
    """A theme without a group, one too far, one of another trade: in the order of affinity."""
    of = {"A2_T02": 500, "A2_T01": 100, "A2_T08": 300, "A3_T07": 100}
    found = rows_of(outcome(given(), of=of))
    assert found["A2", ""]["causes"] == ["trade", "direction", "weak"]
    assert found["A3", ""]["causes"] == ["undecided"]


def test_ideas_that_are_only_close_to_a_theme_are_no_reason() -> None:
    """All of the ideas near: told as such; one that is not: the theme's own reason."""
    known = affinity(A2_T08=100)
    near = known.assign(near=pd.Series([["I-A2"]]))
    both = known.assign(ideas=pd.Series([["I-A2", "J"]]), near=pd.Series([["J"]]))
    assert rows_of(outcome(given(), table=near))["A2", ""]["causes"] == ["near"]
    assert rows_of(outcome(given(), table=both))["A2", ""]["causes"] == ["direction"]


def test_a_volunteer_whom_no_group_admits_is_told_so() -> None:
    """Every group closed: no group, rather than no theme."""
    closed = [{"minilab": lab, "ferme": "oui"} for lab in (ONE, TWO, THREE)]
    found = rows_of(outcome(given([{"agent_id": "Z1", "volontaire": "oui"}], closed)))
    assert found["Z1", ""]["causes"] == ["no_group"]


def test_the_limit_met_is_told_when_nothing_was_solved_again() -> None:
    """A group that does not open has its minimum; a full one its maximum; a share reached, itself; else nothing."""
    shares = {"minilab": ONE, "maximum": "4", "part_max_direction": "50 %"}
    of = {f"A{n}_T01": 500 for n in range(1, 7)}

    def told(files: Given, *people: str) -> tuple[object, ...]:
        found = outcome(files, *((person, ONE) for person in people), of=of)
        row = rows_of(found)["A3", ""]
        return tuple(row[k] for k in ("bound", "bound_by", "bound_value", "bound_count", "bound_size", "bound_share"))

    assert told(given()) == ("minimum", "", "", 2, 0, 0.0)
    assert told(given(), "A1", "A2", "A4", "A5") == ("maximum", "", "", 4, 4, 0.0)
    assert told(given(), "A1", "A2", "A4") == ("", "", "", 0, 0, 0.0)
    assert told(given([], [shares]), "A1", "A4", "A5") == ("", "", "", 0, 0, 0.0)
    elsewhere = {**shares, "minilab": THREE}
    assert told(given([], [elsewhere]), "A1", "A2", "A4") == ("", "", "", 0, 0, 0.0)
    assert told(given([], [shares]), "A1", "A2", "A4") == ("cap", "directorate", "Nord", 2, 3, 0.5)


def test_lines_have_places_and_groups_the_rule_that_keeps_most_out() -> None:
    """By affinity, from one; a group counts who sits and who waits; the commonest rule is told, none without a line."""
    of = {f"A{n}_T01": 1000 - 100 * n for n in range(1, 7)}
    cap, full = Bound("cap", "directorate", "Nord", 2, 3, 0.5), Bound("maximum", count=4, size=4)
    costs = {("A3", ONE): Cost("rule", bound=full), ("A5", ONE): Cost("rule", bound=cap),
             ("A6", ONE): Cost("rule", bound=cap)}  # fmt: skip
    found = outcome(given(), *((f"A{n}", ONE) for n in (1, 2, 4)), of=of, costs=costs)
    lines = waiting_table(found)
    assert lines[["holder_id", "place_in_line", "affinity"]].to_numpy().tolist() == [
        ["A3", 1, 0.7], ["A5", 2, 0.5], ["A6", 3, 0.4],
    ]  # fmt: skip
    assert lines["enters"].tolist() == ["always"] * 3
    labs = labs_table(found, lines).set_index("lab_id")
    assert labs[["placed", "waiting"]].to_numpy().tolist() == [[3, 3], [0, 0], [0, 0]]
    assert [labs.loc[ONE, name] for name in ("bound", "bound_value", "bound_count")] == ["cap", "Nord", 2]
    assert [labs.loc[TWO, name] for name in ("bound", "bound_value", "bound_count")] == ["", "", 0]
    tied = labs_table(found, lines[lines["holder_id"] != "A6"]).set_index("lab_id")
    assert tied.loc[ONE, "bound"] == "cap"


def test_facilitators_have_a_row_of_their_own() -> None:
    """Beside a seat elsewhere; in place of the row of who has nothing to do with groups; others are left alone."""
    people = [
        {"agent_id": "A5", "anime": f"{ONE}|{THREE}"},
        {"agent_id": "A1", "anime": TWO},
        {"agent_id": "A6", "disponible": "lundi"},
    ]
    found = outcome(given(people), *SEATED)
    before = assignments_table(found)
    after = with_facilitators(before, found.case)
    leads = after[after["status"] == "facilitator"]
    assert leads[["holder_id", "lab_id", "affinity", "reason_code"]].to_numpy().tolist() == [
        ["A1", TWO, 0.0, "facilitator"], ["A5", ONE, 0.0, "facilitator"], ["A5", THREE, 0.0, "facilitator"],
    ]  # fmt: skip
    others = after[after["status"] != "facilitator"]
    assert others["holder_id"].tolist() == [who for who in before["holder_id"] if who != "A5"]
    nobody = outcome(given(), *SEATED)
    table = assignments_table(nobody)
    assert with_facilitators(table, nobody.case) is table


def test_a_group_meets_on_its_first_day_when_all_can() -> None:
    """Not when one of its members cannot; a group without members or days has none."""
    people = [{"agent_id": "A1", "disponible": "mardi|jeudi"}, {"agent_id": "A4", "disponible": "lundi"}]
    days = [{"minilab": ONE, "creneaux": "Lundi|Mardi|Jeudi"}, {"minilab": TWO, "creneaux": "Lundi"}]
    found = outcome(given(people, days), *SEATED)
    labs = with_slots(labs_table(found, waiting_table(found)), found.case, found.chosen)
    assert labs["slot"].tolist() == ["Mardi", None, None]
    both = outcome(given([people[0]], days[:1]), ("A1", ONE), ("A2", ONE))
    labs = with_slots(labs_table(both, waiting_table(both)), both.case, both.chosen)
    assert labs["slot"].tolist() == ["Mardi", None, None]
