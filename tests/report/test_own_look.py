"""The organisation's own look: colours that would not be read are refused, all mistakes told at once."""

from __future__ import annotations

from importlib.resources import files

import pytest

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.messages import sentence
from pipeline.report import Report
from pipeline.report.html import overall
from pipeline.report.look import Look
from pipeline.report.own_look import logo_path, read_look
from pipeline.report.pdf import overall as printed

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
        read_look("logo: logo.svg", "x", LOGO)


def test_colours_logo_and_mention_reach_the_documents(report: Report) -> None:
    """Page and print carry the asked colour, logo and mention."""
    text = 'accent: "#7a1f4b"\nlogo: logo.svg\nlogo_texte: Région\nmention: Service de l’innovation'
    assert logo_path(text, "x") == "logo.svg"
    look = read_look(text, "x", LOGO)
    page = overall(report, look)
    assert "--accent:#7a1f4b" in page
    assert 'alt="Région"' in page
    assert "Service de l’innovation" in page
    assert printed(report, look) != printed(report)
