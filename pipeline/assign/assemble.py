"""From rules and affinities to a `Problem`: who can sit where, and the rules of each group."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pandas as pd

from pipeline.assign.labs import COMMUNITY
from pipeline.assign.places import kilometres, town
from pipeline.assign.problem import SCALE, AtLeast, Cap, Pairs, Problem
from pipeline.assign.rules import Rules
from pipeline.assign.wishes import Wish
from pipeline.params import AssignParams


@dataclass(frozen=True, slots=True)
class Seat:
    """A possible seat and where it comes from.

    Attributes:
        person: id.
        lab: id.
        affinity: 0 to 1000.
        ideas: of the person, in this theme, strongest first.
        wish: rank of the wish; 0: none.
        fixed: an analyst decided it.
        exempt: not looked at by the goal on the worst affinity.
    """

    person: str
    lab: str
    affinity: int
    ideas: tuple[str, ...] = ()
    wish: int = 0
    fixed: bool = False
    exempt: bool = False


Seats = dict[tuple[str, str], Seat]


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


def assemble(affinity: pd.DataFrame, rules: Rules, params: AssignParams, seed: int) -> Case:
    """Return the case to solve.

    Args:
        affinity: see `affinity.holder_affinity`.
        rules: see `rules.read_rules`.
        params: floor, weights, shares.
        seed: of the draws.
    """
    possible = _possible(affinity, rules, params)
    seats = tuple(possible[key] for key in sorted(possible))
    people = tuple(sorted({seat.person for seat in seats}))
    number = {person: row for row, person in enumerate(people)}
    wishes = {wish.person: wish for wish in rules.wishes}
    together, apart = _couples(rules.wishes, number)
    pairs, unknown = _pairs(seats, number, rules, seed)
    problem = Problem(
        people=people,
        labs=rules.groups,
        pairs=pairs,
        most=np.array([_most(wishes.get(person), params) for person in people], dtype=np.int64),
        volunteers=_volunteers(people, seats, wishes, together),
        lottery=np.array([draw(seed, "tirage", person) for person in people], dtype=np.int64),
        caps=_caps(rules, number, params),
        at_least=_at_least(rules, number),
        together=together,
        apart=apart,
    )
    return Case(problem, seats, rules, unknown)


def _most(wish: Wish | None, params: AssignParams) -> int:
    return params.max_labs if wish is None or wish.most is None else wish.most


def _possible(affinity: pd.DataFrame, rules: Rules, params: AssignParams) -> Seats:
    by_theme = {lab.theme_id: lab.lab_id for lab in rules.groups}
    seats: Seats = {}
    for row in affinity[affinity["theme_id"].isin(by_theme)].to_dict("records"):
        seat = Seat(str(row["holder_id"]), by_theme[row["theme_id"]], int(row["affinity"]), tuple(row["ideas"]))
        seats[seat.person, seat.lab] = seat
    for wish in rules.wishes:
        seats |= _wished(seats, wish, params.wish_weight)
        if wish.volunteer and not wish.wishes and not any(person == wish.person for person, _ in seats):
            seats |= {(wish.person, lab.lab_id): Seat(wish.person, lab.lab_id, 0, exempt=True) for lab in rules.groups}
    floor = max(1, round(SCALE * params.min_affinity))
    admitted = _Door(rules)
    open_seats = {
        key: seat for key, seat in seats.items() if (seat.affinity >= floor or seat.exempt) and admitted(seat)
    }
    return _shared(open_seats | _fixed(seats, rules.wishes), rules.wishes, admitted)


def _wished(seats: Seats, wish: Wish, weight: float) -> Seats:
    """A wish adds to the affinity as one more idea would, the first the most: 1 − (1 − a)(1 − weight / rank)."""
    found = {}
    for rank, lab in enumerate(wish.wishes, start=1):
        seat = seats.get((wish.person, lab), Seat(wish.person, lab, 0))
        affinity = round(SCALE - (SCALE - seat.affinity) * (1 - weight / rank))
        found[wish.person, lab] = replace(seat, affinity=affinity, wish=rank)
    return found


class _Door:
    """Who may sit where, affinity apart: open labs, people who can come, bans, trades."""

    def __init__(self, rules: Rules) -> None:
        self._labs = {lab.lab_id: lab for lab in rules.groups}
        self._wishes = {wish.person: wish for wish in rules.wishes}
        self._occupations = rules.people["occupation"].to_dict()

    def __call__(self, seat: Seat) -> bool:
        lab, wish = self._labs[seat.lab], self._wishes.get(seat.person)
        if lab.closed or seat.person not in self._occupations:
            return False
        if wish is not None and (wish.unavailable or seat.lab in wish.banned):
            return False
        return not lab.admits or self._occupations[seat.person] in lab.admits


def _shared(seats: Seats, wishes: Sequence[Wish], admitted: _Door) -> Seats:
    """Add the seats that let people kept together follow each other."""
    found = dict(seats)
    for group in groups_of(wishes):
        labs = {lab for person, lab in seats if person in group}
        extra = (Seat(person, lab, 0, exempt=True) for person in group for lab in labs)
        found |= {(s.person, s.lab): s for s in extra if (s.person, s.lab) not in seats and admitted(s)}
    return found


def groups_of(wishes: Iterable[Wish]) -> list[frozenset[str]]:
    """Return the sets of people to keep together, those who cannot come left out."""
    absent = {wish.person for wish in wishes if wish.unavailable}
    groups: list[frozenset[str]] = []
    for wish in wishes:
        if wish.together and wish.person not in absent:
            merged = frozenset({wish.person, *wish.together} - absent)
            merged = merged.union(*(group for group in groups if group & merged))
            groups = [*(group for group in groups if not group & merged), merged]
    return [group for group in groups if len(group) > 1]


def _fixed(seats: Seats, wishes: Sequence[Wish]) -> Seats:
    keys = [(wish.person, lab) for wish in wishes for lab in wish.fixed]
    return {key: replace(seats.get(key, Seat(*key, 0)), fixed=True, exempt=True) for key in keys}


def _couples(
    wishes: Sequence[Wish], number: Mapping[str, int]
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    together = set()
    for group in groups_of(wishes):
        members = sorted(number[person] for person in group if person in number)
        together |= {(members[0], other) for other in members[1:]}
    apart = {
        (min(number[wish.person], number[other]), max(number[wish.person], number[other]))
        for wish in wishes
        for other in wish.apart
        if wish.person in number and other in number
    }
    return tuple(sorted(together)), tuple(sorted(apart))


def _volunteers(
    people: Sequence[str], seats: Iterable[Seat], wishes: Mapping[str, Wish], together: Iterable[tuple[int, int]]
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Who comes second: volunteers without an idea or a fixed seat, and not tied to someone of the first pass."""
    first = {seat.person for seat in seats if seat.ideas or seat.fixed}
    flags = np.array([p in wishes and wishes[p].volunteer and p not in first for p in people], dtype=bool)
    for one, other in (*together, *together):
        flags[one] = flags[other] = flags[one] and flags[other]
    return flags


