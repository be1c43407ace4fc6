"""Around the seats: who facilitates a group without being one of its members, and when it meets."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.assign.inputs.assemble import Case
from pipeline.assign.inputs.problem import Flags
from pipeline.assign.telling.result import NOTHING

FACILITATOR = "facilitator"
"""Status of a seat that is not counted among the members and shows no affinity."""


def with_facilitators(assignments: pd.DataFrame, case: Case) -> pd.DataFrame:
    """Return the table with a row for each person and group they facilitate; who only does that has no other row.

    Args:
        assignments: see `schema.ASSIGNMENTS`.
        case: what was asked.
    """
    wishes = [wish for wish in case.rules.wishes if wish.facilitates]
    if not wishes:
        return assignments
    own = {wish.person for wish in wishes}
    alone = own & set(assignments.loc[assignments["status"] == "not_concerned", "holder_id"])
    rows = [
        {
            **NOTHING,
            "holder_id": wish.person,
            "lab_id": lab,
            "status": FACILITATOR,
            "affinity": 0.0,
            "reason_code": FACILITATOR,
        }
        for wish in wishes
        for lab in wish.facilitates
    ]
    kept = assignments[~assignments["holder_id"].isin(alone)]
    return pd.concat([kept, pd.DataFrame(rows)], ignore_index=True).astype({"rank": "Int64"})


def with_slots(labs: pd.DataFrame, case: Case, chosen: Flags) -> pd.DataFrame:
    """Return the table with the slot of each group that opens and has some: the first when all its members can come."""
    problem = case.problem
    found: dict[str, str] = {}
    for slot in problem.slots:
        lab = problem.labs[slot.lab].lab_id
        inside = problem.pairs.person[chosen & (problem.pairs.lab == slot.lab)]
        if len(inside) and not np.isin(inside, slot.absent).any():
            found.setdefault(lab, slot.name)
    return labs.assign(slot=labs["lab_id"].map(found).astype(object).where(labs["lab_id"].isin(list(found)), None))
