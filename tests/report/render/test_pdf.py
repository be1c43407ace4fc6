"""The PDF, read back by another program: tags, language, title, alternative texts, fonts; and as pictures."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pandas as pd
import pikepdf
import pytest
from pypdf import PdfReader

from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.drawing.printable import text
from pipeline.report.papers.deciding import finding
from pipeline.report.papers.kits import kits
from pipeline.report.papers.letters import letters
from pipeline.report.papers.sheets import sheets
from pipeline.report.papers.template import read_template
from pipeline.report.render import kit_pages, pdf
from pipeline.report.render.pdf import overall
from tests.report.conftest import Tables
from tests.report.render.test_html import hostile


@pytest.fixture(scope="module")
def printed(report: Report) -> bytes:
    """Return the sample's PDF."""
    return overall(report)


def elements(node: Any) -> Iterator[Any]:  # noqa: ANN401 - an object of the file
    """Yield the structure elements below a node."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K", pikepdf.Array()))


def leaves(node: Any, page: Any, tag: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - an object of the file
    """Yield, in reading order, each piece of content: the tag of its heading or of itself, and its page."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from leaves(child, page, tag)
    elif isinstance(node, pikepdf.Dictionary):
        here = node.get("/Pg", page)
        own = str(node.S) if "/S" in node else ""
        inner = own if re.fullmatch(r"/H\d", own) or not tag.startswith("/H") else tag
        if "/MCID" in node:
            yield tag, here
        else:
            yield from leaves(node.get("/K", pikepdf.Array()), here, inner or tag)
    elif node is not None:
        yield tag, page


def lonely_headings(file: pikepdf.Pdf) -> list[int]:
    """Return the numbers of the pages that a heading ends, its text being on the next one."""
    numbers = {page.objgen: number for number, page in enumerate(file.pages, start=1)}
    read = [
        (tag, numbers[page.objgen]) for tag, page in leaves(file.Root.StructTreeRoot.K, None, "") if page is not None
    ]
    return [page for (tag, page), (_, after) in pairwise(read) if re.fullmatch(r"/H\d", tag) and after != page]


def check(content: bytes, title: str) -> list[str]:
    """Assert that a PDF is tagged, titled, in French, with alternative texts and embedded fonts; return its tags."""
    with pikepdf.open(io.BytesIO(content)) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang).startswith("fr")
        assert file.Root.ViewerPreferences.DisplayDocTitle
        with file.open_metadata() as meta:
            assert meta["dc:title"] == title
            assert meta["pdfuaid:part"] == "1"
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        listed = list(elements(file.Root.StructTreeRoot.K))
        assert all(str(e.get("/Alt", "")).strip() for e in listed if e.S == "/Figure")
        assert all("/StructParents" in page and page.Tabs == "/S" for page in file.pages)
        steps = [int(str(e.S)[2:]) for e in listed if re.fullmatch(r"/H\d", str(e.S))]
        assert all(after <= before + 1 for before, after in pairwise([0, *steps])), "no level of heading is skipped"
        assert lonely_headings(file) == []
        fonts = [f for page in file.pages for f in dict(page.Resources.get("/Font", {})).values()]
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.FontDescriptor
            assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        return [str(e.S) for e in listed]


def test_the_file_is_accessible(printed: bytes, report: Report) -> None:
    """An independent reader finds tags, title, language, standards, alternative texts and embedded fonts."""
    tags = check(printed, report.headline)
    assert {"/H1", "/Table", "/TH", "/L", "/Figure"} <= set(tags)
    assert tags.count("/Figure") == 1 + len(report.pictures)


