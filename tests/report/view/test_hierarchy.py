"""Families and sub-themes: shown where they say something, with the ideas that are there now."""

from __future__ import annotations

import re
from html import unescape

from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.facts.themes import Part
from pipeline.report.render.html import overall
from pipeline.report.view.hierarchy import families, grouped, parts, within
from tests.report.conftest import Tables


def test_families_are_told_largest_first(report: Report) -> None:
    """A family of several themes is told, with the number of their ideas; a theme alone in its family is not in one."""
    assert len(report.families) == 3
    sizes = [family.size for family in report.families]
    assert sizes == sorted(sizes, reverse=True)
    for family in report.families:
        assert family.size == sum(report.theme[theme].size for theme in family.themes)
        assert len(family.themes) >= 2


def test_without_a_hierarchy_themes_are_flat(tables: Tables) -> None:
    """An older workspace, or a contest of few themes, has no family and no part; the view stands."""
    flat = build({name: frame for name, frame in tables.items() if name != "hierarchy"}, ReportParams())
    assert flat.families == ()
    assert not any(theme.parts for theme in flat.themes)


def test_one_family_says_nothing(tables: Tables, report: Report) -> None:
    """When all themes are in one family, none is told."""
    table = tables["hierarchy"]
    merged = table.assign(parent_id=table["parent_id"].where(table["level"] != "theme", "F1"))
    assert families({"hierarchy": merged}, report.themes) == ()


def test_parts_hold_the_ideas_that_are_there(tables: Tables, report: Report) -> None:
    """A part lists ideas of its theme only; an idea that left is in none; a single part left is no part."""
    found = parts(tables)
    assert found
    for theme_id, group in found.items():
        assert {i for part in group for i in part.ideas} <= set(report.theme[theme_id].ideas)
    two = [Part("T.1", "Un", ("a", "b")), Part("T.2", "Deux", ("c",))]
    assert [part.ideas for part in within(two, {"a", "c"})] == [("a",), ("c",)]
    assert within(two, {"a", "b"}) == ()


def test_every_idea_of_a_theme_is_in_one_group(report: Report) -> None:
    """Listed by part, no idea is lost nor told twice; what is in no part comes last."""
    for theme in report.themes:
        groups = grouped(theme)
        assert sorted(i for _, ids in groups for i in ids) == sorted(theme.ideas)
        assert [label for label, _ in groups[:-1]] == [part.label for part in theme.parts][: len(groups) - 1]


def test_the_page_shows_families_and_parts(report: Report) -> None:
    """The table of themes has a row for each family and a foldable list of parts, all readable without JavaScript."""
    page = overall(report)
    rows = [unescape(label) for label in re.findall(r'<th scope="rowgroup"[^>]*>([^<]+) <', page)]
    assert rows == [*(family.label for family in report.families), "Autres thèmes"]
    assert page.count('<details class="sous-themes">') == sum(bool(theme.parts) for theme in report.themes)
    assert page.count('<div class="partie">') == sum(len(grouped(t)) for t in report.themes if t.parts)
