"""The question of a group is one idea's proposal, surely about its subject, in a sentence without a slip; or none."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.report import Report
from pipeline.report.facts.ideas import Idea
from pipeline.report.papers.questions import Proposals, Question, proposals, question


def made(report: Report, *titles: str, sure: tuple[int, ...] = (0, 1, 2), slips: tuple[str, ...] = ()) -> Question:
    """Return the question of ideas that bear these titles, those of rank `sure` surely about the subject."""
    ideas = [replace(report.ideas[n], title=title) for n, title in enumerate(titles)]
    ids = [idea.idea_id for idea in ideas]
    return question(ideas, Proposals(frozenset(ids[n] for n in sure if n < len(ids)), frozenset(ids), frozenset(slips)))


def plain(text: str) -> str:
    """Return a text with ordinary spaces."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_question_is_what_one_idea_proposes(report: Report) -> None:
    """The first proposal that begins with a verb, cut where it says how; never two subjects in one question."""
    told = made(report, "Cahier de la loge", "Réserver une salle sans appeler : x", "Ouvrir les gymnases le soir")
    assert plain(told.text) == "Comment pourrions-nous réserver une salle sans appeler ?"
    own = made(report, "S’échanger les livres lus entre collègues")
    assert plain(own.text) == "Comment pourrions-nous nous échanger les livres lus entre collègues ?"
    assert told.sources == (report.ideas[1].idea_id,)
    assert [plain(start) for start in told.starts] == [
        "Qu’est-ce qui empêche aujourd’hui de réserver une salle sans appeler ? …",
        "Par où commencer pour ouvrir les gymnases le soir ? …",
    ]


def test_who_says_to_be_about_the_subject_comes_first(report: Report) -> None:
    """Then ideas whose place is firm; an idea whose place is not asks nothing, and there is no question then."""
    titles = ("Ouvrir les gymnases le soir", "Ranger les chariots sous les escaliers")
    assert "gymnases" in made(report, *titles).text
    told = made(report, *titles, sure=(1,))
    assert "chariots" in told.text
    assert "aujourd’hui de ranger" in told.starts[0]
    assert "pour ouvrir" in told.starts[1]
    far = question([replace(report.ideas[0], title=titles[0])], _nothing())
    assert (far.text, far.sources, len(far.starts)) == ("", (), 2)
    assert "gymnases" not in " ".join(far.starts)


def _nothing() -> Proposals:
    return Proposals(frozenset(), frozenset(), frozenset())


@pytest.mark.parametrize(
    "title",
    ["Cahier des charges commun", "Atelier couture le jeudi", "Papier recyclé pour tous", "Loisir",
     "CHANGER LE NOM DU SITE", "Offre de transport régional", "Heure creuse à la cantine", "Pouvoir d’achat accru",
     "Eteindre les lampes le soir", "Laver le linge a la loge", "Fermer les portes pdt les vacances"],
)  # fmt: skip
def test_a_thing_or_a_slip_makes_no_question(report: Report, title: str) -> None:
    """Titles that name a thing, and those that their author wrote without accents or shortened."""
    assert made(report, title, slips=("eteindre",)).text == ""


def test_slips_are_words_that_others_write_with_accents(report: Report) -> None:
    """As often at least; a word that nobody accents is none, whatever its letters."""
    ideas = (
        replace(report.ideas[0], title="Eteindre les serveurs", description="Une entree", benefits=""),
        replace(report.ideas[1], title="Éteindre la nuit", description="Entree, entree, entrée", benefits=""),
    )
    known = proposals(replace(report, ideas=ideas), _places(ideas))
    assert known.slips == {"eteindre"}
    assert known.sure == {ideas[0].idea_id}
    assert known.firm == {ideas[0].idea_id, ideas[1].idea_id}


def _places(ideas: tuple[Idea, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "idea_id": [idea.idea_id for idea in ideas],
            "shared": [["mot"], []],
            "decided_by": "pipeline",
            "membership": [0.5, 0.7],
            "weak_signal": False,
        }
    )


def test_every_source_is_an_idea_of_the_theme(report: Report, tables: dict[str, pd.DataFrame]) -> None:
    """The number under the question is of an idea that the group works on; most groups of the sample have one."""
    known = proposals(report, tables["idea_themes"])
    asked = {theme.theme_id: question([report.idea[i] for i in theme.ideas], known) for theme in report.themes}
    assert all(set(asked[theme.theme_id].sources) <= set(theme.ideas) for theme in report.themes)
    assert sum(bool(one.text) for one in asked.values()) > len(asked) / 2


@settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(titles=st.lists(st.text(max_size=60), max_size=4))
def test_any_text_gives_a_question_or_none(report: Report, titles: list[str]) -> None:
    """Whatever people typed, a question ends as one, and there are two ways to begin."""
    told = made(report, *titles, sure=(0, 1, 2, 3))
    assert told.text.endswith("?") == bool(told.text) == bool(told.sources)
    assert len(told.starts) == 2
