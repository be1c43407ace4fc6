"""`people.csv` cell by cell: what each means, and what is said of one that means nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.assign.inputs.wishes import Wish, groups_of, names_of, read_wishes
from pipeline.errors import MinilabsError
from tests.assign.decided import table
from tests.assign.inputs.made import HOLDERS, LABS

_PEOPLE = [f"A{n}" for n in range(7)]


def read(*rows: dict[str, str]) -> tuple[list[Wish], list[MinilabsError]]:
    """Return lines and errors."""
    return read_wishes(table(*rows), "people.csv", LABS, HOLDERS["holder_id"])


def codes(*rows: dict[str, str]) -> list[tuple[str, object]]:
    """Return what is wrong, and at which line."""
    return [(error.code, error.facts["line"]) for error in read(*rows)[1]]


def test_each_cell_is_read() -> None:
    """Wishes in their order and once, people, slots without accents or capitals, attributes that are written."""
    row = {
        "agent_id": "A1", "voeux": "Cantine | lab-T01 | T03", "indisponible": "non", "exclu_de": "T02",
        "avec": "A2, A3", "sans": "A4;A5", "max_minilabs": "2",
        "disponible": "Jeudi | JEUDI | été", "anime": "2", "lieu": "Épinal",
    }  # fmt: skip
    (wish,), errors = read(row)
    assert errors == []
    assert (wish.line, wish.person, wish.wishes, wish.unavailable) == (2, "A1", ("lab-T03", "lab-T01"), False)
    assert (wish.banned, wish.together, wish.apart, wish.most) == (("lab-T02",), ("A2", "A3"), ("A4", "A5"), 2)
    assert (wish.slots, wish.facilitates, wish.attributes) == (("jeudi", "ete"), ("lab-T02",), {"place": "Épinal"})


@pytest.mark.parametrize("written", ["oui", "O", "x", "1", "Vrai", "yes", "true"])
def test_yes_is_written_in_many_ways(written: str) -> None:
    """Each means yes."""
    assert read({"agent_id": "A1", "indisponible": written})[0][0].unavailable


@pytest.mark.parametrize("written", ["", "Non", "n", "0", "faux", "no", "FALSE"])
def test_no_is_written_in_many_ways(written: str) -> None:
    """Each means no, without an error."""
    (wish,), errors = read({"agent_id": "A1", "indisponible": written, "voeux": "T01"})
    assert (wish.unavailable, errors) == (False, [])


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"indisponible": "peut-être"}, "assign.yes_no"),
        ({"max_minilabs": "0"}, "assign.number"),
        ({"max_minilabs": "deux"}, "assign.number"),
        ({"avec": "A1"}, "assign.itself"),
        ({"sans": "A9"}, "assign.unknown_person"),
        ({"voeux": "Piscine"}, "assign.unknown_lab"),
    ],
)
def test_a_cell_that_means_nothing_is_told_with_its_line(cells: dict[str, str], code: str) -> None:
    """The line is the file's, and the rest of the row is read all the same."""
    assert codes({"agent_id": "A2"}, {"agent_id": "A1", "anime": "T02", **cells}) == [(code, 3)]
    wishes, _ = read({"agent_id": "A1", "anime": "T02", **cells})
    assert (wishes[0].facilitates, wishes[0].most) == (("lab-T02",), None)


def test_only_volunteers_and_facilitators_may_be_new() -> None:
    """A number that the export does not hold is welcome for both, unknown otherwise, and never empty."""
    assert codes({"agent_id": "Z1", "volontaire": "oui"}, {"agent_id": "Z2", "anime": "T01"}) == []
    assert codes({"agent_id": "Z3", "voeux": "T01"}) == [("assign.unknown_person", 2)]
    assert codes({"agent_id": "", "volontaire": "oui"}) == [("assign.unknown_person", 2)]
    assert codes({"agent_id": "A1", "avec": "Z1"}, {"agent_id": "Z1", "volontaire": "x"}) == []


def test_a_person_has_one_line() -> None:
    """The second line of a person is told with the first one's number; lines come sorted by person."""
    wishes, errors = read({"agent_id": "A2"}, {"agent_id": "A1"}, {"agent_id": "A2"}, {"agent_id": "A2"})
    assert [wish.person for wish in wishes] == ["A1", "A2", "A2", "A2"]
    assert [(e.code, e.facts["line"], e.facts["first"]) for e in errors] == [
        ("assign.repeated", 4, 2), ("assign.repeated", 5, 2),
    ]  # fmt: skip


def test_errors_come_by_line_whatever_they_are_about() -> None:
    """A person met twice early in the file does not come after the mistakes of later lines."""
    rows = ({"agent_id": "A1"}, {"agent_id": "A1"}, {"agent_id": "A2", "voeux": "?"})
    assert codes(*rows) == [("assign.repeated", 3), ("assign.unknown_lab", 4)]


def test_a_whole_number_means_one_group_even_when_it_is_the_title_of_another() -> None:
    """Of a group numbered T03 and one entitled « T03 », the number names the first; titles come with numbers."""
    names = names_of((replace(LABS[0], label="T03"), LABS[1], LABS[2]))
    assert names["t03"] == ("lab-T03",)
    assert names["3"] == ("lab-T03",)
    assert names["archives"] == ("lab-T02",)
    assert names.said == ("lab-T01 (« T03 »)", "lab-T02 (« Archives »)", "lab-T03 (« Cantine »)")
    assert names_of(reversed(LABS)).said == names_of(LABS).said


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    couples=st.lists(st.tuples(st.sampled_from(_PEOPLE), st.sampled_from(_PEOPLE)), max_size=7),
    absent=st.sets(st.sampled_from(_PEOPLE), max_size=2),
)
def test_people_kept_together_are_those_that_a_chain_of_wishes_links(
    couples: list[tuple[str, str]], absent: set[str]
) -> None:
    """Groups share nobody, leave out who cannot come, and hold exactly the people linked among those who can."""
    asked = {person: tuple(other for one, other in couples if one == person) for person in _PEOPLE}
    wishes = [Wish(n, person, together=asked[person], unavailable=person in absent) for n, person in enumerate(_PEOPLE)]
    near = {person: {person} for person in _PEOPLE if person not in absent}
    for _ in _PEOPLE:
        for one, other in couples:
            if one not in absent and other not in absent:
                both = near[one] | near[other]
                for person in both:
                    near[person] = both
    expected = {frozenset(group) for group in near.values() if len(group) > 1}
    found = groups_of(wishes)
    assert len(found) == len(set(found))
    assert set(found) == expected
