"""Random small problems, and the best answer by trying every answer."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
from hypothesis import strategies as st

from pipeline.assign.inputs.problem import Alone, AtLeast, Cap, Lab, Pairs, Problem, Slot
from pipeline.assign.solving.check import broken


@st.composite
def problems(draw: st.DrawFn, people: int = 6, labs: int = 3) -> Problem:
    """Return a strategy of problems with at most `people` × `labs`, every rule possible, fixed seats excepted."""
    n, m = draw(st.integers(1, people)), draw(st.integers(1, labs))
    cells = [(p, lab) for p in range(n) for lab in range(m) if draw(st.integers(0, 3))]
    groups = [draw(st.integers(0, 2)) for _ in range(n)]
    shares = st.sampled_from([Fraction(1, 2), Fraction(2, 5), Fraction(1)])
    caps = [
        Cap(lab, "directorate", str(group), members(groups, group), draw(shares))
        for lab in range(m)
        for group in set(groups)
    ]
    at_least = [
        AtLeast(lab, "site_type", "0", members(groups, 0), draw(st.integers(1, 2)))
        for lab in range(m)
        if not draw(st.integers(0, 2))
    ]
    couples = [(one, other) for one in range(n) for other in range(one) if not draw(st.integers(0, 5))]
    cut = draw(st.integers(0, len(couples)))
    return Problem(
        people=tuple(f"A{p:03}" for p in range(n)),
        labs=tuple(_lab(draw, lab) for lab in range(m)),
        pairs=_pairs(draw, cells),
        most=np.array([draw(st.integers(1, 2)) for _ in range(n)], dtype=np.int64),
        volunteers=np.zeros(n, dtype=bool),
        lottery=np.zeros(n, dtype=np.int64),
        caps=tuple(caps),
        at_least=tuple(at_least),
        together=tuple(couples[:cut]),
        apart=tuple(couples[cut:]),
    )


@st.composite
def loose(draw: st.DrawFn, people: int = 5, labs: int = 2) -> Problem:
    """Return a strategy of problems that seat most people: few rules, few levels of affinity, so that goals decide."""
    n = draw(st.integers(3, people))
    level, near = st.sampled_from([300, 500, 500, 800]), st.integers(0, 2)
    affinity = np.array([[draw(level) for _ in range(labs)] for _ in range(n)], dtype=np.int64)
    problem = plain(affinity, minimum=1, maximum=1)
    sizes = [replace(lab, maximum=draw(st.integers(1, 3)), minimum=draw(st.integers(1, 2))) for lab in problem.labs]
    kept = np.array([bool(draw(st.integers(0, 4))) for _ in range(n * labs)])
    told = np.array([not draw(st.integers(0, 9)) for _ in range(n * labs)])
    distance = np.array([draw(near) for _ in range(n * labs)], dtype=np.int64)
    groups = [draw(st.integers(0, 1)) for _ in range(n)]
    caps = [
        Cap(lab, "directorate", "0", members(groups, 0), Fraction(1, 2)) for lab in range(labs) if draw(st.booleans())
    ]
    pairs = replace(problem.pairs, announced=told, distance=distance)
    wide = [replace(lab, maximum=max(lab.maximum, lab.minimum)) for lab in sizes]
    return replace(problem, labs=tuple(wide), caps=tuple(caps), pairs=pairs).only(kept)


@st.composite
def company(draw: st.DrawFn, people: int = 6, labs: int = 3) -> Problem:
    """Return a strategy of `problems` where in some labs nobody may be alone of a group."""
    problem = draw(problems(people, labs))
    groups = [draw(st.integers(0, 2)) for _ in problem.people]
    named = [(lab, group) for lab in range(len(problem.labs)) if draw(st.booleans()) for group in sorted(set(groups))]
    alone = tuple(Alone(lab, "department", str(group), members(groups, group)) for lab, group in named)
    return replace(problem, alone=alone)


@st.composite
def meetings(draw: st.DrawFn, people: int = 6, labs: int = 3) -> Problem:
    """Return a strategy of `company` where labs meet on one of a few slots, when some people cannot come."""
    problem = draw(company(people, labs))
    absent = st.sets(st.integers(0, len(problem.people) - 1))
    slots = [
        Slot(lab, f"jour {day}", np.array(sorted(draw(absent)), dtype=np.int64))
        for lab in range(len(problem.labs))
        for day in range(draw(st.integers(0, 3)))
    ]
    return replace(problem, slots=tuple(slots))


def members(groups: list[int], group: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the indices of `group` in `groups`."""
    return np.flatnonzero(np.array(groups) == group).astype(np.int64)


