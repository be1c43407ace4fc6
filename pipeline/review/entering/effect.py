"""What a decision would do, before it is confirmed: the ideas it names and those that would follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.french import agree, counted, enumeration, fold, typeset
from pipeline.review.replaying.decisions import Decision, new_theme_id
from pipeline.review.replaying.engine import apply_one
from pipeline.review.replaying.state import State
from pipeline.words.actions import FRENCH


@dataclass(frozen=True, slots=True)
class Move:
    """An idea that changes theme.

    Attributes:
        idea: its id.
        was: its theme before, None for a weak signal.
        now: its theme after, None for a weak signal.
    """

    idea: str
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What acts would change.

    Attributes:
        named: ideas that the acts name and that change theme.
        followers: other ideas that change theme.
        attracted: title of a theme that the acts let attract ideas → how many more it would have.
        doubts: what a person should look at twice before recording, French sentences.
    """

    named: tuple[Move, ...]
    followers: tuple[Move, ...]
    attracted: Mapping[str, int] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the effect in French: what attracts ideas, what moves, what to look at twice, a sentence each."""
        attracted = " ".join(_attraction(*one) for one in self.attracted.items()) + self._beside()
        return typeset(" ".join([attracted if self.attracted else self._moves(), *self.doubts]))

    def _beside(self) -> str:
        """Return how many ideas would change theme besides those attracted, after a space; empty when none would."""
        moved = len(self.named) + len(self.followers)
        return "" if moved == sum(self.attracted.values()) else f" En tout, {self._moves()}"

    def _moves(self) -> str:
        named, others = len(self.named), len(self.followers)
        if not named and not others:
            return "Aucune idée ne changerait de thème."
        moved = f"{counted(named or others, 'idée')} {agree(named or others, 'changerait', 'changeraient')} de thème"
        if not named:
            return f"{moved}."
        follow = f"{counted(others, 'autre idée')} {agree(others, 'suivrait', 'suivraient')}"
        return typeset(f"{moved}, {follow if others else 'aucune autre ne suivrait'}.")


def effect(before: State, after: State, acts: Sequence[Decision]) -> Effect:
    """Return what changes from one state to the other; a theme merged into another moves its ideas as others do."""
    named = {idea for act in acts for idea in act.ideas}
    moves = [
        Move(idea, place.home, after.places[idea].home)
        for idea, place in sorted(before.places.items())
        if place.home != after.places[idea].home
    ]
    return Effect(
        tuple(m for m in moves if m.idea in named),
        tuple(m for m in moves if m.idea not in named),
        _attracted(after, acts, moves),
        doubts(before, acts),
    )


def _attracted(after: State, acts: Sequence[Decision], moves: Sequence[Move]) -> dict[str, int]:
    """Return title of each theme that an act lets attract ideas → how many it attracts."""
    themes = [theme for act in acts if (theme := _attracting(act)) in after.themes]
    return {after.themes[theme].label: sum(move.now == theme for move in moves) for theme in themes}


def _attracting(act: Decision) -> str:
    """Return the theme that an act lets attract ideas; empty when it lets none."""
    if act.action == "define":
        return new_theme_id(act)
    return act.target if act.action == "attract" else ""


def _attraction(title: str, count: int) -> str:
    return f"« {title} » attirerait {counted(count, 'idée')}." if count else f"« {title} » n'attirerait aucune idée."


def doubts(state: State, acts: Sequence[Decision]) -> tuple[str, ...]:
    """Return French sentences, none when nothing is doubtful: each act is looked at on what those before it leave."""
    found: list[str] = []
    for act in acts:
        if act.action in ("rename", "define"):
            found += _namesakes(state, act)
        if act.action != "undo":
            state, _ = apply_one(state, act)
    return tuple(dict.fromkeys(found))


def _namesakes(state: State, act: Decision) -> list[str]:
    """Return that other themes have the title that an act gives: two themes of one title look like one."""
    theme, title = (act.target, act.value) if act.action == "rename" else (new_theme_id(act), act.target)
    same = [other for other, content in state.themes.items() if other != theme and fold(content.label) == fold(title)]
    if not same:
        return []
    called = agree(len(same), "s'appelle", "s'appellent")
    return [
        typeset(
            f"Attention : {enumeration(sorted(same))} {called} déjà « {title} ». Pour n'en faire qu'un"
            f" thème, réunissez-les plutôt (« {FRENCH['merge']} »)."
        )
    ]