def _pairs(seats: Sequence[Seat], number: Mapping[str, int], rules: Rules, seed: int) -> tuple[Pairs, tuple[str, ...]]:
    lab_of = {lab.lab_id: row for row, lab in enumerate(rules.groups)}
    town_of = {lab.lab_id: lab.seat for lab in rules.groups}
    places = rules.people["place"].to_dict()
    asked = {lab: seat for lab, seat in town_of.items() if seat}
    used = {places.get(seat.person, "") for seat in seats if seat.lab in asked} | set(asked.values())
    pairs = Pairs(
        person=np.array([number[seat.person] for seat in seats], dtype=np.int64),
        lab=np.array([lab_of[seat.lab] for seat in seats], dtype=np.int64),
        affinity=np.array([seat.affinity for seat in seats], dtype=np.int64),
        fixed=np.array([seat.fixed for seat in seats], dtype=bool),
        exempt=np.array([seat.exempt for seat in seats], dtype=bool),
        announced=np.array([(seat.person, seat.lab) in rules.announced for seat in seats], dtype=bool),
        distance=np.array(
            [(kilometres(places.get(s.person, ""), asked[s.lab]) or 0) if s.lab in asked else 0 for s in seats],
            dtype=np.int64,
        ),
        tie=np.array([draw(seed, seat.person, seat.lab) for seat in seats], dtype=np.int64),
    )
    return pairs, tuple(sorted(place for place in used if place and town(place) is None))


def draw(seed: int, *ids: str) -> int:
    """Return a number between 0 and 65535 that only the seed and the ids decide."""
    digest = hashlib.sha256("\0".join([str(seed), *ids]).encode()).digest()
    return int.from_bytes(digest[:2])


def _members(
    rules: Rules, number: Mapping[str, int], column: str
) -> dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    groups: dict[str, list[int]] = {}
    for person, value in rules.people[column].items():
        if person in number and value:
            groups.setdefault(str(value), []).append(number[str(person)])
    return {value: np.array(sorted(members), dtype=np.int64) for value, members in sorted(groups.items())}


def _caps(rules: Rules, number: Mapping[str, int], params: AssignParams) -> tuple[Cap, ...]:
    """The shares decided for a lab; without one, no directorate over `max_share` of a MiniLab.

    A trade community has no default: its trade is often that of one directorate.
    """
    decided = {rule.lab_id: rule.shares for rule in rules.labs}
    caps = []
    for row, lab in enumerate(rules.groups):
        shares = {} if lab.kind == COMMUNITY else {"directorate": Fraction(str(params.max_share))}
        for column, share in sorted((shares | decided.get(lab.lab_id, {})).items()):
            if share < 1:
                caps += [Cap(row, column, v, m, share) for v, m in _members(rules, number, column).items()]
    return tuple(caps)


def _at_least(rules: Rules, number: Mapping[str, int]) -> tuple[AtLeast, ...]:
    row_of = {lab.lab_id: row for row, lab in enumerate(rules.groups)}
    nobody = np.array([], dtype=np.int64)
    return tuple(
        AtLeast(row_of[rule.lab_id], column, value, _members(rules, number, column).get(value, nobody), count)
        for rule in rules.labs
        for column, value, count in rule.at_least
    )
