"""When wishes are impossible together: the smallest named change, in French, and two or three ways to choose from.

A solver's status never reaches anyone: an answer here is which rule gives, for which group, and by how much.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pipeline.assign.inputs.problem import Alone, AtLeast, Cap, Flags, Ints, Lab, Problem
from pipeline.assign.solving.held import as_needed, excess, held, is_alone, over, shortfall
from pipeline.assign.solving.highs import Answer
from pipeline.assign.solving.slack import DECISIONS, FAMILIES, Elastic, least
from pipeline.french import agree, counted, enumeration, percent, typeset
from pipeline.words.seats import NAMES, PRIVATE

Rule = Lab | Cap | AtLeast | Alone

_INSIDE = ("maximum", "cap", "minimum", "at_least", "alone")
"""Rules that may give without anybody from outside."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to give a seat to people who wait.

    Attributes:
        families: rules that give.
        seats: people who get a seat by it.
        amount: sum of what the rules give, in people or seats.
        changes: in French, one a rule.
        sentence: in French, all of it.
    """

    families: tuple[str, ...]
    seats: int
    amount: int
    changes: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, eq=False, slots=True)
class Repaired:
    """A problem whose rules no longer exclude each other.

    Attributes:
        problem: with the rules that had to give, hardest kept first.
    """

    problem: Problem


@dataclass(frozen=True, slots=True)
class Clash:
    """Decisions on persons that exclude each other, whatever else gives.

    Attributes:
        people: ids of those concerned, by decision.
    """

    people: tuple[tuple[str, ...], ...]


def repair(problem: Problem) -> Repaired | Clash:
    """Return `problem` with the smallest changes that make it possible.

    Decisions on persons are never touched. As many announced seats as these allow are kept, and held; then the maximum,
    the minimum, the caps and the minima of groups give in this order, each as little as can be.
    """
    families, told = tuple(family for family in FAMILIES if family != "guests"), problem.pairs.announced
    found = least(problem, families, seated=False, ranked=True, kept=told if told.any() else None)
    if found is None:
        return _clash(problem)
    stretched, answer = found
    seats = answer.columns[stretched.model.seats] > 0
    return Repaired(as_needed(held(problem, seats), seats))


def _clash(problem: Problem) -> Clash:
    families = (*DECISIONS, *(family for family in FAMILIES if family != "guests"))
    found = least(problem, families, seated=False, ranked=True)
    if found is None:
        raise ValueError("without any rule every problem has an answer")
    stretched, answer = found
    people, pairs = problem.people, problem.pairs
    fixed = np.flatnonzero(pairs.fixed)[stretched.amounts(answer, "fixed") > 0]
    members = answer.columns[stretched.model.seats] > 0

    def both(one: int, other: int) -> list[tuple[bool, bool]]:
        labs = range(len(problem.labs))
        return [(_sits(problem, members, one, lab), _sits(problem, members, other, lab)) for lab in labs]

    parted = [couple for couple in problem.together if any(x != y for x, y in both(*couple))]
    joined = [couple for couple in problem.apart if (True, True) in both(*couple)]
    named = {(people[pairs.person[row]],) for row in fixed} | {(people[a], people[b]) for a, b in parted + joined}
    return Clash(tuple(sorted(named)))


def _sits(problem: Problem, chosen: Flags, person: int, lab: int) -> bool:
    row = problem.index.get((person, lab))
    return row is not None and bool(chosen[row])


def alternatives(problem: Problem, seated: int) -> list[Alternative]:
    """Return at most three ways to seat more than `seated` people, the one that seats most first, then the smallest.

    Each is the smallest change of one kind (seats, share of a group, minimum, guests from elsewhere), or of all kinds
    together when no single one seats everybody.
    """
    single = [
        _alternative(problem, (family,), seated)
        for family in ("maximum", "cap", "guests", "minimum", "at_least", "alone")
    ]
    ways = [way for way in single if way is not None]
    everyone = int(problem.eligible.sum())
    if not any(seated + way.seats == everyone for way in ways):
        several = [_alternative(problem, families, seated) for families in (_INSIDE, ("maximum", "guests"))]
        ways += [way for way in several if way is not None]
    ways.sort(key=lambda way: (-way.seats, way.amount, way.families))
    return _distinct(ways)[:3]


def _distinct(ways: list[Alternative]) -> list[Alternative]:
    kept: dict[tuple[str, ...], Alternative] = {}
    for way in ways:
        kept.setdefault(way.changes, way)
    return list(kept.values())


def _alternative(problem: Problem, families: tuple[str, ...], seated: int) -> Alternative | None:
    found = least(problem, families, seated=True)
    if found is None:
        return None
    stretched, answer = found
    more = round(answer.columns[stretched.model.has_seat].sum()) - seated
    if more <= 0:
        return None
    changes = changes_of(problem, stretched, answer)
    amount = sum(int(stretched.amounts(answer, family).sum()) for family in families)
    waiting = counted(more, "personne")
    return Alternative(
        families, more, amount, changes, typeset(f"Pour placer {waiting} de plus : {'; '.join(changes)}.")
    )


def gave(problem: Problem, chosen: Flags) -> tuple[str, ...]:
    """Return, in French, each rule of `problem` that the seats in `chosen` do not keep, and what it becomes."""
    labs, sizes = problem.labs, problem.sizes(chosen)
    found: list[tuple[str, Rule, int]] = [
        *(
            (family, lab, amount)
            for lab, size in zip(labs, sizes.tolist(), strict=True)
            for family, amount in over(lab, size)
        ),
        *(("cap", cap, math.ceil(excess(problem, cap, chosen, sizes))) for cap in problem.caps),
        *(("at_least", rule, shortfall(problem, rule, chosen)) for rule in problem.at_least),
        *(("alone", rule, int(is_alone(problem, rule, chosen))) for rule in problem.alone),
    ]  # fmt: skip
    return tuple(typeset(_change(problem, family, rule, amount, sizes)) for family, rule, amount in found if amount > 0)


def changes_of(problem: Problem, stretched: Elastic, answer: Answer) -> tuple[str, ...]:
    """Return, in French, what each rule that gives becomes."""
    sizes = np.round(answer.columns[stretched.model.sizes]).astype(np.int64)
    labs: tuple[Rule, ...] = problem.labs
    rules: dict[str, tuple[Rule, ...]] = {
        "cap": problem.caps, "at_least": problem.at_least, "alone": problem.alone,
    }  # fmt: skip
    return tuple(
        typeset(_change(problem, family, rule, int(amount), sizes))
        for family in FAMILIES
        if family in stretched.slacks
        for rule, amount in zip(rules.get(family, labs), stretched.amounts(answer, family), strict=True)
        if amount > 0
    )


def _change(problem: Problem, family: str, rule: Rule, amount: int, sizes: Ints) -> str:
    if isinstance(rule, Cap) and rule.attribute == PRIVATE:
        return f"accepter un groupe moins équilibré que demandé dans « {problem.labs[rule.lab].label} »"
    if isinstance(rule, Alone):
        who = f"une personne seule {NAMES[rule.attribute]} « {rule.value} »"
        return f"accepter {who} dans « {problem.labs[rule.lab].label} »"
    if isinstance(rule, Cap):
        size, most = int(sizes[rule.lab]), rule.share * int(sizes[rule.lab])
        count = int(most + amount + rule.extra)
        return (
            f"accepter {counted(count, 'personne')} {NAMES[rule.attribute]} « {rule.value} » sur {size} dans"
            f" « {problem.labs[rule.lab].label} » ({percent(count / size)} au lieu de {percent(float(rule.share))})"
        )
    if isinstance(rule, AtLeast):
        return (
            f"demander {rule.count - amount} « {rule.value} » au lieu de {rule.count}"
            f" dans « {problem.labs[rule.lab].label} »"
        )
    return _lab_change(family, rule, amount)


def _lab_change(family: str, lab: Lab, amount: int) -> str:
    if family == "maximum":
        places = f"{amount} {agree(amount, 'place')}"
        return f"ajouter {places} à « {lab.label} » ({lab.maximum + amount} au lieu de {lab.maximum})"
    if family == "minimum":
        return f"ouvrir « {lab.label} » dès {counted(lab.minimum - amount, 'personne')} au lieu de {lab.minimum}"
    origin = agree(amount, "d'une autre direction", "d'autres directions")
    return f"inviter {counted(amount, 'agent')} {origin} dans « {lab.label} »"


def summary(waiting: int, ways: list[Alternative]) -> str:
    """Return in one paragraph what would seat those who wait; empty when nobody does."""
    if not waiting:
        return ""
    start = f"{counted(waiting, 'personne')} {agree(waiting, 'attend', 'attendent')} une place"
    if not ways:
        return typeset(f"{start} : aucun changement de règle n'y suffit.")
    return typeset(f"{start}. {enumeration([way.sentence for way in ways], '').strip()}")
