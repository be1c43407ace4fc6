"""The page as a file: self-contained, the same each time, ideas shown as typed."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest

from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.render.html import overall
from tests.report.conftest import Tables

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "{{ 7*7 }} {% raw %}",
    '" onmouseover="alert(1)',
    "#emph[x] $x^2$ *gras* @ref \\ `code`",
    "=SUM(A1)",
    "\u202eà l’envers\u2066",
    "😀 été 漢字 العربية",
    "x" * 10_000,
    "ligne\n" * 3_000,
]


def hostile(tables: Tables) -> Tables:
    """Return the sample with hostile texts as titles, descriptions, categories of people and theme titles."""
    ideas, holders, themes = tables["ideas"].copy(), tables["holders"].copy(), tables["themes"].copy()
    ideas["title"] = [HOSTILE[i % len(HOSTILE)] for i in range(len(ideas))]
    ideas["description"] = [HOSTILE[(i + 1) % len(HOSTILE)] for i in range(len(ideas))]
    holders["directorate"] = [HOSTILE[i % 4] for i in range(len(holders))]
    themes["label"] = [HOSTILE[i % 8] for i in range(len(themes))]
    return tables | {"ideas": ideas, "holders": holders, "themes": themes}


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    """Return the sample's page."""
    return overall(report)


def test_nothing_is_fetched(page: str) -> None:
    """No address of the web is in the page, apart from the names of XML vocabularies."""
    assert not re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""", page)
    assert "@import" not in page


def test_equal_views_give_equal_bytes(page: str, report: Report) -> None:
    """No clock and no random id: the page is the same each time."""
    assert overall(report) == page


def test_each_idea_has_one_anchor(page: str, report: Report) -> None:
    """Every id of the page is there once, and every idea has its own."""
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {idea.anchor for idea in report.ideas} <= set(ids)


def test_each_link_leads_somewhere(page: str) -> None:
    """Every link inside the page has its target."""
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert {unescape(link) for link in re.findall(r'<a [^>]*href="#([^"]+)"', page)} <= ids


def test_hostile_text_is_shown_as_typed(tables: Tables) -> None:
    """Markup in ideas, themes and directorates ends up as text, never as elements or attributes."""
    page = overall(build(hostile(tables), ReportParams(title="<b>Titre</b>")))
    assert page.count("<script") == 1
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page
    assert '" onmouseover="' not in page


def test_the_page_stays_small(page: str) -> None:
    """The sample's report, fonts and map included, is under a megabyte."""
    assert len(page.encode()) < 1_000_000


def test_marks_that_turn_a_line_around_stay_in_their_idea(tables: Tables) -> None:
    """A theme or directorate named with right-to-left marks does not reorder the sentences it is quoted in."""
    page = overall(build(hostile(tables), ReportParams()))
    outside = re.sub(r'<article class="idee".*?</article>', "", page, flags=re.DOTALL)
    assert not set(outside) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069")


def test_two_proposals_stand_side_by_side_where_the_list_suits_little(tables: Tables, page: str) -> None:
    """Analysts read both, their titles as typed; without a choice the page says nothing of it."""
    facts = {"themes": 9, "listed": 2, "largest": 30, "weak_signals": 8, "stability": 0.7, "titles": HOSTILE[:4]}
    both = pd.DataFrame([{"proposal": name, "drawn": 0.3, **facts} for name in ("list", "none")])
    shown = overall(build(tables | {"proposals": both}, ReportParams()))
    assert '<td data-l="Sans liste">' in shown
    assert "<script>alert(1)</script>" not in shown
    assert "Deux propositions" not in page
