"""Replies: each answer its own wording, templates checked line by line, values never read as fields."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.messages import sentence
from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.letters import ANSWERS, letters, read_template
from tests.report.conftest import Tables

DEFAULT = (files("pipeline.report") / "letters.txt").read_text(encoding="utf-8")


def test_every_holder_is_answered_for_every_idea(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """The promise to agents: each of the contest's ideas is answered to each of its holders, awarded ones included."""
    written = letters(report, tables, people, read_template(DEFAULT, "x"), per_idea=False)
    answered = {(letter.holder_id, idea) for letter in written for idea in letter.ideas}
    links = tables["idea_holders"][["holder_id", "idea_id"]]
    assert answered == set(links.itertuples(index=False, name=None))
    assert len({letter.name for letter in written}) == len(written) == 300


def test_each_answer_has_its_own_wording(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Awarded, MiniLab, community, and weak signal: each letter says what is true of its idea."""
    written = letters(report, tables, people, read_template(DEFAULT, "x"), per_idea=True)
    telling = {"primee": "a été primée", "minilab": "un MiniLab,", "signal_faible": "ne ressemble à aucune autre"}
    for answer, words in telling.items():
        concerned = [letter for letter in written if letter.answers == (answer,)]
        assert concerned
        assert all(words in "\n".join(letter.paragraphs) for letter in concerned)
    assert {answer for letter in written for answer in letter.answers} <= set(ANSWERS)


def test_a_seat_is_said_once_beside_its_idea(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """A person with several ideas reads one sentence about the seat, in the paragraph of the theme it comes from."""
    written = letters(report, tables, people, read_template(DEFAULT, "x"), per_idea=False)
    seated = tables["assignments"].set_index("holder_id")["lab_id"].str.removeprefix("lab-")
    for letter in written:
        offers = [p for p in letter.paragraphs if "Une place vous est proposée" in p]
        assert len(offers) <= 1
        for paragraph in offers:
            label = report.theme[seated[letter.holder_id]].label
            assert paragraph.count(label) == 2


def test_unknown_fields_are_told_line_by_line() -> None:
    """Each misspelt field, section and gap is one French sentence with its line; all are told at once."""
    wrong = DEFAULT.replace("{prenom}", "{prénom}").replace("[minilab]", "[mini-lab]")
    with pytest.raises(SeveralErrors) as caught:
        read_template(wrong, "reponses.txt")
    said = sentence(caught.value).replace("\u202f", " ")
    assert "« prénom »" in said
    assert "ligne 14" in said
    assert "« mini-lab »" in said
    assert "la section « minilab » manque" in said
    assert len(caught.value.errors) == 3


def test_a_field_of_an_idea_is_refused_in_the_frame() -> None:
    """The greeting cannot name an idea: a letter may answer several."""
    with pytest.raises(MinilabsError):
        read_template(DEFAULT.replace("Bonjour {prenom} {nom}", "Bonjour {titre}"), "x")
    with pytest.raises(MinilabsError):
        read_template(DEFAULT.replace("Bonjour {prenom} {nom}", "Bonjour {place}"), "x")


def test_braces_in_an_idea_are_left_alone(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """A title that looks like a field is shown as typed, and reveals nothing."""
    named = tables["ideas"].assign(title="{nom} {inconnu}")
    written = letters(report, tables | {"ideas": named}, people, read_template(DEFAULT, "x"), per_idea=True)
    awarded = [letter for letter in written if letter.answers == ("primee",)]
    assert awarded
    assert all("« {nom} {inconnu} »" in "\n".join(x.paragraphs).replace("\u202f", " ") for x in awarded)


def test_an_endless_title_does_not_fill_a_letter(tables: Tables, people: pd.DataFrame) -> None:
    """A title of thousands of lines, or without a space, is named on one line."""
    for title in ("ligne\n" * 3000, "x" * 10_000):
        named = tables | {"ideas": tables["ideas"].assign(title=title)}
        written = letters(build(named, ReportParams()), named, people, read_template(DEFAULT, "x"), per_idea=True)
        assert max(len(paragraph) for letter in written for paragraph in letter.paragraphs) < 1000
        assert not [p for letter in written for p in letter.paragraphs if p.count("\n") > 5]


def test_the_repository_uses_the_default_wording() -> None:
    """The template that people edit in this repository is the one a new workspace is given."""
    assert (Path(__file__).parents[2] / "data/review/reponses.txt").read_text(encoding="utf-8") == DEFAULT


def test_several_ideas_are_counted_in_the_opening(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """A holder of one idea reads “votre idée”, of two “vos deux idées”."""
    for letter in letters(report, tables, people, read_template(DEFAULT, "x"), per_idea=False)[:60]:
        opening = letter.paragraphs[1].replace("\u00a0", " ")
        assert ("votre idée" in opening) == (len(letter.ideas) == 1)
        assert ("vos deux idées" in opening) == (len(letter.ideas) == 2)


def test_a_theme_is_explained_once(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Two ideas of one theme: the answer is said once in full, then the second joins it; without the section, twice."""
    template = read_template(DEFAULT, "x")
    same = [
        letter
        for letter in letters(report, tables, people, template, per_idea=False)
        if len({report.idea[i].theme_id for i in letter.ideas if i in report.idea and not report.idea[i].weak}) == 1
        and letter.answers in {("minilab",) * 2, ("communaute_metier",) * 2}
    ]
    assert same
    assert all("\n".join(letter.paragraphs).count("rejoint elle aussi le thème") == 1 for letter in same)
    plain = {name: text for name, text in template.items() if name != "meme_theme"}
    full = {letter.name: letter for letter in letters(report, tables, people, plain, per_idea=False)}
    assert all("elle aussi" not in "\n".join(full[letter.name].paragraphs) for letter in same)
