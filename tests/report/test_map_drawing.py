"""The map: every placed idea a mark inside the frame, every theme its number, and words that say the same."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from pipeline.report import Report
from pipeline.report.look import LIGHT
from pipeline.report.map_drawing import WIDTH, draw, static, symbols


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
    assert [number for number, _, _ in drawing.labels] == [theme.mark.number for theme in report.themes]
    assert f"{len(report.ideas)} idées" in drawing.alternative.replace("\u00a0", " ")


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