def _lab(draw: st.DrawFn, lab: int) -> Lab:
    minimum = draw(st.integers(1, 3))
    return Lab(f"lab-{lab}", f"T{lab}", f"Lab {lab}", "minilab", minimum, minimum + draw(st.integers(0, 2)))


def _pairs(draw: st.DrawFn, cells: list[tuple[int, int]]) -> Pairs:
    n = len(cells)
    none = np.zeros(n, dtype=bool)
    return Pairs(
        person=np.array([p for p, _ in cells], dtype=np.int64),
        lab=np.array([lab for _, lab in cells], dtype=np.int64),
        affinity=np.array([draw(st.integers(1, 10)) * 100 for _ in range(n)], dtype=np.int64),
        fixed=none,
        exempt=none,
        announced=np.array([not draw(st.integers(0, 3)) for _ in range(n)], dtype=bool),
        distance=np.array([draw(st.integers(0, 5)) for _ in range(n)], dtype=np.int64),
        tie=np.array([draw(st.integers(0, 65535)) for _ in range(n)], dtype=np.int64),
    )


def best_by_trying(problem: Problem) -> tuple[int, ...]:
    """Return the goals' values (seated, worst, total, distance, tie) of the best answer of all, one by one."""
    pairs = problem.pairs
    answers = []
    for bits in product([False, True], repeat=len(pairs.person)):
        chosen = np.array(bits, dtype=bool)
        if not broken(problem, chosen):
            answers.append(chosen)
    return max(values_of(problem, chosen) for chosen in answers)


def values_of(problem: Problem, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[int, ...]:
    """Return the goals' values of one answer, in the order of `best_by_trying`."""
    pairs = problem.pairs
    counted = pairs.affinity[chosen & ~pairs.exempt]
    return (
        int(problem.seated(chosen).sum()),
        int(counted.min()) if len(counted) else int(pairs.affinity.max(initial=0)),
        int(pairs.affinity[chosen].sum()),
        -int(pairs.distance[chosen].sum()),
        int(pairs.tie[chosen].sum()),
    )


def plain(affinity: np.ndarray[tuple[int, int], np.dtype[np.int64]], minimum: int, maximum: int) -> Problem:
    """Return a problem of full affinities (people × labs), every lab with the same seats, no other rule."""
    people, labs = affinity.shape
    none = np.zeros(people * labs, dtype=bool)
    return Problem(
        people=tuple(f"A{p:03}" for p in range(people)),
        labs=tuple(Lab(f"lab-{lab}", f"T{lab}", f"Lab {lab}", "minilab", minimum, maximum) for lab in range(labs)),
        pairs=Pairs(
            person=np.repeat(np.arange(people), labs),
            lab=np.tile(np.arange(labs), people),
            affinity=affinity.ravel().astype(np.int64),
            fixed=none,
            exempt=none,
            announced=none,
            distance=np.zeros(people * labs, dtype=np.int64),
            tie=np.arange(people * labs),
        ),
        most=np.ones(people, dtype=np.int64),
        volunteers=np.zeros(people, dtype=bool),
        lottery=np.zeros(people, dtype=np.int64),
    )
