"""The techniques of creativity: sheets that can be replaced, examples that cite what exists, a page and a print."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.french import fold, typeset
from pipeline.messages import sentence
from pipeline.report import Report
from pipeline.report.drawing.look import Look
from pipeline.report.papers.techniques import KEYS, MOMENTS, Technique, read_techniques
from pipeline.report.render import training
from tests.report.render.test_pdf import check, text_of_pages

OURS = (files("pipeline.report") / "techniques.yaml").read_text(encoding="utf-8")
SAMPLE = Path(__file__).parents[3] / "data" / "sample"
ONE = """\
Tour de table:
  moment: choisir
  quand: Pour finir.
  duree: 5 minutes
  personnes: de 3 à 9
  materiel: [une montre]
  deroule: [chacun dit un mot]
  pieges: [deux mots]
  exemple: {idees: [], texte: Chacun a dit un mot.}
"""


@pytest.fixture(scope="module")
def techniques() -> tuple[Technique, ...]:
    """Return the program's own sheets."""
    return read_techniques(OURS, "techniques.yaml")


def test_each_moment_of_a_session_has_a_technique(techniques: tuple[Technique, ...]) -> None:
    """Ten sheets, in the order of a session, each whole."""
    assert len(techniques) == 10
    assert list(dict.fromkeys(sheet.moment for sheet in techniques)) == list(MOMENTS)
    assert all(sheet.material and len(sheet.steps) >= 3 and len(sheet.traps) >= 2 for sheet in techniques)
    assert len({sheet.anchor for sheet in techniques}) == len(techniques)


def test_examples_cite_ideas_that_exist(techniques: tuple[Technique, ...]) -> None:
    """Each example is made of ideas of the fictional contest, under their own numbers and titles."""
    known = pd.read_csv(SAMPLE / "ideas.csv").set_index("id")["titre"]
    cited = [idea for sheet in techniques for idea in sheet.ideas]
    assert all(sheet.ideas for sheet in techniques)
    assert [title for _, title in cited] == [typeset(known[number]) for number, _ in cited]


def test_the_page_and_the_print_hold_every_sheet(techniques: tuple[Technique, ...], report: Report) -> None:
    """Both forms hold each sheet in full, and say that the examples are fictional, of another contest when they are."""
    shown = page_text(training.on_page(techniques, report, Look(), ours=True))
    made = training.printed(techniques, report, Look(), ours=True)
    assert {"/H1", "/L", "/Table"} <= set(check(made, "Techniques de créativité"))
    printed = plain(" ".join(text_of_pages(made)))
    for sheet in techniques:
        for text in (sheet.name, sheet.when, sheet.example, *sheet.steps, *sheet.traps, *sheet.material):
            assert plain(text) in shown
            assert plain(text) in printed
    for text in (shown, printed):
        assert "concoursfictif" in text
        assert "votreconcours" not in text
    elsewhere = training.on_page(techniques, replace(report, ideas=()), Look(), ours=True)
    assert "leursnumerosnesontpasceuxdevotreconcours" in page_text(elsewhere)


def page_text(made: str) -> str:
    """Return the words of a page, tags out."""
    return plain(html.unescape(re.sub(r"<[^>]+>", " ", made.partition("<body>")[2])))


def plain(text: str) -> str:
    """Return a text without blanks nor hyphens at the ends of lines."""
    return "".join(fold(text).replace("\u00ad", "").replace("-", "").split())


def test_an_organisation_brings_its_own(report: Report) -> None:
    """Another file replaces ours, and nothing then says that its examples are fictional; markup stays text."""
    own = read_techniques(ONE.replace("Pour finir.", "'<script>alert(1)</script> #pagebreak()'"), "moi.yaml")
    made = training.on_page(own, report, Look(), ours=False)
    assert "<script>alert" not in made
    assert "#pagebreak()" in " ".join(text_of_pages(training.printed(own, report, Look(), ours=False)))
    assert "fictif" not in made


@pytest.mark.parametrize("key", [key for key in KEYS if key != "source"])
def test_a_missing_key_is_told_with_its_sheet(key: str) -> None:
    """A sheet without one of its keys is refused: which sheet, which key, what is expected."""
    lines = [line for line in ONE.splitlines() if not line.startswith(f"  {key}:")]
    with pytest.raises(MinilabsError) as caught:
        read_techniques("\n".join(lines), "moi.yaml")
    told = sentence(caught.value)
    assert "moi.yaml" in told
    assert "Tour de table" in told
    assert typeset(f"« {key} »") in told


@pytest.mark.parametrize(
    "text",
    [
        ONE.replace("choisir", "dormir"),
        ONE.replace("choisir", "[choisir]"),
        ONE.replace("[une montre]", "une montre"),
        ONE.replace("[deux mots]", "[]"),
        ONE.replace("idees: []", "idees: [G1ID-001]"),
        ONE + "  couleur: bleu\n",
        "Tour de table: un texte\n",
    ],
)
def test_a_key_of_another_form_is_told(text: str) -> None:
    """A moment that is none, a text for a list, an empty list, an idea without title, an unknown key: refused."""
    with pytest.raises(MinilabsError, match=r"report\.technique"):
        read_techniques(text, "moi.yaml")


def test_all_errors_are_told_at_once() -> None:
    """Two wrong keys make two sentences."""
    with pytest.raises(SeveralErrors) as caught:
        read_techniques(ONE.replace("choisir", "dormir").replace("[une montre]", "3"), "moi.yaml")
    assert len(sentence(caught.value).splitlines()) == 3


def test_no_file_gives_no_sheet() -> None:
    """An empty text has no sheet: the program's own are then used."""
    assert read_techniques("", "moi.yaml") == ()
