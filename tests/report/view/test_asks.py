"""What is asked of the reader: only what is to be decided, and each request leads to where it can be."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.report import Report
from pipeline.report.facts.work import Work
from pipeline.report.render.html import overall
from pipeline.report.view.asks import asks
from pipeline.report.view.findings import titles


def test_each_request_leads_somewhere(report: Report) -> None:
    """Every anchor of a request is a section of the page."""
    ids = set(re.findall(r'\bid="([^"]+)"', overall(report)))
    assert {ask.anchor for ask in asks(report)} <= ids


def test_the_least_sure_themes_come_first(report: Report) -> None:
    """Themes to validate are named from the least often found again."""
    named = next(ask for ask in asks(report) if ask.title == "Valider les thèmes").text
    doubtful = [t for t in report.themes if t.draws and t.certainty != "souvent"]
    least = min(doubtful, key=lambda theme: (theme.draws or (0, 1))[0])
    assert named.index(least.label) == min(named.index(t.label) for t in doubtful if t.label in named)


def test_being_found_again_is_not_being_right(report: Report) -> None:
    """When all are often found again, only reading tells; when a decision left none measured, none is called stable."""
    often = replace(report, themes=tuple(replace(t, certainty="souvent") for t in report.themes))
    assert "seule la lecture" in asks(often)[0].text
    unmeasured = replace(report, themes=tuple(replace(t, certainty="", draws=None) for t in report.themes))
    assert "rien ne mesure encore" in asks(unmeasured)[0].text
    assert "retrouvés d’un calcul à l’autre ;" not in asks(unmeasured)[0].text
    two = tuple(replace(t, draws=None) for t in often.themes[:2])
    some = asks(replace(often, themes=(*two, *often.themes[2:])))[0].text
    assert "deux ont changé depuis la recherche" in some
    assert "rien ne mesure encore" not in some


def test_a_validated_run_asks_only_for_what_is_left(report: Report) -> None:
    """Themes and answers that people validated are not asked about; ideas are, but those whose outcome is decided."""
    answered = tuple(replace(idea, outcome="Décision prise.") for idea in report.ideas)
    decided = replace(report.review, decided=153)
    told = {
        ask.title: ask.text for ask in asks(replace(report, ideas=answered, review=decided, work=Work(3, "2021-01-20")))
    }
    assert set(told) == {"Arrêter la composition des groupes", "Répondre à chaque porteur"}
    assert told["Répondre à chaque porteur"].replace("\u00a0", " ") == "87 idées sur 240 attendent encore une suite."
    every = replace(report, review=replace(report.review, decided=len(report.ideas)))
    assert "Répondre à chaque porteur" not in {ask.title for ask in asks(every)}


def test_a_closed_group_for_which_people_wait_is_no_lack_of_members(report: Report) -> None:
    """It is named as not open although people wait, and not as short of members."""
    first, *others = report.labs
    labs = (replace(first, placed=0, waiting=16), *others)
    said = next(a.text for a in asks(replace(report, labs=labs)) if a.title == "Arrêter la composition des groupes")
    assert f"{first.label}\u202f» ne s’ouvre pas alors que des agents y attendent" in said


def test_how_often_themes_are_found_again_is_one_fact(report: Report) -> None:
    """What is asked says of stability what the section on trust says."""
    often = replace(report, themes=tuple(replace(t, certainty="souvent", draws=(19, 20)) for t in report.themes))
    assert titles(often).trust in asks(often)[0].text


def test_nothing_is_asked_about_what_is_not_there(report: Report) -> None:
    """No weak signal, no group, no conflict: no request about them."""
    bare = replace(report, labs=(), ideas=tuple(replace(idea, weak=False) for idea in report.ideas))
    titles = {ask.title for ask in asks(bare)}
    assert titles == {"Valider les thèmes", "Choisir la forme de la réponse", "Répondre à chaque porteur"}
    assert asks(replace(bare, themes=(), ideas=())) == ()


def test_conflicts_are_asked_about(report: Report) -> None:
    """Decisions that no longer apply are a request of their own, in agreement."""
    one = replace(report, trust=replace(report.trust, conflicts=("Décision n° 3",)))
    said = next(ask for ask in asks(one) if ask.title == "Reprendre des décisions").text
    assert said.replace("\u00a0", " ") == "Une décision enregistrée ne trouve plus son objet."


def test_a_theme_without_a_kind_is_asked_about_by_name(report: Report) -> None:
    """No holder known, no kind: the first screen asks the analyst for one, by the theme's title."""
    first = replace(report.themes[0], kind="", kind_label="")
    said = next(
        ask.text
        for ask in asks(replace(report, themes=(first, *report.themes[1:])))
        if ask.title == "Choisir la forme de la réponse"
    )
    assert first.label in said
    assert "aucun porteur connu" in said


def test_people_of_no_group_are_told_by_reason(report: Report) -> None:
    """The request about groups says how many people are in none, and why."""
    beyond = replace(report, outside={"trade": 12, "direction": 8})
    said = next(ask.text for ask in asks(beyond) if ask.title == "Arrêter la composition des groupes")
    assert "20 personnes ne sont d’aucun groupe" in said.replace("\u00a0", " ")
    assert "12" in said


def test_ideas_without_a_common_subject_are_asked_about_first(report: Report) -> None:
    """The ensemble is named with its ideas, and is not among the themes whose answer is to be chosen."""
    mixed = replace(report.themes[0], nameless=True, kind="")
    asked = asks(replace(report, themes=(*report.themes[1:], mixed)))
    assert asked[0].title == "Départager des idées sans sujet commun"
    assert mixed.label in asked[0].text
    assert not [ask for ask in asked[1:] if mixed.label in ask.text and "forme" in ask.title]
