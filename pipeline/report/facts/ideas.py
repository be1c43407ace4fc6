"""One analysed idea as every document shows it, and what is said of its holders.

Texts stay as typed until they are laid out: pages, PDF, workbooks, decks and letters each set what they show in French
typography (`french.typeset`), words untouched, at the one place through which all their texts go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONG_TITLE, LONG_TEXT, LONG_LINES = 140, 3000, 30


_TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Marks that would reorder what follows them in a sentence."""


def one_line(title: str) -> str:
    """Return a title on one line, cut with an ellipsis when it is endless, without marks that turn a line around."""
    flat = " ".join(_TURNING.sub("", title).split())
    return flat if len(flat) <= LONG_TITLE else flat[: LONG_TITLE - 1].rstrip() + "…"


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


@dataclass(frozen=True, slots=True)
class Held:
    """What is said of a holder: directorate, kind of site, department; empty where it would tell too few apart."""

    directorate: str
    site: str
    department: str


@dataclass(frozen=True, slots=True)
class Idea:
    """One analysed idea, without its holders.

    Attributes:
        idea_id: as in the export of the contest.
        anchor: of the idea in a page.
        title: as typed (masked).
        description: as typed (masked).
        benefits: as typed (masked), often empty.
        submitted: French date, or empty.
        votes: None when the contest counted none.
        theme_id: of its theme; for a weak signal, of the nearest one; empty without themes.
        second_id: theme it also touches, or empty.
        weak: fits no theme.
        placement: a sentence: where it is, how sure that is, who decided.
        why: what put it there, in words; may be empty.
        near: ideas that say almost the same.
        held: what is said of its holders, each combination once.
        position: x and y on the map, 0 to 1, or None.
        outcome: what became of it, a sentence; empty before the follow-up table says it.
        doubtful: its place in a theme is called « hésitant »: the one fact behind every sentence and count of doubts.
    """

    idea_id: str
    anchor: str
    title: str
    description: str
    benefits: str
    submitted: str
    votes: int | None
    theme_id: str
    second_id: str
    weak: bool
    placement: str
    why: str
    near: tuple[str, ...]
    held: tuple[Held, ...]
    position: tuple[float, float] | None
    outcome: str
    doubtful: bool = False

    @property
    def directorates(self) -> tuple[str, ...]:
        """Directorates said of its holders."""
        return _distinct(held.directorate for held in self.held)

    @property
    def sites(self) -> tuple[str, ...]:
        """Kinds of site said of its holders."""
        return _distinct(held.site for held in self.held)

    @property
    def departments(self) -> tuple[str, ...]:
        """Departments said of its holders."""
        return _distinct(held.department for held in self.held)

    @property
    def short(self) -> str:
        """The title on one line, cut when it is endless: for links and lists."""
        return one_line(self.title)

    @property
    def long(self) -> bool:
        """Whether its text takes more than a screen."""
        return max(len(self.description), len(self.benefits)) > LONG_TEXT or self.description.count("\n") > LONG_LINES