def test_every_kind_of_file_is_accessible(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Theme sheets, directorate files with and without detail, kits and letters pass the same checks."""
    made = sheets(report, tables, 5)
    quiet = next(dossier for dossier in made.directorates if not dossier.detailed)
    check(pdf.theme_sheet(made.themes[0], report), finding(made.themes[0].theme))
    check(pdf.directorate_file(made.directorates[0], report), made.directorates[0].headline)
    check(pdf.directorate_file(quiet, report), quiet.headline)
    kit = kits(report, tables, people)[0]
    assert "/Table" in check(kit_pages.printed(kit, report), kit.lab.label)
    template = read_template((files("pipeline.report") / "letters.txt").read_text(encoding="utf-8"), "x")
    reply = letters(report, tables, people, template, per_idea=False)[0]
    assert "/H1" in check(pdf.letter(reply, report), reply.subject)


def test_every_file_of_the_sample_ends_no_page_with_a_heading(report: Report, tables: Tables) -> None:
    """Not one sheet of a theme nor file of a directorate leaves a heading alone at the foot of a page."""
    made = sheets(report, tables, 5)
    contents = [pdf.theme_sheet(sheet, report) for sheet in made.themes]
    contents += [pdf.directorate_file(dossier, report) for dossier in made.directorates]
    for content in contents:
        with pikepdf.open(io.BytesIO(content)) as file:
            assert lonely_headings(file) == []


def test_long_tables_repeat_their_heads(report: Report, people: pd.DataFrame, tables: Tables) -> None:
    """A table that goes on over a page has its head again: the kit's list of members."""
    pack = max(kits(report, tables, people), key=lambda kit: len(kit.members))
    long = replace(pack, members=pack.members * 3)
    text_of = text_of_pages(kit_pages.printed(long, report))
    assert sum("Pourquoi cette personne" in page for page in text_of) >= 3


def text_of_pages(content: bytes) -> list[str]:
    """Return the text of each page, as another program reads it."""
    reader = shutil.which("pdftotext")
    assert reader, "poppler is needed to read PDF files back: apt-get install poppler-utils"
    read = subprocess.run([reader, "-", "-"], input=content, capture_output=True, check=True)
    return read.stdout.decode().split("\f")


def test_the_outline_names_the_sections(printed: bytes, report: Report) -> None:
    """The outline holds the findings that title the sections."""
    with pikepdf.open(io.BytesIO(printed)) as file, file.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert "L’essentiel" in titles
    assert report.titles.trust in titles


def test_equal_views_give_equal_bytes(printed: bytes, report: Report) -> None:
    """The date is that of the data and ids are made from the content: the file is the same each time."""
    assert overall(report) == printed


def test_hostile_text_is_printed_as_typed(tables: Tables) -> None:
    """Typst markup, scripts, emoji, bidirectional marks and endless words give a valid file of a sane length."""
    content = overall(build(hostile(tables), ReportParams()))
    with pikepdf.open(io.BytesIO(content)) as file:
        assert len(file.pages) < 400


def test_hostile_text_in_every_kind_of_file(tables: Tables, people: pd.DataFrame) -> None:
    """Sheets, files, kits and letters made of hostile text are all valid files."""
    mean = hostile(tables)
    report = build(mean, ReportParams())
    names = people.assign(given_name="#panic()", family_name="$x$", email="=1+1")
    made = sheets(report, mean, 5)
    template = read_template((files("pipeline.report") / "letters.txt").read_text(encoding="utf-8"), "x")
    replies = letters(report, mean, names, template, per_idea=True)
    for content in (
        pdf.theme_sheet(made.themes[0], report),
        pdf.directorate_file(made.directorates[0], report),
        kit_pages.printed(kits(report, mean, names)[0], report),
        *(pdf.letter(reply, report) for reply in replies[:12]),
    ):
        with pikepdf.open(io.BytesIO(content)) as file:
            assert len(file.pages) >= 1


def test_a_missing_glyph_becomes_a_box() -> None:
    """What no embedded font draws is shown as □, what one draws is left as typed."""
    assert text("été – 🙂 – Ω – 漢") == "été – 🙂 – Ω – □"


def test_marks_that_reorder_text_are_dropped() -> None:
    """Right-to-left overrides and control characters cannot disturb the line."""
    assert text("a\u202eb\x00c\u2066d\te") == "abcd e"


def test_endless_words_can_break() -> None:
    """A word of 100 letters takes break opportunities and loses no letter."""
    assert text("x" * 100).replace("\u200b", "") == "x" * 100
    assert max(map(len, text("x" * 100).split("\u200b"))) <= 40


def test_two_proposals_stand_side_by_side_on_paper(tables: Tables) -> None:
    """One table of two columns, titles as typed whatever they hold, figures of each; without a choice, none of it."""
    facts = {"themes": 9, "listed": 2, "largest": 30, "weak_signals": 8, "stability": 0.7}
    both = pd.DataFrame(
        [
            {"proposal": name, "drawn": 0.3, **facts, "titles": titles}
            for name, titles in (("list", ["#pagebreak() $x$ *gras*"]), ("none", ["Transports"]))
        ]
    )
    read = PdfReader(io.BytesIO(overall(build(tables | {"proposals": both}, ReportParams()))))
    paper = [re.sub(r"[\s\u202f\u00a0]+", " ", page.extract_text()) for page in read.pages]
    (page,) = [page for page in paper if "Deux propositions" in page]
    assert all(words in page for words in ("Avec la liste", "Sans liste", "#pagebreak() $x$ *gras*", "Transports"))
    assert "Ce qui parle pour elle" in page
    assert "« grille »" in page
