"""Possible seats: affinities, wishes and decisions in, who could sit where out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.assign.inputs.problem import SCALE
from pipeline.assign.inputs.rules import Rules
from pipeline.assign.inputs.wishes import Wish, groups_of
from pipeline.french import fold
from pipeline.params import AssignParams


@dataclass(frozen=True, slots=True)
class Seat:
    """A possible seat and where it comes from.

    Attributes:
        person: id.
        lab: id.
        affinity: 0 to 1000.
        ideas: of the person, in this theme, strongest first.
        near: those of them whose link to it is to be checked: close to it only, or no word of theirs says it.
        wish: rank of the wish; 0: none.
        fixed: an analyst decided it.
        announced: the person was told of it.
        exempt: not looked at by the goal on the worst affinity.
    """

    person: str
    lab: str
    affinity: int
    ideas: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    wish: int = 0
    fixed: bool = False
    announced: bool = False
    exempt: bool = False


Seats = dict[tuple[str, str], Seat]


def possible_seats(affinity: pd.DataFrame, rules: Rules, params: AssignParams) -> tuple[Seat, ...]:
    """Return the seats that may be taken, sorted by person then lab.

    From ideas and wishes, of the smallest affinity at least; anywhere, for a volunteer without a wish; with people to
    stay with. All of them where the person is admitted; those an analyst fixed; and those that were announced, unless
    the person cannot come, is banned from there or the group is closed.

    Args:
        affinity: see `affinity.holder_affinity`.
        rules: see `rules.read_rules`.
        params: floor and weight of wishes.
    """
    seats = _from_ideas(affinity, rules)
    for wish in rules.wishes:
        seats |= _wished(seats, wish, params.wish_weight)
    seats |= _anywhere(seats, rules)
    floor, admitted = least_affinity(params), Door(rules)
    enough = {key: seat for key, seat in seats.items() if seat.affinity >= floor or seat.exempt}
    allowed = {key: seat for key, seat in enough.items() if admitted(seat)}
    told = {key: seat for key, seat in _announced(seats, rules).items() if not admitted.refusal(seat)}
    shared = _shared(allowed | told | _fixed(seats | told, rules.wishes), rules.wishes, admitted)
    return tuple(shared[key] for key in sorted(shared))


def least_affinity(params: AssignParams) -> int:
    """Return the affinity, in thousandths, under which a seat is not proposed."""
    return max(1, round(SCALE * params.min_affinity))


def _from_ideas(affinity: pd.DataFrame, rules: Rules) -> Seats:
    by_theme = {lab.theme_id: lab.lab_id for lab in rules.groups}
    seats: Seats = {}
    for row in affinity[affinity["theme_id"].isin(by_theme)].to_dict("records"):
        person, lab = str(row["holder_id"]), by_theme[row["theme_id"]]
        seat = Seat(person, lab, int(row["affinity"]), tuple(row["ideas"]), (*row["near"], *row["silent"]))
        seats[seat.person, seat.lab] = seat
    return seats


def _anywhere(seats: Seats, rules: Rules) -> Seats:
    """Volunteers without an idea or a wish may sit in any group that admits them."""
    known = {person for person, _ in seats}
    free = [wish.person for wish in rules.wishes if wish.volunteer and wish.person not in known]
    return {(p, lab.lab_id): Seat(p, lab.lab_id, 0, exempt=True) for p in free for lab in rules.groups}


def _wished(seats: Seats, wish: Wish, weight: float) -> Seats:
    """A wish adds to the affinity as one more idea would, the first the most: 1 − (1 − a)(1 − weight / rank)."""
    found = {}
    for rank, lab in enumerate(wish.wishes, start=1):
        seat = seats.get((wish.person, lab), Seat(wish.person, lab, 0))
        affinity = round(SCALE - (SCALE - seat.affinity) * (1 - weight / rank))
        found[wish.person, lab] = replace(seat, affinity=affinity, wish=rank)
    return found


class Door:
    """Who may sit where, affinity apart: open labs, people who can come, bans, trades."""

    def __init__(self, rules: Rules) -> None:
        self._labs = {lab.lab_id: lab for lab in rules.groups}
        self._wishes = {wish.person: wish for wish in rules.wishes}
        self._occupations = rules.people["occupation"].to_dict()
        self._slots = {rule.lab_id: set(map(fold, rule.slots)) for rule in rules.labs}

    def __call__(self, seat: Seat) -> bool:
        """Return whether the person is admitted."""
        admits = self._labs[seat.lab].admits
        return not self.refusal(seat) and (not admits or self._occupations[seat.person] in admits)

    def refusal(self, seat: Seat) -> str:
        """Return the decision that closes the door whatever was announced, by its code; empty: none."""
        wish = self._wishes.get(seat.person)
        if seat.person not in self._occupations:
            return "person"
        if wish is not None and wish.unavailable:
            return "unavailable"
        if wish is not None and seat.lab in (*wish.banned, *wish.facilitates):
            return "banned" if seat.lab in wish.banned else "facilitates"
        if self._labs[seat.lab].closed:
            return "closed"
        return "slots" if wish is not None and self._never(wish, seat.lab) else ""

    def _never(self, wish: Wish, lab: str) -> bool:
        """Whether the lab meets at no time when the person can come."""
        return bool(wish.slots and self._slots.get(lab)) and self._slots[lab].isdisjoint(wish.slots)


def refused(rules: Rules) -> tuple[tuple[str, str, str], ...]:
    """Return the announced seats that decisions made since leave no room for: (person, lab, code of the decision)."""
    door = Door(rules)
    found = [(person, lab, door.refusal(Seat(person, lab, 0))) for person, lab in sorted(rules.announced)]
    return tuple(one for one in found if one[2])


def _shared(seats: Seats, wishes: Sequence[Wish], admitted: Door) -> Seats:
    """Add the seats that let people kept together follow each other."""
    found = dict(seats)
    for group in groups_of(wishes):
        labs = {lab for person, lab in seats if person in group}
        extra = (Seat(person, lab, 0, exempt=True) for person in group for lab in labs)
        found |= {(s.person, s.lab): s for s in extra if (s.person, s.lab) not in seats and admitted(s)}
    return found


def _announced(seats: Seats, rules: Rules) -> Seats:
    return {key: replace(seats.get(key, Seat(*key, 0)), announced=True, exempt=True) for key in rules.announced}


def _fixed(seats: Seats, wishes: Sequence[Wish]) -> Seats:
    keys = [(wish.person, lab) for wish in wishes for lab in wish.fixed]
    return {key: replace(seats.get(key, Seat(*key, 0)), fixed=True, exempt=True) for key in keys}
