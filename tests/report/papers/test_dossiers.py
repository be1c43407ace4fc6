"""Files of directorates: what is theirs, what is asked of them, and nothing that singles an agent out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from pipeline.life.answers import asked
from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.papers.dossier_asks import DUE, reading
from pipeline.report.papers.dossier_facts import _group, counts, groups_of
from pipeline.report.papers.dossiers import Dossier
from pipeline.report.papers.sheets import sheets
from pipeline.report.withheld.disclosure import disclosure
from tests.report.conftest import Tables

LEAST = 5


@pytest.fixture(scope="module")
def made(report: Report, tables: Tables) -> tuple[Dossier, ...]:
    """Return the files of the sample's directorates."""
    return sheets(report, tables, LEAST).directorates


def test_directorates_hidden_overall_have_no_detail(made: tuple[Dossier, ...], report: Report) -> None:
    """A directorate whose number of agents the overall report withholds shows no figure of its own."""
    withheld = {count.label for count in report.review.breakdowns[0].counts if count.value is None}
    quiet = [d for d in made if not d.detailed]
    assert {d.directorate for d in quiet} == withheld != set()
    assert all(not (d.figures or d.groups or d.breakdowns or d.counted or d.seats_counted) for d in quiet)


def test_lists_of_ideas_are_never_short(made: tuple[Dossier, ...]) -> None:
    """A list of ideas, the last one included, holds five at least: a theme is not tied to a single agent."""
    assert [label for d in made for label, ideas in d.groups if len(ideas) < LEAST] == []


def test_two_ideas_left_over_take_the_smallest_list_along(report: Report, tables: Tables) -> None:
    """Six ideas of a theme, five of another and two of a third: the five join the two under « Autres sujets »."""
    found = counts(report, tables, disclosure(tables, LEAST), LEAST)
    name, told = max(
        ((n, [t for t in report.themes if found.known.by_theme.cell(t.theme_id, n) is not None]) for n in found.names),
        key=lambda one: len(one[1]),
    )
    large, middle, small = sorted(told, key=lambda t: -len(t.ideas))[:3]
    own = frozenset([*large.ideas[:6], *middle.ideas[:5], *small.ideas[:2]])
    listed = groups_of(name, report, replace(found, ideas={name: own}))
    assert [(label, len(ideas)) for label, ideas in listed] == [(large.label, 6), ("Autres sujets", 7)]
    assert {i.idea_id for i in listed[1][1]} == {*middle.ideas[:5], *small.ideas[:2]}


def test_each_idea_of_a_directorate_is_listed_once(made: tuple[Dossier, ...], tables: Tables) -> None:
    """A detailed file lists all ideas of its agents, each once, and no other."""
    held = tables["idea_holders"].merge(tables["holders"], on="holder_id")
    analysed = set(tables["ideas"].loc[tables["ideas"]["analysed"], "idea_id"])
    for dossier in made:
        listed = Counter(idea.idea_id for _, ideas in dossier.groups for idea in ideas)
        own = held["directorate"].str.replace("'", "’") == dossier.directorate
        if dossier.groups:
            assert listed == Counter(set(held.loc[own, "idea_id"]) & analysed)


def test_each_theme_is_a_line(made: tuple[Dossier, ...], report: Report) -> None:
    """All themes are there, those that its agents feed most first."""
    for dossier in made:
        assert sorted(line.label for line in dossier.lines) == sorted(theme.label for theme in report.themes)
        fed = [line.agents or 0 for line in dossier.lines]
        assert fed == sorted(fed, reverse=True)


def test_a_small_group_has_no_figure(tables: Tables) -> None:
    """A working group of three is being formed: its size is not given, nor that of a closed one."""
    labs = tables["labs"].assign(placed=[3, 0, *tables["labs"]["placed"][2:]])
    changed = tables | {"labs": labs, "waiting_list": tables["waiting_list"].head(0)}
    said = {line.group for line in sheets(build(changed, ReportParams()), changed, LEAST).directorates[0].lines}
    assert {"en constitution", "non ouvert, faute de membres"} <= said
    assert not {text for text in said if text.startswith("3\u00a0")}


def test_a_closed_group_says_how_many_wait_unless_they_are_few(report: Report) -> None:
    """Not open although people wait: how many, never a count below the threshold."""
    lab = replace(report.labs[0], placed=0, waiting=16)
    assert _group(lab, LEAST).replace("\u00a0", " ").replace("\u202f", " ") == "non ouvert : 16 agents attendent"
    assert _group(replace(lab, waiting=3), LEAST) == "non ouvert, des agents attendent"


