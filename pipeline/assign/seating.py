"""The stage: themes and their holders in, the composition of each group out, checked."""

from __future__ import annotations

import hashlib

import pandas as pd

from pipeline.assign.assemble import Case, assemble
from pipeline.assign.check import check
from pipeline.assign.goals import Solution, solve
from pipeline.assign.result import Result, assignments_table, labs_table, waiting_table
from pipeline.params import AssignParams


def assign(tables: dict[str, pd.DataFrame], params: AssignParams, seed: int) -> Result:
    """Return who sits where (see `Result`): proven best goal after goal, every rule verified.

    Args:
        tables: themes, idea_themes, holders, idea_holders (see `schema`).
        params: seats, shares and weights.
        seed: decides between equal results only.
    """
    case = assemble(tables, params, seed)
    solution = solve(case.problem)
    if solution is None:
        raise ValueError("labs may stay closed, so that a problem without fixed seats always has a solution")
    check(case.problem, solution.chosen)
    assignments = assignments_table(case, solution.chosen)
    return Result(
        labs=labs_table(case, solution.chosen),
        assignments=assignments,
        waiting_list=waiting_table(case, assignments),
        ledger=_ledger(case, solution, params, seed),
    )


def _ledger(case: Case, solution: Solution, params: AssignParams, seed: int) -> dict[str, object]:
    seats = case.affinities[["holder_id", "lab_id", "affinity"]].to_csv(index=False)
    return {
        "goals": [
            {"name": goal.name, "value": goal.value, "bound": goal.bound, "proven": goal.proven}
            for goal in solution.goals
        ],
        "people": len(case.problem.people),
        "labs": len(case.problem.labs),
        "admitted": {lab.lab_id: list(lab.admits) for lab in case.problem.labs if lab.admits},
        "input": hashlib.sha256(seats.encode()).hexdigest(),
        "params": {**params.model_dump(mode="json"), "seed": seed},
    }
