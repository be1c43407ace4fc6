"""A trade community meets by sites, then together: everyone once, everything counted, at any size."""

from __future__ import annotations

import re
from math import ceil

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.papers.gatherings import LED, LOCAL, ROOM, TABLE, Gathering, gathering, meetings
from pipeline.report.papers.kits import Member, kits
from pipeline.report.render import kit_pages
from pipeline.words.kinds import COMMUNITY, MINILAB
from tests.report.conftest import Tables
from tests.report.render.test_pdf import text_of_pages

PLACES = [
    ("Metz", "57"),
    ("Forbach", "57"),
    ("Sarreguemines", "57"),
    ("Épinal", "88"),
    ("Toul", ""),
    ("", "57"),
    ("", ""),
]


def members(*where: tuple[str, str, int]) -> list[Member]:
    """Return members from (place, department, how many)."""
    return [
        Member(f"Agent {n}", "", "", place, "", place=place, department=department)
        for place, department, count in where
        for n in range(count)
    ]


def count_of(plan: Gathering, what: str) -> int:
    """Return how many of a thing are to be prepared."""
    return next(int(count) for name, count, _ in plan.material if name.startswith(what))


@given(st.lists(st.sampled_from(PLACES), max_size=250))
def test_everyone_meets_once(where: list[tuple[str, str]]) -> None:
    """Whatever the sites, each member is in one meeting, of which none on a site is too small to be one."""
    found = meetings(members(*((place, department, 1) for place, department in where)))
    assert sum(meeting.people for meeting in found) in ({0} if not found else {len(where)})
    assert len(found) != 1
    assert all(meeting.people >= LOCAL for meeting in found if not meeting.remote)
    assert sum(meeting.remote for meeting in found) <= 1


@given(st.integers(1, 250), st.integers(1, 60), st.integers(0, 90))
def test_the_material_is_that_of_the_true_numbers(people: int, sites: int, ideas: int) -> None:
    """Cards, canvases, sheets and dots are those of so many people on so many sites, and facilitators too."""
    some = [Member("", "", "", "", "", place=f"Site {n % sites}", department=str(n % 7)) for n in range(people)]
    plan = gathering(some, ideas, opposed=False)
    rooms = ceil(people / ROOM)
    tables = ceil(ceil(people / rooms) / TABLE)
    here = sum(not meeting.remote for meeting in plan.meetings)
    assert count_of(plan, "Canevas") == rooms * tables
    assert count_of(plan, "Jeux de cartes") == rooms * tables + here
    assert count_of(plan, "Gommettes") == 3 * people * (2 if plan.meetings else 1)
    assert count_of(plan, "Feuilles d’émargement") == len(plan.meetings) + rooms
    led = [int(found[0]) for who, _ in plan.roles if (found := re.findall(r"(\d+).animateurs? de tables", who))]
    assert led == ([ceil(ceil(people / rooms) / LED)] if tables > 1 else [])


@pytest.mark.parametrize("steps", ["apart", "together"])
def test_steps_follow_each_other_and_fill_the_meeting(steps: str) -> None:
    """Each step starts later than the one before, and the last starts before the end."""
    plan = gathering(members(("Metz", "57", 20), ("Épinal", "88", 9), ("Toul", "54", 2)), 30, opposed=True)
    told = [start for start, _, _ in getattr(plan, steps)]
    starts = [60 * int(start[0]) + int(start[-2:]) for start in told]
    hours, minutes = map(int, re.findall(r"\d+", plan.lengths[steps == "together"]))
    assert starts == sorted(set(starts))
    assert starts[-1] < 60 * hours + minutes


def test_one_site_meets_at_once() -> None:
    """Where all work at one place there is nothing to do by sites, and no table is asked to mix them."""
    plan = gathering(members(("Metz", "57", 30)), 12, opposed=False)
    assert (plan.meetings, plan.apart, plan.lengths[0]) == ((), (), "")
    assert "sites" not in " ".join(how for _, _, how in plan.together)


def test_five_people_meet_at_once() -> None:
    """Five people on five sites hold one meeting, at one table, with one facilitator for the subject."""
    plan = gathering(members(*((f"Site {n}", str(n), 1) for n in range(5))), 4, opposed=False)
    assert plan.meetings == ()
    assert count_of(plan, "Canevas") == 1
    assert not any("animateur de tables" in who for who, _ in plan.roles)


def test_two_hundred_people_do_not_meet_in_one_room() -> None:
    """Two hundred people hold three meetings of all, and their many sheets are hung on the walls."""
    plan = gathering(members(*((f"Site {n}", str(n), 10) for n in range(20))), 30, opposed=False)
    assert any(who.startswith("3 rencontres") for who, _ in plan.roles)
    assert "affichées" in " ".join(how for _, _, how in plan.together)


def test_someone_alone_joins_a_meeting_by_video() -> None:
    """A person alone in a department is asked to join another meeting, and writes no sheet alone."""
    plan = gathering(members(("Metz", "57", 6), ("Épinal", "88", 6), ("Toul", "54", 1)), 5, opposed=False)
    assert count_of(plan, "Feuilles de restitution") == 2
    assert any("se joint à distance" in line for line in plan.remote)


def test_the_kind_of_a_group_chooses_its_kit(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """From the table of groups to the page: a community's kit is led by sites, a MiniLab's is not; a change follows."""
    made = {kit.lab.lab_id: kit for kit in kits(report, tables, people)}
    kinds = dict(zip(tables["labs"]["lab_id"], tables["labs"]["kind"], strict=True))
    assert {lab: kit.gathering is not None for lab, kit in made.items()} == {
        lab: kinds[lab] == COMMUNITY for lab in made
    }
    lab = next(lab for lab in made if kinds[lab] == COMMUNITY)
    text = " ".join(text_of_pages(kit_pages.printed(made[lab], report)))
    assert all(words in text for words in ("D’abord par sites", "Feuille de restitution", "Ce qu’il faut préparer"))
    labs = tables["labs"].assign(kind=tables["labs"]["kind"].where(tables["labs"]["lab_id"] != lab, MINILAB))
    other = tables | {"labs": labs}
    changed = next(kit for kit in kits(build(other, ReportParams()), other, people) if kit.lab.lab_id == lab)
    assert changed.gathering is None
    text = " ".join(text_of_pages(kit_pages.printed(changed, report)))
    assert "D’abord par sites" not in text
    assert "Ordre du jour de la première séance" in text
