"""Assignment at three sizes, beside a greedy and a plain linear assignment: `python benchmarks/assign.py [SIZE...]`.

Sizes are written 300x10. Each row: seconds, people seated, worst affinity, total, distance to the proven bound, rules
broken (counted by the independent checker). Made-up cases: see `cases.py`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
from cases import case
from scipy.optimize import linear_sum_assignment

from pipeline.assign.inputs.problem import Flags, Problem
from pipeline.assign.solving.check import broken
from pipeline.assign.solving.goals import Solution, first_pass, solve
from pipeline.assign.solving.large import fits, solve_large

SIZES = ("300x10", "3000x60", "30000x400")
LINEAR_CELLS = 40_000_000  # the plain linear assignment needs a full matrix of people × seats


def ours(problem: Problem) -> Solution:
    """Return the stage's own answer."""
    if fits(problem):
        return solve_large(problem)
    solution = solve(problem, first_pass(problem))
    if solution is None:
        raise ValueError("the made-up cases have a solution")
    return solution


def greedy(problem: Problem) -> Flags:
    """Seat the strongest affinity first, while the lab has room and the directorate's share of a full lab allows."""
    pairs, order = problem.pairs, np.argsort(-problem.pairs.affinity, kind="stable")
    group = np.zeros(len(problem.people), dtype=np.int64)
    for cap in problem.caps[: len({cap.value for cap in problem.caps})]:
        group[cap.members] = int(cap.value[1:])
    chosen, seated = np.zeros(len(order), dtype=bool), np.zeros(len(problem.people), dtype=bool)
    inside = np.zeros((len(problem.labs), int(group.max()) + 1), dtype=np.int64)
    seats = [lab.maximum for lab in problem.labs]
    for row, person, lab in zip(order.tolist(), pairs.person[order].tolist(), pairs.lab[order].tolist(), strict=True):
        full = inside[lab].sum() >= seats[lab] or inside[lab, group[person]] + 1 > 0.4 * seats[lab]
        if not seated[person] and not full:
            chosen[row] = seated[person] = True
            inside[lab, group[person]] += 1
    return chosen


def linear(problem: Problem) -> Flags | None:
    """Return the best total with seats only: one column a seat, no minimum, no share."""
    seats = np.concatenate([[index] * lab.maximum for index, lab in enumerate(problem.labs)])
    people, labs = len(problem.people), len(problem.labs)
    if people * len(seats) > LINEAR_CELLS:
        return None
    affinity = problem.pairs.affinity.reshape(people, labs)
    rows, columns = linear_sum_assignment(-affinity[:, seats])
    chosen = np.zeros(people * labs, dtype=bool)
    chosen[rows * labs + seats[columns]] = True
    return chosen


def measured(problem: Problem, way: str, solver: Callable[[Problem], Solution | Flags | None]) -> str:
    """Return the row of one way to solve `problem`."""
    start = time.perf_counter()
    found = solver(problem)
    seconds = time.perf_counter() - start
    if found is None:
        return f"{way:<28} not run: {LINEAR_CELLS:,} cells at the most"
    chosen = found.chosen if isinstance(found, Solution) else found
    affinity = problem.pairs.affinity[chosen]
    gap = "–"
    if isinstance(found, Solution):
        total = next(goal for goal in found.goals if goal.name == "total_affinity")
        gap = "proven" if total.proven else f"{100 * (total.bound - total.value) / total.bound:.2f} %"
    seated = int(problem.seated(chosen).sum())
    rules = len(broken(problem, chosen))
    return f"{way:<28}{seconds:>8.2f} s{seated:>8}{int(affinity.min()):>8}{int(affinity.sum()):>12}{gap:>9}{rules:>8}"


def main() -> None:
    """Print a table for each size."""
    for size in sys.argv[1:] or SIZES:
        people, labs = map(int, size.split("x"))
        problem = case(people, labs)
        print(f"\n{people:,} people × {labs} labs")
        print(f"{'':<28}{'time':>10}{'seated':>8}{'worst':>8}{'total':>12}{'to bound':>9}{'broken':>8}")
        print(measured(problem, "minilabs", ours))
        print(measured(problem, "greedy, strongest first", greedy))
        print(measured(problem, "linear assignment", linear))


if __name__ == "__main__":
    main()
