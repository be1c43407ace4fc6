"""What the panel lists, and under which words."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.notebook.panel import lists
from pipeline.notebook.panel.lists import Texts
from pipeline.notebook.panel.view import ALL, ASKED, DECIDED, DISCUSSED, PAGE, UNDECIDED, WEAK, View
from pipeline.review.entering.wording import title
from pipeline.review.replaying.decisions import Decision
from pipeline.shells.deciding.desk import Desk


def decided(desk: Desk, *rows: tuple[str, str, str]) -> Desk:
    """Return the desk after acts."""
    desk.record([Decision(0, "2024-03-01", "ab", *row) for row in rows])
    return desk.reread()


@pytest.mark.parametrize(("key", "count"), [(ALL, 12), (UNDECIDED, 11), (DECIDED, 1), (DISCUSSED, 1), (ASKED, 2)])
def test_lists_hold_what_they_say(desk: Desk, texts: Texts, key: str, count: int) -> None:
    """Each list has the ideas that its words and its count promise."""
    after = decided(desk, ("assign", "I01", "T02"), ("discuss", "I05", ""))
    view = View(shown=key, queue=("I03", "I02", "I99"))
    assert len(lists.listed(after, view, texts)) == count
    said = {name: words for words, name in lists.choices(after, view)}
    assert said[key].endswith(f"({count if key != ASKED else 3})")


def test_weak_signals_have_their_list(desk: Desk, texts: Texts) -> None:
    """What fits nowhere is one click away."""
    assert lists.listed(desk, View(shown=WEAK), texts) == ["I12"]


def test_questions_keep_their_order_and_themes_show_the_surest_first(desk: Desk, texts: Texts) -> None:
    """Questions are in reading order; a theme is read from its core to its edge."""
    assert lists.listed(desk, View(queue=("I07", "I02")), texts) == ["I07", "I02"]
    assert lists.listed(desk, View(shown="T01"), texts) == ["I01", "I02", "I03", "I04"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("velo", ["I01", "I05"]), ("VÉLO abri", ["I01"]), ("etage", ["I03"]), ("I07", ["I07"]), ("arage", []), ("[", [])],
)
def test_search_minds_neither_accents_nor_case(desk: Desk, texts: Texts, words: str, found: list[str]) -> None:
    """Every word counts, at the beginning of a word; a number finds its idea; signs do no harm."""
    assert lists.listed(desk, View(shown=ALL, words=words), texts) == found


def test_a_row_says_where_the_idea_is_only_where_lists_mix(desk: Desk, texts: Texts) -> None:
    """In a theme's list the theme goes without saying; a mark tells decided ideas."""
    after = decided(desk, ("assign", "I01", "T02"))
    mixed = {idea: words for words, idea in lists.rows(after, View(shown=ALL), texts, ["I01", "I12"])}
    assert mixed["I01"] == "✓ I01 Garage à vélos → Titre de T02"
    assert mixed["I12"].endswith("→ signal faible")
    assert lists.rows(after, View(shown="T02"), texts, ["I01"]) == [("✓ I01 Garage à vélos", "I01")]


def test_a_page_keeps_its_ideas_and_shows_the_exceptions(desk: Desk, texts: Texts) -> None:
    """Decided ones stay on it, marked, and say where they went; the others need not say where all of them would go."""
    page = View().reading(["I02", "I01", "I99"], "T01")
    assert ("Lire une page", PAGE) in lists.choices(desk, View())
    assert ("Lire une page (3)", PAGE) in lists.choices(desk, page)
    assert lists.listed(desk, page, texts) == ["I02", "I01"]
    assert [words for words, _ in lists.rows(desk, page, texts, ["I01"])] == ["○ I01 Garage à vélos"]
    after = decided(desk, ("assign", "I01", "T02"))
    assert [words for words, _ in lists.rows(after, page, texts, ["I01"])] == ["✓ I01 Garage à vélos → Titre de T02"]
    assert lists.unread(after, page) == ["I02"]


def test_a_long_list_is_cut_and_says_so() -> None:
    """Thousands of rows would slow the page: one is told to narrow the list."""
    assert lists.extent(10, View()) == "Idées (10)"
    assert "sur 2000" in lists.extent(2000, View())
    assert "Toutes les idées" in lists.extent(0, View(shown="T01", words="zut"))


def test_themes_come_largest_first(desk: Desk) -> None:
    """Ties are told apart by title, so that the order never changes by itself."""
    assert [theme for _, theme, _ in lists.themes(desk)] == ["T01", "T02", "T03"]
    assert [size for *_, size in lists.themes(desk)] == [4, 4, 3]


def test_neighbours_are_others_and_nearest_first(desk: Desk) -> None:
    """An idea is not its own neighbour; an unknown one has none."""
    near = lists.neighbours(desk, "I01", 5)
    assert len(near) == 5
    assert "I01" not in near
    assert desk.space is not None
    row = desk.space.kernel(np.array([desk.space.ids.index("I01")]))[:, 0]
    values = [row[desk.space.ids.index(idea)] for idea in near]
    assert values == sorted(values, reverse=True)
    assert lists.neighbours(desk, "I99") == []


def test_a_closed_theme_keeps_a_name(desk: Desk) -> None:
    """An id is better than nothing; no theme is a weak signal."""
    assert title(desk.now.state, "T77") == "T77"
    assert title(desk.now.state, None) == "signal faible"
