"""Every kind of reason for a seat not given, checked against every answer there is, found without the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given, settings

from pipeline.assign.inputs.problem import Flags, Problem
from pipeline.assign.solving.check import broken
from pipeline.assign.solving.goals import Aim, first_pass, solve
from pipeline.assign.solving.held import held
from pipeline.assign.solving.relax import Clash, repair
from pipeline.assign.telling.explain import Explainer, costs, first_choices
from pipeline.assign.telling.forcing import Cost
from tests.assign.problems import loose, meetings, plain, problems

Values = tuple[float, ...]


def answers(problem: Problem) -> list[Flags]:
    """Return every answer that keeps the rules."""
    every = (np.array(bits, dtype=bool) for bits in product([False, True], repeat=len(problem.pairs.person)))
    return [chosen for chosen in every if not broken(problem, chosen)]


def worth(problem: Problem, chosen: Flags) -> Values:
    """Return what an answer is worth: people seated, worst affinity, total, kilometres saved."""
    pairs = problem.pairs
    counted = pairs.affinity[chosen & ~pairs.exempt]
    worst = int(counted.min()) if len(counted) else int(pairs.affinity[~pairs.exempt].max(initial=0))
    distance = -int(pairs.distance[chosen].sum())
    return int(problem.seated(chosen).sum()), worst, int(pairs.affinity[chosen].sum()), distance


def without(problem: Problem, cost: Cost, row: int) -> Problem:
    """Return the problem without the rule that a cost names."""
    bound, index, person = cost.bound, int(problem.pairs.lab[row]), problem.pairs.person[row]
    assert bound is not None
    if bound.rule == "slots":
        return replace(problem, slots=tuple(slot for slot in problem.slots if slot.lab != index))
    labs = list(problem.labs)
    if bound.rule == "maximum":
        labs[index] = replace(labs[index], maximum=labs[index].maximum + 1)
    if bound.rule == "minimum":
        labs[index] = replace(labs[index], minimum=1)
    if bound.rule == "announced":
        freed = problem.pairs.fixed & ~problem.pairs.announced
        return replace(problem, pairs=replace(problem.pairs, fixed=freed))

    def named(rule: object) -> bool:
        return (rule.lab, rule.attribute, rule.value) == (index, bound.attribute, bound.value)  # type: ignore[attr-defined]

    caps = tuple(cap for cap in problem.caps if bound.rule != "cap" or not named(cap) or person not in cap.members)
    minima = [
        rule for rule in problem.at_least if bound.rule != "at_least" or not named(rule) or rule.count != bound.count
    ]
    alone = tuple(rule for rule in problem.alone if bound.rule != "alone" or not named(rule))
    return replace(problem, labs=tuple(labs), caps=caps, at_least=tuple(minima), alone=alone)


def changed(problem: Problem, chosen: Flags, answer: Flags, person: int) -> tuple[int, int, int]:
    """Return seats of others not kept, then others who lose theirs altogether, then others who have another one."""
    others = chosen & (problem.pairs.person != person)
    left = set(problem.pairs.person[others & ~answer].tolist())
    lost = {one for one in left if not problem.seated(answer)[one]}
    return int((others & ~answer).sum()), len(lost), len(left - lost)


NAMES = ("seated", "worst_affinity", "total_affinity", "distance")
KINDS: Counter[str] = Counter()
"""Sentences checked by `test_every_kind_of_reason_is_true`, by kind and rule named."""


def checked(problem: Problem, chosen: Flags, row: int, cost: Cost, every: list[Flags]) -> None:
    """Check all that one cost says."""
    now, person = worth(problem, chosen), int(problem.pairs.person[row])
    having = [answer for answer in every if answer[row]]
    KINDS[f"{cost.kind} {cost.bound.rule if cost.bound else ''}"] += 1
    if cost.bound is not None:
        eased = without(problem, cost, row)
        able = [answer for answer in answers(eased) if answer[row]]
        assert able
        assert cost.kind == "rule" or max(worth(eased, answer) for answer in able) >= now
    if cost.kind == "rule":
        assert not having
        return
    best = max(worth(problem, answer) for answer in having)
    if cost.kind == "equal":
        assert best == now
    else:
        goal = NAMES.index(cost.kind)
        assert best[:goal] == now[:goal]
        assert best[goal] < now[goal]
        assert cost.kind == "worst_affinity" or cost.loss == now[goal] - best[goal]
    if cost.kind == "worst_affinity":
        assert cost.floor == now[1]
        assert cost.own == (problem.pairs.affinity[row] < now[1] and not problem.pairs.exempt[row])
    if cost.kind in {"equal", "total_affinity", "distance"}:
        upto = NAMES.index(cost.kind) + 1 if cost.kind != "equal" else len(NAMES)
        same = [answer for answer in having if worth(problem, answer)[:upto] == best[:upto]]
        fewest = min(changed(problem, chosen, answer, person)[:2] for answer in same)
        alike = [changed(problem, chosen, a, person) for a in same]
        assert (cost.lost, cost.moved) in {(lost, moved) for kept, lost, moved in alike if (kept, lost) == fewest}


def composed(problem: Problem) -> tuple[Problem, Flags] | None:
    """Return a problem whose announced seats are held, and its best answer; None when decisions exclude each other."""
    wanted = held(problem)
    solution = solve(wanted, first_pass(wanted))
    if solution is None:
        repaired = repair(problem)
        if isinstance(repaired, Clash):
            return None
        wanted = repaired.problem
        solution = solve(wanted, first_pass(wanted))
    assert solution is not None
    return wanted, solution.chosen


def check_all(problem: Problem) -> None:
    """Check the cost of every seat that is not taken."""
    found = composed(problem)
    if found is None:
        return
    wanted, chosen = found
    every = answers(wanted)
    explainer = Explainer(wanted, chosen, first_pass(wanted))
    told = np.isin(wanted.pairs.person, wanted.pairs.person[wanted.pairs.fixed])
    for row in np.flatnonzero(~chosen & ~told).tolist():
        checked(wanted, chosen, row, explainer.cost(row), every)


@settings(max_examples=70, deadline=None, derandomize=True)
@given(problem=problems(people=5, labs=2))
def tight(problem: Problem) -> None:
    """Rules decide."""
    check_all(problem)


@settings(max_examples=110, deadline=None, derandomize=True)
@given(problem=loose())
def open_(problem: Problem) -> None:
    """Goals decide."""
    check_all(problem)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(problem=meetings(people=4, labs=2))
def in_company(problem: Problem) -> None:
    """Nobody alone, and days when people can come."""
    check_all(problem)


def test_every_kind_of_reason_is_true() -> None:
    """On 230 random instances each seat not given is solved again by trying every answer: all that is said holds."""
    KINDS.clear()
    tight()
    in_company()
    open_()
    kinds = Counter(kind.split(" ")[0] for kind in KINDS.elements())
    assert set(kinds) == {"rule", "equal", *NAMES}
    assert {kind.split(" ")[1] for kind in KINDS} >= {
        "cap",
        "maximum",
        "minimum",
        "at_least",
        "alone",
        "slots",
        "announced",
    }
    assert KINDS.total() > 300


def costs_of(problem: Problem, aims: Callable[[Problem], list[Aim]] = first_pass) -> list[Cost]:
    """Return the costs of first choices that were not given."""
    solution = solve(problem, aims(problem))
    assert solution is not None
    return list(costs(problem, solution.chosen, aims(problem), first_choices(problem, solution.chosen), 99).values())


def test_a_seat_that_would_lower_the_floor() -> None:
    """Two people want the same single seat: giving it to the first would leave the other with almost nothing."""
    (cost,) = costs_of(plain(np.array([[900, 500], [800, 100]]), minimum=1, maximum=1))
    assert (cost.kind, cost.floor, cost.own) == ("worst_affinity", 500, False)


def test_nobody_moves_when_the_floor_forbids() -> None:
    """Giving the second person their first lab would leave the first one under the floor: nobody is said to move."""
    (cost,) = costs_of(plain(np.array([[900, 500], [600, 550]]), minimum=1, maximum=1))
    assert (cost.kind, cost.floor, cost.moved) == ("worst_affinity", 550, 0)


def test_a_distance_is_not_a_tie() -> None:
    """Two people with equal affinities for one seat: the nearer one has it, and kilometres are said, not the draw."""
    problem = plain(np.full((2, 1), 500), minimum=1, maximum=1)
    problem = replace(problem, pairs=replace(problem.pairs, distance=np.array([12, 7])))
    (cost,) = costs_of(problem)
    assert (cost.kind, cost.loss, cost.lost, cost.moved) == ("distance", 5, 1, 0)
    assert cost.bound is not None
    assert cost.bound.rule == "maximum"
