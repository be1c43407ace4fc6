"""What three files decide: seats of a group, what is known of people, and the composition they were told."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pipeline.assign.inputs.rules import everyone, read_rules, with_decisions
from pipeline.assign.inputs.wishes import ATTRIBUTES, Wish
from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.params import AssignParams
from tests.assign.inputs.made import HOLDERS, LABS, given, rules


@pytest.mark.parametrize(
    ("written", "seats"),
    [
        ({}, (2, 4)),
        ({"minimum": "3"}, (3, 4)),
        ({"maximum": "9"}, (2, 9)),
        ({"minimum": "7"}, (7, 7)),  # a larger minimum makes room for itself
        ({"maximum": "1"}, (1, 1)),  # a smaller maximum asks for no more
        ({"minimum": "5", "maximum": "6"}, (5, 6)),
    ],
)
def test_a_number_decided_moves_the_other_only_as_far_as_it_must(
    written: dict[str, str], seats: tuple[int, int]
) -> None:
    """The minimum never passes the maximum, whichever of the two was written."""
    lab = rules(given([], [{"minilab": "Vélo", **written}])).groups[0]
    assert (lab.minimum, lab.maximum) == seats


def test_what_is_not_written_stays_as_the_theme_made_it() -> None:
    """A line on one group changes that group; trades stay unless others, or all, are named."""
    lines = [{"minilab": "T02", "lieu": "Metz"}, {"minilab": "Cantine", "ferme": "oui", "metiers": "cuisinier"}]
    groups = rules(given([], lines)).groups
    assert groups[0] == LABS[0]
    assert (groups[1].seat, groups[1].admits, groups[1].closed) == ("Metz", ("archiviste",), False)
    assert (groups[2].seat, groups[2].admits, groups[2].closed) == ("", ("cuisinier",), True)
    assert rules(given([], [{"minilab": "T02", "metiers": "tous"}])).groups[1].admits == ()


def test_the_file_knows_better_than_the_export_and_brings_volunteers() -> None:
    """A cell that is written takes the place of the export's, an empty one does not; all are there once, in order."""
    lines = [
        {"agent_id": "Z9", "volontaire": "oui", "direction": "Est"},
        {"agent_id": "A1", "direction": "Ouest", "site": ""},
    ]
    people = rules(given(lines)).people
    assert people.index.tolist() == ["A1", "A2", "A3", "A4", "A5", "A6", "Z9"]
    assert [people.loc["A1", name] for name in ("directorate", "site_type")] == ["Ouest", "lycée"]
    assert [people.loc["Z9", name] for name in ("directorate", "occupation")] == ["Est", ""]
    assert people.loc["A2", "directorate"] == "Nord"


def test_announced_seats_that_no_longer_exist_are_told_apart() -> None:
    """A known person in a known group is held; the others are kept aside, the person or the group gone."""
    lines = [
        {"agent_id": "A2", "minilab": "vélo"},
        {"agent_id": "A1", "minilab": "lab-3"},
        {"agent_id": "A1", "minilab": "Piscine"},
        {"agent_id": "Q1", "minilab": "Vélo"},
        {"agent_id": "Q2", "minilab": ""},
    ]
    found = rules(given(announced=lines))
    assert found.announced == {("A2", "lab-T01"), ("A1", "lab-T03")}
    assert found.gone == (("A1", "Piscine", "group"), ("Q1", "Vélo", "person"))


def test_other_decisions_are_checked_as_the_first_were() -> None:
    """The same case with other lines: groups and people follow, and what cannot hold is refused."""
    first = rules(given([{"agent_id": "A1", "voeux": "Vélo"}], [{"minilab": "Vélo", "maximum": "3"}]))
    other = with_decisions(first, [Wish(2, "A2", attributes={"occupation": "archiviste"})], [], AssignParams())
    assert other.groups == LABS
    assert [wish.person for wish in other.wishes] == ["A2"]
    assert other.people.loc["A2", "occupation"] == "archiviste"
    with pytest.raises(MinilabsError, match="fixed_unavailable"):
        with_decisions(first, [Wish(2, "A1", fixed=("lab-T01",), unavailable=True)], [], AssignParams())


def test_all_files_are_read_before_anything_is_refused() -> None:
    """A line of each file that cannot be read, and two that contradict each other, are told together, by line."""
    people = [{"agent_id": "X"}, {"agent_id": "A1", "minilab_fixe": "Vélo", "indisponible": "oui"}]
    with pytest.raises(SeveralErrors) as caught:
        rules(given(people, [{"minilab": "Piscine"}]))
    assert [error.code for error in caught.value.errors] == [
        "assign.unknown_person",
        "assign.unknown_lab",
        "assign.fixed_unavailable",
    ]


def test_an_announced_title_that_two_groups_share_is_asked() -> None:
    """Rather than one of the two chosen, or the seat said to be gone."""
    labs = [replace(lab, label="Vélo") for lab in LABS]
    with pytest.raises(MinilabsError) as caught:
        read_rules(given(announced=[{"agent_id": "A1", "minilab": "vélo"}]), labs, HOLDERS, AssignParams())
    assert caught.value.code == "assign.ambiguous_lab"
    assert (caught.value.facts["line"], caught.value.facts["allowed"]) == (2, "lab-T01, lab-T02, lab-T03")


def test_a_column_that_only_the_export_gives_stays() -> None:
    """A service is kept, empty for a volunteer; one that the export lacks is not made up; what people said is taken."""
    columns = {"holder_id": ["A1", "A2"], **dict.fromkeys(ATTRIBUTES.values(), "")}
    known = pd.DataFrame(columns).assign(directorate="Lycées", service=["Paie", ""])
    wishes = [Wish(2, "A1", attributes={"directorate": "Santé"}), Wish(3, "V1", volunteer=True)]
    found = everyone(known, wishes)
    assert found["service"].to_dict() == {"A1": "Paie", "A2": "", "V1": ""}
    assert found["directorate"].to_dict() == {"A1": "Santé", "A2": "Lycées", "V1": ""}
    for nothing in (None, ""):
        lacking = known.assign(service=nothing)
        assert list(everyone(lacking, wishes).columns) == list(ATTRIBUTES.values())
    assert list(everyone(known.iloc[:0].assign(service=None), wishes[1:]).columns) == list(ATTRIBUTES.values())
