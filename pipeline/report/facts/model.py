"""What every document shows, decided once: frozen values and finished French sentences, no frame, no path.

`view.build` makes a `Report` from the tables of the chain; HTML, PDF and the workbook only lay it out.
Texts of ideas are kept as typed: each renderer escapes them in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.report.facts.tallies import Review, Trust
from pipeline.report.facts.work import Work

UNRESTRICTED = 1
"""Threshold of a view that withholds nothing of holders but their names: for the team alone."""
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
class Mark:
    """How a theme looks on the map: its number (that of files and commands), a colour (1 to 8) and a shape (1 to 4).

    Colour and shape are a pair of its own up to 32 themes.
    """

    number: str
    colour: int
    shape: int


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


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-theme: its id as in the exports, its title, its ideas."""

    node_id: str
    label: str
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a theme says in the words of an idea: a whole sentence, the idea it is taken from, others behind it.

    `read`: a reader says that the others propose the same; otherwise they share its words.
    """

    text: str
    idea_id: str
    behind: tuple[str, ...]
    read: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """Themes that resemble one another: id as in the exports, anchor in a page, title, theme ids, number of ideas."""

    node_id: str
    anchor: str
    label: str
    themes: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme.

    Attributes:
        theme_id: as in the exports.
        anchor: of the theme in a page.
        mark: on the map.
        label: its title.
        summary: what it is about, in a person's words; empty until somebody writes it.
        claims: what its ideas say, those with most ideas behind first.
        key_phrases: most telling first.
        kind: minilab, communaute_metier or reponse_direction; empty while none is chosen.
        kind_label: the same, for people.
        kind_reason: why this kind is suggested.
        size: number of ideas.
        holders: number of agents who filed them, or None when it is not given (small counts).
        found: "Retrouvé dans 17 calculs sur 20", or that stability was not measured.
        draws: (found in, out of), or None.
        certainty: how often it is found again: souvent, parfois, rarement; or empty.
        spread: transversality in words, empty when unknown or for few holders.
        rests_on: whether its words or its meaning alone give it, in words; empty when unknown.
        difference: phrases that set it apart from its nearest theme.
        nearest_id: that theme, or empty.
        typical: ids of its typical ideas, most typical first.
        borderline: ids of ideas that could sit elsewhere.
        ideas: ids of all its ideas, typical first.
        parts: its sub-themes, none when it is told in one.
        nameless: no title says honestly what its ideas share: people have to split, title or dissolve it first.
    """

    theme_id: str
    anchor: str
    mark: Mark
    label: str
    summary: str
    claims: tuple[Claim, ...]
    key_phrases: tuple[str, ...]
    kind: str
    kind_label: str
    kind_reason: str
    size: int
    holders: int | None
    found: str
    draws: tuple[int, int] | None
    certainty: str
    spread: str
    rests_on: str
    difference: tuple[str, ...]
    nearest_id: str
    typical: tuple[str, ...]
    borderline: tuple[str, ...]
    ideas: tuple[str, ...]
    parts: tuple[Part, ...]
    nameless: bool = False


@dataclass(frozen=True, slots=True)
class Lab:
    """One working group.

    Attributes:
        lab_id: as in the exports.
        theme_id: of its theme.
        label: its title.
        kind_label: MiniLab or Communauté de métier.
        placed: people seated.
        minimum: seats to fill at least.
        maximum: seats at the most.
        waiting: people in line.
        mixing: "12 directions, 3 types de site".
        state: "au complet", "8 places libres", "sous le minimum"...
    """

    lab_id: str
    theme_id: str
    label: str
    kind_label: str
    placed: int
    minimum: int
    maximum: int
    waiting: int
    mixing: str
    state: str

    @property
    def open(self) -> bool:
        """Whether anybody sits in it."""
        return self.placed > 0


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


NOBODY = "Non ouvert, faute de membres"
"""State of a group without a member for which nobody waits."""
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
