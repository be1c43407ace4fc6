"""Very large contests: documents stay of a size that opens, say what they leave out, and every link leads somewhere."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pandas as pd
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.french import number
from pipeline.report import Report
from pipeline.report.drawing.look import LIGHT
from pipeline.report.drawing.map_drawing import draw, static
from pipeline.report.facts.ideas import Idea
from pipeline.report.papers.dossiers import Dossier
from pipeline.report.papers.kits import kits
from pipeline.report.papers.limits import CARDS, LISTED, PAGE, SHEET, first, first_of_groups, trimmed
from pipeline.report.papers.sheets import ThemeSheet, sheets
from pipeline.report.render.html import directorate_page, overall, theme_page
from pipeline.report.render.kit_pages import printed as printed_kit
from pipeline.report.render.pdf import overall as printed
from pipeline.report.render.pdf import theme_sheet
from tests.report.conftest import Tables

COPIES = 50


def _copy(idea: Idea, place: int) -> Idea:
    return replace(idea, idea_id=f"{idea.idea_id}-{place}", anchor=f"{idea.anchor}-{place}")


@pytest.fixture(scope="module")
def huge(report: Report) -> Report:
    """Return the sample's view with each idea fifty times: 12,000 ideas, 3,000 pairs."""
    ideas = tuple(_copy(idea, place) for place in range(COPIES) for idea in report.ideas)
    themes = tuple(
        replace(
            theme,
            ideas=tuple(f"{i}-{place}" for place in range(COPIES) for i in theme.ideas),
            typical=tuple(f"{i}-0" for i in theme.typical),
            borderline=tuple(f"{i}-{COPIES - 1}" for i in theme.borderline),
            size=theme.size * COPIES,
        )
        for theme in report.themes
    )
    pairs = tuple((f"{i.idea_id}-0", f"{i.idea_id}-1") for i in report.ideas for _ in range(2))
    return replace(report, ideas=ideas, themes=themes, near_pairs=pairs)


def _dead_links(page: str) -> set[str]:
    return set(re.findall(r'href="#([^"]+)"', page)) - set(re.findall(r'\bid="([^"]+)"', page))


def test_an_ordinary_contest_is_whole(report: Report) -> None:
    """Under the limit nothing is left out: the trimmed report is the report itself."""
    assert trimmed(report) is report


def test_the_page_of_a_huge_contest_opens(huge: Report) -> None:
    """With 12,000 ideas the page lists about 5,000, says so, stays under 10 MB, and no link is dead."""
    page = overall(huge)
    assert len(page.encode()) < 10_000_000
    assert "idées sur 12\u202f000" in page
    assert PAGE * 0.9 < page.count('<article class="idee"') < PAGE * 1.1
    assert not _dead_links(page)


def test_every_idea_is_on_the_map(huge: Report) -> None:
    """Ideas that the page does not list are points behind the others, on the page and in print."""
    drawing = draw(huge, trimmed(huge).idea)
    assert drawing is not None
    points = sum(path.count("M") for _, path in drawing.ground)
    assert len(drawing.dots) + points == len(huge.ideas)
    assert static(drawing, LIGHT).count('h0" fill="none"') == len(drawing.ground)


def test_what_a_list_names_is_kept(huge: Report) -> None:
    """Typical and borderline ideas of each theme and the ideas of listed pairs are on the page."""
    shown = trimmed(huge)
    named = {i for theme in huge.themes for i in (*theme.typical, *theme.borderline)}
    assert named <= set(shown.idea)
    assert {i for pair in shown.near_pairs for i in pair} <= set(shown.idea)
    assert [theme.size for theme in shown.themes] == [theme.size for theme in huge.themes]


def test_print_leaves_out_and_says_so(huge: Report) -> None:
    """The PDF of a huge contest holds at most 200 weak signals and pairs, and its pages stay few."""
    with pikepdf.open(io.BytesIO(printed(huge))) as document:
        assert len(document.pages) < 60


def test_a_theme_of_thousands_is_cut(huge: Report) -> None:
    """A theme's page and print give its first ideas and the number of the others."""
    theme = huge.themes[0]
    sheet = ThemeSheet(theme, None, tuple(huge.idea[i] for i in theme.ideas) * 3, ())
    page = theme_page(sheet, huge)
    left = number(len(sheet.ideas) - SHEET)
    assert page.count('<article class="idee"') == SHEET
    assert f"Et {left}\u00a0autres idées, dans le classeur." in page
    assert theme_sheet(sheet, huge).startswith(b"%PDF")


def test_a_directorate_of_thousands_is_cut(report: Report, tables: Tables) -> None:
    """A directorate's page gives each theme its share of the ideas shown."""
    dossier: Dossier = max(sheets(report, tables, 5).directorates, key=lambda d: len(d.groups))
    many = replace(dossier, groups=tuple((label, ideas * 100) for label, ideas in dossier.groups))
    page = directorate_page(many, report)
    assert page.count('<article class="idee"') <= SHEET
    assert "dans le classeur" in page


def test_cards_fit_on_a_table(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """The kit of a theme of thousands prints sixty cards and lists the others."""
    pack = kits(report, tables, people)[0]
    large = replace(pack, ideas=pack.ideas * 20)
    assert len(large.ideas) > CARDS
    with pikepdf.open(io.BytesIO(printed_kit(large, report))) as document:
        assert len(document.pages) < 30


@given(st.lists(st.integers(0, 60), max_size=8), st.integers(1, 100))
@settings(deadline=None, derandomize=True, max_examples=60)
def test_groups_keep_their_order_and_count(sizes: list[int], limit: int) -> None:
    """Whatever the sizes: groups keep their first ideas, nothing is lost from the count, none is emptied."""
    groups = [(str(n), tuple(range(size))) for n, size in enumerate(sizes)]
    kept, said = first_of_groups(groups, limit)
    total = sum(sizes)
    assert [label for label, _ in kept] == [label for label, _ in groups]
    assert all(ideas == tuple(range(len(ideas))) for _, ideas in kept)
    assert all(bool(ideas) == bool(size) for (_, ideas), size in zip(kept, sizes, strict=True))
    assert (said == "") == (total <= limit)
    assert sum(len(ideas) for _, ideas in kept) <= max(total if total <= limit else limit + len(sizes), 0)


def test_a_short_list_says_nothing() -> None:
    """A list under the limit has no sentence; one over it counts what is left."""
    assert first([1, 2], LISTED, "autre", "autres") == ([1, 2], "")
    assert first([1, 2, 3], 1, "autre", "autres") == ([1], "Et 2\u00a0autres, dans le classeur.")
