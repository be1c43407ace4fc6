"""Each decision of people.csv and labs.csv shows in the composition, on the demonstration corpus."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pipeline.assign import Given, Result, assign
from pipeline.errors import MinilabsError
from pipeline.params import AssignParams
from pipeline.words.seats import seat_reason, with_reasons
from tests.assign.decided import given

Tables = dict[str, pd.DataFrame]
ENV, TOOLS, SKILLS, UPKEEP = (
    "lab-environnement_ecogestes",
    "lab-outils_numeriques_demat",
    "lab-partage_competences",
    "lab-maintenance_securite_batiments",
)
FAST = {"explained": 0}


def composed(tables: Tables, files: Given, **changes: Any) -> Result:  # noqa: ANN401 - parameters have many types
    """Return the composition under these decisions, without computed reasons."""
    return assign(tables, AssignParams(**(FAST | changes)), 2020, files)


def labs_of(result: Result, person: str) -> list[str]:
    """Return the labs where a person sits."""
    own = result.assignments[result.assignments["holder_id"] == person]
    return sorted(lab for lab in own["lab_id"] if lab)


def members(result: Result, lab: str) -> set[str]:
    """Return who sits in a lab."""
    return set(result.assignments.loc[result.assignments["lab_id"] == lab, "holder_id"])


def test_a_fixed_seat_is_kept(tables: Tables) -> None:
    """A person sits where an analyst decided, even without an idea there, and the reason says so."""
    result = composed(tables, given([{"agent_id": "A001", "minilab_fixe": ENV}]))
    assert labs_of(result, "A001") == [ENV]
    said = with_reasons(result.assignments, result.labs, seat_reason).set_index("holder_id")["reason"]
    assert str(said["A001"]).startswith("Place décidée par l’équipe")


def test_an_unavailable_person_has_no_seat(tables: Tables) -> None:
    """Someone who cannot come is neither placed nor waiting."""
    free = composed(tables, given())
    person = min(members(free, TOOLS))
    result = composed(tables, given([{"agent_id": person, "indisponible": "oui"}]))
    own = result.assignments[result.assignments["holder_id"] == person]
    assert own["status"].tolist() == ["not_concerned"]
    assert person not in set(result.waiting_list["holder_id"])


def test_a_ban_is_kept(tables: Tables) -> None:
    """A person excluded from their first lab sits elsewhere or waits."""
    person = min(members(composed(tables, given()), SKILLS))
    result = composed(tables, given([{"agent_id": person, "exclu_de": SKILLS}]))
    assert SKILLS not in labs_of(result, person)


def test_a_wish_moves_a_person(tables: Tables) -> None:
    """A first wish outweighs a second theme; its rank is in the reason."""
    person = min(members(composed(tables, given()), SKILLS))
    other = "lab-teletravail_organisation"
    result = composed(tables, given([{"agent_id": person, "voeux": other, "exclu_de": SKILLS}]))
    assert labs_of(result, person) == [other]
    said = with_reasons(result.assignments, result.labs, seat_reason).set_index("holder_id")["reason"]
    assert "vœu n°\xa01" in str(said[person])


def test_together_and_apart(tables: Tables) -> None:
    """People kept together share their lab, people kept apart do not."""
    inside = sorted(members(composed(tables, given()), TOOLS))
    one, two, three = inside[0], inside[1], min(members(composed(tables, given()), SKILLS))
    files = given([{"agent_id": one, "avec": three, "sans": two}])
    result = composed(tables, files)
    assert labs_of(result, one) == labs_of(result, three) != []
    assert set(labs_of(result, one)).isdisjoint(labs_of(result, two))


def test_several_labs_a_person(tables: Tables) -> None:
    """Someone who may have two labs gets the second when there is room, never more than two."""
    person = "A017"
    wishes = "lab-teletravail_organisation|lab-qualite_vie_sante_travail|lab-usagers_simplification_territoires"
    result = composed(tables, given([{"agent_id": person, "max_minilabs": "2", "voeux": wishes}]))
    assert len(labs_of(result, person)) == 2


def test_a_closed_lab_is_empty(tables: Tables) -> None:
    """A lab that does not take place seats nobody, and who is waiting for it knows."""
    result = composed(tables, given([], [{"minilab": SKILLS, "ferme": "oui"}]))
    assert members(result, SKILLS) == set()
    assert result.labs.set_index("lab_id")["placed"].to_dict()[SKILLS] == 0


@pytest.mark.parametrize(
    ("column", "attribute", "share"),
    [
        ("part_max_direction", "directorate", 35),
        ("part_max_site", "site_type", 60),
        ("part_max_departement", "department", 35),
        ("part_max_metier", "occupation", 35),
    ],
)
def test_shares_are_kept(tables: Tables, column: str, attribute: str, share: int) -> None:
    """A share decided for a lab holds for each value of its attribute."""
    result = composed(tables, given([], [{"minilab": SKILLS, column: f"{share} %"}]))
    people = tables["holders"].set_index("holder_id").loc[sorted(members(result, SKILLS))]
    assert len(people) >= 8
    assert people[attribute].value_counts(normalize=True).max() <= share / 100


def test_at_least_some_of_a_group(tables: Tables) -> None:
    """« au moins 7 lycée » is met when the lab opens."""
    before = composed(tables, given())
    site = tables["holders"].set_index("holder_id")["site_type"]
    assert (site[sorted(members(before, SKILLS))] == "lycée").sum() < 7
    result = composed(tables, given([], [{"minilab": SKILLS, "au_moins": "7 lycée"}]))
    assert (site[sorted(members(result, SKILLS))] == "lycée").sum() >= 7


def test_occupations_can_be_set(tables: Tables) -> None:
    """The occupations a trade community admits are those decided; « tous » opens it."""
    lab, jobs = "lab-assistantes", tables["holders"].set_index("holder_id")["occupation"]
    both = composed(tables, given([], [{"minilab": lab, "metiers": "assistante | gestionnaire"}]))
    assert set(jobs[sorted(members(both, lab))]) == {"assistante", "gestionnaire"}
    everyone = composed(tables, given([], [{"minilab": lab, "metiers": "tous"}]))
    assert members(both, lab) <= members(everyone, lab)


def test_seats_can_be_set(tables: Tables) -> None:
    """Minimum and maximum decided for a lab are those of the tables, and are kept."""
    result = composed(tables, given([], [{"minilab": ENV, "minimum": "10", "maximum": "12"}]))
    row = result.labs.set_index("lab_id").loc[ENV]
    assert (row["minimum"], row["maximum"], row["placed"]) == (10, 12, 12)


def test_distance_decides_between_equal_affinities(tables: Tables) -> None:
    """With towns for the labs, the total distance drops, seats and affinities staying as they were."""
    towns = [{"minilab": ENV, "lieu": "Strasbourg"}, {"minilab": TOOLS, "lieu": "Châlons-en-Champagne"}]
    before, after = composed(tables, given()), composed(tables, given([], towns))
    goals = [{goal["name"]: goal["value"] for goal in r.ledger["goals"]} for r in (before, after)]
    for name in ("seated", "worst_affinity", "total_affinity"):
        assert goals[0][name] == goals[1][name]
    assert goals[1]["distance"] > 0


def test_unknown_places_are_listed(tables: Tables) -> None:
    """A place that is not in the table is said, not guessed."""
    files = given([{"agent_id": "A017", "lieu": "Trifouillis"}], [{"minilab": ENV, "lieu": "Ailleurs"}])
    unknown = composed(tables, files).ledger["unknown_places"]
    assert "Ailleurs" in unknown


def test_an_announced_composition_changes_little(tables: Tables) -> None:
    """When the composition was announced and one person leaves, only who fills the seat moves."""
    before = composed(tables, given())
    seats = [
        (p, lab) for p, lab in zip(before.assignments["holder_id"], before.assignments["lab_id"], strict=True) if lab
    ]
    gone = min(members(before, ENV))
    files = given([{"agent_id": gone, "indisponible": "oui"}], announced=seats)
    after = composed(tables, files)
    moved = after.ledger["moved"]
    assert {(move["from"], move["to"]) for move in moved} == {(ENV, ""), ("", ENV)}
    assert len(moved) == 2


def test_an_announced_seat_is_kept_whatever_the_themes_become(tables: Tables) -> None:
    """A seat announced where the person has no idea any more, nor the trade, is held, and the reason says so."""
    result = composed(tables, given(announced=[("A001", "lab-assistantes")]))
    assert labs_of(result, "A001") == ["lab-assistantes"]
    assert result.ledger["announced_gone"] == []
    assert result.assignments.set_index("holder_id").loc["A001", "reason_code"] == "announced"


def test_an_announced_seat_that_cannot_be_held_is_said(tables: Tables) -> None:
    """Gone person or group, unavailable, banned, closed, fixed elsewhere: each is listed with its cause."""
    people = [
        {"agent_id": "A001", "indisponible": "oui"},
        {"agent_id": "A002", "exclu_de": ENV},
        {"agent_id": "A003", "minilab_fixe": TOOLS},
    ]
    told = [("Z999", ENV), ("A004", "lab-x"), ("A001", ENV), ("A002", ENV), ("A003", ENV), ("A005", SKILLS)]
    result = composed(tables, given(people, [{"minilab": SKILLS, "ferme": "oui"}], told))
    assert result.ledger["announced_gone"] == [
        ["A001", ENV, "unavailable"],
        ["A002", ENV, "banned"],
        ["A003", ENV, "decision"],
        ["A004", "lab-x", "group"],
        ["A005", SKILLS, "closed"],
        ["Z999", ENV, "person"],
    ]


def test_decisions_on_persons_that_exclude_each_other_are_named(tables: Tables) -> None:
    """Decisions that only solving shows impossible (a trade not admitted) name the people, not a solver's status."""
    files = given([{"agent_id": "A001", "avec": "A002", "minilab_fixe": "lab-assistantes"}])
    with pytest.raises(MinilabsError, match=r"assign\.clash") as caught:
        composed(tables, files)
    assert "A00" in str(caught.value.facts["people"])


