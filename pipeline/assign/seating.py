"""The stage: themes, holders and decisions in, the composition of each group out, checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipeline.assign.inputs.affinity import holder_affinity, idea_memberships
from pipeline.assign.inputs.assemble import Case, assemble
from pipeline.assign.inputs.labs import labs_of, without_group
from pipeline.assign.inputs.problem import Flags, Problem
from pipeline.assign.inputs.rules import Given, Rules, read_rules
from pipeline.assign.inputs.seats import least_affinity
from pipeline.assign.solving.arithmetic import arithmetic
from pipeline.assign.solving.check import check, check_decisions
from pipeline.assign.solving.goals import Aim, Goal, Solution, first_pass, second_pass, solve
from pipeline.assign.solving.held import as_needed, held
from pipeline.assign.solving.large import fits, solve_large
from pipeline.assign.solving.relax import Clash, alternatives, gave, repair
from pipeline.assign.telling.explain import Explainer, first_choices
from pipeline.assign.telling.forcing import Cost
from pipeline.assign.telling.ledger import ledger, params_entry
from pipeline.assign.telling.meetings import with_facilitators, with_slots
from pipeline.assign.telling.result import Outcome, Result, Themes, assignments_table, labs_table, waiting_table
from pipeline.errors import MinilabsError
from pipeline.params import AssignParams
from pipeline.words.outside import outside

_EXPLAINED = 100_000
"""Seats forced × possible seats: reasons are computed within this budget, and alternatives up to this size."""

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True, eq=False, slots=True)
class Asked:
    """What comes from the themes and from people's decisions, before anything is solved.

    Attributes:
        affinity: see `affinity.holder_affinity`.
        rules: see `rules.Rules`.
        without: theme_id → why its people have no group of it: `direction`, `undecided`, `nameless`.
    """

    affinity: pd.DataFrame
    rules: Rules
    without: Mapping[str, str]


@dataclass(frozen=True, eq=False, slots=True)
class Seating:
    """A solved case.

    Attributes:
        case: what was asked, with the rules that had to give.
        chosen: by possible seat, taken.
        first: the solution before volunteers came.
        first_problem: what it solves: announced seats held, rules as far as these needed.
        second_problem: what volunteers came into: seats of the first pass held; None without volunteers.
        goals: of both passes.
        gave: rules that had to give, in French.
    """

    case: Case
    chosen: Flags
    first: Solution
    first_problem: Problem
    second_problem: Problem | None
    goals: tuple[Goal, ...]
    gave: tuple[str, ...]


def assign(tables: Tables, params: AssignParams, seed: int, given: Given | None = None) -> Result:
    """Return who sits where (see `Result`): proven best goal after goal, every rule verified.

    Args:
        tables: themes, idea_themes, holders, idea_holders (see `schema`).
        params: seats, shares and weights.
        seed: decides between equal results only.
        given: files that people filled in.

    Raises:
        MinilabsError: see `rules.read_rules`; `assign.clash` when decisions on persons exclude each other.
    """
    asked = ask(tables, params, given or Given())
    return explained(asked, seat(asked, params, seed), params, seed)


def ask(tables: Tables, params: AssignParams, given: Given) -> Asked:
    """Return affinities and rules; see `assign`."""
    holders = tables["holders"].sort_values("holder_id", ignore_index=True)
    memberships = idea_memberships(tables["idea_themes"], params.weak_signal_weight)
    labs = labs_of(tables["themes"], params)
    rules = read_rules(given, labs, holders, params)
    return Asked(holder_affinity(memberships, tables["idea_holders"]), rules, without_group(tables["themes"]))


def seat(asked: Asked, params: AssignParams, seed: int) -> Seating:
    """Return the best seats: people with an idea first, then volunteers, every rule verified.

    Raises:
        MinilabsError: `assign.clash`.
    """
    case = assemble(asked.affinity, asked.rules, params, seed)
    asked_for, pairs = case.problem, case.problem.pairs
    early = ~asked_for.volunteers[pairs.person]
    first, solution = _solved(asked_for.only(early), first_pass, params)
    chosen, goals = np.zeros(len(early), dtype=bool), solution.goals
    chosen[early] = solution.chosen
    late: Problem | None = None
    if not early.all():
        given = replace(asked_for, pairs=replace(pairs, fixed=pairs.fixed | chosen, announced=pairs.announced & chosen))
        late, second = _solved(given, second_pass, params)
        chosen, goals = second.chosen, (*goals, *second.goals)
    final = as_needed(asked_for, chosen)
    check(final, chosen)
    check_decisions(case.rules, ((case.seats[row].person, case.seats[row].lab) for row in np.flatnonzero(chosen)))
    kept = int((chosen & pairs.announced).sum())
    told = (Goal("announced", kept, kept),) if pairs.announced.any() else ()
    return Seating(
        case=replace(case, problem=final),
        chosen=chosen,
        first=solution,
        first_problem=first,
        second_problem=late,
        goals=(*told, *goals),
        gave=gave(asked_for, chosen),
    )


def _solved(problem: Problem, aims: Callable[[Problem], list[Aim]], params: AssignParams) -> tuple[Problem, Solution]:
    """Return the best seats with announced ones held, and the problem whose rules gave as little as these need."""
    wanted = held(problem)
    if fits(wanted):
        return wanted, solve_large(wanted)
    solution = solve(wanted, aims(wanted))
    if solution is not None:
        return wanted, solution
    repaired = repair(problem)
    if isinstance(repaired, Clash):
        people = " ; ".join(" et ".join(names) for names in repaired.people)
        raise MinilabsError("assign.clash", path=params.people, people=people)
    solution = solve(repaired.problem, aims(repaired.problem))
    if solution is None:
        raise ValueError("a repaired problem has a solution: the one its repair was read from")
    return repaired.problem, solution


def explained(asked: Asked, seating: Seating, params: AssignParams, seed: int) -> Result:
    """Return the tables and the ledger of a solved case, with the computed facts of each reason."""
    case, problem = seating.case, seating.case.problem
    limit = min(params.explained, _EXPLAINED // max(1, len(problem.pairs.person)))
    first = np.zeros(len(problem.pairs.person), dtype=bool)
    first[_early(problem)] = seating.first.chosen
    found = _costs(seating, first, limit)
    outcome = Outcome(
        case=case, chosen=seating.chosen, first=first, costs=found, themes=Themes(asked.affinity, asked.without),
        floor=least_affinity(params),
    )  # fmt: skip
    seated = int(problem.seated(seating.chosen).sum())
    waiting = int(problem.eligible.sum()) - seated
    ways = alternatives(problem, seated) if waiting and len(problem.pairs.person) <= _EXPLAINED else []
    entry = ledger(case, seating.chosen, seating.goals, seating.gave, ways, len(found))
    lines, assignments = waiting_table(outcome), with_facilitators(assignments_table(outcome), case)
    return Result(
        agents=case.rules.people.reset_index(),
        labs=with_slots(labs_table(outcome, lines), case, seating.chosen),
        assignments=assignments,
        waiting_list=lines,
        ledger={
            **entry,
            "arithmetic": arithmetic(problem),
            "not_concerned": outside(assignments),
            "params": params_entry(params, seed),
        },
    )


def _early(problem: Problem) -> Flags:
    return ~problem.volunteers[problem.pairs.person]


def _is_open(cost: Cost | None) -> bool:
    """Return whether a pass says no more than that a rule forbids the seat."""
    return cost is None or cost.kind == "rule"


def _questions(problem: Problem, chosen: Flags) -> list[int]:
    """Return the possible seats whose cost is asked: first choices of those seated, then all of those who wait."""
    seated = problem.seated(chosen)
    wanted = [row for row in first_choices(problem, chosen) if seated[problem.pairs.person[row]]]
    return [*wanted, *(row for row in range(len(chosen)) if not seated[problem.pairs.person[row]])]


def _costs(seating: Seating, first: Flags, limit: int) -> dict[int, Cost]:
    """Return the cost of the seats that people would rather have had, in the pass that decided, by possible seat.

    First choices of those who sit elsewhere, then every seat of those who wait. Once volunteers came, what a person who
    still waits could have is asked there first: the seats of the first pass stay.
    """
    problem, chosen = seating.case.problem, seating.chosen
    row_of_first = np.cumsum(_early(problem)) - 1
    early = Explainer(seating.first_problem, seating.first.chosen, first_pass(seating.first_problem))
    second = seating.second_problem
    late = Explainer(second, chosen, second_pass(second)) if second is not None else None
    seated_first = problem.seated(first)
    found: dict[int, Cost] = {}
    for row in _questions(problem, chosen)[:limit]:
        person = problem.pairs.person[row]
        cost = None if late is None or seated_first[person] else late.cost(row)
        if _is_open(cost) and not problem.volunteers[person]:
            cost = early.cost(int(row_of_first[row]))
        if cost is not None:
            found[row] = cost
    return found
