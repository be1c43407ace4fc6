"""The organisation's fonts: read as Typst reads them, one family a use, each mistake named."""

from __future__ import annotations

from importlib.resources import files

from pipeline.report.drawing.own_fonts import font_of, read_fonts

FOLDER = files("pipeline.report") / "fonts"
REGULAR = (FOLDER / "SourceSans3-Regular.ttf").read_bytes()
BOLD = (FOLDER / "SourceSans3-SemiBold.ttf").read_bytes()
SERIF = (FOLDER / "SourceSerif4-SemiBold.ttf").read_bytes()


def _codes(names: dict[str, bytes], *, bold: bool) -> list[str]:
    return [error.code for error in read_fonts(tuple(names), names, "apparence.yaml", "police_texte", bold=bold)[1]]


def test_a_font_says_its_family_and_weight() -> None:
    """The family and the weight are those of the file, whatever its name."""
    font = font_of(REGULAR)
    assert font is not None
    assert (font.family, font.weight, font.style) == ("Source Sans 3", 400, "normal")
    assert font.uri.startswith("data:font/sfnt;base64,")


def test_what_is_no_font_is_none() -> None:
    """Nothing, or a file of another kind, is no font."""
    assert font_of(b"") is None
    assert font_of(b"\x89PNG not a font") is None


def test_a_family_is_taken_whole() -> None:
    """Regular and bold of one family are both taken, without a complaint."""
    fonts, errors = read_fonts(("a", "b"), {"a": REGULAR, "b": BOLD}, "x", "police_texte", bold=True)
    assert ([font.weight for font in fonts], errors) == ([400, 600], [])


def test_each_mistake_has_its_sentence() -> None:
    """A missing file, two families, no bold where one is needed: each its own error."""
    assert _codes({"a": b""}, bold=False) == ["report.look_font"]
    assert _codes({"a": REGULAR, "b": SERIF}, bold=False) == ["report.look_family"]
    assert _codes({"a": REGULAR}, bold=True) == ["report.look_bold"]
    assert _codes({}, bold=True) == []
