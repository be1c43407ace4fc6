"""Decisions that cannot hold together, one just over the edge and one just under it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pipeline.assign.inputs.contradictions import contradictions
from pipeline.assign.inputs.lab_rules import LabRule
from pipeline.assign.inputs.rules import decided, everyone
from pipeline.assign.inputs.wishes import Wish
from pipeline.errors import MinilabsError
from pipeline.params import AssignParams
from tests.assign.inputs.made import HOLDERS, LABS

ONE, TWO, THREE = (lab.lab_id for lab in LABS)
ALL = (ONE, TWO, THREE)


def errors_of(wishes: list[Wish], rules: list[LabRule] | None = None, most: int = 1) -> list[MinilabsError]:
    """Return what contradicts itself."""
    lines = rules or []
    params, people = AssignParams(max_labs=most), everyone(HOLDERS, wishes)
    return contradictions(wishes, lines, decided(LABS, lines), people, params)


def found(wishes: list[Wish], rules: list[LabRule] | None = None, most: int = 1) -> list[tuple[str, int]]:
    """Return what contradicts itself, and at which line."""
    return [(error.code, int(str(error.facts["line"]))) for error in errors_of(wishes, rules, most)]


HOLDS: list[tuple[list[Wish], list[LabRule]]] = [
    ([Wish(2, "A1", fixed=(ONE,), banned=(TWO, THREE), facilitates=(TWO,))], []),
    ([Wish(2, "A1", fixed=(ONE, TWO), most=2)], []),
    ([Wish(2, "A1", banned=(ONE, TWO))], []),
    ([Wish(2, "A1", unavailable=True, wishes=(ONE,))], []),
    ([Wish(2, "A1", together=("A2",), fixed=(ONE,)), Wish(3, "A2", fixed=(ONE,))], []),
    ([Wish(2, "A1", together=("A2",), fixed=(ONE,)), Wish(3, "A2")], []),
    ([Wish(2, "A1", apart=("A2",), fixed=(ONE,)), Wish(3, "A2", fixed=(TWO,))], []),
    ([Wish(2, "A1", together=("A2",), banned=(ONE,)), Wish(3, "A2", banned=(TWO,))], []),
    ([Wish(n, f"A{n}", fixed=(ONE,)) for n in (1, 2, 3, 4)], []),
    ([], [LabRule(2, ONE, minimum=4, maximum=4)]),
    ([], [LabRule(2, ONE, maximum=4, shares={"site_type": Fraction(1, 4)})]),
    ([Wish(2, "A1", fixed=(ONE,)), Wish(3, "A2", fixed=(ONE,))],
     [LabRule(2, ONE, minimum=2, maximum=4, shares={"directorate": Fraction(1, 2)})]),
    ([], [LabRule(2, ONE, maximum=4, at_least=(("site_type", "lycée", 3), ("site_type", "siège", 1)))]),
    ([], [LabRule(2, ONE, maximum=6, at_least=(("site_type", "lycée", 3),), shares={"site_type": Fraction(1, 2)})]),
    ([Wish(2, "A1", fixed=(ONE,), slots=("lundi", "jeudi")), Wish(3, "A2", fixed=(ONE,), slots=("jeudi",))],
     [LabRule(2, ONE, slots=("Lundi", "Jeudi"))]),
    ([Wish(2, "A1", slots=("mardi",)), Wish(3, "A2", fixed=(ONE,))], [LabRule(2, ONE, slots=("Lundi",))]),
]  # fmt: skip


@pytest.mark.parametrize(("wishes", "rules"), HOLDS)
def test_what_just_holds_is_not_refused(wishes: list[Wish], rules: list[LabRule]) -> None:
    """One step from the contradiction, nothing is said."""
    assert found(wishes, rules) == []


BREAKS: list[tuple[str, int, list[Wish], list[LabRule]]] = [
    ("fixed_twice", 2, [Wish(2, "A1", fixed=(ONE, TWO))], []),
    ("fixed_twice", 2, [Wish(2, "A1", fixed=ALL, most=2)], []),
    ("banned_everywhere", 2, [Wish(2, "A1", banned=ALL)], []),
    ("banned_everywhere", 2, [Wish(2, "A1", banned=(ONE, TWO))], [LabRule(2, THREE, closed=True)]),
    ("fixed_unavailable", 2, [Wish(2, "A1", fixed=(ONE,), unavailable=True)], []),
    ("fixed_banned", 2, [Wish(2, "A1", fixed=(ONE,), banned=(ONE,))], []),
    ("facilitates_fixed", 2, [Wish(2, "A1", fixed=(ONE,), facilitates=(ONE,))], []),
    ("fixed_closed", 2, [Wish(2, "A1", fixed=(ONE,))], [LabRule(2, ONE, closed=True)]),
    ("together_apart", 2, [Wish(2, "A1", together=("A2",), apart=("A2",)), Wish(3, "A2")], []),
    ("together_apart", 2, [Wish(2, "A1", together=("A2",)), Wish(3, "A2", apart=("A1",))], []),
    ("together_apart_by", 2,
     [Wish(2, "A1", together=("A2",)), Wish(3, "A2", together=("A3",)), Wish(4, "A3", apart=("A1",))], []),
    ("together_fixed", 2, [Wish(2, "A1", together=("A2",), fixed=(ONE,)), Wish(3, "A2", fixed=(TWO,))], []),
    ("together_banned", 2, [Wish(2, "A1", together=("A2",), banned=(ONE,)), Wish(3, "A2", fixed=(ONE,))], []),
    ("together_banned", 3, [Wish(2, "A1", fixed=(ONE,)), Wish(3, "A2", together=("A1",), banned=(ONE,))], []),
    ("apart_fixed", 2, [Wish(2, "A1", apart=("A2",), fixed=(ONE,)), Wish(3, "A2", fixed=(ONE,))], []),
    ("apart_fixed", 3,
     [Wish(2, "A3", together=("A2",), fixed=(ONE,)), Wish(3, "A1", apart=("A2",), fixed=(ONE,)), Wish(4, "A2")], []),
    ("together_banned_everywhere", 3,
     [Wish(2, "A1", together=("A2", "A3")), Wish(3, "A2", banned=(ONE,)), Wish(4, "A3", banned=(TWO, THREE))], []),
    ("together_banned_everywhere", 2,
     [Wish(2, "A1", together=("A2",), banned=(ONE,)), Wish(3, "A2", banned=(TWO,))], [LabRule(2, THREE, closed=True)]),
    ("seats_order", 5, [], [LabRule(5, ONE, minimum=5, maximum=4)]),
    ("too_many_fixed", 5, [Wish(n, f"A{n}", fixed=(ONE,)) for n in (1, 2, 3, 4, 5)], [LabRule(5, ONE)]),
    ("too_many_fixed", 7, [Wish(n + 2, f"A{n}", fixed=(ONE,)) for n in (5, 1, 2, 3, 4)], []),
    ("cap_zero", 5, [], [LabRule(5, ONE, maximum=4, shares={"site_type": Fraction(6, 25)})]),
    ("cap_zero", 5, [Wish(2, "A1", fixed=(ONE,))],
     [LabRule(5, ONE, maximum=4, shares={"site_type": Fraction(1, 5)})]),
    ("cap_fixed", 5, [Wish(2, "A1", fixed=(ONE,)), Wish(3, "A2", fixed=(ONE,))],
     [LabRule(5, ONE, minimum=2, maximum=4, shares={"directorate": Fraction(2, 5)})]),
    ("at_least", 5, [], [LabRule(5, ONE, maximum=9, at_least=(("site_type", "lycée", 4),))]),
    ("at_least", 5, [],
     [LabRule(5, ONE, maximum=4, at_least=(("site_type", "lycée", 3),), shares={"site_type": Fraction(1, 2)})]),
    ("at_least_sum", 5, [],
     [LabRule(5, ONE, maximum=4, at_least=(("site_type", "lycée", 3), ("site_type", "siège", 2)))]),
    ("slot_fixed", 5,
     [Wish(2, "A1", fixed=(ONE,), slots=("lundi",)), Wish(3, "A2", fixed=(ONE,), slots=("jeudi",))],
     [LabRule(5, ONE, slots=("Lundi", "Jeudi"))]),
    ("slot_fixed", 5,
     [Wish(2, "A1", fixed=(ONE,)), Wish(3, "A2", together=("A1",), slots=("jeudi",))],
     [LabRule(5, ONE, slots=("Lundi",))]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "line", "wishes", "rules"), BREAKS)
def test_each_contradiction_is_told_once_at_its_line(
    code: str, line: int, wishes: list[Wish], rules: list[LabRule]
) -> None:
    """That one, no other, and where to mend it."""
    assert found(wishes, rules) == [(f"assign.{code}", line)]


def test_the_parameter_says_how_many_groups_a_person_has_unless_the_line_does() -> None:
    """Two fixed seats are one too many for one group a person, not for two."""
    both = [Wish(2, "A1", fixed=(ONE, TWO))]
    assert found(both, most=2) == []
    assert found([Wish(2, "A1", fixed=(ONE, TWO), most=1)], most=2) == [("assign.fixed_twice", 2)]


def test_the_people_come_first_then_the_groups_each_by_line() -> None:
    """Whatever order they are found in."""
    wishes = [Wish(9, "A1", fixed=(TWO,), banned=(TWO,)), Wish(4, "A2", fixed=(THREE,), unavailable=True)]
    rules = [LabRule(3, ONE, minimum=5, maximum=4), LabRule(2, TWO, minimum=9, maximum=8)]
    assert [line for _, line in found(wishes, rules)] == [4, 9, 2, 3]
    assert found([Wish(20, "A1", fixed=(TWO,), banned=(TWO,))], rules)[0] == ("assign.fixed_banned", 20)


def test_people_linked_through_others_are_told_through_whom() -> None:
    """The whole chain when it is not direct, nothing of it when it is; every group that two people share, in order."""
    chain = [Wish(2, "A1", together=("A2",)), Wish(3, "A2", together=("A3",)), Wish(4, "A3", apart=("A1",))]
    assert errors_of(chain)[0].facts["group"] == "A1, A2, A3"
    direct = [Wish(2, "A1", together=("A2",), apart=("A2",)), Wish(3, "A2")]
    assert "group" not in errors_of(direct)[0].facts
    shared = [Wish(2, "A1", apart=("A2",), fixed=(THREE, TWO, ONE)), Wish(3, "A2", fixed=ALL)]
    assert [error.facts["lab"] for error in errors_of(shared, most=3)] == [ONE, TWO, THREE]
