"""The map: every placed idea a mark inside the frame, every theme its number, and words that say the same."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import Report
from pipeline.report.drawing.look import LIGHT
from pipeline.report.drawing.map_drawing import WIDTH, Label, draw, part, static, symbols


def test_every_idea_is_inside_the_frame(report: Report) -> None:
    """One mark an idea, none outside the drawing."""
    drawing = draw(report)
    assert drawing is not None
    assert {dot.idea_id for dot in drawing.dots} == {idea.idea_id for idea in report.ideas}
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= drawing.height for dot in drawing.dots)


def test_themes_differ_in_colour_and_shape(report: Report) -> None:
    """No two themes share both, and weak signals have a mark of their own."""
    drawing = draw(report)
    assert drawing is not None
    theme_of = {idea.idea_id: "" if idea.weak else idea.theme_id for idea in report.ideas}
    marks = {(theme_of[dot.idea_id], dot.colour, dot.shape) for dot in drawing.dots}
    assert len({mark[1:] for mark in marks}) == len(marks) == len(report.themes) + 1


def test_each_theme_has_its_number(report: Report) -> None:
    """Meaning does not rest on colour: numbers stand at the centre of themes."""
    drawing = draw(report)
    assert drawing is not None
    assert [label.number for label in drawing.labels] == [str(theme.mark.number) for theme in report.themes]
    assert f"{len(report.ideas)} idées" in drawing.alternative.replace("\u00a0", " ")


def test_each_theme_is_named_and_no_name_covers_another(report: Report) -> None:
    """Titles stand by their numbers, inside the frame, none on the line of a neighbour."""
    drawing = draw(report)
    assert drawing is not None
    wide = [(label, 9.5 * max(len(line) for _, line in label.lines)) for label in drawing.labels]
    spans = [(k.y, k.x - long if k.left else k.x, k.x if k.left else k.x + long, k.tall) for k, long in wide]
    assert all(left > -20 and right < WIDTH + 20 for _, left, right, _ in spans)
    for n, (y, left, right, tall) in enumerate(spans):
        near = [other for other in spans[:n] if abs(other[0] - y) < (tall + other[3]) / 2 - 1]
        assert not [1 for _, start, end, _ in near if left < end and start < right]


@given(st.text(alphabet="aé-’ ", min_size=1, max_size=140).map(str.strip).filter(bool))
def test_a_title_is_told_whole_whatever_its_length(title: str) -> None:
    """A cut name is no name: a long title goes on, line by line, in the width that is kept for it."""
    lines = [line for _, line in Label("T01", 0, 0, title, left=False).lines]
    assert "".join("".join(lines).split()) == "".join(title.split())
    assert max(map(len, lines)) <= 34


def test_the_part_of_a_theme_holds_its_ideas_alone(report: Report) -> None:
    """The part of the map for a theme has its ideas as marks, inside the frame; the others are behind, in grey."""
    drawing = draw(report)
    assert drawing is not None
    theme = report.themes[0]
    shown = part(drawing, theme)
    x, y, width, height = shown.frame
    assert {dot.idea_id for dot in shown.dots} == set(theme.ideas)
    assert all(x <= dot.x <= x + width and y <= dot.y <= y + height for dot in shown.dots)
    assert [colour for colour, _ in shown.ground] == [0]


def test_the_drawing_is_well_formed(report: Report) -> None:
    """The SVG for print is XML that any reader opens, with its title."""
    drawing = draw(report)
    assert drawing is not None
    tree = ET.fromstring(static(drawing, LIGHT))  # noqa: S314 - our own drawing
    assert tree.find("{http://www.w3.org/2000/svg}title") is not None
    assert symbols().count("<g id=") == 5


def test_without_positions_there_is_no_map(report: Report) -> None:
    """Ideas that were not placed give no drawing; ideas all at one point give one that stands."""
    assert draw(replace(report, ideas=tuple(replace(i, position=None) for i in report.ideas))) is None
    heap = draw(replace(report, ideas=tuple(replace(i, position=(0.0, 0.0)) for i in report.ideas)))
    assert heap is not None
    assert len({(dot.x, dot.y) for dot in heap.dots}) == 1


def test_a_long_number_fits_its_mark(report: Report) -> None:
    """A theme that people made has a number of nine characters: its mark is as wide as that, its title beside it."""
    made = tuple(replace(t, mark=replace(t.mark, number="S-ab12cd" if n else "3")) for n, t in enumerate(report.themes))
    drawing = draw(replace(report, themes=made[:2]))
    assert drawing is not None
    halves = {label.number: label.half for label in drawing.labels}
    assert halves["3"] == 15
    assert halves["S-ab12cd"] * 2 >= 19 * 0.55 * len("S-ab12cd")
    svg = static(drawing, LIGHT)
    for half in halves.values():
        assert f'width="{2 * half}"' in svg
