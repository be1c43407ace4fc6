"""Ideas as documents show them: placed, dated, compared, described; nothing of a person."""

from __future__ import annotations

from pipeline.report import Report
from pipeline.report.view.ideas import ideas
from pipeline.report.withheld.disclosure import disclosure
from tests.report.conftest import Tables


def _plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_only_analysed_ideas_are_listed(report: Report, tables: Tables) -> None:
    """Awarded ideas are set apart; the others are there once, by number."""
    analysed = tables["ideas"].loc[tables["ideas"]["analysed"], "idea_id"]
    assert [idea.idea_id for idea in report.ideas] == sorted(analysed)


def test_placement_says_who_decided(report: Report, tables: Tables) -> None:
    """A person's decision is said to be one; the program's is a proposal, never a chance."""
    by_person = set(tables["idea_themes"].query("decided_by == 'analyst'")["idea_id"])
    for idea in report.ideas:
        assert ("par une personne" in idea.placement) == (idea.idea_id in by_person)
        assert idea.weak or idea.idea_id in by_person or "d’après les décisions" in _plain(idea.placement)


def test_no_chance_is_promised_before_any_decision(report: Report, tables: Tables) -> None:
    """While nobody has decided anything, nothing makes a membership a chance: it is said in a word."""
    untaught = tables | {"idea_themes": tables["idea_themes"].assign(decided_by="pipeline")}
    labels = {theme.theme_id: theme.label for theme in report.themes}
    said = [idea.placement for idea in ideas(untaught, labels, disclosure(untaught, 5), {}) if not idea.weak]
    assert said
    assert all("avant toute décision" in _plain(text) and "sur 10" not in _plain(text) for text in said)


def test_a_weak_signal_names_the_nearest_theme(report: Report) -> None:
    """What fits nowhere says so, and which theme would be nearest."""
    nearest = report.theme["communication_interne_convivialite"].label
    assert report.weak
    assert all(nearest in idea.placement for idea in report.weak)


def test_resemblance_goes_both_ways(report: Report) -> None:
    """If one idea resembles another, the other resembles it."""
    known = report.idea
    assert all(idea.idea_id in known[other].near for idea in report.ideas for other in idea.near if other in known)


def test_positions_fill_the_frame(report: Report) -> None:
    """Positions lie between 0 and 1, and one axis at least is filled from end to end."""
    places = [idea.position for idea in report.ideas if idea.position]
    spans = [max(axis) - min(axis) for axis in zip(*places, strict=True)]
    assert all(0 <= value <= 1 for place in places for value in place)
    assert max(spans) == 1.0


def test_gaps_are_shown_as_such(tables: Tables) -> None:
    """No title, no date, no votes, no position: a word for the first, nothing for the others."""
    bare = tables["ideas"].assign(title="", submitted_on="", votes=None)
    empty = tables | {"ideas": bare, "map": tables["map"].head(0)}
    found = ideas(empty, {}, disclosure(empty, 5), {})
    assert {(idea.title, idea.submitted, idea.votes, idea.position) for idea in found} == {
        ("(sans titre)", "", None, None)
    }


def test_an_outcome_is_shown_with_its_idea(tables: Tables) -> None:
    """What became of an idea is beside it and nowhere else."""
    found = ideas(tables, {}, disclosure(tables, 5), {"G1ID-001": "Réalisée."})
    assert [idea.idea_id for idea in found if idea.outcome] == ["G1ID-001"]


def test_only_a_second_theme_that_a_person_gave_is_shown(report: Report, tables: Tables) -> None:
    """The program's own are right less than one time in five: no document names them."""
    assert any(idea.second_id for idea in report.ideas)
    labels = {theme.theme_id: theme.label for theme in report.themes}
    for change in ({"decided_by": "pipeline"}, {"membership_2": 0.9}):
        places = tables | {"idea_themes": tables["idea_themes"].assign(**change)}
        shown = ideas(places, labels, disclosure(places, 5), {})
        assert not any(idea.second_id or "ouche aussi" in idea.placement for idea in shown)
