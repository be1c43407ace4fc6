"""`labs.csv` cell by cell: what each means, and what is said of one that means nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pipeline.assign.inputs.lab_rules import LabRule, read_lab_rules
from pipeline.errors import MinilabsError
from tests.assign.decided import table
from tests.assign.inputs.made import HOLDERS, LABS


def read(*rows: dict[str, str]) -> tuple[list[LabRule], list[MinilabsError]]:
    """Return lines and errors."""
    return read_lab_rules(table(*rows), "labs.csv", LABS, HOLDERS)


def test_each_cell_is_read() -> None:
    """Seats, town, shares, minima of groups, days as written and once, trades in one order."""
    row = {
        "minilab": "Vélo", "minimum": "3", "maximum": "12", "ferme": "non", "lieu": "Metz",
        "part_max_direction": "40 %", "part_max_metier": "1/2", "au_moins": "2 LYCÉE | 1 nord",
        "creneaux": "Lundi | LUNDI | jeudi", "metiers": "cuisinier | Archiviste | cuisinier",
    }  # fmt: skip
    (rule,), errors = read(row)
    assert [(error.code, error.facts["column"]) for error in errors] == [("assign.share", "part_max_metier")]
    assert (rule.line, rule.lab_id, rule.minimum, rule.maximum, rule.closed) == (2, "lab-T01", 3, 12, False)
    assert (rule.seat, rule.shares) == ("Metz", {"directorate": Fraction(2, 5)})
    assert rule.at_least == (("site_type", "lycée", 2), ("directorate", "Nord", 1))
    assert (rule.slots, rule.admits) == (("LUNDI", "jeudi"), ("archiviste", "cuisinier"))


def test_a_line_that_says_nothing_decides_nothing() -> None:
    """Empty cells are left to the theme and the parameters; « tous » admits all."""
    (rule,), errors = read({"minilab": "T02", "remarque": "à revoir"})
    assert errors == []
    assert rule == LabRule(2, "lab-T02")
    assert read({"minilab": "T02", "metiers": "Tous"})[0][0].admits == ()


@pytest.mark.parametrize(
    ("written", "closed"),
    [*((word, True) for word in ("oui", "X", "o", "yes", "1")), *((word, False) for word in ("non", "N", "no", "0"))],
)
def test_a_group_is_closed_by_a_yes(written: str, closed: bool) -> None:  # noqa: FBT001
    """Each word is understood, without an error."""
    (rule,), errors = read({"minilab": "T01", "ferme": written})
    assert (rule.closed, errors) == (closed, [])


@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("minimum", "0", "assign.zero_seats"),
        ("maximum", "0", "assign.zero_seats"),
        ("maximum", "douze", "assign.number"),
        ("ferme", "bof", "assign.yes_no"),
        ("part_max_site", "0 %", "assign.share"),
        ("part_max_site", "101 %", "assign.share"),
        ("part_max_site", "-5 %", "assign.share"),
        ("au_moins", "lycée", "assign.group"),
        ("au_moins", "2 martiens", "assign.group"),
        ("jamais_seul", "bureau", "assign.category"),
        ("metiers", "astronaute", "assign.occupation"),
        ("metiers", "lycée", "assign.occupation"),
    ],
)
def test_a_cell_that_means_nothing_is_told_and_decides_nothing(column: str, written: str, code: str) -> None:
    """The error has the line; the cell stays without effect, so that the other mistakes can be looked for."""
    (rule, _), errors = read({"minilab": "T02"}, {"minilab": "T01", column: written})
    assert [(error.code, error.facts["line"]) for error in errors] == [(code, 3)]
    assert (rule.minimum, rule.maximum, rule.closed, rule.shares, rule.at_least, rule.alone) == (
        None, None, False, {}, (), None,
    )  # fmt: skip
    assert rule.admits in (None, ())


def test_the_least_number_is_told() -> None:
    """A minimum is 1 at the least; of the maximum too little is told otherwise."""
    errors = read({"minilab": "T01", "minimum": "a", "maximum": "b"})[1]
    assert [error.facts["least"] for error in errors] == [1, 0]


def test_a_group_has_one_line() -> None:
    """By whatever name, the second line of a group is told with the first one's number; lines come sorted by group."""
    rules, errors = read({"minilab": "T03"}, {"minilab": "lab-T01"}, {"minilab": "Cantine"}, {"minilab": "3"})
    assert [rule.lab_id for rule in rules] == ["lab-T01", "lab-T03", "lab-T03", "lab-T03"]
    assert [(error.code, error.facts["line"], error.facts["first"]) for error in errors] == [
        ("assign.repeated", 4, 2), ("assign.repeated", 5, 2),
    ]  # fmt: skip


def test_errors_come_by_line() -> None:
    """A group met twice early in the file does not come after the mistakes of later lines."""
    errors = read({"minilab": "T01"}, {"minilab": "T01"}, {"minilab": "Piscine"})[1]
    assert [(error.code, error.facts["line"]) for error in errors] == [
        ("assign.repeated", 3), ("assign.unknown_lab", 4),
    ]  # fmt: skip


def test_a_value_that_two_attributes_have_is_a_kind_of_site_first() -> None:
    """« Lycée », a kind of site and a directorate: the minimum is of the kind of site."""
    people = HOLDERS.assign(directorate=["Lycée", *HOLDERS["directorate"][1:]])
    (rule,), _ = read_lab_rules(table({"minilab": "T01", "au_moins": "2 lycée"}), "labs.csv", LABS, people)
    assert rule.at_least == (("site_type", "lycée", 2),)


def test_what_nobody_is_alone_of_is_read_whole_or_not_at_all() -> None:
    """One word that is no category leaves the parameters' choice, rather than half of what was asked."""
    assert read({"minilab": "T01", "jamais_seul": "Métier | site"})[0][0].alone == ("occupation", "site_type")
    assert read({"minilab": "T01", "jamais_seul": "site | bureau"})[0][0].alone is None
