"""The organisation's own look: colours that would not be read are refused, all mistakes told at once."""

from __future__ import annotations

import io
from importlib.resources import files

import pikepdf
import pytest

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.files.look_file import named_files
from pipeline.messages import sentence
from pipeline.report import Report
from pipeline.report.drawing.look import Look
from pipeline.report.drawing.own_look import read_look
from pipeline.report.render.html import overall
from pipeline.report.render.pdf import overall as printed

FOLDER = files("pipeline.report") / "fonts"
SERIF = (FOLDER / "SourceSerif4-SemiBold.ttf").read_bytes()
PLAIN = (FOLDER / "DejaVuSans.ttf").read_bytes()
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'


def test_the_file_given_changes_nothing() -> None:
    """The commented file that a new workspace holds is the default look."""
    assert read_look((files("pipeline.report") / "look.yaml").read_text(encoding="utf-8"), "x") == Look()


def test_pale_colours_are_refused() -> None:
    """A yellow on white is refused with the contrast it has and the one it needs."""
    with pytest.raises(MinilabsError) as caught:
        read_look('accent: "#ffdd00"', "apparence.yaml")
    assert "contraste 1,2 pour 1" in sentence(caught.value)


def test_all_mistakes_are_told() -> None:
    """An unknown key, a colour that is none and a logo that is missing are told together."""
    with pytest.raises(SeveralErrors) as caught:
        read_look("couleur: rouge\naccent: rouge\nlogo: absent.png", "x")
    assert [error.code for error in caught.value.errors] == [
        "report.look_key",
        "report.look_colour",
        "report.look_logo",
    ]


def test_a_logo_needs_words() -> None:
    """A logo without a text for those who cannot see it is refused."""
    with pytest.raises(MinilabsError, match="look_logo_text"):
        read_look("logo: logo.svg", "x", {"logo.svg": LOGO})


def test_colours_logo_and_mention_reach_the_documents(report: Report) -> None:
    """Page and print carry the asked colour, logo and mention."""
    text = 'accent: "#7a1f4b"\nlogo: logo.svg\nlogo_texte: Région\nmention: Service de l’innovation'
    assert named_files(text, "x") == ("logo.svg",)
    look = read_look(text, "x", {"logo.svg": LOGO})
    page = overall(report, look)
    assert "--accent:#7a1f4b" in page
    assert 'alt="Région"' in page
    assert "Service de l’innovation" in page
    assert printed(report, look) != printed(report)


def _embedded(content: bytes) -> set[str]:
    """Return the names of the fonts inside a PDF, without their subset tags."""
    with pikepdf.open(io.BytesIO(content)) as document:
        fonts = [font for page in document.pages for font in page.resources.get("/Font", {}).values()]
        return {str(font["/BaseFont"]).split("+")[-1] for font in fonts}


def test_own_fonts_reach_the_documents(report: Report) -> None:
    """A text font given replaces ours on the page and in the PDF, and the title font stays."""
    look = read_look("police_texte: texte.ttf", "x", {"texte.ttf": SERIF})
    page = overall(report, look)
    assert look.text_fonts[0].uri in page
    assert page.count("@font-face") == 2
    names = _embedded(printed(report, look))
    assert any("SourceSerif4" in name for name in names)
    assert not any("SourceSans3-Regular" in name for name in names)
    assert any("SourceSans3-Regular" in name for name in _embedded(printed(report)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("police_texte: absente.ttf", "report.look_font"),
        ("police_titres: [page.html]", "report.look_font"),
        ("police_texte: [serif.ttf, plain.ttf]", "report.look_family"),
        ("police_texte: [plain.ttf]", "report.look_bold"),
    ],
)
def test_fonts_that_cannot_serve_are_refused(text: str, code: str) -> None:
    """A missing file, a file that is no font, a mixed family and a family without bold each have their sentence."""
    contents = {"page.html": b"<html>", "serif.ttf": SERIF, "plain.ttf": PLAIN}
    with pytest.raises(MinilabsError) as caught:
        read_look(text, "apparence.yaml", contents)
    assert caught.value.code == code
    assert "apparence.yaml" in sentence(caught.value)


def test_a_title_font_needs_no_bold() -> None:
    """Titles are of one weight: one file is enough."""
    assert read_look("police_titres: plain.ttf", "x", {"plain.ttf": PLAIN}).title_fonts[0].family == "DejaVu Sans"
