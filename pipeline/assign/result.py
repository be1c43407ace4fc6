"""From a solution to the tables of the chain: labs, assignments, waiting list."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.assign.assemble import Case
from pipeline.assign.problem import SCALE, Flags
from pipeline.assign.reasons import NOT_CONCERNED, placed_reason, waiting_reason


@dataclass(frozen=True, eq=False, slots=True)
class Result:
    """Who sits where, in the tables of `schema`.

    Attributes:
        labs: see `schema.LABS`.
        assignments: see `schema.ASSIGNMENTS`.
        waiting_list: see `schema.WAITING_LIST`.
        ledger: what was asked, what was reached, what is proven; ready for JSON.
    """

    labs: pd.DataFrame
    assignments: pd.DataFrame
    waiting_list: pd.DataFrame
    ledger: dict[str, object]


def labs_table(case: Case, chosen: Flags) -> pd.DataFrame:
    """Return one row a lab, with the people placed."""
    sizes = case.problem.sizes(chosen)
    return pd.DataFrame(
        [
            (lab.lab_id, lab.theme_id, lab.label, lab.kind, lab.minimum, lab.maximum, int(size))
            for lab, size in zip(case.problem.labs, sizes, strict=True)
        ],
        columns=["lab_id", "theme_id", "label", "kind", "minimum", "maximum", "placed"],
    )


def ranks(case: Case) -> pd.Series[int]:
    """Return, by possible seat, its rank for the person: 1 for the highest affinity."""
    order = case.affinities.assign(tie=case.problem.pairs.tie, row=np.arange(len(case.affinities)))
    order = order.sort_values(["holder_id", "affinity", "tie"], ascending=[True, False, False])
    return (order.groupby("holder_id").cumcount() + 1).sort_index()


def assignments_table(case: Case, chosen: Flags) -> pd.DataFrame:
    """Return one row a seat taken, and one for each holder without a seat, with the reason."""
    rank, seats = ranks(case), case.affinities.to_dict("records")
    rows: list[tuple[object, ...]] = []
    for row in np.flatnonzero(chosen).tolist():
        seat, first = seats[row], int(rank[row])
        reason = placed_reason(case, chosen, row, first)
        rows.append((seat["holder_id"], seat["lab_id"], "placed", seat["affinity"] / SCALE, first, reason))
    columns = ["holder_id", "lab_id", "status", "affinity", "rank", "reason"]
    seated = {row[0] for row in rows}
    rows += [_without_a_seat(case, chosen, holder) for holder in case.people.index if holder not in seated]
    return pd.DataFrame(rows, columns=columns).astype({"rank": "Int64"})


def _without_a_seat(case: Case, chosen: Flags, holder: str) -> tuple[object, ...]:
    own = case.affinities.loc[case.affinities["holder_id"] == holder, "affinity"]
    if own.empty:
        return holder, "", "not_concerned", 0.0, None, NOT_CONCERNED
    return holder, "", "waiting", own.max() / SCALE, None, waiting_reason(case, chosen, holder)


def waiting_table(case: Case, assignments: pd.DataFrame) -> pd.DataFrame:
    """Return one row a person without a seat and lab they could join: the line forms by affinity, then by the draw."""
    waiting = assignments[assignments["status"] == "waiting"]
    line = case.affinities.assign(tie=case.problem.pairs.tie)
    line = line[line["holder_id"].isin(waiting["holder_id"])]
    line = line.sort_values(["lab_id", "affinity", "tie", "holder_id"], ascending=[True, False, False, True])
    reasons = dict(zip(waiting["holder_id"], waiting["reason"], strict=True))
    return pd.DataFrame(
        {
            "holder_id": line["holder_id"].astype(str),
            "lab_id": line["lab_id"].astype(str),
            "place_in_line": (line.groupby("lab_id").cumcount() + 1).astype("int64"),
            "affinity": line["affinity"] / SCALE,
            "reason": line["holder_id"].map(reasons).astype(str),
        }
    ).reset_index(drop=True)
