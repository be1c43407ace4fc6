"""One pure function per action: a state and a decision in, the new state and why it does not apply (or None) out.

When a decision does not apply at all, the state comes back unchanged. Places follow merges; titles do not, so that
"rename A, merge A into B" gives the same as the other order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.french import typeset
from pipeline.review.replaying import problems
from pipeline.review.replaying.decisions import SEPARATOR, Decision, new_theme_id
from pipeline.review.replaying.merging import merge
from pipeline.review.replaying.moves import all_places, close, reopened, unban, without
from pipeline.review.replaying.state import Pair, Pinned, Place, State, Theme, Words
from pipeline.words.kinds import DECIDED, UNTITLED, Kind, sentence

Applied = tuple[State, str | None]
Action = Callable[[State, Decision], Applied]


def assign(state: State, decision: Decision) -> Applied:
    """Put the idea in the theme; a second theme that is the same one, or that nobody decided and is left, goes."""
    problem, theme = _idea_and_theme(state, decision)
    if problem:
        return state, problem
    place = state.places[decision.target]
    keep = place.second not in (None, theme) and not place.weak
    moved = Place(
        theme,
        1.0,
        place.second if keep else None,
        place.membership_2 if keep else None,
        by=decision.seq,
        second_by=place.second_by if keep else None,
    )
    return unban(state, decision.target, theme).with_place(decision.target, moved), None


def also(state: State, decision: Decision) -> Applied:
    """Give the idea a second theme; its main one when it had none."""
    problem, theme = _idea_and_theme(state, decision)
    if problem:
        return state, problem
    idea, place = decision.target, state.places[decision.target]
    if place.weak or place.theme is None:
        return assign(state, decision)
    if place.second_by and place.second not in (None, theme):
        return state, problems.two_seconds(idea, str(place.theme), str(place.second))
    state = unban(state, idea, theme)
    if place.theme == theme:
        return state.with_place(idea, replace(place, by=place.by or decision.seq, membership=1.0)), None
    return state.with_place(idea, replace(place, second=theme, membership_2=1.0, second_by=decision.seq)), None


def remove(state: State, decision: Decision) -> Applied:
    """Take the idea out of the theme, for good: its second theme becomes the main one, or it fits nowhere."""
    idea, theme = decision.target, state.current(decision.value)
    if idea not in state.places:
        return state, problems.unknown_idea(idea)
    banned = {**state.banned, idea: state.banned.get(idea, frozenset()) | {theme}}
    return replace(state, banned=banned).with_place(idea, without(state.places[idea], theme)), None


def weak(state: State, decision: Decision) -> Applied:
    """Say that the idea fits nowhere; its former theme stays as the nearest one, in which nobody sits for it."""
    if decision.target not in state.places:
        return state, problems.unknown_idea(decision.target)
    place = state.places[decision.target]
    return state.with_place(decision.target, Place(place.theme, 0.0, weak=True, by=decision.seq)), None


def discuss(state: State, decision: Decision) -> Applied:
    """Put the idea up for discussion: nothing moves."""
    if decision.target not in state.places:
        return state, problems.unknown_idea(decision.target)
    return replace(state, discussed=state.discussed | {decision.target}), None


def pair(state: State, decision: Decision) -> Applied:
    """Want two ideas together or apart; `settle` sees to it after all decisions."""
    for idea in (decision.target, decision.value):
        if idea not in state.places:
            return state, problems.unknown_idea(idea)
    wanted = Pair(decision.seq, decision.target, decision.value, together=decision.action == "together")
    return replace(state, pairs=(*state.pairs, wanted)), None


def split(state: State, decision: Decision) -> Applied:
    """Make a theme of the listed ideas, taken from wherever they are."""
    made = new_theme_id(decision)
    found = [idea for idea in decision.ideas if idea in state.places]
    missing = [idea for idea in decision.ideas if idea not in state.places]
    if not found:
        return state, problems.missing_ideas(missing)
    state = reopened(state, made)
    former = state.themes.get(decision.target)
    title = typeset(f"Nouveau thème, issu de {decision.target}" if former else "Nouveau thème")
    new = Theme(title, source="split", nameless=UNTITLED)
    theme = state.themes.get(made, new)  # another person's same split: titled since, maybe
    state = state.with_theme(made, theme).with_places({idea: Place(made, 1.0, by=decision.seq) for idea in found})
    return state, problems.missing_ideas(missing) if missing else None


def define(state: State, decision: Decision) -> Applied:
    """Open a theme known beforehand, which its words attract ideas to; again, with another description, other words."""
    made, words = new_theme_id(decision), (Words(decision.target, decision.value),)
    if made in state.themes:
        known = state.themes[made]
        if not decision.value:
            return state, None
        return state.with_theme(made, replace(known, summary=decision.value, words=words)), None
    if made in state.gone:
        return state, problems.missing_theme(state, made)
    return state.with_theme(made, Theme(decision.target, decision.value, source="define", words=words)), None


def attract(state: State, decision: Decision) -> Applied:
    """Attract to the theme the ideas that are like its words at the time; `learn` sees to it."""
    if decision.target not in state.themes:
        return state, problems.missing_theme(state, decision.target)
    theme = state.themes[decision.target]
    head, _, rest = (decision.value or attracting(theme)).partition(SEPARATOR)
    return state.with_theme(decision.target, replace(theme, words=(Words(head.strip(), rest.strip()),))), None


def attracting(theme: Theme) -> str:
    """Return the words that attract ideas to a theme when nothing else is said, as `attract` records them."""
    words = (text.replace(SEPARATOR, "/") for text in (theme.label, theme.summary) if text)
    return f" {SEPARATOR} ".join(words)


def title(state: State, decision: Decision) -> Applied:
    """Change the title, the description or the kind of a theme."""
    if decision.target not in state.themes:
        return state, problems.missing_theme(state, decision.target)
    theme = state.themes[decision.target]
    if decision.action == "kind" and theme.nameless:
        return state, problems.nameless(decision.target, theme.label)
    changed = {
        "rename": replace(theme, label=decision.value, nameless=""),
        "describe": replace(theme, summary=decision.value),
        "kind": replace(theme, kind=decision.value, kind_reason=sentence(Kind(decision.value, DECIDED)), decided=True),
    }
    return state.with_theme(decision.target, changed[decision.action]), None


def pin(state: State, decision: Decision) -> Applied:
    """Keep the theme as it is: with the listed ideas, and no other that a person did not put there.

    A pinned theme that the new run did not find again is made again from its list.
    """
    theme = decision.target
    found = [idea for idea in decision.ideas if idea in state.places]
    missing = [idea for idea in decision.ideas if idea not in state.places]
    there = state if theme in state.themes else _made_again(state, theme, found)
    if there is None:
        return state, problems.missing_theme(state, theme)
    members = frozenset(found or there.members(theme))
    there = replace(there, pinned={**there.pinned, theme: Pinned(decision.seq, members)})
    places = {idea: _held(there.places[idea], theme, decision.seq) for idea in members}
    return there.with_places(places), problems.missing_ideas(missing) if missing else None


def _made_again(state: State, theme: str, found: list[str]) -> State | None:
    """Return the state with a remembered theme; None when a decision closed it, or nothing of it is left."""
    remembered = state.remembered.get(theme)
    if theme in state.gone or remembered is None or not found:
        return None
    return state.with_theme(theme, Theme(remembered.label, parts=(theme,)))


def _held(place: Place, theme: str, seq: int) -> Place:
    """Return the place of an idea of a pinned theme: who put it there first keeps the credit."""
    return Place(theme, 1.0, by=seq) if place.home != theme else replace(place, membership=1.0, by=place.by or seq)


def reject(state: State, decision: Decision) -> Applied:
    """Close a theme that is none: its ideas go to their second theme, or fit nowhere."""
    theme = decision.target
    if theme not in state.themes:
        return state, problems.missing_theme(state, theme)
    return all_places(close(state, theme, None, decision.seq), theme, lambda place: without(place, theme)), None


def _idea_and_theme(state: State, decision: Decision) -> tuple[str | None, str]:
    theme = state.current(decision.value)
    if decision.target not in state.places:
        return problems.unknown_idea(decision.target), theme
    return (None if theme in state.themes else problems.missing_theme(state, theme)), theme


ACTS: dict[str, Action] = {
    "assign": assign,
    "also": also,
    "remove": remove,
    "weak": weak,
    "discuss": discuss,
    "together": pair,
    "apart": pair,
    "merge": merge,
    "split": split,
    "rename": title,
    "describe": title,
    "kind": title,
    "pin": pin,
    "reject": reject,
    "define": define,
    "attract": attract,
}
