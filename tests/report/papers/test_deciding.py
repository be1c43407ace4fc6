"""The sheet of a theme opens on its finding, and asks what people have to settle."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.report import Report
from pipeline.report.papers.deciding import finding, to_decide


def plain(text: str) -> str:
    """Return a text with ordinary spaces."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_title_says_the_finding(report: Report) -> None:
    """How many ideas, of how many agents; nothing of agents when their number is withheld."""
    theme = replace(report.themes[0], label="Salles", size=12, holders=15)
    assert plain(finding(theme)) == "Salles : 12 idées, portées par 15 agents"
    assert plain(finding(replace(theme, holders=None))) == "Salles : 12 idées"
    assert plain(finding(replace(theme, nameless=True))) == "12 idées à départager, portées par 15 agents"


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("minilab", "ouvrir un MiniLab"),
        ("communaute_metier", "communauté de métier"),
        ("reponse_direction", "Qui répond"),
    ],
)
def test_the_first_question_is_about_the_answer(report: Report, kind: str, asked: str) -> None:
    """Each kind of answer has its question, and seats are told only of a group."""
    lab = report.labs[0]
    first = to_decide(replace(report.themes[0], kind=kind, kind_reason=""), lab, report)[0]
    assert asked in first.title
    assert ("membres proposés" in plain(first.text)) == (kind != "reponse_direction")


def test_doubtful_ideas_are_named(report: Report) -> None:
    """The ideas that could sit elsewhere are named, with their numbers; none, no question."""
    doubt = (report.ideas[3].idea_id,)
    theme = replace(report.themes[0], doubtful=doubt, borderline=doubt)
    assert report.ideas[3].idea_id in to_decide(theme, None, report)[1].text
    titles = [ask.title for ask in to_decide(replace(theme, doubtful=(), borderline=()), None, report)]
    assert not [title for title in titles if "à leur place" in title]


def test_what_has_no_title_is_sorted_before_anything_else(report: Report) -> None:
    """One question: split, title or dissolve; no neighbour to join, no answer, no group."""
    theme = replace(report.themes[0], nameless=True, kind="", kind_reason="Ses idées parlent de sujets différents.")
    (asked,) = to_decide(theme, None, report)
    assert "scinder" in asked.title
    assert "aucun groupe" in asked.text
