"""What can be decided in a view: the entries of the menu, in words, and the decisions that each one makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from pipeline.french import agree, counted, percent, typeset
from pipeline.notebook.panel.lists import neighbours, themes, unread
from pipeline.notebook.panel.view import PAGE, View
from pipeline.review.entering.wording import KINDS, said, title, told
from pipeline.review.replaying.decisions import SEPARATOR, Decision, new_theme_id
from pipeline.review.replaying.engine import undone
from pipeline.review.replaying.state import State
from pipeline.shells.deciding.desk import Desk

NOTHING, THEME, IDEA, KIND, TEXT, TITLE, TWO = "", "theme", "idea", "kind", "text", "title", "two"
"""What an entry needs beside: nothing, a theme, an idea, a kind, a text, a title that may stay empty, two texts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be decided.

    Attributes:
        key: an action, or an action and its object ("assign:T01").
        label: in words.
        needs: `NOTHING`, `THEME`...
    """

    key: str
    label: str
    needs: str = NOTHING


SPLIT_FIRST = "Scinder : choisissez d’abord, à gauche, les idées qui en partent"
"""What the entry says while nothing could be split off."""
TITLE_FIRST = "Choisir la suite : renommez d’abord ce thème, son titre ne dit aucun sujet"
"""What the entry says of a theme that has no title of its own: nobody can be sent to it."""


def menu(desk: Desk, view: View) -> list[Entry]:
    """Return what can be decided, the likeliest first; nothing when no idea, or no theme, is chosen."""
    return {"ideas": _of_ideas, "theme": _of_theme, "log": _of_log}[view.scope](desk, view)


def _of_ideas(desk: Desk, view: View) -> list[Entry]:
    return [*_chosen(desk, view), *_whole_page(desk, view)]


def _whole_page(desk: Desk, view: View) -> list[Entry]:
    """Return the entry that confirms what is left of the page; the chosen ideas too, unless they are moved before."""
    count = len(unread(desk, view)) if view.shown == PAGE else 0
    if not count:
        return []
    rest = "la page" if count == len(view.page) else "le reste de la page"
    into = f"Confirmer {rest} : {counted(count, 'idée')} dans « {title(desk.now.state, view.page_theme)} »"
    return [Entry(f"page:{view.page_theme}", typeset(into))]


def _chosen(desk: Desk, view: View) -> list[Entry]:
    if not view.ideas:
        return []
    many = len(view.ideas) > 1
    pair = NOTHING if many else IDEA
    other = "les unes des autres" if many else "d’une autre idée…"
    return [
        *_likely(desk, view),
        Entry("assign", "Ranger dans un autre thème…", THEME),
        Entry("also", "Touche aussi un second thème…", THEME),
        *_removals(desk, view),
        Entry("weak", agree(len(view.ideas), "N’entre nulle part", "N’entrent nulle part")),
        Entry("discuss", "À discuter"),
        Entry("together", "À garder ensemble" if many else "À garder avec une autre idée…", pair),
        Entry("apart", f"À séparer {other}", pair),
    ]


def _likely(desk: Desk, view: View) -> list[Entry]:
    """Return an entry for each of the two likeliest themes of the first idea, or for the theme where it is."""
    state, idea = desk.now.state, view.ideas[0]
    chances = desk.chances(idea)
    here = state.places[idea].theme
    best = list(chances)[:2] or [theme for theme in (here,) if theme is not None and theme in state.themes]
    return [Entry(f"assign:{theme}", _into(title(state, theme), chances.get(theme))) for theme in best]


def _into(theme: str, chance: float | None) -> str:
    sure = "" if chance is None else f" ({percent(chance)})"
    return typeset(f"Ranger dans « {theme} »{sure}")


def _removals(desk: Desk, view: View) -> list[Entry]:
    """Return an entry for each theme that the first idea can be taken out of."""
    state, place = desk.now.state, desk.now.state.places[view.ideas[0]]
    seconds = () if place.home is None else (place.theme, place.second)
    return [
        Entry(f"remove:{theme}", typeset(f"Sortir de « {title(state, theme)} »"))
        for theme in seconds
        if theme is not None
    ]


def _of_theme(desk: Desk, view: View) -> list[Entry]:
    open_one = Entry("define", "Ouvrir un thème connu d’avance…", TWO)
    if view.theme not in desk.now.state.themes:
        return [open_one]
    inside = sum(place.theme == view.theme for idea, place in desk.now.state.places.items() if idea in view.ideas)
    nameless = desk.now.state.themes[view.theme].nameless
    chosen = counted(len(view.ideas), "idée choisie", "idées choisies")
    leaving = agree(len(view.ideas), "devient", "deviennent")
    split = Entry("split", f"Scinder : {chosen} {leaving} un thème…", TITLE) if inside else Entry("split", SPLIT_FIRST)
    return [
        Entry("rename", "Renommer…", TEXT),
        Entry("describe", "Décrire en une phrase…", TEXT),
        Entry("attract", "Attirer les idées proches de son titre et de sa description"),
        Entry("merge", "Réunir à un autre thème…", THEME),
        split,
        Entry("kind", TITLE_FIRST) if nameless else Entry("kind", "Choisir la suite à donner…", KIND),
        Entry("pin", "Figer : ses idées ne bougeront plus"),
        Entry("reject", "Écarter : ce n’est pas un thème"),
        open_one,
    ]


def _of_log(desk: Desk, _view: View) -> list[Entry]:
    state = desk.now.state
    entries = []
    for gesture in gestures(desk.decisions):
        if len(gesture) > 1:
            entries.append(_whole(state, gesture))
        entries += [Entry(f"undo:{one.seq}", f"Annuler n° {one.seq} : {said(state, one)}") for one in gesture]
    return entries


def _whole(state: State, gesture: Gesture) -> Entry:
    """Return the entry that takes back a whole gesture."""
    last, first = gesture[0], gesture[-1]
    others = counted(len(gesture) - 1, "autre décision", "autres décisions")
    label = f"Annuler n° {first.seq} à {last.seq} : {told(state, first)}, et {others} du même geste"
    return Entry("undo:" + SEPARATOR.join(str(one.seq) for one in gesture), typeset(label))


def options(desk: Desk, view: View, titles: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return what the chosen entry can be completed with, as (words, value); none when it takes a text or nothing.

    Args:
        desk: as it is now.
        view: with a draft.
        titles: idea id → its title.
    """
    needs = needed(desk, view)
    if needs == KIND:
        return [(label, key) for key, label in KINDS.items()]
    if needs == IDEA:
        return [(f"{idea} {titles(idea)}", idea) for idea in neighbours(desk, view.ideas[0])]
    if needs == THEME:
        own = view.theme if view.scope == "theme" else ""
        return [(label, theme) for label, theme, _ in themes(desk) if theme != own]
    return []