def test_where_to_begin_is_a_theme_with_a_title(made: tuple[Dossier, ...]) -> None:
    """No theme without a title; and when a number is withheld, those given are not said to be the largest."""
    lines = next(d.lines for d in made if d.lines[1].agents)
    whole = tuple(replace(line, agents=line.agents or 0) for line in lines)
    assert reading(whole)[0].text.startswith("Commencer par")
    mixed = reading((replace(whole[0], nameless=True), *whole[1:]))[0].text
    assert whole[0].label not in mixed
    assert whole[1].label in mixed
    hidden = reading((*whole[:-1], replace(whole[-1], agents=None)))[0].text
    assert hidden.startswith("Parmi les nombres que l’on peut donner")


def test_a_directorate_answers_its_own_themes(tables: Tables) -> None:
    """The one most of whose agents hold a theme is asked to answer it, with its share; no other is."""
    own = "menage_lycees"
    kinds = tables["themes"]["kind"].where(tables["themes"]["theme_id"] != own, "reponse_direction")
    themes = tables["themes"].assign(kind=kinds)
    labs = tables["labs"][tables["labs"]["theme_id"] != own]
    changed = tables | {"themes": themes, "labs": labs}
    view = build(changed, ReportParams())
    asked = {
        dossier.directorate: ask.text
        for dossier in sheets(view, changed, LEAST).directorates
        for ask in dossier.asks
        if ask.title == "Répondre à un thème"
    }
    assert list(asked) == ["Direction de l’Éducation et des Lycées"]
    assert view.theme[own].label in next(iter(asked.values()))


def test_requests_lead_to_sections(made: tuple[Dossier, ...]) -> None:
    """Requests point to sections that the file has: ideas only where they are listed."""
    for dossier in made:
        assert {ask.anchor for ask in dossier.asks} <= {"themes", *(["idees"] if dossier.groups else [])}
        assert len({ask.title for ask in dossier.asks}) == len(dossier.asks)


def test_a_column_is_not_made_of_withheld_counts(made: tuple[Dossier, ...]) -> None:
    """A column of counts gives most of them; otherwise a sentence gives those that can be."""
    for dossier in made:
        for shown, column in (
            (dossier.counted, [line.agents for line in dossier.lines]),
            (dossier.seats_counted, [line.seated for line in dossier.lines if line.group]),
        ):
            given = [value for value in column if value is not None]
            assert not shown or 2 * len(given) >= len(column)
            assert shown or all(str(value) in dossier.note for value in given if value)


@pytest.mark.parametrize("groups", [True, False])
def test_what_is_expected_names_the_ideas(groups: bool, report: Report, tables: Tables) -> None:  # noqa: FBT001 - with or without groups
    """Each idea that no open group takes up is asked for by number, marked in the list, and in the workbook to fill."""
    report = report if groups else replace(report, labs=())
    grouped = {lab.theme_id for lab in report.labs if lab.open}
    for dossier in sheets(report, tables, LEAST).directorates:
        own = [idea for _, ideas in dossier.groups for idea in ideas]
        alone = [idea.idea_id for idea in own if idea.weak or idea.theme_id not in grouped]
        said = " ".join(ask.text for ask in dossier.asks if ask.title.startswith("Répondre vous-même"))
        assert all(idea in said for idea in alone)
        assert bool(said) == bool(alone)
        assert [idea.idea_id for idea in own if idea.outcome == DUE] == alone
        assert [line.target for line in asked(dossier, report) if line.target in report.idea] == alone


def test_nothing_is_asked_of_ideas_to_be_sorted_first(report: Report, tables: Tables) -> None:
    """Ideas of a set without a title are asked for neither in the dossier nor in the workbook that goes with it."""
    mixed = report.themes[0].theme_id
    because = tables["themes"]["theme_id"].map({mixed: "mixed"})
    kind = tables["themes"]["kind"].mask(because == "mixed", "")
    labs = tables["labs"][tables["labs"]["theme_id"] != mixed]
    changed = tables | {"themes": tables["themes"].assign(kind_because=because, kind=kind), "labs": labs}
    other = build(changed, ReportParams())
    own = set(other.theme[mixed].ideas)
    for dossier in sheets(other, changed, LEAST).directorates:
        assert not own & {line.target for line in asked(dossier, other)}
        assert not [i for _, ideas in dossier.groups for i in ideas if i.idea_id in own and i.outcome == DUE]


def test_whom_to_answer_and_when_are_told_or_left_blank(tables: Tables) -> None:
    """The contact and the date of the parameters, each a visible blank while nobody gave it."""
    named = ReportParams(
        contact="demarche@grandest.fr", calendar={"direction": "Réponse attendue avant le 3 mai 2020."}
    )
    for params, said in ((named, ("demarche@grandest.fr", "3 mai 2020")), (ReportParams(), ("…………", "avant le …………"))):
        reply = sheets(build(tables, params), tables, LEAST).directorates[0].reply
        assert all(word in reply for word in said)
