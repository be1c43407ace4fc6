"""What can be decided in a view, and the decisions it makes."""

from __future__ import annotations

import pytest

from pipeline.french import typeset
from pipeline.notebook.panel import menu
from pipeline.notebook.panel.view import Scope, View
from pipeline.review.entering.wording import KINDS, said
from pipeline.review.replaying.decisions import ACTIONS, Decision, new_theme_id
from pipeline.shells.deciding.desk import Desk
from tests.notebooks.panel.test_lists import decided

ONE, TWO = View(ideas=("I02",), theme="T01"), View(ideas=("I02", "I05", "I07"), theme="T01")


def keys(desk: Desk, view: View) -> list[str]:
    """Return the keys of the menu."""
    return [entry.key for entry in menu.menu(desk, view)]


def drafted(desk: Desk, view: View, act: str, value: str = "", more: str = "") -> list[tuple[str, str, str]]:
    """Return what an entry would record."""
    made = menu.drafted(desk, view.drafting(act).filling(value, more))
    return [(one.action, one.target, one.value) for one in made]


def test_the_two_likeliest_themes_come_first(desk: Desk) -> None:
    """They are those of the question, best first, each with its chance."""
    (question,) = desk.asked(["I02"])
    assert keys(desk, ONE)[:2] == [f"assign:{theme}" for theme in question.themes]
    assert menu.menu(desk, ONE)[0].label.endswith("%)")
    assert list(desk.chances("I02"))[:2] == list(question.themes)
    assert sum(desk.chances("I02").values()) == pytest.approx(1)
    assert desk.chances("I99") == {}


def test_an_idea_can_leave_each_of_its_themes(desk: Desk) -> None:
    """The main one and the second one; a weak signal is in none."""
    assert [key for key in keys(desk, ONE) if key.startswith("remove")] == ["remove:T01", "remove:T02"]
    assert [key for key in keys(desk, View(ideas=("I12",))) if key.startswith("remove")] == []


def test_a_page_is_confirmed_but_for_its_exceptions(desk: Desk) -> None:
    """The entry stands alone until an idea is chosen, then last; it names no idea that was decided meanwhile."""
    page = View().reading(["I01", "I02", "I03"], "T01")
    (entry,) = menu.menu(desk, page)
    assert entry.key == "page:T01"
    assert entry.label == typeset("Confirmer la page : 3 idées dans « Titre de T01 »").replace("3 ", "3\u00a0")
    assert drafted(desk, page, "page:T01") == [("assign", idea, "T01") for idea in ("I01", "I02", "I03")]
    chosen = page.choosing(["I02"], "T01")
    assert keys(desk, chosen)[:-1] == keys(desk, ONE)
    assert drafted(desk, chosen, "assign:T02") == [("assign", "I02", "T02")]
    after = decided(desk, ("assign", "I02", "T02"))
    assert menu.menu(after, page)[0].label.startswith("Confirmer le reste de la page")
    assert drafted(after, chosen, "page:T01") == [("assign", "I01", "T01"), ("assign", "I03", "T01")]
    assert keys(after, View().reading(["I02"], "T01")) == []


def test_nothing_to_decide_without_a_choice(desk: Desk) -> None:
    """No idea, no menu; no theme, only a new one; no decision, nothing to undo."""
    assert keys(desk, View()) == []
    assert keys(desk, View(scope="theme")) == ["define"]
    assert keys(desk, View(scope="log")) == []