def needed(desk: Desk, view: View) -> str:
    """Return what the chosen entry needs beside."""
    return next((entry.needs for entry in menu(desk, view) if entry.key == view.act), NOTHING)


def missing(desk: Desk, view: View) -> str:
    """Return what keeps the draft from being recorded, in words; empty when nothing does."""
    if not view.act:
        nothing = "aucune décision n’est à annuler" if view.scope == "log" else "choisissez d’abord une idée"
        return "choisissez une décision" if menu(desk, view) else nothing
    if drafted(desk, view):
        return ""
    if view.act == "split":
        return "choisissez, à gauche, les idées qui partent"
    if view.act == "kind" and needed(desk, view) == NOTHING:
        return "renommez d’abord ce thème"
    asked = {THEME: "un thème", IDEA: "une idée", KIND: "une suite", TEXT: "un texte", TWO: "un titre"}
    return f"donnez {asked.get(needed(desk, view), 'ce qui manque')}"


def drafted(desk: Desk, view: View) -> list[Decision]:
    """Return the decisions that the draft makes, unsigned; none while something is missing."""
    needs, value = needed(desk, view), view.value.strip()
    if view.scope == "ideas" and view.act.startswith("page:"):
        view = replace(view, act=view.act.replace("page:", "assign:", 1), ideas=tuple(unread(desk, view)))
    if view.act in {"split", "kind"} and needs == NOTHING:
        return []
    if not view.act or (needs not in (NOTHING, TITLE) and not value):
        return []
    action, _, given = view.act.partition(":")
    rows = _MAKERS[view.scope](action, given or value, view)
    return [Decision(0, "", "", *row) for row in rows]


Row = tuple[str, str, str]


def _ideas_rows(action: str, value: str, view: View) -> Sequence[Row]:
    if action == "together" and len(view.ideas) > 1:
        return [(action, view.ideas[0], idea) for idea in view.ideas[1:]]
    if action == "apart" and len(view.ideas) > 1:
        return [(action, one, other) for one, other in combinations(view.ideas, 2)]
    return [(action, idea, value) for idea in view.ideas]


def _theme_rows(action: str, value: str, view: View) -> Sequence[Row]:
    if action == "define":
        return [(action, value, view.more.strip())]
    if action == "split":
        made = Decision(0, "", "", action, view.theme, SEPARATOR.join(sorted(view.ideas)))
        named = [("rename", new_theme_id(made), value)] if value else []
        return [(action, made.target, made.value), *named]
    return [(action, view.theme, value)]


def _log_rows(action: str, value: str, _view: View) -> Sequence[Row]:
    return [(action, seq, "") for seq in value.split(SEPARATOR)]


_MAKERS: dict[str, Callable[[str, str, View], Sequence[Row]]] = {
    "ideas": _ideas_rows,
    "theme": _theme_rows,
    "log": _log_rows,
}


Gesture = tuple[Decision, ...]
"""Decisions of one gesture, the latest first."""


def gestures(decisions: Sequence[Decision]) -> list[Gesture]:
    """Return the decisions that nobody took back, gesture by gesture, the latest first.

    Those that follow each other with one action, author, moment and reason are of one gesture, whatever door they came
    through.
    """
    gone = undone(decisions)
    found: list[list[Decision]] = []
    for one in sorted((one for one in decisions if one.seq not in gone), key=lambda one: -one.seq):
        if found and _together(one, found[-1][-1]):
            found[-1].append(one)
        else:
            found.append([one])
    return [tuple(gesture) for gesture in found]


def _together(first: Decision, second: Decision) -> bool:
    """Return whether two decisions are of one gesture; a day without an hour is no moment."""
    return _signature(first) == _signature(second) and "T" in first.when and first.seq == second.seq - 1


def _signature(decision: Decision) -> tuple[str, ...]:
    return decision.action, decision.who, decision.when, decision.reason
