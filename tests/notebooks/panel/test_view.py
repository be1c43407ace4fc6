"""The view: what each thing a person does makes of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.notebook.panel.view import ALL, ASKED, PAGE, WEAK, View

LISTED = ["I01", "I02", "I03"]
DRAFT = View(shown="T01", ideas=("I01",), theme="T01", act="assign", value="T02", more="x")


def test_a_list_replaces_the_choice_and_the_words() -> None:
    """Another list starts afresh: nothing chosen, nothing searched, nothing drafted."""
    seen = DRAFT.searching("vélo").showing(WEAK)
    assert seen == View(shown=WEAK, theme="T01")


def test_the_list_of_a_theme_makes_it_the_theme_to_decide_on() -> None:
    """One looks at a theme, then renames it: no need to name it twice."""
    assert View().showing("T03").theme == "T03"
    assert View(theme="T01").showing(ALL).theme == "T01"


def test_words_are_looked_for_everywhere_when_questions_were_shown() -> None:
    """Ten questions are no place to search; a theme's list is."""
    assert View().searching("vélo").shown == ALL
    assert View().searching("  ").shown == ASKED
    assert View(shown="T01").searching("vélo").shown == "T01"
    assert View(shown=PAGE).searching("vélo").shown == ALL


def test_choosing_ideas_follows_their_theme_and_drops_the_draft() -> None:
    """A draft about other ideas must not apply to these."""
    assert DRAFT.choosing(["I02", "I03"], "T02") == View(shown="T01", ideas=("I02", "I03"), theme="T02")
    assert DRAFT.choosing([], None).theme == "T01"


def test_another_entry_forgets_what_was_filled_in() -> None:
    """The same entry chosen again keeps it."""
    assert DRAFT.drafting("assign") == DRAFT
    assert DRAFT.drafting("weak") == View(shown="T01", ideas=("I01",), theme="T01", act="weak")
    assert DRAFT.filling("T03").value == "T03"


def test_another_scope_or_theme_drops_the_draft() -> None:
    """What is drafted on ideas is no draft on a theme."""
    assert DRAFT.looking("theme").act == ""
    assert DRAFT.about("T02") == View(shown="T01", ideas=("I01",), theme="T02")


def test_new_questions_choose_the_first() -> None:
    """One reads at once; without question nothing is chosen."""
    assert DRAFT.asking(LISTED) == View(ideas=("I01",), theme="T01", queue=("I01", "I02", "I03"))
    assert View().asking([]).ideas == ()


def test_a_page_opens_with_nothing_chosen() -> None:
    """What is chosen on it are the exceptions, and its theme is the one to decide on; the draft is gone."""
    read = DRAFT.looking("theme").reading(LISTED, "T02")
    assert read == View(shown=PAGE, theme="T02", page=("I01", "I02", "I03"), page_theme="T02")
    assert View(theme="T01").reading([], "").theme == "T01"


def test_giving_up_drops_the_draft_then_goes_back_to_the_page() -> None:
    """One step at a time; elsewhere than on a page the choice stays, since it is what one reads."""
    read = View().reading(LISTED, "T02").choosing(["I03"], "T02")
    assert read.drafting("weak").left() == read
    assert read.left().ideas == ()
    assert DRAFT.left() == DRAFT.dropped()
    assert DRAFT.left().left().ideas == ("I01",)


def test_the_next_idea_stays_within_the_list() -> None:
    """From the first to the last, which has no next; a list without choice starts at its first idea."""
    assert View(ideas=("I01",)).moved(LISTED).ideas == ("I02",)
    assert View(ideas=("I03",)).moved(LISTED).ideas == ("I03",)
    assert View().moved(LISTED).ideas == ("I01",)
    assert View(ideas=("I02",)).moved([]).ideas == ()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(["list", "search", "choose", "scope", "theme", "drop", "left", "ask", "read"]), max_size=8)
)
def test_a_draft_never_outlives_what_it_is_about(steps: list[str]) -> None:
    """After any step that changes the subject, nothing is left to record."""
    events = {
        "list": lambda view: view.showing("T02"),
        "search": lambda view: view.searching("a"),
        "choose": lambda view: view.choosing(["I02"], "T01"),
        "scope": lambda view: view.looking("log"),
        "theme": lambda view: view.about("T03"),
        "drop": lambda view: view.dropped(),
        "left": lambda view: view.left(),
        "ask": lambda view: view.asking(LISTED),
        "read": lambda view: view.reading(LISTED, "T02"),
    }
    view = DRAFT
    for step in steps:
        view = events[step](view.drafting("weak").filling("x", "y"))
        assert (view.act, view.value, view.more) == ("", "", "")