@pytest.mark.parametrize(
    ("view", "act", "value", "made"),
    [
        (ONE, "assign:T03", "", [("assign", "I02", "T03")]),
        (ONE, "assign", "T03", [("assign", "I02", "T03")]),
        (ONE, "assign", "", []),
        (ONE, "also", "T02", [("also", "I02", "T02")]),
        (ONE, "remove:T02", "", [("remove", "I02", "T02")]),
        (ONE, "weak", "", [("weak", "I02", "")]),
        (ONE, "discuss", "", [("discuss", "I02", "")]),
        (ONE, "together", "I05", [("together", "I02", "I05")]),
        (ONE, "apart", "", []),
        (ONE, "", "", []),
        (TWO, "weak", "", [("weak", "I02", ""), ("weak", "I05", ""), ("weak", "I07", "")]),
        (TWO, "together", "", [("together", "I02", "I05"), ("together", "I02", "I07")]),
        (TWO, "apart", "", [("apart", "I02", "I05"), ("apart", "I02", "I07"), ("apart", "I05", "I07")]),
    ],
)
def test_what_is_decided_on_ideas(
    desk: Desk, view: View, act: str, value: str, made: list[tuple[str, str, str]]
) -> None:
    """One decision an idea, or a pair; none while something is missing."""
    assert drafted(desk, view, act, value) == made


@pytest.mark.parametrize(
    ("act", "value", "more", "made"),
    [
        ("rename", " Mobilité ", "", [("rename", "T01", "Mobilité")]),
        ("rename", " ", "", []),
        ("describe", "Se déplacer.", "", [("describe", "T01", "Se déplacer.")]),
        ("merge", "T02", "", [("merge", "T01", "T02")]),
        ("kind", "minilab", "", [("kind", "T01", "minilab")]),
        ("pin", "", "", [("pin", "T01", "")]),
        ("reject", "", "", [("reject", "T01", "")]),
        ("define", "Sport", "Bouger ensemble.", [("define", "Sport", "Bouger ensemble.")]),
    ],
)
def test_what_is_decided_on_a_theme(
    desk: Desk, act: str, value: str, more: str, made: list[tuple[str, str, str]]
) -> None:
    """The theme looked at is the target; a new one has a title and a sentence."""
    assert drafted(desk, TWO.looking("theme"), act, value, more) == made


def test_a_split_can_be_named_at_once(desk: Desk) -> None:
    """The ideas chosen make the new theme; its title, when given, is a second decision on its future id."""
    view = TWO.looking("theme")
    assert drafted(desk, view, "split") == [("split", "T01", "I02|I05|I07")]
    (split, rename) = menu.drafted(desk, view.drafting("split").filling("Vélo"))
    assert (rename.action, rename.target, rename.value) == ("rename", new_theme_id(split), "Vélo")


def test_splitting_is_offered_before_anything_is_chosen(desk: Desk) -> None:
    """Without a choice the entry says what to do first, and drafts nothing."""
    view = View(theme="T01", scope="theme")
    entry = next(entry for entry in menu.menu(desk, view) if entry.key == "split")
    assert entry.label == menu.SPLIT_FIRST
    assert menu.drafted(desk, view.drafting("split")) == []
    assert "à gauche" in menu.missing(desk, view.drafting("split"))


def test_a_theme_without_a_title_gets_its_answer_after_it(desk: Desk) -> None:
    """The entry says to title it first, and drafts nothing; once titled, answers are offered as for any theme."""
    made = decided(desk, ("split", "T01", "I01|I02"))
    part = next(theme for theme, content in made.now.state.themes.items() if content.nameless)
    view = View(theme=part, scope="theme")
    entry = next(entry for entry in menu.menu(made, view) if entry.key == "kind")
    assert entry.label == menu.TITLE_FIRST
    assert menu.drafted(made, view.drafting("kind").filling("minilab")) == []
    assert "renommez" in menu.missing(made, view.drafting("kind"))
    assert drafted(decided(made, ("rename", part, "Vélos")), view, "kind", "minilab") == [("kind", part, "minilab")]


