"""What counting alone says: true of every answer, and said whenever it holds."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings

from pipeline.assign.inputs.problem import Cap, Problem
from pipeline.assign.solving.arithmetic import arithmetic
from pipeline.assign.solving.check import broken
from pipeline.words.seats import PRIVATE
from tests.assign.problems import plain, problems


def said(problem: Problem) -> list[str]:
    """Return the sentences with plain spaces."""
    return [re.sub("[\u00a0\u202f]", " ", sentence) for sentence in arithmetic(problem)]


def room(people: int, labs: int = 1, minimum: int = 1, maximum: int = 10) -> Problem:
    """Return a problem in which everyone may sit everywhere."""
    return plain(np.full((people, labs), 500, dtype=np.int64), minimum=minimum, maximum=maximum)


def cap(lab: int, members: range, share: Fraction, extra: int = 0, attribute: str = "directorate") -> Cap:
    """Return a limit on the share of the group « Lycées »."""
    return Cap(lab, attribute, "Lycées", np.array(members, dtype=np.int64), share, Fraction(extra))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(problem=problems(people=4, labs=2))
def test_no_answer_does_what_counting_says_cannot_be(problem: Problem) -> None:
    """Of all answers tried one by one, none seats more, opens a lab or fills it more than the sentences allow."""
    answers = [
        np.array(bits, dtype=bool)
        for bits in product([False, True], repeat=len(problem.pairs.person))
        if not broken(problem, np.array(bits, dtype=bool))
    ]
    sizes = np.array([problem.sizes(chosen) for chosen in answers])
    seated = [int(problem.seated(chosen).sum()) for chosen in answers]
    for sentence in said(problem):
        numbers = [int(number) for number in re.findall(r"\d+(?= p)|(?<=manque )\d+|(?<=minimum de )\d+", sentence)]
        if named := re.search(r"« Lab (\d) »", sentence):
            assert not sizes[:, int(named[1])].any(), sentence
        elif "limitée" in sentence:
            assert numbers[0] > numbers[1], sentence
            assert max(seated) <= int(problem.eligible.sum()) - (numbers[0] - numbers[1]), sentence
        else:
            assert max(seated) <= numbers[1], sentence


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (10, []),
        (11, ["11 personnes pour 10 places : il en manque une."]),
        (12, ["12 personnes pour 10 places : il en manque 2."]),
    ],
)
def test_seats_are_counted_against_people(people: int, expected: list[str]) -> None:
    """As many people as seats lack nothing; one more lacks one."""
    assert said(room(people)) == expected


def test_neither_closed_labs_nor_volunteers_nor_people_without_choice_are_counted() -> None:
    """A closed lab gives no seat; volunteers, seated after the others, and who may sit nowhere ask for none."""
    two = room(12, labs=2, maximum=6)
    closed = replace(two, labs=(two.labs[0], replace(two.labs[1], closed=True)))
    assert said(two) == []
    assert said(closed) == ["12 personnes pour 6 places : il en manque 6."]
    assert said(replace(closed, volunteers=np.arange(12) < 6)) == []
    assert said(closed.only(closed.pairs.person < 6)) == []


def test_a_group_bound_to_limited_labs_is_counted_against_its_share() -> None:
    """Two fifths of ten seats are four: four fit, five are told, save with a seat free elsewhere or one let in."""
    five = replace(room(9), caps=(cap(0, range(5), Fraction(2, 5)),))
    assert said(replace(five, caps=(cap(0, range(4), Fraction(2, 5)),))) == []
    told = (
        "5 personnes de « Lycées » ne peuvent siéger que dans des groupes où leur part est limitée : 4 places au plus."
    )
    assert said(five) == [told]
    assert said(replace(five, caps=(cap(0, range(5), Fraction(2, 5), extra=1),))) == []
    elsewhere = replace(room(9, labs=2), caps=(cap(0, range(5), Fraction(2, 5)),))
    assert said(elsewhere) == []
    assert said(elsewhere.only((elsewhere.pairs.lab == 0) | (elsewhere.pairs.person > 0))) == []
    assert said(elsewhere.only((elsewhere.pairs.lab == 0) | (elsewhere.pairs.person > 4))) == [told]


def test_shares_of_several_labs_add_up_and_closed_ones_give_no_room() -> None:
    """Four seats here and four there hold eight of the group; with one of the labs closed, four."""
    both = replace(room(15, labs=2), caps=(cap(0, range(9), Fraction(2, 5)), cap(1, range(9), Fraction(2, 5))))
    assert ["9 personnes de" in sentence and "8 places" in sentence for sentence in said(both)] == [True]
    closed = replace(both, labs=(both.labs[0], replace(both.labs[1], closed=True)))
    assert ["4 places au plus" in sentence for sentence in said(closed)] == [False, True]


def test_a_private_limit_is_never_told() -> None:
    """The balance kept on a private list is in no sentence, though it is what lacks."""
    private = replace(room(9, minimum=8), caps=(cap(0, range(9), Fraction(1, 10), attribute=PRIVATE),))
    assert said(private) == []


def test_a_lab_that_too_few_people_concern_is_told() -> None:
    """Three people for a minimum of four; a closed lab needs nobody."""
    few = room(3, minimum=4)
    assert said(few) == ["« Lab 0 » : 3 personnes concernées pour un minimum de 4."]
    assert said(room(4, minimum=4)) == []
    assert "minimum" not in str(said(replace(few, labs=(replace(few.labs[0], closed=True),))))


def test_a_lab_that_its_shares_keep_under_its_minimum_is_told() -> None:
    """With three others, two fifths let two of the group in: five, for a minimum of six; a minimum of five is met."""
    mixed = replace(room(8, minimum=6), caps=(cap(0, range(5), Fraction(2, 5)),))
    told = "« Lab 0 » : avec 40 % au plus de « Lycées », il réunit au mieux 5 personnes pour un minimum de 6."
    assert told in said(mixed)
    fits = replace(mixed, labs=(replace(mixed.labs[0], minimum=5),))
    assert not [sentence for sentence in said(fits) if "au mieux" in sentence]
    lesser = replace(mixed, caps=(*mixed.caps, cap(0, range(3), Fraction(1, 2), attribute="site")))
    assert told in said(lesser)
    assert not [s for s in said(replace(mixed, caps=(cap(0, range(5), Fraction(1)),))) if "au mieux" in s]
