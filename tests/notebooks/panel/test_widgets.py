"""The widgets, driven as a browser drives them: by their values and their clicks."""

from __future__ import annotations

import asyncio
from threading import Event, Thread
from typing import Any

import pytest

from pipeline.notebook.deciding import act
from pipeline.notebook.panel import trial
from pipeline.notebook.panel.view import ALL, PAGE
from pipeline.notebook.panel.widgets import Panel
from pipeline.shells.deciding.decisions_file import record
from pipeline.shells.deciding.desk import Desk, open_desk


@pytest.fixture
def panel(desk: Desk) -> Panel:
    """Return the panel of the small desk."""
    return Panel(desk, "MD")


def walk(widget: Any) -> list[Any]:  # noqa: ANN401 - ipywidgets is not typed
    """Return a widget and all it holds."""
    return [widget, *(found for child in getattr(widget, "children", ()) for found in walk(child))]


def written(panel: Panel) -> list[tuple[str, str, str, str, str]]:
    """Return the decisions on disk."""
    found = open_desk(panel.desk.workspace).decisions
    return [(one.who, one.action, one.target, one.value, one.reason) for one in found]


def test_it_opens_on_the_first_question(panel: Panel) -> None:
    """One can read and answer without a click."""
    assert panel.ideas.value == (panel.view.queue[0],)
    assert panel.menu.options
    assert panel.menu.index is None
    assert panel.save.disabled


def test_deciding_shows_the_effect_then_records_and_goes_on(panel: Panel) -> None:
    """Choose, see, say why, record: the file has it, the next question is there, the reason is empty again."""
    first, second = panel.view.queue[:2]
    theme = dict(panel.menu.options)[panel.menu.options[1][0]].partition(":")[2]
    panel.menu.index = 1
    assert not panel.save.disabled
    assert "Rien n’est encore enregistré" in panel.effect.value or "confirmez" in panel.effect.value
    panel.reason.value = "vu ensemble"
    panel.save.click()
    assert written(panel) == [("MD", "assign", first, theme, "vu ensemble")]
    assert panel.ideas.value == (second,)
    assert panel.reason.value == ""
    assert "n°\u00a01" in panel.said.value
    assert "1\u00a0idée décidée" in panel.head.value


def test_enter_after_the_reason_records(panel: Panel) -> None:
    """The keyboard need not go to the button."""
    panel.menu.index = 0
    panel.reason.value = "oui"
    panel._submitted({"event": "submit"})
    assert len(written(panel)) == 1
    panel._submitted({"event": "other"})
    assert len(written(panel)) == 1


