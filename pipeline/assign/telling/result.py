"""From a solution to the tables of the chain: labs, assignments, waiting list; facts, no sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from pipeline.assign.inputs.assemble import Case
from pipeline.assign.inputs.problem import SCALE, Flags, Ints
from pipeline.assign.inputs.seats import Door, Seat
from pipeline.assign.inputs.wishes import Wish
from pipeline.assign.telling.forcing import Bound, Cost
from pipeline.assign.telling.line import Turn, line

Facts = dict[str, Any]  # a cell is any value


@dataclass(frozen=True, eq=False, slots=True)
class Result:
    """Who sits where, in the tables of `schema`; their `reason` is made at the edge (see `seat_words`).

    Attributes:
        agents: see `schema.AGENTS`.
        labs: see `schema.LABS`.
        assignments: see `schema.ASSIGNMENTS`.
        waiting_list: see `schema.WAITING_LIST`.
        ledger: what was asked, what was reached, what is proven; ready for JSON (see `ledger`).
    """

    agents: pd.DataFrame
    labs: pd.DataFrame
    assignments: pd.DataFrame
    waiting_list: pd.DataFrame
    ledger: dict[str, Any]  # JSON holds any value


@dataclass(frozen=True, eq=False, slots=True)
class Themes:
    """What people's ideas are about, group or not.

    Attributes:
        affinity: see `affinity.holder_affinity`.
        without: theme_id → why its people have no group of it (see `labs.without_group`).
    """

    affinity: pd.DataFrame
    without: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Outcome:
    """A solved case, with what its tables say.

    Attributes:
        case: what was asked.
        chosen: by possible seat, taken.
        first: by possible seat, taken before volunteers came.
        costs: of seats that were not given, by possible seat.
        themes: see `Themes`.
        floor: affinity under which a seat is not proposed, in thousandths.
    """

    case: Case
    chosen: Flags
    first: Flags
    costs: Mapping[int, Cost]
    themes: Themes
    floor: int

    @cached_property
    def ranks(self) -> Ints:
        """By possible seat, its rank for the person: 1 for the highest affinity, then for the draw."""
        pairs = self.case.problem.pairs
        order = np.lexsort((-pairs.tie, -pairs.affinity, pairs.person))
        start = np.searchsorted(pairs.person[order], pairs.person[order])
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(len(order)) - start + 1
        return ranks

    @cached_property
    def sizes(self) -> Ints:
        """By lab, people seated."""
        return self.case.problem.sizes(self.chosen)

    @cached_property
    def waiting(self) -> Flags:
        """By possible seat: the person has none at all."""
        problem = self.case.problem
        return ~problem.seated(self.chosen)[problem.pairs.person]

    @cached_property
    def drawn(self) -> Flags:
        """By lab: full, and a volunteer who could sit there has no seat at all."""
        problem = self.case.problem
        left = self.waiting & problem.volunteers[problem.pairs.person]
        asked = np.bincount(problem.pairs.lab[left], minlength=len(problem.labs)) > 0
        return asked & (self.sizes >= np.array([lab.maximum for lab in problem.labs]))

    @cached_property
    def door(self) -> Door:
        """Who may sit where, affinity apart."""
        return Door(self.case.rules)

    @cached_property
    def wishes(self) -> dict[str, Wish]:
        """By person, their line of `people.csv`."""
        return {wish.person: wish for wish in self.case.rules.wishes}

    @cached_property
    def own(self) -> dict[str, list[dict[Any, Any]]]:
        """By person, their rows of `themes.affinity`, strongest first."""
        ordered = self.themes.affinity.sort_values(["affinity", "theme_id"], ascending=[False, True])
        return {str(person): rows.to_dict("records") for person, rows in ordered.groupby("holder_id")}

    def best_of(self, person: int) -> int:
        """Return the possible seat that suits a person best."""
        low, high = np.searchsorted(self.case.problem.pairs.person, [person, person + 1])
        return int(low + self.ranks[low:high].argmin())

    def why_not(self, row: int) -> Facts:
        """Return why the possible seat `row` was not given, in the columns of `schema`."""
        cost = self.costs.get(row) or Cost("unknown", bound=self._limit(row))
        own = {"own_floor": cost.own, "moved": cost.moved, "lost": cost.lost}
        bound = bound_facts(cost.bound or Bound(""))
        return {"cost": cost.kind, "loss": cost.loss, "floor": cost.floor, **own, **bound, "families": [*cost.families]}

    def _limit(self, row: int) -> Bound | None:
        """Return the limit that a lab shows to a person when nothing was solved again for this seat."""
        problem, pairs = self.case.problem, self.case.problem.pairs
        index, person = int(pairs.lab[row]), int(pairs.person[row])
        lab, size = problem.labs[index], int(self.sizes[index])
        if size == 0:
            return Bound("minimum", count=lab.minimum)
        if size >= lab.maximum:
            return Bound("maximum", count=lab.maximum, size=size)
        for cap in problem.caps:
            if cap.lab == index and person in cap.members:
                count = problem.count(self.chosen, index, cap.members)
                if count + 1 - cap.extra > cap.share * (size + 1):
                    return Bound("cap", cap.attribute, cap.value, count, size, float(cap.share))
        return None


def bound_facts(bound: Bound) -> Facts:
    """Return a rule in the columns of `schema`."""
    return {
        "bound": bound.rule,
        "bound_by": bound.attribute,
        "bound_value": bound.value,
        "bound_count": bound.count,
        "bound_size": bound.size,
        "bound_share": bound.share,
    }


NO_QUESTION: Facts = {
    "cost": "", "loss": 0, "floor": 0, "own_floor": False, "moved": 0, "lost": 0, **bound_facts(Bound("")),
    "families": [],
}  # fmt: skip
"""Columns of a seat about which nothing is asked."""
NOTHING: Facts = {
    "causes": [], "ideas": [], "near_ideas": [], "wish": 0, "helped": False, "drawn": False, "first_lab": "",
    **NO_QUESTION,
}  # fmt: skip
"""Columns of a row of assignments of which nothing is to be said."""


def assignments_table(outcome: Outcome) -> pd.DataFrame:
    """Return one row a seat taken, and one for each person without a seat, with the facts of the reason."""
    problem = outcome.case.problem
    taken = np.flatnonzero(outcome.chosen).tolist()
    seated = {outcome.case.seats[row].person for row in taken}
    number = {person: index for index, person in enumerate(problem.people)}
    rows = [_placed(outcome, row) for row in taken]
    for person in outcome.case.rules.people.index:
        if person in number and person not in seated:
            rows.append(_waits(outcome, outcome.best_of(number[person])))
        elif person not in number:
            causes = not_concerned(outcome, str(person))
            out = {"holder_id": person, "lab_id": "", "status": "not_concerned", "affinity": 0.0, "rank": None}
            rows.append({**NOTHING, **out, "reason_code": causes[0], "causes": causes})
    head = ["holder_id", "lab_id", "status", "affinity", "rank", "reason_code"]
    return pd.DataFrame(rows, columns=[*head, *NOTHING]).astype({"rank": "Int64"})


def _placed(outcome: Outcome, row: int) -> Facts:
    problem, seat, rank = outcome.case.problem, outcome.case.seats[row], int(outcome.ranks[row])
    person = int(problem.pairs.person[row])
    volunteer, late = seat.person in outcome.case.guests, bool(problem.volunteers[person])
    best = outcome.best_of(person)
    asked = rank > 1 and not (seat.fixed or seat.announced or outcome.chosen[best])
    return {
        **NOTHING,
        **_of_seat(seat, "volunteer" if volunteer else "placed", rank),
        "reason_code": _code(seat, volunteer=volunteer),
        "helped": not late and not outcome.first[row],
        "drawn": late and bool(outcome.drawn[problem.pairs.lab[row]]),
        **({"first_lab": outcome.case.seats[best].lab, **outcome.why_not(best)} if asked else {}),
    }


def _of_seat(seat: Seat, status: str, rank: int) -> Facts:
    own = {"ideas": list(seat.ideas), "near_ideas": list(seat.near), "wish": seat.wish}
    return {"holder_id": seat.person, "lab_id": seat.lab, "status": status, "affinity": seat.affinity / SCALE,
            "rank": rank, **own}  # fmt: skip


def _code(seat: Seat, *, volunteer: bool) -> str:
    """Return what the seat comes from, the strongest first."""
    codes = {
        "fixed": seat.fixed, "announced": seat.announced, "ideas": bool(seat.ideas), "wish": bool(seat.wish),
        "volunteer": volunteer, "together": True,
    }  # fmt: skip
    return next(code for code, true in codes.items() if true)


def _waits(outcome: Outcome, best: int) -> Facts:
    seat = outcome.case.seats[best]
    row = {**_of_seat(seat, "waiting", 1), "lab_id": "", "rank": None}
    return {**NOTHING, **row, "reason_code": "waiting", "first_lab": seat.lab, **outcome.why_not(best)}


def not_concerned(outcome: Outcome, person: str) -> list[str]:
    """Return why a person has no possible seat, from the strongest of their ideas' themes to the weakest.

    `unavailable`; `no_theme`: no idea in a theme; `near`: ideas that are only close to themes; `direction`: a theme
    that a directorate answers; `undecided`: one without a kind; `nameless`: one without a title; `closed`, `banned`;
    `trade`: a community of another trade; `weak`: too far from the group's subject.
    """
    wish = outcome.wishes.get(person, Wish(0, person))
    if wish.unavailable:
        return ["unavailable"]
    own = outcome.own.get(person, [])
    wished = [Seat(person, lab, outcome.floor) for lab in wish.wishes]
    of_theme = [row for row in own if set(row["near"]) < set(row["ideas"])]
    causes = [_cause(outcome, row) for row in of_theme] + [_refusal(outcome, seat) for seat in wished]
    last = "near" if own else "no_group" if wish.volunteer else "no_theme"
    return list(dict.fromkeys(causes)) or [last]


def _cause(outcome: Outcome, row: Mapping[Any, Any]) -> str:
    lab = next((lab for lab in outcome.case.rules.groups if lab.theme_id == row["theme_id"]), None)
    if lab is None:
        return outcome.themes.without.get(row["theme_id"], "undecided")
    return _refusal(outcome, Seat(str(row["holder_id"]), lab.lab_id, int(row["affinity"])))


def _refusal(outcome: Outcome, seat: Seat) -> str:
    return outcome.door.refusal(seat) or ("weak" if outcome.door(seat) else "trade")


def waiting_table(outcome: Outcome) -> pd.DataFrame:
    """Return one row a person without a seat and lab they could join: the lines, next to enter first."""
    rows = list(_turns(outcome))
    head = [
        "holder_id",
        "lab_id",
        "place_in_line",
        "affinity",
        "rank",
        "wish",
        "enters",
        "lets_in",
        "enters_by",
        "enters_value",
    ]
    frame = pd.DataFrame(rows, columns=[*head, *NO_QUESTION])
    numbers = dict.fromkeys(("place_in_line", "rank", "wish", "lets_in"), "int64")
    return frame.astype({"holder_id": str, "lab_id": str, "affinity": "float64", **numbers})


def _turns(outcome: Outcome) -> Iterator[Facts]:
    problem = outcome.case.problem
    for index, lab in enumerate(problem.labs):
        waiting = np.flatnonzero(outcome.waiting & (problem.pairs.lab == index)).tolist()
        for place, turn in enumerate(line(problem, outcome.chosen, index, waiting), start=1):
            yield {"lab_id": lab.lab_id, "place_in_line": place, **_turn(outcome, turn), **outcome.why_not(turn.row)}


def _turn(outcome: Outcome, turn: Turn) -> Facts:
    seat = outcome.case.seats[turn.row]
    return {
        "holder_id": seat.person,
        "affinity": seat.affinity / SCALE,
        "rank": int(outcome.ranks[turn.row]),
        "wish": seat.wish,
        "enters": turn.enters,
        "lets_in": turn.lets_in,
        "enters_by": turn.attribute,
        "enters_value": turn.value,
    }


def labs_table(outcome: Outcome, lines: pd.DataFrame) -> pd.DataFrame:
    """Return one row a lab, with the people placed, those who wait and the rule that keeps most of them out."""
    columns = list(bound_facts(Bound("")))
    rows, nothing = [], tuple(bound_facts(Bound("")).values())
    for lab, size in zip(outcome.case.rules.groups, outcome.sizes.tolist(), strict=True):
        waiting = lines[lines["lab_id"] == lab.lab_id]
        bounds = Counter(tuple(row) for row in waiting[columns].itertuples(index=False, name=None) if row[0])
        most = min(bounds, key=lambda bound: (-bounds[bound], bound)) if bounds else nothing
        head = (lab.lab_id, lab.theme_id, lab.label, lab.kind, lab.minimum, lab.maximum, size, len(waiting))
        rows.append((*head, *most))
    head_names = ["lab_id", "theme_id", "label", "kind", "minimum", "maximum", "placed", "waiting"]
    return pd.DataFrame(rows, columns=[*head_names, *columns])