def test_rules_that_had_to_give_are_named(tables: Tables) -> None:
    """A seat fixed in a lab that cannot reach its minimum: the smallest change is made and said, the rest holds."""
    result = composed(tables, given([{"agent_id": "A001", "minilab_fixe": UPKEEP}]))
    gave = result.ledger["rules_that_gave"]
    assert labs_of(result, "A001") == [UPKEEP]
    assert any("Maintenance" in str(change) for change in gave)
    assert all("infeasible" not in str(change).lower() for change in gave)


def test_two_fixed_seats_need_two_labs_a_person(tables: Tables) -> None:
    """The number of labs of a person's own line is the one that counts, not the parameter's; without it, it is said."""
    row = {"agent_id": "A001", "minilab_fixe": f"{ENV}|{TOOLS}"}
    assert labs_of(composed(tables, given([row | {"max_minilabs": "2"}])), "A001") == sorted([ENV, TOOLS])
    with pytest.raises(MinilabsError) as caught:
        composed(tables, given([row]))
    assert caught.value.code == "assign.fixed_twice"


def test_nobody_is_told_why_a_seat_that_people_fixed_is_not_their_first(tables: Tables) -> None:
    """A person whom the team seated elsewhere than their first choice is asked no question of what would have given."""
    result = assign(tables, AssignParams(), 2020, given([{"agent_id": "A001", "minilab_fixe": ENV}]))
    row = result.assignments.set_index("holder_id").loc["A001"]
    assert (row["reason_code"], row["first_lab"], row["cost"]) == ("fixed", "", "")