def test_what_is_missing_is_said(desk: Desk) -> None:
    """A draft that cannot be recorded says what it lacks; one that can says nothing."""
    view = View(ideas=("I01",), theme="T01")
    assert menu.missing(desk, View()) == "choisissez d’abord une idée"
    assert menu.missing(desk, view) == "choisissez une décision"
    assert menu.missing(desk, view.looking("log")) == "aucune décision n’est à annuler"
    assert menu.missing(desk, view.drafting("assign")) == "donnez un thème"
    assert menu.missing(desk, view.drafting("assign").filling("T02")) == ""
    assert menu.missing(desk, view.looking("theme").drafting("rename")) == "donnez un texte"


def test_every_action_is_somewhere_in_the_panel(desk: Desk) -> None:
    """What the file can hold, the panel can decide."""
    after = decided(desk, ("assign", "I01", "T02"))
    scopes: tuple[Scope, ...] = ("ideas", "theme", "log")
    found = {key.partition(":")[0] for scope in scopes for key in keys(after, TWO.looking(scope))}
    assert found == set(ACTIONS)


def test_undoing_is_offered_latest_first_and_once(desk: Desk) -> None:
    """What was taken back is no longer offered; taking back the taking back is."""
    after = decided(desk, ("assign", "I01", "T02"), ("weak", "I03", ""), ("undo", "1", ""))
    entries = menu.menu(after, View(scope="log"))
    assert [entry.key for entry in entries] == ["undo:3", "undo:2"]
    assert "annulation de la décision 1" in entries[0].label
    assert drafted(after, View(scope="log"), "undo:2") == [("undo", "2", "")]


def test_a_gesture_is_undone_at_once_or_in_part(desk: Desk) -> None:
    """What was recorded at one moment is offered together first, then one by one."""
    hour = "2024-03-01T10:00:00+01:00"
    desk.record([Decision(0, hour, "ab", "assign", idea, "T02") for idea in ("I01", "I03", "I04")])
    after = decided(desk.reread(), ("weak", "I05", ""))
    entries = menu.menu(after, View(scope="log"))
    assert [entry.key for entry in entries] == ["undo:4", "undo:3|2|1", "undo:3", "undo:2", "undo:1"]
    assert "1 à 3" in entries[1].label
    assert "2\u00a0autres décisions du même geste" in entries[1].label
    assert drafted(after, View(scope="log"), "undo:3|2|1") == [("undo", "3", ""), ("undo", "2", ""), ("undo", "1", "")]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (("assign", "I01", "T02"), "I01 rangée dans «\u202fTitre de T02\u202f» (ab, 2024-03-01)"),
        (("merge", "T01", "T02"), "«\u202fT01\u202f» réuni à «\u202fTitre de T02\u202f»"),
        (("kind", "T01", "communaute_metier"), "communauté de métier"),
        (("split", "T01", "I01|I02"), "(2\u00a0idées)"),
    ],
)
def test_a_decision_is_said_in_words(desk: Desk, act: tuple[str, str, str], words: str) -> None:
    """No code, no number of theme while its title is known; who and when."""
    after = decided(desk, act)
    assert words in said(after.now.state, after.decisions[-1])


def test_every_action_can_be_said(desk: Desk) -> None:
    """No decision makes the panel fail, whatever door it came through."""
    for action in ACTIONS:
        assert "ab" in said(desk.now.state, Decision(1, "2024-03-01", "ab", action, "1", "x", "parce que"))


def test_what_completes_an_entry(desk: Desk) -> None:
    """Themes but the one looked at, kinds in words, the nearest ideas with their titles."""
    theme = TWO.looking("theme")
    assert [key for _, key in menu.options(desk, theme.drafting("merge"), str)] == ["T02", "T03"]
    assert [key for _, key in menu.options(desk, theme.drafting("kind"), str)] == list(KINDS)
    near = menu.options(desk, ONE.drafting("together"), lambda _idea: "titre")
    assert len(near) == 11
    assert near[0][0] == f"{near[0][1]} titre"
    assert menu.options(desk, ONE.drafting("weak"), str) == []
    assert len(menu.options(desk, ONE.drafting("assign"), str)) == 3
