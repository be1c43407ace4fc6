"""What a decision would do, before it is confirmed: the ideas it names and those that would follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.french import agree, counted, typeset
from pipeline.review.decisions import Decision
from pipeline.review.state import State


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
    """

    named: tuple[Move, ...]
    followers: tuple[Move, ...]

    def __str__(self) -> str:
        """Return the effect as one French sentence."""
        named, others = len(self.named), len(self.followers)
        if not named and not others:
            return "Aucune idée ne changerait de thème."
        moved = f"{counted(named or others, 'idée')} {agree(named or others, 'changerait', 'changeraient')} de thème"
        if not named:
            return f"{moved}."
        follow = f"{counted(others, 'autre idée')} {agree(others, 'suivrait', 'suivraient')}"
        return typeset(f"{moved}, {follow if others else 'aucune autre ne suivrait'}.")


def effect(before: State, after: State, acts: Iterable[Decision]) -> Effect:
    """Return what changes from one state to the other; a theme merged into another moves its ideas as others do."""
    named = {idea for act in acts for idea in act.ideas}
    moves = [
        Move(idea, place.home, after.places[idea].home)
        for idea, place in sorted(before.places.items())
        if place.home != after.places[idea].home
    ]
    return Effect(tuple(m for m in moves if m.idea in named), tuple(m for m in moves if m.idea not in named))
