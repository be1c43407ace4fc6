"""From a solution to the tables of the chain: labs, assignments, waiting list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from pipeline.assign.assemble import Case
from pipeline.assign.explain import Cost
from pipeline.assign.problem import SCALE, Flags, Ints
from pipeline.assign.reasons import (
    DRAWN,
    NOT_ADMITTED,
    NOT_CONCERNED,
    THANKS_TO_VOLUNTEERS,
    UNAVAILABLE,
    at_its_limit,
    instead,
    own_reason,
)
from pipeline.french import typeset


@dataclass(frozen=True, eq=False, slots=True)
class Result:
    """Who sits where, in the tables of `schema`.

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


@dataclass(frozen=True, eq=False)
class Outcome:
    """A solved case, with what its tables say.

    Attributes:
        case: what was asked.
        chosen: by possible seat, taken.
        first: by possible seat, taken before volunteers came.
        costs: of first choices not given, by possible seat.
        concerned: holders with an idea in a theme that has a group, seat or not.
    """

    case: Case
    chosen: Flags
    first: Flags
    costs: Mapping[int, Cost]
    concerned: frozenset[str]

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
    def inside(self) -> dict[int, int]:
        """By cap, members seated."""
        problem = self.case.problem
        return {row: problem.count(self.chosen, cap.lab, cap.members) for row, cap in enumerate(problem.caps)}

    def rows_of(self, person: int) -> Ints:
        """Return the possible seats of a person, best first."""
        pairs = self.case.problem.pairs
        low, high = np.searchsorted(pairs.person, [person, person + 1])
        rows = np.arange(low, high)
        return rows[np.argsort(self.ranks[rows])]

    def why_not(self, row: int) -> str:
        """Return why the possible seat `row` was not given."""
        pairs, cost = self.case.problem.pairs, self.costs.get(row)
        index = int(pairs.lab[row])
        if cost is not None:
            return instead(self.case.problem.labs[index], cost, self._more(row))
        return at_its_limit(self.case.problem, int(pairs.person[row]), index, int(self.sizes[index]), self.inside)

    def _more(self, row: int) -> int | None:
        pairs = self.case.problem.pairs
        own = pairs.affinity[self.chosen & (pairs.person == pairs.person[row])]
        return int(pairs.affinity[row] - own.max()) if len(own) else None


def labs_table(outcome: Outcome) -> pd.DataFrame:
    """Return one row a lab, with the people placed."""
    return pd.DataFrame(
        [
            (lab.lab_id, lab.theme_id, lab.label, lab.kind, lab.minimum, lab.maximum, int(size))
            for lab, size in zip(outcome.case.rules.groups, outcome.sizes, strict=True)
        ],
        columns=["lab_id", "theme_id", "label", "kind", "minimum", "maximum", "placed"],
    )


def assignments_table(outcome: Outcome) -> pd.DataFrame:
    """Return one row a seat taken, and one for each person without a seat, with the reason."""
    problem, seats = outcome.case.problem, outcome.case.seats
    rows = [_placed(outcome, row) for row in np.flatnonzero(outcome.chosen).tolist()]
    seated = {seats[row].person for row in np.flatnonzero(outcome.chosen)}
    number = {person: index for index, person in enumerate(problem.people)}
    for person in outcome.case.rules.people.index:
        if person in number and person not in seated:
            best = outcome.rows_of(number[person])
            reason = typeset("En attente. " + " ".join(outcome.why_not(int(row)) for row in best))
            rows.append((person, "", "waiting", seats[best[0]].affinity / SCALE, None, reason))
        elif person not in number:
            rows.append((person, "", "not_concerned", 0.0, None, _not_concerned(outcome, person)))
    columns = ["holder_id", "lab_id", "status", "affinity", "rank", "reason"]
    return pd.DataFrame(rows, columns=columns).astype({"rank": "Int64"})


def _placed(outcome: Outcome, row: int) -> tuple[object, ...]:
    problem, seat, rank = outcome.case.problem, outcome.case.seats[row], int(outcome.ranks[row])
    person = int(problem.pairs.person[row])
    volunteer, late = seat.person in outcome.case.guests, bool(problem.volunteers[person])
    parts = [own_reason(seat)]
    if not volunteer and not outcome.first[row]:
        parts.append(THANKS_TO_VOLUNTEERS)
    best = int(outcome.rows_of(person)[0])
    if rank > 1 and not seat.fixed and best in outcome.costs:
        parts.append(outcome.why_not(best))
    if late and _volunteers_waited(outcome):
        parts.append(DRAWN)
    return (
        seat.person,
        seat.lab,
        "volunteer" if volunteer else "placed",
        seat.affinity / SCALE,
        rank,
        typeset(" ".join(parts)),
    )


def _volunteers_waited(outcome: Outcome) -> bool:
    problem = outcome.case.problem
    return bool((problem.volunteers & ~problem.seated(outcome.chosen)).any())


def _not_concerned(outcome: Outcome, person: str) -> str:
    wish = next((wish for wish in outcome.case.rules.wishes if wish.person == person), None)
    if wish is not None and wish.unavailable:
        return UNAVAILABLE
    return NOT_ADMITTED if person in outcome.concerned else NOT_CONCERNED


def waiting_table(outcome: Outcome, assignments: pd.DataFrame) -> pd.DataFrame:
    """Return one row a person without a seat and lab they could join.

    The line of a lab: people with an idea, then volunteers; by affinity, then by the draw.
    """
    problem = outcome.case.problem
    waiting = assignments[assignments["status"] == "waiting"]
    reasons = dict(zip(waiting["holder_id"], waiting["reason"], strict=True))
    late = problem.volunteers[problem.pairs.person]
    line = [
        (seat.lab, bool(late[row]), -seat.affinity, -int(problem.pairs.tie[row]), seat.person)
        for row, seat in enumerate(outcome.case.seats)
        if seat.person in reasons
    ]  # fmt: skip
    frame = pd.DataFrame(sorted(line), columns=["lab_id", "volunteer", "minus", "tie", "holder_id"])
    return pd.DataFrame(
        {
            "holder_id": frame["holder_id"].astype(str),
            "lab_id": frame["lab_id"].astype(str),
            "place_in_line": (frame.groupby("lab_id").cumcount() + 1).astype("int64"),
            "affinity": -frame["minus"].astype("float64") / SCALE,
            "reason": frame["holder_id"].map(reasons).astype(str),
        }
    )
