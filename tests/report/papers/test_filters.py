"""What the overall page can be filtered by: numbers stand for choices, and every choice finds something."""

from __future__ import annotations

import re

from pipeline.report import Report
from pipeline.report.papers.filters import choices, codes, node, places_of, theme_choices


def test_each_choice_finds_an_idea(report: Report) -> None:
    """No list offers a value that no idea shows."""
    found = codes(report)
    for choice in choices(report):
        used = {code.split(".")[int(choice.key)] for text in found.values() for code in text.split()}
        assert used - {"-"} == {str(place) for place in range(len(choice.values))}


def test_codes_give_the_holders_back(report: Report) -> None:
    """Read with the lists, the codes of an idea are what it says of its holders, one by one."""
    lists = {choice.key: choice.values for choice in choices(report)}
    found = codes(report)
    for idea in report.ideas:
        read = [
            tuple(lists[str(k)][int(n)] if n != "-" else "" for k, n in enumerate(code.split(".")))
            for code in found[idea.idea_id].split()
        ]
        assert read == [(held.directorate, held.site, held.department) for held in idea.held]


def test_themes_are_offered_by_family_then_part(report: Report) -> None:
    """Each theme is offered once, under its family, followed by its parts."""
    offered = [value for _, listed in theme_choices(report) for value, _, depth in listed if depth == 0]
    assert [node(theme.theme_id) for theme in report.themes if node(theme.theme_id) not in offered] == []
    assert len(offered) == len(set(offered)) == len(report.themes) + len(report.families)


def test_every_place_can_be_chosen(report: Report) -> None:
    """Ideas are in places that the list offers, and in nothing else; a weak signal is in none."""
    offered = {value for _, listed in theme_choices(report) for value, _, _ in listed}
    places = places_of(report)
    assert {place for found in places.values() for place in found} == offered
    assert all(places[idea.idea_id] == () for idea in report.weak)


def test_a_place_never_holds_a_space() -> None:
    """Whatever the id, its place is one word, distinct for distinct ids."""
    assert re.fullmatch(r"\S+", node('a b"|\u202e'))
    assert node("a b") != node("a-b")
