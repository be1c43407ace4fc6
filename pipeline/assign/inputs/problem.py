"""What is to be decided, as plain arrays: people, labs, possible seats and the rules between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

SCALE = 1000
"""Affinities are integers between 0 and 1000, so that the value of a goal is exact."""


@dataclass(frozen=True, slots=True)
class Lab:
    """A group to be filled.

    Attributes:
        lab_id: stable, made from the theme's id.
        theme_id: the theme it works on.
        label: shown to people.
        kind: `minilab` or `communaute_metier`.
        minimum: seats below which it does not open.
        maximum: seats.
        admits: occupations that may sit there; empty: all.
        closed: an analyst decided that it does not take place.
        seat: the town where it meets; empty: not known.
    """

    lab_id: str
    theme_id: str
    label: str
    kind: str
    minimum: int
    maximum: int
    admits: tuple[str, ...] = ()
    closed: bool = False
    seat: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Pairs:
    """Possible seats, one a row, sorted by person then lab; all arrays have the same length.

    Attributes:
        person: index in `Problem.people`.
        lab: index in `Problem.labs`.
        affinity: 0 to 1000.
        fixed: the person has to sit there.
        exempt: the goal on the worst affinity does not look at it (fixed, or there to keep people together).
        announced: the person was told so; held after fixed seats and before any rule of a group (see `held`).
        distance: kilometres from the person's place to the lab's seat; 0 when either is not known.
        tie: a hash of the two ids, the last resort between equal results.
    """

    person: Ints
    lab: Ints
    affinity: Ints
    fixed: Flags
    exempt: Flags
    announced: Flags
    distance: Ints
    tie: Ints


@dataclass(frozen=True, eq=False, slots=True)
class Cap:
    """At the most a share of a lab's seats for one group.

    Attributes:
        lab: index.
        attribute: column of the group ("directorate").
        value: of that column.
        members: people of the group, by index.
        share: 2/5 for "40 %": `5 × (members seated − extra) ≤ 2 × seats`, in integers.
        extra: members allowed above the share, when decisions leave no other way; a fraction of one where the share
            of a whole number of seats is one.
    """

    lab: int
    attribute: str
    value: str
    members: Ints
    share: Fraction
    extra: Fraction = Fraction(0)


@dataclass(frozen=True, eq=False, slots=True)
class AtLeast:
    """A number of seats for one group, when the lab opens.

    Attributes:
        lab: index.
        attribute: column of the group ("site_type").
        value: of that column.
        members: people of the group, by index.
        count: smallest number.
    """

    lab: int
    attribute: str
    value: str
    members: Ints
    count: int


@dataclass(frozen=True, eq=False, slots=True)
class Alone:
    """Nobody alone of a group in a lab: none of its members, or `least` at the least.

    Attributes:
        lab: index.
        attribute: column of the group ("site_type").
        value: of that column.
        members: people of the group, by index.
        least: two; one when decisions leave no other way.
    """

    lab: int
    attribute: str
    value: str
    members: Ints
    least: int = 2


@dataclass(frozen=True, eq=False, slots=True)
class Slot:
    """A time when a lab may meet; of all its slots it takes one.

    Attributes:
        lab: index.
        name: as people wrote it.
        absent: people who cannot come then, by index.
    """

    lab: int
    name: str
    absent: Ints


@dataclass(frozen=True, eq=False)
class Problem:
    """Everything the solver knows.

    Attributes:
        people: ids, sorted.
        labs: sorted by id.
        pairs: possible seats; a pair that is not there is forbidden.
        most: by person, the largest number of labs.
        volunteers: by person, comes without an idea: seated in a second pass.
        lottery: by person, the number drawn, should volunteers outnumber seats.
        caps: see `Cap`.
        at_least: see `AtLeast`.
        alone: see `Alone`.
        slots: see `Slot`; a lab without one meets at any time.
        together: pairs of people (indices) who share all their labs.
        apart: pairs of people who share none.
    """

    people: tuple[str, ...]
    labs: tuple[Lab, ...]
    pairs: Pairs
    most: Ints
    volunteers: Flags
    lottery: Ints
    caps: tuple[Cap, ...] = ()
    at_least: tuple[AtLeast, ...] = ()
    alone: tuple[Alone, ...] = ()
    slots: tuple[Slot, ...] = ()
    together: tuple[tuple[int, int], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()

    @cached_property
    def index(self) -> dict[tuple[int, int], int]:
        """(person, lab) → row in `pairs`."""
        return {
            (int(p), int(lab)): row for row, (p, lab) in enumerate(zip(self.pairs.person, self.pairs.lab, strict=True))
        }

    @cached_property
    def eligible(self) -> Flags:
        """By person: at least one seat is possible."""
        flags = np.zeros(len(self.people), dtype=bool)
        flags[self.pairs.person] = True
        return flags

    def only(self, rows: Flags) -> Problem:
        """Return the problem with the possible seats in `rows` and no other; people keep their index."""
        kept = Pairs(*(getattr(self.pairs, name)[rows] for name in Pairs.__dataclass_fields__))
        return replace(self, pairs=kept)

    def sizes(self, chosen: Flags) -> Ints:
        """Return the people seated in each lab when the pairs in `chosen` are."""
        return np.bincount(self.pairs.lab[chosen], minlength=len(self.labs)).astype(np.int64)

    def seated(self, chosen: Flags) -> Flags:
        """Return who has a seat."""
        flags = np.zeros(len(self.people), dtype=bool)
        flags[self.pairs.person[chosen]] = True
        return flags

    def count(self, chosen: Flags, lab: int, members: Ints) -> int:
        """Return how many of `members` sit in `lab`."""
        inside = self.pairs.person[chosen & (self.pairs.lab == lab)]
        return int(np.isin(inside, members).sum())
