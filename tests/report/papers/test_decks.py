"""Decks of the tour: eight to ten editable slides, the facts of the directorate's file, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from pptx import Presentation

from pipeline.report import Report
from pipeline.report.drawing.look import Look
from pipeline.report.papers.decks import Deck, of_directorate, of_management
from pipeline.report.papers.dossiers import Dossier
from pipeline.report.papers.sheets import sheets
from pipeline.report.render.slides import written
from tests.report.conftest import Tables


@pytest.fixture(scope="module")
def dossiers(report: Report, tables: Tables) -> tuple[Dossier, ...]:
    """Return the files of the sample's directorates."""
    return sheets(report, tables, 5).directorates


def content(deck: Deck) -> bytes:
    """Return the file of a deck."""
    return written(deck, Look(), day="2020-01-31", organisation="Région Grand Est")


def said(deck: Deck) -> str:
    """Return all that a deck says."""
    lines = [deck.title, deck.subtitle]
    for slide in deck.slides:
        lines += [slide.title, *slide.lines, slide.note, *(cell for row in slide.table for cell in row)]
        lines += [f"{figure.value} {figure.label}" for figure in slide.figures]
    return "\n".join(lines)


def test_a_deck_has_eight_to_ten_slides(report: Report, dossiers: tuple[Dossier, ...]) -> None:
    """Cover included; a directorate without detail has fewer, since nothing of its own can be told."""
    for dossier in dossiers:
        count = 1 + len(of_directorate(dossier, report, Look()).slides)
        assert (8 <= count <= 10) if dossier.detailed else (6 <= count <= 8)
    assert 8 <= 1 + len(of_management(report, Look()).slides) <= 11


def test_a_deck_tells_no_figure_that_the_file_withholds(report: Report, dossiers: tuple[Dossier, ...]) -> None:
    """Numbers of its agents are those of its lines; a quiet directorate has none, nor any idea of its own."""
    for dossier in dossiers:
        deck = of_directorate(dossier, report, Look())
        table = next(slide.table for slide in deck.slides if slide.table)
        if "Vos porteurs" in table[0]:
            column = table[0].index("Vos porteurs")
            lines = {line.label: line.agents for line in dossier.lines}
            for row in table[1:]:
                assert row[column] == ("n. c." if lines[row[0]] is None else str(lines[row[0]]))
        if not dossier.detailed:
            assert "Vos agents" not in said(deck)


def test_ideas_on_slides_are_those_of_the_file(report: Report, dossiers: tuple[Dossier, ...]) -> None:
    """The slides « Vos agents : … » name ideas that the file lists."""
    for dossier in dossiers:
        own = {idea.idea_id for _, ideas in dossier.groups for idea in ideas}
        slides = of_directorate(dossier, report, Look()).slides
        named = [line for s in slides if s.title.startswith("Vos agents\u202f:") for line in s.lines]
        assert {found for line in named for found in re.findall(r"\(([^()]+)\)$", line)} <= own


def test_the_file_is_editable_and_described(report: Report, dossiers: tuple[Dossier, ...]) -> None:
    """Read back by the library: each slide has its title, each picture and table an alternative text."""
    file = Presentation(io.BytesIO(content(of_directorate(dossiers[0], report, Look()))))
    assert len(file.slides) == 1 + len(of_directorate(dossiers[0], report, Look()).slides)
    for slide in file.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            if shape.has_table or shape.shape_type == 13:  # a picture
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


def test_equal_decks_give_equal_bytes(report: Report) -> None:
    """No clock in the file."""
    deck = of_management(report, Look())
    assert content(deck) == content(deck)
    assert b"2020-01-31" in zipfile.ZipFile(io.BytesIO(content(deck))).read("docProps/core.xml")


def test_a_slide_says_what_it_leaves_out_and_nothing_of_what_it_does_not_show(report: Report) -> None:
    """Themes and groups beyond the rows are counted; outcomes are counted, no idea being listed below."""
    deck = of_management(report, Look())
    tables_ = [slide for slide in deck.slides if slide.table]
    for slide, (count, what) in zip(
        tables_, [(len(report.themes), "thème"), (len(report.labs), "groupe")], strict=True
    ):
        left = count - (len(slide.table) - 1)
        assert slide.note.startswith(f"Et {left}") == (left > 0)
        assert (what in slide.note) == (left > 0)
    assert deck.slides[-1].lines[-1] == "Aucune suite n’est encore enregistrée."
    done = tuple(replace(idea, outcome="Réalisée.") for idea in report.ideas[:2])
    some = of_management(replace(report, ideas=(*done, *report.ideas[2:])), Look())
    assert (
        some.slides[-1].lines[-1].replace("\u00a0", " ").replace("\u202f", " ") == "2 idées ont une suite enregistrée."
    )
