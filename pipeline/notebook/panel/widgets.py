"""The panel on screen: standard widgets in reading order, each event handed to the view; nothing is decided here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from threading import RLock
from typing import Any

import ipywidgets as widgets

from pipeline.errors import MinilabsError
from pipeline.french import typeset
from pipeline.messages import sentence
from pipeline.notebook.panel import lists, menu, told
from pipeline.notebook.panel.look import STYLE
from pipeline.notebook.panel.trial import Trial, asking, onward, reading, record, trial
from pipeline.notebook.panel.view import PAGE, Scope, View
from pipeline.shells.deciding.decisions_file import signature
from pipeline.shells.deciding.desk import Desk

_SCOPES: list[tuple[str, Scope]] = [
    ("les idées choisies", "ideas"),
    ("le thème", "theme"),
    ("ce qui est déjà décidé", "log"),
]
_TEXTS = (menu.TEXT, menu.TITLE, menu.TWO)
_ASK = {
    menu.TEXT: "Nouveau texte",
    menu.TITLE: "Titre du nouveau thème",
    menu.TWO: "Titre",
    menu.THEME: "Quel thème ?",
    menu.IDEA: "Quelle idée ?",
    menu.KIND: "Quelle suite ?",
}

_TAKE_BACK = "Préparer l’annulation de la dernière décision"
_TYPED = 0.2
"""Seconds between the Enter key and recording: the browser sends what was typed just after the key."""


def _signed(who: str) -> str:
    """Return who decides, empty when the session has no name: recording then asks for one."""
    try:
        return signature(who)
    except MinilabsError:
        return ""


class Panel:
    """The review, on screen.

    JupyterLab may hand two events to two threads of the kernel: each is heard to its end before the next.

    Attributes:
        desk: what is decided on, as it is now.
        view: what the analyst is looking at.
        trial: what the draft would change.
        root: the widget to show.
    """

    def __init__(self, desk: Desk, who: str = "") -> None:
        self.desk, self.texts = desk, lists.Texts.of(desk.ideas)
        self.view = asking(desk, View())
        self.trial: Trial | None = None
        self._listed: list[str] = []
        self._drawing = False
        self._lock = RLock()
        self._make(_signed(who))
        self.root = self._laid_out()
        self._listen()
        self.draw()

    def _make(self, who: str) -> None:
        self.head, self.card, self.effect = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.said, self.why = widgets.HTML(), widgets.HTML()
        self.who = _field(widgets.Text(who, description="Vous signez"))
        self.lists = _field(widgets.Select(description="Montrer", rows=12))
        self.words = _field(widgets.Text(description="Chercher", placeholder="un ou plusieurs mots"))
        self.ideas = _field(widgets.SelectMultiple(description="Idées", rows=9))
        self.scope = _field(widgets.Dropdown(options=_SCOPES, description="Décider sur"))
        self.theme = _field(widgets.Dropdown(description="Thème"))
        self.menu = _field(widgets.Select(description="Décision", rows=8))
        self.pick = _field(widgets.Dropdown(description="Quel thème ?"))
        self.text = _field(widgets.Text(description="Titre", continuous_update=False))
        self.more = _field(widgets.Text(description="En une phrase", continuous_update=False))
        self.reason = _field(widgets.Text(description="Raison", continuous_update=False))
        self.reason.placeholder = "pourquoi, en quelques mots (facultatif)"
        self.save = widgets.Button(description="Enregistrer", button_style="primary")
        self.drop = widgets.Button(description="Abandonner")
        self.skip = widgets.Button(description="Idée suivante")
        self.last = widgets.Button(description="Annuler la dernière")

    def _laid_out(self) -> Any:  # noqa: ANN401 - ipywidgets is not typed
        buttons = _row([self.save, self.drop, self.skip, self.last], "ml-buttons")
        left = _column([self.lists, self.words, self.ideas], "ml-lists")
        scope = _row([self.scope, self.theme], "ml-scope")
        asked = [self.menu, self.pick, self.text, self.more]
        right = _column(
            [scope, self.card, *asked, self.effect, self.reason, buttons, self.why, self.said], "ml-deciding"
        )
        body = _row([left, right], "ml-body")
        return _column([widgets.HTML(STYLE), _row([self.head, self.who], "ml-head"), body], "minilabs-panel")

    def _listen(self) -> None:
        self._on(self.lists, lambda view, key: reading(self.desk, view) if key == PAGE else view.showing(key))
        self._on(self.words, View.searching)
        self._on(self.ideas, lambda view, ideas: view.choosing(ideas, self._theme_of(ideas)))
        self._on(self.scope, View.looking)
        self._on(self.theme, View.about)
        self._on(self.menu, lambda view, key: view.drafting(key or ""))
        self._on(self.pick, lambda view, value: view.filling(value or "", view.more))
        self._on(self.text, lambda view, value: view.filling(value, view.more))
        self._on(self.more, lambda view, value: view.filling(view.value, value))
        self.reason.on_msg(lambda _widget, content, _buffers: self._submitted(content))
        self._clicked(self.save, self.record)
        self._clicked(self.drop, lambda: self.go(self.view.left()))
        self._clicked(self.skip, lambda: self.go(self._beside(1)))
        self._clicked(self.last, self.take_back)

    def _clicked(self, button: Any, act: Callable[[], None]) -> None:  # noqa: ANN401 - ipywidgets is not typed
        button.on_click(lambda _: self._alone(act))

    def _alone(self, act: Callable[[], None]) -> None:
        with self._lock:
            act()

    def _on(self, widget: Any, event: Callable[[View, Any], View]) -> None:  # noqa: ANN401 - one of many widgets
        def heard(change: Any) -> None:  # noqa: ANN401 - a traitlets bunch
            with self._lock:
                if not self._drawing:
                    self.go(event(self.view, change.new))

        widget.observe(heard, "value")

    def _submitted(self, content: Mapping[str, Any]) -> None:
        """Record when Enter is pressed after the reason, once the reason is here."""
        if content.get("event") != "submit":
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._alone(self.record)
        else:
            loop.call_later(_TYPED, self._alone, self.record)

    def _theme_of(self, ideas: Sequence[str]) -> str | None:
        return self.desk.now.state.places[ideas[0]].theme if ideas else None

    def _beside(self, step: int) -> View:
        moved = self.view.moved(self._listed, step)
        return moved.choosing(moved.ideas, self._theme_of(moved.ideas))

    def go(self, view: View, said: str = "") -> None:
        """Show another view, with the effect of its draft."""
        if (view, said) != (self.view, ""):
            self.view, self.said.value = view, _status(said)
            if view.value and menu.needed(self.desk, view) in _TEXTS:
                self.effect.value = told.WAITING
            self.trial = trial(self.desk, view)
            self.draw()

    def record(self) -> None:
        """Record the draft, go on to the next idea, and put the keyboard where the next decision is taken."""
        if self.trial is None or not self.trial.ready:
            self.said.value = _status("Rien à enregistrer : choisissez d’abord une décision.")
            return
        before = self._listed
        try:
            self.desk, said = record(self.desk, self.trial.acts, self.who.value, self.reason.value)
        except MinilabsError as refused:
            self.said.value = _status(sentence(refused))
            return
        self.reason.value = ""
        self.go(onward(self.desk, self.view, before), said)
        self.menu.focus()

    def take_back(self) -> None:
        """Draft the undoing of the last decision: its effect is seen before it is recorded."""
        looking = self.view.looking("log")
        entries = menu.menu(self.desk, looking)
        if not entries:
            self.said.value = _status("Aucune décision à annuler.")
            return
        self.go(looking.drafting(entries[0].key))
        self.save.focus()

    def draw(self) -> None:
        """Bring every widget to what the view says."""
        self._drawing = True
        try:
            self._draw_lists()
            self._draw_deciding()
            self._draw_needed()
        finally:
            self._drawing = False

    def _draw_lists(self) -> None:
        desk, view = self.desk, self.view
        self.head.value = told.progress(desk)
        _fill(self.lists, lists.choices(desk, view), view.shown)
        self.words.value = view.words
        self._listed = lists.listed(desk, view, self.texts)
        rows = lists.rows(desk, view, self.texts, self._listed)
        _fill_many(self.ideas, rows, view.ideas)
        self.ideas.description = lists.extent(len(self._listed), view)

    def _draw_deciding(self) -> None:
        desk, view = self.desk, self.view
        self.card.value = told.card(desk, view, self.texts)
        self.scope.value = view.scope
        _shown(self.theme, on=view.scope == "theme")
        _fill(self.theme, [("–", ""), *((label, key) for label, key, _ in lists.themes(desk))], view.theme)
        _fill(self.menu, [(entry.label, entry.key) for entry in menu.menu(desk, view)], view.act)
        missing = menu.missing(desk, view) if view.act else ""
        self.effect.value = told.outcome(desk, self.trial, self.texts, missing)
        self.save.disabled = self.trial is None or not self.trial.ready
        self.drop.disabled = view.left() == view
        self.last.disabled = not menu.menu(desk, view.looking("log"))
        self._draw_why_off()

    def _draw_why_off(self) -> None:
        """Say why a button is off: beside the buttons, and on the button itself."""
        missing = (
            menu.missing(self.desk, self.view) or "le programme refuse cette décision, pour la raison dite plus haut"
        )
        nothing = "aucune décision n’est à annuler"
        whys = {self.save: missing, self.drop: "il n’y a rien à abandonner", self.last: nothing}
        off = [(button, why) for button, why in whys.items() if button.disabled]
        for button, why in whys.items():
            on = _TAKE_BACK if button is self.last else button.description
            button.tooltip = typeset(f"Éteint : {why}.") if button.disabled else on
        self.why.value = told.off([f"« {button.description} » est éteint : {why}." for button, why in off])

    def _draw_needed(self) -> None:
        desk, view = self.desk, self.view
        needs = menu.needed(desk, view)
        options = menu.options(desk, view, lambda idea: self.texts.titles.get(idea, ""))
        _shown(self.pick, on=bool(options))
        _shown(self.text, on=needs in _TEXTS)
        _shown(self.more, on=needs == menu.TWO)
        asking = self.text if needs in _TEXTS else self.pick
        asking.description = _ASK.get(needs, "")
        _fill(self.pick, [("– choisir –", ""), *options], view.value if options else "")
        self.text.value = "" if options else view.value
        self.more.value = view.more


def _status(said: str) -> str:
    return told.status(said) if said else ""


def _fill(widget: Any, options: Sequence[tuple[str, str]], value: str) -> None:  # noqa: ANN401 - Select or Dropdown
    if tuple(widget.options) != tuple(options):
        widget.options = options
    keys = [key for _, key in options]
    widget.index = keys.index(value) if value in keys else None


def _fill_many(widget: Any, options: Sequence[tuple[str, str]], values: Sequence[str]) -> None:  # noqa: ANN401 - SelectMultiple
    if tuple(widget.options) != tuple(options):
        widget.options = options
    keys = {key for _, key in options}
    widget.value = tuple(value for value in values if value in keys)


def _shown(widget: Any, *, on: bool) -> None:  # noqa: ANN401 - any widget
    widget.layout.display = None if on else "none"


def _field(widget: Any) -> Any:  # noqa: ANN401 - any widget with a description
    widget.add_class("ml-field")
    widget.style.description_width = "initial"
    return widget


def _row(children: Sequence[Any], name: str) -> Any:  # noqa: ANN401 - ipywidgets is not typed
    box = widgets.Box(children)
    box.add_class(name)
    return box


def _column(children: Sequence[Any], name: str) -> Any:  # noqa: ANN401 - ipywidgets is not typed
    box = widgets.VBox(children)
    box.add_class(name)
    return box
