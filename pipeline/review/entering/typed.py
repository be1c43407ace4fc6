"""Acts as people type them → acts as they are recorded: themes by their ids, lists and words filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.errors import MinilabsError, raise_all
from pipeline.french import fold
from pipeline.identifiers import theme_number
from pipeline.review.replaying.actions import attracting
from pipeline.review.replaying.decisions import ACTIONS, SEPARATOR, THEME, Decision, act_problems
from pipeline.review.replaying.engine import apply_one
from pipeline.review.replaying.state import State
from pipeline.words.actions import FRENCH
from pipeline.words.kinds import KINDS


def resolved(state: State, acts: Sequence[Decision]) -> list[Decision]:
    """Return acts with the file's actions, themes by their ids, `pin` with its ideas and `attract` with its words.

    Each is read on the state that those before it leave, so that a theme may be opened or renamed, then called by its
    title, in one gesture.

    Args:
        state: after the recorded decisions.
        acts: in order; themes by number or title.

    Raises:
        MinilabsError: `review.act`, `review.unknown_theme`, `review.ambiguous_theme`.
    """
    found: list[Decision] = []
    for typed in acts:
        act = _resolved(state, typed)
        found.append(act)
        if act.action != "undo":
            state, _ = apply_one(state, act)
    return found


_SAME = {
    "fusionner": "merge",
    "déplacer": "assign",
    "ouvrir": "define",
    "retirer": "remove",
    "rejeter": "reject",
    "diviser": "split",
}
"""Other words for actions that people may type."""

_ACTIONS = {fold(word): action for action, word in FRENCH.items()} | {fold(word): act for word, act in _SAME.items()}


def action_of(text: str) -> str:
    """Return the action that a person calls `text`, in French or as the file has it; `text` itself when it is none."""
    word = fold(text.strip())
    return _ACTIONS.get(word, word if word in ACTIONS else text)


_KINDS = {fold(name): code for code, names in KINDS.items() for name in (code, names.one, names.many)}


def kind_of(text: str) -> str:
    """Return the kind that a person calls `text`, in French or as the file has it; `text` itself when it is none."""
    return _KINDS.get(fold(text.strip().replace("'", "’")), text)


def _resolved(state: State, act: Decision) -> Decision:
    action = action_of(act.action)
    act = replace(act, action=action, value=kind_of(act.value) if action == "kind" else act.value)
    problems = act_problems(act.action, act.target, act.value)
    raise_all([MinilabsError("review.act", why=why) for why in problems])
    target, value = ACTIONS[act.action]
    act = replace(
        act,
        target=theme_of(state, act.target) if target == THEME else act.target,
        value=theme_of(state, act.value) if value == THEME else act.value,
    )
    if act.value or act.target not in state.themes:
        return act
    if act.action == "pin":
        return replace(act, value=SEPARATOR.join(state.members(act.target)))
    return replace(act, value=attracting(state.themes[act.target])) if act.action == "attract" else act


def theme_of(state: State, text: str) -> str:
    """Return the id of the theme that a person calls `text`: its number, also as pages show it, or its title.

    Raises:
        MinilabsError: `review.unknown_theme`, `review.ambiguous_theme`.
    """
    if text in state.themes or text in state.gone or text in state.remembered:
        return text
    named = _named(state, text)
    if not named:
        raise MinilabsError("review.unknown_theme", theme=text[:60], allowed=_listed(state, sorted(state.themes)))
    if len(named) > 1:
        raise MinilabsError("review.ambiguous_theme", theme=text[:60], allowed=_listed(state, sorted(named)))
    return named[0]


def _named(state: State, text: str) -> list[str]:
    """Return the themes of that number, else of that title, else those that are written much the same."""
    wanted, titles = fold(text), {theme: content.label for theme, content in state.themes.items()}
    numbered = [theme for theme in titles if fold(theme) == wanted][:1]
    same = [theme for theme, title in titles.items() if title == text]
    return numbered or same or [t for t, title in titles.items() if wanted in {fold(title), fold(theme_number(t))}]


def _listed(state: State, themes: Iterable[str]) -> str:
    return ", ".join(f"{theme} (« {state.themes[theme].label} »)" for theme in themes)
