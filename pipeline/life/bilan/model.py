"""The full review of a contest: what it received, who took part, what groups made, what became of it all.

Facts only, counted from tables; every figure says from which. It is for everyone: no name, and no count that would
tell a few people apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.life.answers import Answer
from pipeline.life.attendance import Note, Presence, Share
from pipeline.life.sessions import Session
from pipeline.report.facts.follow_up import Step
from pipeline.report.facts.tallies import Count

IDEAS, PEOPLE, WORK, ENDS, ASKED = "Idées", "Agents", "Groupes de travail", "Fins des groupes", "Directions"
"""Titles of the parts, in the order of the review."""
OPEN_END = "Groupes dont la fin n’est pas décidée"
ANSWERED_IDEAS = "Idées dont la suite est décidée"
"""As `breakdowns.review` calls it."""
OWN, DONE = "dont décidées pour elles-mêmes", "parmi celles-ci, réalisées"
WITH_GROUP, WITH_THEME = "dont suivant le sort de leur groupe", "dont suivant la réponse donnée à leur thème"
WAITING = "Idées en attente d’une suite"
GIVEN, LACKING = "Réponses données", "Réponses encore attendues"
LATE = "Réponses dont la date annoncée est dépassée"
"""Of those given: a directorate that says nothing announced no date."""


@dataclass(frozen=True, slots=True)
class Registered:
    """One person who registered, without a name.

    Attributes:
        volunteer: brought no idea.
        withdrawn: gave up since.
    """

    volunteer: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Year:
    """What the year left in the tables, beside those of the chain.

    Attributes:
        registered: one line a person; None where the private table is not there.
        sessions: see `sessions`.
        presences: see `attendance`.
        minutes: see `attendance`.
        made: deliverables.
        asked: directorate → ideas and themes it was asked about.
        answers: of directorates.
        steps: of the follow-up table, oldest first.
    """

    registered: tuple[Registered, ...] | None = None
    sessions: tuple[Session, ...] = ()
    presences: tuple[Presence, ...] = ()
    minutes: tuple[Note, ...] = ()
    made: tuple[Note, ...] = ()
    asked: Mapping[str, Sequence[str]] | None = None
    answers: tuple[Answer, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One figure.

    Attributes:
        part: title of the part it stands in.
        label: what is counted.
        value: None when it would tell a few people apart.
        table: where it is counted.
        rule: which lines.
        before: the same figure of a former contest; None without.
    """

    part: str
    label: str
    value: int | None
    table: str
    rule: str
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One working group over the year.

    Attributes:
        lab_id: as in the tables.
        label: its title.
        kind: in words.
        members: people with a seat.
        planned: sessions with a date.
        held: sessions of which presences or minutes are noted.
        made: deliverables.
        end: the last way it went on or ended, a word of the follow-up table; empty: none.
        who: directorate or function that it went to.
    """

    lab_id: str
    label: str
    kind: str
    members: int
    planned: int
    held: int
    made: int
    end: str
    who: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What one directorate was asked and answered: lines, those past their date, since when (ISO, or empty)."""

    directorate: str
    asked: int
    answered: int
    late: int
    since: str

    @property
    def lacking(self) -> int:
        """How many questions have no answer."""
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class Made:
    """One deliverable, as its group tells it."""

    group: str
    title: str
    summary: str
    link: str


@dataclass(frozen=True, slots=True)
class Bilan:
    """The facts of the review.

    Attributes:
        day: ISO date of the review.
        former: whether figures of a former contest stand beside.
        lines: every figure, by part.
        groups: those with members, as the report lists them.
        shares: attribute in words → who came at least once; none where all is small.
        outcomes: ideas by the last step they reached.
        asked: by directorate; those with something late first.
        made: deliverables, in the order of the groups.
        threshold: fewer people than this are never told apart.
        registered: whether registrations are known.
    """

    day: str
    former: bool
    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    shares: tuple[tuple[str, tuple[Share, ...]], ...]
    outcomes: tuple[Count, ...]
    asked: tuple[Asked, ...]
    made: tuple[Made, ...]
    threshold: int
    registered: bool

    def value(self, label: str) -> int:
        """Return a figure; 0 where it is withheld or not there."""
        return next((line.value or 0 for line in self.lines if line.label == label), 0)

    @property
    def complete(self) -> bool:
        """Whether every idea, group and question to a directorate has its end."""
        ended = all(group.end for group in self.groups)
        answered = all(line.answered >= line.asked for line in self.asked)
        return ended and answered and self.value("Idées analysées") == self.value(ANSWERED_IDEAS) > 0