def test_an_event_waits_for_the_one_before(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads of the kernel: what is clicked while a decision is being recorded acts after it, on what it left."""
    panel.menu.value = "weak"
    recording, clicked = Event(), Event()

    def slow(*given: Any) -> tuple[Desk, str]:  # noqa: ANN401 - those of `record`
        recording.set()
        assert not clicked.wait(0.3)
        return trial.record(*given)

    monkeypatch.setattr("pipeline.notebook.panel.widgets.record", slow)
    first = Thread(target=panel.save.click)
    first.start()
    assert recording.wait(30)
    panel.last.click()
    clicked.set()
    first.join()
    assert len(written(panel)) == 1
    assert panel.menu.value == "undo:1"
    assert panel.trial is not None
    assert panel.trial.ready


def test_enter_waits_for_what_was_typed(panel: Panel) -> None:
    """The browser sends the key before the words: the reason is recorded with its decision, not with the next one."""
    panel.menu.value = "weak"

    async def enter() -> None:
        panel.reason._handle_custom_msg({"event": "submit"}, [])
        panel.reason.value = "trop vague"
        await asyncio.sleep(1)

    asyncio.run(enter())
    assert [one[4] for one in written(panel)] == ["trop vague"]
    assert panel.reason.value == ""


def test_nothing_to_record_says_so(panel: Panel) -> None:
    """Enter in an empty form records nothing."""
    panel.record()
    assert "Rien à enregistrer" in panel.said.value
    assert written(panel) == []


def test_the_last_decision_is_taken_back_in_two_steps(panel: Panel) -> None:
    """The effect of undoing is shown first; then the idea is undecided again."""
    panel.take_back()
    assert "Aucune décision" in panel.said.value
    panel.lists.value = ALL
    panel.ideas.value = ("I01",)
    panel.menu.index = [key for _, key in panel.menu.options].index("weak")
    panel.save.click()
    panel.last.click()
    assert panel.menu.value == "undo:1"
    assert "I01" in panel.effect.value
    panel.save.click()
    assert [one[1:3] for one in written(panel)] == [("weak", "I01"), ("undo", "1")]
    assert panel.desk.now.state.places["I01"].by is None


def test_a_theme_is_chosen_then_renamed(panel: Panel) -> None:
    """The list on the left says which theme; the text field appears with the entry that needs it."""
    panel.lists.value = "T03"
    panel.scope.value = "theme"
    assert panel.theme.value == "T03"
    assert panel.text.layout.display == "none"
    panel.menu.value = "rename"
    assert panel.text.layout.display is None
    assert panel.save.disabled
    seen: list[str] = []
    panel.effect.observe(lambda change: seen.append(change.new), "value")
    panel.text.value = "Sport & santé"
    assert "Calcul de l’effet" in seen[0]
    assert "Calcul" not in panel.effect.value
    assert not panel.save.disabled
    panel.save.click()
    assert written(panel) == [("MD", "rename", "T03", "Sport & santé", "")]
    assert [words for words, _ in panel.lists.options if words.startswith("Sport & santé (")]


def test_a_merge_needs_another_theme(panel: Panel) -> None:
    """The choice of theme appears, without the theme itself; merging leaves the closed theme's list."""
    panel.lists.value = "T01"
    panel.scope.value = "theme"
    panel.menu.value = "merge"
    assert [key for _, key in panel.pick.options] == ["", "T02", "T03"]
    panel.pick.value = "T02"
    assert "changeraient" in panel.effect.value
    panel.save.click()
    assert "T01" not in [key for _, key in panel.lists.options]
    assert panel.view.theme == "T02"


def test_a_new_theme_takes_two_texts(panel: Panel) -> None:
    """A title and a sentence, in any order of typing."""
    panel.scope.value = "theme"
    panel.menu.value = "define"
    panel.more.value = "Bouger ensemble."
    panel.text.value = "Sport"
    panel.save.click()
    assert written(panel) == [("MD", "define", "Sport", "Bouger ensemble.", "")]


def test_search_then_several_ideas(panel: Panel) -> None:
    """Words leave the questions for all ideas; several chosen ideas are decided at once."""
    panel.words.value = "velo"
    assert panel.lists.value == ALL
    assert [key for _, key in panel.ideas.options] == ["I01", "I05"]
    panel.ideas.value = ("I01", "I05")
    panel.menu.value = "together"
    panel.save.click()
    assert written(panel) == [("MD", "together", "I01", "I05", "")]
    panel.words.value = "introuvable"
    assert panel.ideas.options == ()
    assert panel.menu.options == ()


def test_the_next_idea_without_deciding(panel: Panel) -> None:
    """Skipping a question leaves it in the list."""
    first, second = panel.view.queue[:2]
    panel.skip.click()
    assert panel.ideas.value == (second,)
    assert first in panel.view.queue


def test_giving_up_a_draft(panel: Panel) -> None:
    """The effect disappears, nothing can be recorded."""
    panel.menu.index = 0
    panel.drop.click()
    assert panel.menu.index is None
    assert panel.save.disabled


def test_a_page_is_read_its_exceptions_moved_then_confirmed_then_undone(panel: Panel) -> None:
    """Choose « Lire une page », move one idea, confirm the rest at once; the gesture is taken back as one."""
    panel.lists.value = PAGE
    page, home = panel.view.page, panel.view.page_theme
    assert len(page) > 2
    assert panel.ideas.value == ()
    assert "Page à lire" in panel.card.value
    panel.ideas.value = page[:1]
    panel.menu.value = "weak"
    panel.save.click()
    assert panel.ideas.value == ()
    panel.menu.index = 0
    panel.save.click()
    assert written(panel) == [
        ("MD", "weak", page[0], "", ""),
        *(("MD", "assign", idea, home, "") for idea in page[1:]),
    ]
    assert panel.view.shown == PAGE
    assert not set(panel.view.page) & set(page)
    panel.take_back()
    panel.save.click()
    assert [one[1:3] for one in written(panel)[len(page) :]] == [
        ("undo", str(number)) for number in range(len(page), 1, -1)
    ]
    places = panel.desk.now.state.places
    assert [places[idea].by is not None for idea in page] == [True, *[False] * (len(page) - 1)]


def test_an_exception_given_up_shows_the_page_again(panel: Panel) -> None:
    """« Abandonner » drops the draft, then the choice."""
    panel.lists.value = PAGE
    assert panel.drop.disabled
    panel.ideas.value = panel.view.page[:2]
    panel.menu.index = 0
    panel.drop.click()
    assert len(panel.ideas.value) == 2
    panel.drop.click()
    assert "Page à lire" in panel.card.value
    assert panel.drop.disabled


def test_a_file_damaged_meanwhile_is_said_and_nothing_is_lost(panel: Panel) -> None:
    """The sentence of the error is shown; the draft stays."""
    panel.menu.index = 0
    path = panel.desk.workspace.path("data/review/decisions.csv")
    path.write_text("n’importe quoi\n", encoding="utf-8")
    panel.save.click()
    assert "colonne(s) manquante(s)" in panel.said.value
    assert not panel.save.disabled
    assert path.read_text(encoding="utf-8") == "n’importe quoi\n"


def test_a_decision_made_elsewhere_shows_at_the_next_record(panel: Panel) -> None:
    """Two doors open at once: the panel catches up."""
    record(panel.desk.workspace, "data/review/decisions.csv", [act("weak", "I07", who="ZZ")])
    panel.menu.index = 0
    panel.save.click()
    assert [one[0] for one in written(panel)] == ["ZZ", "MD"]
    assert panel.desk.now.state.places["I07"].by == 1


def test_every_field_has_a_name(panel: Panel) -> None:
    """A screen reader says what each field and button is."""
    named = [widget for widget in walk(panel.root) if hasattr(widget, "description") and hasattr(widget, "value")]
    fields = [widget for widget in named if type(widget).__name__ != "HTML" and widget.layout.display != "none"]
    assert len(fields) >= 6
    assert all(widget.description for widget in fields)


def test_only_standard_widgets(panel: Panel) -> None:
    """Nothing that JupyterLab or VS Code would have to download."""
    modules = {widget._view_module for widget in walk(panel.root)}
    assert modules == {"@jupyter-widgets/controls"}


def test_taking_back_is_off_while_nothing_was_decided(panel: Panel) -> None:
    """The button to undo the last decision is off, and says why, until one is recorded."""
    assert panel.last.disabled
    assert "aucune décision n’est à annuler" in panel.why.value
    assert "aucune décision n’est à annuler" in panel.last.tooltip
    panel.lists.value = ALL
    panel.ideas.value = ("I01",)
    panel.menu.index = [key for _, key in panel.menu.options].index("weak")
    panel.save.click()
    assert not panel.last.disabled
    assert "Annuler" not in panel.why.value
    assert panel.last.tooltip.startswith("Préparer")


def test_a_button_that_is_off_says_why(panel: Panel) -> None:
    """Beside the buttons and on the button itself; nothing is said of buttons that work."""
    panel.go(panel.view.dropped())
    assert panel.save.disabled
    assert "choisissez une décision" in panel.why.value
    assert "choisissez une décision" in panel.save.tooltip
    panel.menu.value = "assign"
    assert "donnez un thème" in panel.why.value
    assert "donnez un thème" in panel.effect.value
    panel.menu.index = 0
    assert not panel.save.disabled
    assert "Enregistrer" not in panel.why.value
