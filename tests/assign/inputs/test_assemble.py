"""From decisions to arrays: each rule about the right people of the right group."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from pipeline.assign.inputs.assemble import Case, assemble, draw
from pipeline.assign.inputs.rules import Given
from pipeline.params import AssignParams
from pipeline.words.seats import PRIVATE
from tests.assign.inputs.made import given, rules
from tests.assign.inputs.test_seats import affinity

EVERYONE = {f"A{n}_{theme}": 100 * n for n in range(1, 7) for theme in ("T01", "T03")}


def case(files: Given, params: AssignParams | None = None, seed: int = 1, **of: int) -> Case:
    """Return the case of a contest where everybody may sit in both MiniLabs."""
    chosen = params or AssignParams()
    return assemble(affinity(**(of or EVERYONE)), rules(files, chosen), chosen, seed)


def test_seats_are_the_rows_of_the_arrays() -> None:
    """Person, lab, affinity of each possible seat, people sorted, without who may sit nowhere."""
    found = case(given([{"agent_id": "A5", "indisponible": "oui"}]))
    assert found.problem.people == ("A1", "A2", "A3", "A4", "A6")
    pairs = found.problem.pairs
    said = [
        (found.problem.people[person], found.problem.labs[lab].lab_id, int(affinity))
        for person, lab, affinity in zip(pairs.person, pairs.lab, pairs.affinity, strict=True)
    ]
    assert said == [(seat.person, seat.lab, seat.affinity) for seat in found.seats]
    assert said[:3] == [("A1", "lab-T01", 100), ("A1", "lab-T03", 100), ("A2", "lab-T01", 200)]
    assert found.problem.volunteers.tolist() == [False] * 5


def test_the_largest_number_of_groups_is_the_lines_then_the_parameters() -> None:
    """A line without a number says nothing of it."""
    people = [{"agent_id": "A1", "max_minilabs": "3"}, {"agent_id": "A2", "voeux": "T01"}]
    assert case(given(people), AssignParams(max_labs=2)).problem.most.tolist() == [3, 2, 2, 2, 2, 2]


def test_people_kept_together_are_tied_to_the_first_of_them() -> None:
    """Three people in a chain: two ties; people apart: one couple, whoever asked, whatever the order."""
    people = [
        {"agent_id": "A3", "avec": "A2"},
        {"agent_id": "A2", "avec": "A5"},
        {"agent_id": "A6", "sans": "A1"},
        {"agent_id": "A1", "sans": "A6"},
    ]
    problem = case(given(people)).problem
    assert problem.together == ((1, 2), (1, 4))
    assert problem.apart == ((0, 5),)


def test_no_directorate_fills_a_minilab_by_default_and_a_line_says_otherwise() -> None:
    """The share of the parameters for MiniLabs, none for a trade; a share decided replaces it, 100 % removes it."""
    params = AssignParams(max_share=0.4)

    def caps(*lines: dict[str, str]) -> list[tuple[str, str, str, Fraction, list[int]]]:
        problem = case(given([], list(lines)), params).problem
        return [(problem.labs[c.lab].lab_id, c.attribute, c.value, c.share, c.members.tolist()) for c in problem.caps]

    two_fifths = [("Nord", Fraction(2, 5), [0, 1, 2]), ("Sud", Fraction(2, 5), [3, 4])]
    assert caps() == [(lab, "directorate", *rest) for lab in ("lab-T01", "lab-T03") for rest in two_fifths]
    decided = caps({"minilab": "T01", "part_max_direction": "100 %", "part_max_site": "50 %"})
    assert [cap[:4] for cap in decided if cap[0] == "lab-T01"] == [
        ("lab-T01", "site_type", "lycée", Fraction(1, 2)), ("lab-T01", "site_type", "siège", Fraction(1, 2)),
    ]  # fmt: skip
    trade = caps({"minilab": "T02", "part_max_departement": "30 %"})
    assert {cap[1] for cap in trade if cap[0] == "lab-T02"} == {"department"}


def test_company_is_asked_as_the_line_says_else_as_the_parameters_do() -> None:
    """Of each kind of site in the one, of each department in the others, with the members of each value."""
    problem = case(
        given([], [{"minilab": "T01", "jamais_seul": "site"}]), AssignParams(never_alone=["departement"])
    ).problem
    rules_of = [(rule.lab, rule.attribute, rule.value, rule.members.tolist()) for rule in problem.alone]
    assert rules_of[:2] == [(0, "site_type", "lycée", [0, 2, 4]), (0, "site_type", "siège", [1, 3, 5])]
    assert {rule.least for rule in problem.alone} == {2}
    departments = [("51", [5]), ("54", [2, 3]), ("57", [0, 1])]
    assert rules_of[2:] == [(lab, "department", *rest) for lab in (1, 2) for rest in departments]


def test_minima_and_days_name_who_is_concerned() -> None:
    """Two of a kind of site in one lab; of each day, who cannot come: who said nothing can."""
    people = [{"agent_id": "A1", "disponible": "Jeudi"}, {"agent_id": "A2", "disponible": "lundi|jeudi"}]
    problem = case(given(people, [{"minilab": "T03", "au_moins": "2 siège", "creneaux": "Lundi|Jeudi"}])).problem
    assert [(r.lab, r.value, r.count, r.members.tolist()) for r in problem.at_least] == [(2, "siège", 2, [1, 3, 5])]
    assert [(slot.lab, slot.name, slot.absent.tolist()) for slot in problem.slots] == [
        (2, "Lundi", [0]),
        (2, "Jeudi", []),
    ]


def test_volunteers_come_second_unless_something_ties_them_to_the_first() -> None:
    """An idea, a fixed or an announced seat, or company of the first pass, through others too, make them first."""
    new = [{"agent_id": f"Z{n}", "volontaire": "oui", "voeux": "T01"} for n in range(1, 8)]
    new[1]["minilab_fixe"] = "T03"
    new[3]["avec"], new[4]["avec"], new[5]["avec"] = "Z5", "A1", "Z7"
    files = given([{"agent_id": "A2", "volontaire": "oui"}, *new], announced=[{"agent_id": "Z3", "minilab": "T01"}])
    found = case(files)
    late = [person for person, flag in zip(found.problem.people, found.problem.volunteers, strict=True) if flag]
    assert late == ["Z1", "Z6", "Z7"]
    assert found.guests == {f"Z{n}" for n in range(1, 8)}


def test_distances_are_kilometres_where_both_places_are_known() -> None:
    """Nothing where no town is decided; a town or a place that is not known counts for nothing and is told."""
    people = [{"agent_id": "A3", "lieu": "Syldavie"}]
    found = case(given(people, [{"minilab": "T01", "lieu": "Metz"}, {"minilab": "T03", "lieu": "Bordurie"}]))
    by_seat = dict(zip([(s.person, s.lab) for s in found.seats], found.problem.pairs.distance.tolist(), strict=True))
    assert by_seat["A1", "lab-T01"] == 0
    assert 40 <= by_seat["A4", "lab-T01"] <= 60  # Nancy
    assert by_seat["A3", "lab-T01"] == by_seat["A4", "lab-T03"] == 0
    assert found.unknown_places == ("Bordurie", "Syldavie")
    assert case(given(people)).unknown_places == ()
    assert not case(given(people)).problem.pairs.distance.any()


def test_a_private_value_is_kept_near_its_share_among_all() -> None:
    """Of the four people known two have it: a half and the margin at the most, in each lab; it has no name."""
    private = [{"agent_id": f"A{n}", "x": "oui" if n < 3 else "non"} for n in range(1, 5)]
    params = AssignParams(balance_margin=0.1)
    caps = [cap for cap in case(given(private=private), params).problem.caps if cap.attribute == PRIVATE]
    assert [(cap.lab, cap.value, cap.share, cap.members.tolist()) for cap in caps] == [
        (lab, "", Fraction(3, 5), people) for people in ([2, 3], [0, 1]) for lab in (0, 1, 2)
    ]
    loose = case(given(private=private), AssignParams(balance_margin=0.5)).problem.caps
    assert [cap for cap in loose if cap.attribute == PRIVATE] == []


@pytest.mark.parametrize("ids", [("A1",), ("A1", "lab-T01")])
def test_draws_are_decided_by_the_seed_and_the_ids_alone(ids: tuple[str, ...]) -> None:
    """The same again, another with another seed, two ids never mistaken for one, spread over 16 bits."""
    assert draw(1, *ids) == draw(1, *ids)
    assert draw(1, "A", "B") != draw(1, "AB")
    drawn = np.array([draw(seed, *ids) for seed in range(2000)])
    assert (drawn.min() >= 0, drawn.max() < 65536, drawn.max() > 60000, len(set(drawn.tolist())) > 1900) == (True,) * 4
    one, other = case(given(), seed=1).problem, case(given(), seed=2).problem
    assert one.pairs.tie.tolist() != other.pairs.tie.tolist()
    assert one.lottery.tolist() != other.lottery.tolist()
    assert len(set(one.pairs.tie.tolist())) == len(one.pairs.tie)


def test_only_volunteers_without_an_idea_are_guests() -> None:
    """Who wished without an idea, and who volunteers with one, are no guests; days of who sits nowhere bind nobody."""
    people = [
        {"agent_id": "A5", "voeux": "T01"},
        {"agent_id": "A2", "volontaire": "oui"},
        {"agent_id": "Z1", "volontaire": "oui"},
        {"agent_id": "A3", "disponible": "mardi"},
    ]
    found = case(given(people, [{"minilab": "T01", "creneaux": "lundi"}]), A2_T01=500)
    assert found.guests == {"Z1"}
    assert found.problem.people == ("A2", "A5", "Z1")
    assert [slot.absent.tolist() for slot in found.problem.slots] == [[]]


def test_a_whole_chain_of_volunteers_comes_first_when_one_of_them_does() -> None:
    """Whatever their numbers: a volunteer tied to another who is tied to a holder is not left for the second pass."""
    people = [
        {"agent_id": "0V1", "volontaire": "oui", "voeux": "T01", "avec": "0V2"},
        {"agent_id": "0V2", "volontaire": "oui", "voeux": "T01"},
        {"agent_id": "A1", "avec": "0V1"},
    ]
    found = case(given(people))
    assert found.problem.people[:3] == ("0V1", "0V2", "A1")
    assert not found.problem.volunteers.any()


def test_a_town_that_is_not_known_is_told_even_where_nobody_may_sit() -> None:
    """The trade community has no possible seat, and a misspelt town."""
    assert case(given([], [{"minilab": "T02", "lieu": "Bordurie"}])).unknown_places == ("Bordurie",)
