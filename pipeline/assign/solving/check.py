"""Every rule verified again on the answer, by code that shares nothing with the model.

HiGHS is never believed unchecked: `milp` has claimed optimality for an answer that breaks its own rows (SciPy 24141).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.assign.inputs.problem import Flags, Problem
from pipeline.assign.inputs.rules import Rules
from pipeline.french import fold


class BrokenRuleError(RuntimeError):
    """The answer breaks a rule: a defect of the program or of the solver, never to be published."""


def check(problem: Problem, chosen: Flags) -> None:
    """Return nothing when the seats in `chosen` keep every rule of `problem`.

    Raises:
        BrokenRuleError: with all broken rules.
    """
    found = broken(problem, chosen)
    if found:
        raise BrokenRuleError("; ".join(found))


def check_decisions(rules: Rules, seats: Iterable[tuple[str, str]]) -> None:
    """Return nothing when `seats` keep what people decided, read again from the decisions themselves.

    Args:
        rules: wishes, labs and people.
        seats: (person, lab) taken.

    Raises:
        BrokenRuleError: with all broken decisions.
    """
    found = broken_decisions(rules, set(seats))
    if found:
        raise BrokenRuleError("; ".join(found))


def broken_decisions(rules: Rules, seats: set[tuple[str, str]]) -> list[str]:
    """Return a line for each decision that `seats` break: fixed, banned, unavailable, closed, occupation."""
    fixed = {(wish.person, lab) for wish in rules.wishes for lab in wish.fixed}
    banned = {(wish.person, lab) for wish in rules.wishes for lab in wish.banned}
    leads = {(wish.person, lab) for wish in rules.wishes for lab in wish.facilitates}
    absent = {wish.person for wish in rules.wishes if wish.unavailable}
    return [
        *_named("fixed seat not kept", fixed - seats),
        *_named("banned", banned & seats),
        *(f"unavailable: {person}" for person, _ in sorted(seats) if person in absent),
        *_named("facilitates", leads & seats),
        *_doors(rules, seats, fixed | rules.announced),
        *_meetings(rules, seats),
    ]


def _named(what: str, seats: set[tuple[str, str]]) -> list[str]:
    return [f"{what}: {person} {lab}" for person, lab in sorted(seats)]


def _meetings(rules: Rules, seats: set[tuple[str, str]]) -> Iterator[str]:
    can = {wish.person: set(wish.slots) for wish in rules.wishes if wish.slots}
    for rule in rules.labs:
        slots = {fold(slot) for slot in rule.slots}
        common = slots.intersection(*(can[person] for person, lab in seats if lab == rule.lab_id and person in can))
        if slots and not common:
            yield f"no common slot: {rule.lab_id}"


def _doors(rules: Rules, seats: set[tuple[str, str]], kept: set[tuple[str, str]]) -> Iterator[str]:
    labs, occupations = {lab.lab_id: lab for lab in rules.groups}, rules.people["occupation"].to_dict()
    for person, lab in sorted(seats):
        if labs[lab].closed:
            yield f"closed: {lab}"
        admits = labs[lab].admits
        if admits and occupations[person] not in admits and (person, lab) not in kept:
            yield f"occupation not admitted: {person} {lab}"


def broken(problem: Problem, chosen: Flags) -> list[str]:
    """Return a line for each broken rule, in English, for developers."""
    pairs = problem.pairs
    seats = [(int(pairs.person[row]), int(pairs.lab[row])) for row in chosen.nonzero()[0]]
    members: dict[int, set[int]] = {lab: set() for lab in range(len(problem.labs))}
    for person, lab in seats:
        members[lab].add(person)
    return [
        *_fixed(problem, chosen),
        *_people(problem, seats),
        *_sizes(problem, members),
        *_groups(problem, members),
        *_categories(problem, members),
        *_couples(problem, members),
    ]


def _fixed(problem: Problem, chosen: Flags) -> Iterator[str]:
    for row in problem.pairs.fixed.nonzero()[0]:
        if not chosen[row]:
            yield f"fixed seat not kept: {problem.people[problem.pairs.person[row]]}"


def _people(problem: Problem, seats: list[tuple[int, int]]) -> Iterator[str]:
    for person, count in Counter(person for person, _ in seats).items():
        if count > problem.most[person]:
            yield f"too many labs: {problem.people[person]} has {count}"


def _sizes(problem: Problem, members: dict[int, set[int]]) -> Iterator[str]:
    for lab, inside in members.items():
        rules = problem.labs[lab]
        if inside and rules.closed:
            yield f"closed: {rules.lab_id}"
        if len(inside) > rules.maximum:
            yield f"over the maximum: {rules.lab_id} {len(inside)} > {rules.maximum}"
        if inside and len(inside) < rules.minimum:
            yield f"under the minimum: {rules.lab_id} {len(inside)} < {rules.minimum}"


def _groups(problem: Problem, members: dict[int, set[int]]) -> Iterator[str]:
    for cap in problem.caps:
        inside, group = members[cap.lab], members[cap.lab] & set(cap.members.tolist())
        if (len(group) - cap.extra) * cap.share.denominator > cap.share.numerator * len(inside):
            yield f"over the cap: {problem.labs[cap.lab].lab_id} {cap.value} {len(group)}/{len(inside)}"
    for rule in problem.at_least:
        inside, group = members[rule.lab], members[rule.lab] & set(rule.members.tolist())
        if inside and len(group) < rule.count:
            yield f"too few: {problem.labs[rule.lab].lab_id} {rule.value} {len(group)} < {rule.count}"


def _categories(problem: Problem, members: dict[int, set[int]]) -> Iterator[str]:
    for rule in problem.alone:
        inside = members[rule.lab] & set(rule.members.tolist())
        if 0 < len(inside) < rule.least:
            yield f"alone: {problem.labs[rule.lab].lab_id} {rule.attribute}"
    for lab, inside in members.items():
        absent = [set(slot.absent.tolist()) for slot in problem.slots if slot.lab == lab]
        if inside and absent and all(inside & away for away in absent):
            yield f"no common slot: {problem.labs[lab].lab_id}"


def _couples(problem: Problem, members: dict[int, set[int]]) -> Iterator[str]:
    for lab, inside in members.items():
        for one, other in problem.together:
            if (one in inside) != (other in inside):
                yield f"not together: {problem.people[one]} {problem.people[other]} {problem.labs[lab].lab_id}"
        for one, other in problem.apart:
            if one in inside and other in inside:
                yield f"not apart: {problem.people[one]} {problem.people[other]} {problem.labs[lab].lab_id}"
