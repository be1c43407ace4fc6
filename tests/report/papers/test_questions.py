"""The question of a group is about its subject, in the words of its ideas, and is a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.report import Report
from pipeline.report.papers.questions import question


def asked(report: Report, *titles: str, texts: tuple[str, ...] = ()) -> str:
    """Return the question of a theme whose ideas bear these titles (and texts, else none), no claim being known."""
    theme = replace(report.themes[0], claims=(), parts=())
    said = texts or ("",) * len(titles)
    ideas = [
        replace(report.ideas[n], title=t, description=d) for n, (t, d) in enumerate(zip(titles, said, strict=True))
    ]
    return question(theme, ideas).text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_question_is_made_of_what_ideas_propose(report: Report) -> None:
    """Two proposals that begin with a verb make the question, cut where they say how."""
    told = asked(report, "Réserver une salle sans appeler : x", "Cahier de la loge", "Ouvrir les gymnases le soir")
    assert told == "Comment pourrions-nous réserver une salle sans appeler ou encore ouvrir les gymnases le soir ?"


@pytest.mark.parametrize(
    "title",
    ["Cahier des charges commun", "Atelier couture le jeudi", "Papier recyclé pour tous", "Loisir",
     "CHANGER LE NOM DU SITE", "Offre de transport régional", "Heure creuse à la cantine", "Pouvoir d’achat accru"],
)  # fmt: skip
def test_a_thing_is_not_taken_for_a_verb(report: Report, title: str) -> None:
    """Titles that name a thing are quoted, not put after « Comment pourrions-nous »."""
    assert asked(report, title).startswith(f"Un agent écrit : « {title} »")


def test_a_proposal_in_the_text_serves_when_no_title_does(report: Report) -> None:
    """« Il faudrait ouvrir… » gives « ouvrir… »."""
    told = asked(report, "Gymnases", texts=("C’est dommage. Il faudrait ouvrir les gymnases le soir.",))
    assert told == "Comment pourrions-nous ouvrir les gymnases le soir ?"


def test_starts_are_two_and_elide(report: Report) -> None:
    """« Qu’est-ce qui empêche d’ouvrir » before a vowel."""
    made = question(report.themes[0], [replace(report.ideas[0], title="Ouvrir les gymnases le soir", description="")])
    assert len(made.starts) == 2
    assert "aujourd’hui d’ouvrir les gymnases" in made.starts[0]


def test_every_source_is_an_idea_of_the_theme(report: Report) -> None:
    """The numbers under the question are of ideas that the group works on."""
    for theme in report.themes:
        made = question(theme, [report.idea[i] for i in theme.ideas])
        assert set(made.sources) <= set(theme.ideas) != set()


@settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(titles=st.lists(st.text(max_size=60), max_size=4))
def test_any_text_gives_a_question(report: Report, titles: list[str]) -> None:
    """Whatever people typed, there is one question and it ends as one."""
    ideas = [replace(report.ideas[0], title=title, description=title) for title in titles]
    assert question(report.themes[0], ideas).text.endswith("?")
