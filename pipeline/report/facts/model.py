"""What every document shows, decided once: frozen values and finished French sentences, no frame, no path.

`view.build` makes a `Report` from the tables of the chain; HTML, PDF and the workbook only lay it out.
Texts of ideas are kept as typed: each renderer escapes them in its own way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.report.facts.ideas import Idea
from pipeline.report.facts.labs import Lab
from pipeline.report.facts.tallies import Review, Trust
from pipeline.report.facts.themes import Family, Theme
from pipeline.report.facts.work import Work

UNRESTRICTED = 1
"""Threshold of a view that withholds nothing of holders but their names: for the team alone."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure: `value` in large, `label` under it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked of the reader: what to do, why, and the section (an anchor) that helps do it."""

    title: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its table.

    Attributes:
        key: names it in a page and in files.
        title: the finding.
        drawn: SVG whose colours are names of the scheme (see `pictures`).
        heads: of the table.
        rows: of the table, numbers as French text.
        note: how to read it; may be empty.
    """

    key: str
    title: str
    drawn: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Titles:
    """Title of each section: its finding."""

    themes: str
    labs: str
    map: str
    weak: str
    near: str
    review: str
    trust: str


_UNREAD = Work()
_ALL_PENDING = "Aucune suite n’est encore enregistrée : quand elle le sera, elle figurera sous chaque idée."
_SOME_PENDING = "Une idée sous laquelle aucune suite ne figure attend encore la sienne."


@dataclass(frozen=True)
class Report:
    """Everything the overall report shows.

    `due` says when directorates are to answer, or is empty; `last_day` is the ISO date of the last idea, or empty;
    `threshold` is the fewest agents told apart; `seated` and `waiting` count people once each, those waiting being
    without any seat; `outside` counts those of no group by code of the reason (see `outside`). `work` is the state of
    the work, stamped on every document.
    """

    title: str
    organisation: str
    contact: str
    due: str
    period: str
    last_day: str
    threshold: int
    headline: str
    lead: str
    figures: tuple[Figure, ...]
    findings: tuple[str, ...]
    asks: tuple[Ask, ...]
    titles: Titles
    themes: tuple[Theme, ...]
    families: tuple[Family, ...]
    ideas: tuple[Idea, ...]
    labs: tuple[Lab, ...]
    seated: int
    waiting: int
    outside: Mapping[str, int]
    near_pairs: tuple[tuple[str, str], ...]
    pictures: tuple[Picture, ...]
    review: Review
    trust: Trust
    work: Work = _UNREAD

    @property
    def restricted(self) -> bool:
        """Whether it tells agents apart, and is for the team alone."""
        return self.threshold <= UNRESTRICTED

    @property
    def twice(self) -> str:
        """A sentence for a column of people in line that sums to more than those who wait; empty when it does not."""
        lines = sum(lab.waiting for lab in self.labs)
        return "Une personne peut attendre dans deux groupes." if lines > self.waiting else ""

    @property
    def pending(self) -> str:
        """A sentence on the ideas whose outcome is not known yet; empty when all are."""
        known = sum(bool(idea.outcome) for idea in self.ideas)
        if known == len(self.ideas):
            return ""
        return _SOME_PENDING if known else _ALL_PENDING

    @cached_property
    def weak(self) -> tuple[Idea, ...]:
        """The weak signals."""
        return tuple(idea for idea in self.ideas if idea.weak)

    @cached_property
    def idea(self) -> dict[str, Idea]:
        """Ideas by id."""
        return {idea.idea_id: idea for idea in self.ideas}

    @cached_property
    def theme(self) -> dict[str, Theme]:
        """Themes by id."""
        return {theme.theme_id: theme for theme in self.themes}
