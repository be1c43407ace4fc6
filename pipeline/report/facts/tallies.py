"""What documents count and measure: lines of agents, steps of the review, how far to trust the result."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.words.proposals import Proposals


@dataclass(frozen=True, slots=True)
class Count:
    """A line of a table of counts; `value` is None when it is withheld (see `suppression`)."""

    label: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Agents by some attribute.

    Attributes:
        key: the attribute, as a column of `holders`.
        title: what is counted by what.
        total: of all lines, withheld ones included.
        counts: largest first, withheld ones last.
        note: what is withheld and why, or empty.
    """

    key: str
    title: str
    total: int
    counts: tuple[Count, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Review:
    """The review of the contest (*bilan*).

    Attributes:
        steps: from ideas received to ideas answered.
        outcomes: ideas by the last step that the follow-up table knows; empty when it is not kept.
        breakdowns: agents mobilised by directorate, kind of site, department.
        progress: since the last review, a sentence.
        groups: what became of themes and working groups that the follow-up table names: (title, sentences).
        nameless: of the agents counted, those whom nothing names: one for each idea filed without a name.
        decided: ideas whose outcome is decided.
    """

    steps: tuple[Count, ...]
    outcomes: tuple[Count, ...]
    breakdowns: tuple[Breakdown, ...]
    progress: str
    groups: tuple[tuple[str, str], ...] = ()
    nameless: int = 0
    decided: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement with a person's coding, by theme of that coding: (theme, found as, precision, recall), in words.

    `summary` is for everyone, `indices` for analysts.
    """

    summary: str
    indices: str
    rows: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Trust:
    """How far to trust the result: sentences, the comparison with a person's coding, the proposal beside, if any."""

    sentences: tuple[str, ...]
    agreement: Agreement | None
    preparation: tuple[str, ...]
    conflicts: tuple[str, ...]
    proposals: Proposals | None = None
