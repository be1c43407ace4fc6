"""From possible seats and decisions to a `Problem`: arrays, and the rules of each group."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from pipeline.assign.inputs.lab_rules import CATEGORIES
from pipeline.assign.inputs.places import kilometres, town
from pipeline.assign.inputs.problem import Alone, AtLeast, Cap, Flags, Ints, Pairs, Problem, Slot
from pipeline.assign.inputs.rules import Rules
from pipeline.assign.inputs.seats import Seat, possible_seats
from pipeline.assign.inputs.wishes import Wish, groups_of
from pipeline.french import fold
from pipeline.params import AssignParams
from pipeline.words.kinds import OF_TRADE
from pipeline.words.seats import PRIVATE

Couples = tuple[tuple[int, int], ...]


@dataclass(frozen=True, eq=False, slots=True)
class Case:
    """A problem and what its words are made from.

    Attributes:
        problem: what is solved.
        seats: in the order of `problem.pairs`.
        rules: decisions, people and groups.
        unknown_places: places and seats without known coordinates, when a distance was asked for.
    """

    problem: Problem
    seats: tuple[Seat, ...]
    rules: Rules
    unknown_places: tuple[str, ...]

    @property
    def guests(self) -> frozenset[str]:
        """Volunteers who came without an idea, whichever pass seats them."""
        own = {seat.person for seat in self.seats if seat.ideas}
        return frozenset(wish.person for wish in self.rules.wishes if wish.volunteer) - own


def assemble(affinity: pd.DataFrame, rules: Rules, params: AssignParams, seed: int) -> Case:
    """Return the case to solve.

    Args:
        affinity: see `affinity.holder_affinity`.
        rules: see `rules.read_rules`.
        params: floor, weights, shares.
        seed: of the draws.
    """
    seats = possible_seats(affinity, rules, params)
    people = tuple(sorted({seat.person for seat in seats}))
    number = {person: row for row, person in enumerate(people)}
    wishes = {wish.person: wish for wish in rules.wishes}
    together, members = _together(rules.wishes, number), _Members(rules, number)
    distance, unknown = _distances(seats, rules)
    problem = Problem(
        people=people,
        labs=rules.groups,
        pairs=_pairs(seats, number, rules, distance, seed),
        most=np.array([_most(wishes.get(person), params) for person in people], dtype=np.int64),
        volunteers=_volunteers(people, seats, wishes, together),
        lottery=np.array([draw(seed, "tirage", person) for person in people], dtype=np.int64),
        caps=(*_caps(rules, members, params), *_balance(rules, number, params)),
        at_least=_at_least(rules, members),
        alone=_alone(rules, members, params),
        slots=_slots(rules, number),
        together=together,
        apart=_apart(rules.wishes, number),
    )
    return Case(problem, seats, rules, unknown)


def _most(wish: Wish | None, params: AssignParams) -> int:
    return params.max_labs if wish is None or wish.most is None else wish.most


def _together(wishes: Sequence[Wish], number: Mapping[str, int]) -> Couples:
    couples = set()
    for group in groups_of(wishes):
        members = sorted(number[person] for person in group if person in number)
        couples |= {(members[0], other) for other in members[1:]}
    return tuple(sorted(couples))


def _apart(wishes: Sequence[Wish], number: Mapping[str, int]) -> Couples:
    named = {(wish.person, other) for wish in wishes for other in wish.apart}
    known = [(number[one], number[other]) for one, other in named if one in number and other in number]
    return tuple(sorted({(min(couple), max(couple)) for couple in known}))


def _volunteers(people: Sequence[str], seats: Iterable[Seat], wishes: Mapping[str, Wish], together: Couples) -> Flags:
    """Who comes second: volunteers without an idea, a fixed or announced seat, or a tie to the first pass."""
    first = {seat.person for seat in seats if seat.ideas or seat.fixed or seat.announced}
    late = {person for person, wish in wishes.items() if wish.volunteer} - first
    flags = np.array([person in late for person in people], dtype=bool)
    for one, other in (*together, *together):
        flags[one] = flags[other] = flags[one] and flags[other]
    return flags


def _distances(seats: Sequence[Seat], rules: Rules) -> tuple[Ints, tuple[str, ...]]:
    """Return kilometres by possible seat, 0 where nothing is asked or known, and the places that are not known."""
    towns, places = {lab.lab_id: lab.seat for lab in rules.groups}, rules.people["place"].to_dict()
    trips = [(str(places.get(seat.person, "")), towns[seat.lab]) for seat in seats]
    asked = {trip: kilometres(*trip) for trip in set(trips) if trip[1]}
    unknown = _unknown({*towns.values(), *(place for trip in asked for place in trip)})
    return np.array([asked.get(trip) or 0 for trip in trips], dtype=np.int64), unknown


def _unknown(places: Iterable[str]) -> tuple[str, ...]:
    """Return the places that are no town we know, sorted."""
    return tuple(sorted(place for place in places if place and town(place) is None))


def _pairs(seats: Sequence[Seat], number: Mapping[str, int], rules: Rules, distance: Ints, seed: int) -> Pairs:
    lab_of = {lab.lab_id: row for row, lab in enumerate(rules.groups)}
    return Pairs(
        person=np.array([number[seat.person] for seat in seats], dtype=np.int64),
        lab=np.array([lab_of[seat.lab] for seat in seats], dtype=np.int64),
        affinity=np.array([seat.affinity for seat in seats], dtype=np.int64),
        fixed=np.array([seat.fixed for seat in seats], dtype=bool),
        exempt=np.array([seat.exempt for seat in seats], dtype=bool),
        announced=np.array([seat.announced for seat in seats], dtype=bool),
        distance=distance,
        tie=np.array([draw(seed, seat.person, seat.lab) for seat in seats], dtype=np.int64),
    )


def draw(seed: int, *ids: str) -> int:
    """Return a number between 0 and 65535 that only the seed and the ids decide."""
    digest = hashlib.sha256("\0".join([str(seed), *ids]).encode()).digest()
    return int.from_bytes(digest[:2])


class _Members:
    """People by value of an attribute, looked up once an attribute."""

    def __init__(self, rules: Rules, number: Mapping[str, int]) -> None:
        self._people = rules.people.loc[[person for person in rules.people.index if person in number]]
        self._rows = np.array([number[person] for person in self._people.index], dtype=np.int64)
        self._known: dict[str, dict[str, Ints]] = {}

    def __call__(self, column: str) -> dict[str, Ints]:
        if column not in self._known:
            values = self._people[column].to_numpy()
            named = sorted({str(value) for value in values if value})
            self._known[column] = {value: np.sort(self._rows[values == value]) for value in named}
        return self._known[column]


def _caps(rules: Rules, members: _Members, params: AssignParams) -> tuple[Cap, ...]:
    """The shares decided for a lab; without one, no directorate over `max_share` of a MiniLab.

    A trade community has no default: its trade is often that of one directorate.
    """
    decided = {rule.lab_id: rule.shares for rule in rules.labs}
    caps = []
    for row, lab in enumerate(rules.groups):
        shares = {} if lab.kind in OF_TRADE else {"directorate": Fraction(str(params.max_share))}
        for column, share in sorted((shares | decided.get(lab.lab_id, {})).items()):
            if share < 1:
                caps += [Cap(row, column, value, people, share) for value, people in members(column).items()]
    return tuple(caps)


def _at_least(rules: Rules, members: _Members) -> tuple[AtLeast, ...]:
    row_of = {lab.lab_id: row for row, lab in enumerate(rules.groups)}
    nobody = np.array([], dtype=np.int64)
    return tuple(
        AtLeast(row_of[rule.lab_id], column, value, members(column).get(value, nobody), count)
        for rule in rules.labs
        for column, value, count in rule.at_least
    )


def _alone(rules: Rules, members: _Members, params: AssignParams) -> tuple[Alone, ...]:
    """What nobody may be alone of in each lab: as decided for it, else as the parameters say."""
    decided = {rule.lab_id: rule.alone for rule in rules.labs if rule.alone is not None}
    default = tuple(sorted(CATEGORIES[name] for name in params.never_alone))
    return tuple(
        Alone(row, column, value, people)
        for row, lab in enumerate(rules.groups)
        for column in decided.get(lab.lab_id, default)
        for value, people in members(column).items()
    )


def _slots(rules: Rules, number: Mapping[str, int]) -> tuple[Slot, ...]:
    """The times when each lab may meet, and who cannot come then: people who said nothing always can."""
    row_of = {lab.lab_id: row for row, lab in enumerate(rules.groups)}
    can = {wish.person: wish.slots for wish in rules.wishes if wish.slots and wish.person in number}
    return tuple(
        Slot(
            row_of[rule.lab_id],
            slot,
            np.array(sorted(number[who] for who, own in can.items() if fold(slot) not in own), dtype=np.int64),
        )
        for rule in rules.labs
        for slot in rule.slots
    )


def _balance(rules: Rules, number: Mapping[str, int], params: AssignParams) -> Iterator[Cap]:
    """No value of the private table much more present in a lab than among all: its share there, and the margin."""
    margin = Fraction(str(params.balance_margin))
    for column in rules.private:
        known = {person: value for person, value in column.items() if person in number}
        for value in sorted(set(known.values())):
            people = np.array(sorted(number[who] for who, own in known.items() if own == value), dtype=np.int64)
            share = Fraction(len(people), len(known)) + margin
            if share < 1:
                yield from (Cap(row, PRIVATE, "", people, share) for row in range(len(rules.groups)))
