"""Announced seats rank right after fixed ones: held first, rules of groups giving as little as their keeping needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from pipeline.assign.inputs.problem import Alone, AtLeast, Cap, Flags, Ints, Lab, Problem


def held(problem: Problem, among: Flags | None = None) -> Problem:
    """Return `problem` whose announced seats (those in `among` only, when given) are fixed."""
    pairs = problem.pairs
    told = pairs.announced if among is None else pairs.announced & among
    return replace(problem, pairs=replace(pairs, fixed=pairs.fixed | told, exempt=pairs.exempt | told))


def as_needed(problem: Problem, chosen: Flags) -> Problem:
    """Return `problem` with each rule of a group loosened as far as the seats in `chosen` need, and no further."""
    sizes = problem.sizes(chosen)
    labs = []
    for lab, size in zip(problem.labs, sizes.tolist(), strict=True):
        gives = dict(over(lab, size))
        labs.append(
            replace(lab, maximum=lab.maximum + gives.get("maximum", 0), minimum=lab.minimum - gives.get("minimum", 0))
        )
    caps = [replace(cap, extra=cap.extra + excess(problem, cap, chosen, sizes)) for cap in problem.caps]
    minima = [replace(rule, count=rule.count - shortfall(problem, rule, chosen)) for rule in problem.at_least]
    alone = [replace(rule, least=1) if is_alone(problem, rule, chosen) else rule for rule in problem.alone]
    return replace(problem, labs=tuple(labs), caps=tuple(caps), at_least=tuple(minima), alone=tuple(alone))


def given_up(problem: Problem, chosen: Flags) -> tuple[float, ...]:
    """Return how far the seats in `chosen` break rules of groups, hardest first: see `slack.FAMILIES`."""
    sizes = problem.sizes(chosen)
    gives = Counter[str]()
    for lab, size in zip(problem.labs, sizes.tolist(), strict=True):
        gives.update(dict(over(lab, size)))
    shares = sum(float(excess(problem, cap, chosen, sizes) * cap.share.denominator) for cap in problem.caps)
    lacking = sum(shortfall(problem, rule, chosen) for rule in problem.at_least)
    alone = sum(is_alone(problem, rule, chosen) for rule in problem.alone)
    return gives["maximum"], gives["minimum"], shares, lacking, alone


def over(lab: Lab, size: int) -> Iterator[tuple[str, int]]:
    """Yield by how much a group of `size` people passes its maximum, or stays under its minimum, by family of rule."""
    if size > lab.maximum:
        yield "maximum", size - lab.maximum
    if 0 < size < lab.minimum:
        yield "minimum", lab.minimum - size


def excess(problem: Problem, cap: Cap, chosen: Flags, sizes: Ints) -> Fraction:
    """Return by how much the members seated pass a cap, in people and fractions of one."""
    inside = problem.count(chosen, cap.lab, cap.members)
    return max(Fraction(0), inside - cap.extra - cap.share * int(sizes[cap.lab]))


def is_alone(problem: Problem, rule: Alone, chosen: Flags) -> bool:
    """Return whether somebody is alone of a group where the rule wants company."""
    return 0 < problem.count(chosen, rule.lab, rule.members) < rule.least


def shortfall(problem: Problem, rule: AtLeast, chosen: Flags) -> int:
    """Return how many members a minimum of a group lacks, where the lab opens."""
    opens = bool((chosen & (problem.pairs.lab == rule.lab)).any())
    return max(0, rule.count - problem.count(chosen, rule.lab, rule.members)) if opens else 0
