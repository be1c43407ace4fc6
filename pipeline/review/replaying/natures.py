"""The kind of each theme, suggested from those who hold its ideas now: a decision that moves ideas may change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from pipeline.words.answers import suggest
from pipeline.words.kinds import Kind


@dataclass(frozen=True, eq=False, slots=True)
class Held:
    """Who holds the ideas.

    Attributes:
        holders: schema `holders`.
        by_idea: idea id → ids of its holders.
        seed: of the draws that say what chance gives.
    """

    holders: pd.DataFrame
    by_idea: Mapping[str, frozenset[str]]
    seed: int
    _known: dict[frozenset[str], Kind] = field(default_factory=dict, repr=False)

    def kind(self, ideas: Iterable[str]) -> Kind:
        """Return the kind that a theme of these ideas calls for (see `kinds.suggest`)."""
        theirs: frozenset[str] = frozenset().union(*(self.by_idea.get(idea, frozenset()) for idea in ideas))
        if theirs not in self._known:
            self._known[theirs] = suggest(self.holders, theirs, self.seed)
        return self._known[theirs]


def held(holders: pd.DataFrame, idea_holders: pd.DataFrame, seed: int) -> Held:
    """Return who holds the ideas.

    Args:
        holders: schema `holders`.
        idea_holders: schema `idea_holders`.
        seed: of the draws that say what chance gives.
    """
    by_idea: dict[str, set[str]] = {}
    for idea, holder in zip(idea_holders["idea_id"], idea_holders["holder_id"], strict=True):
        by_idea.setdefault(str(idea), set()).add(str(holder))
    return Held(holders, {idea: frozenset(theirs) for idea, theirs in by_idea.items()}, seed)
