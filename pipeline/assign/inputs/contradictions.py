"""Decisions that cannot hold together, found by arithmetic before anything is solved, each with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.assign.inputs.lab_rules import LabRule
from pipeline.assign.inputs.problem import Lab
from pipeline.assign.inputs.wishes import Wish, groups_of
from pipeline.errors import MinilabsError
from pipeline.french import fold
from pipeline.params import AssignParams


def contradictions(
    wishes: Sequence[Wish], rules: Sequence[LabRule], labs: Sequence[Lab], people: pd.DataFrame, params: AssignParams
) -> list[MinilabsError]:
    """Return every contradiction, people's file first, by line.

    Args:
        wishes: lines of the people's file.
        rules: lines of the labs' file.
        labs: with the seats as decided.
        people: attributes by holder_id.
        params: files' names and defaults.
    """
    groups = {person: group for group in groups_of(wishes) for person in group}
    known = _Known({wish.person: wish for wish in wishes}, groups, {lab.lab_id: lab for lab in labs}, people, params)
    found = [error for wish in wishes for error in (*_of_person(known, wish), *_of_couple(known, wish))]
    found += [error for rule in rules for error in _of_lab(known, rule)]
    found += list(_crowded(known, {rule.lab_id for rule in rules}))
    return sorted(found, key=lambda error: (str(error.facts["path"]) != params.people, int(str(error.facts["line"]))))


@dataclass(frozen=True, eq=False, slots=True)
class _Known:
    wishes: dict[str, Wish]
    groups: dict[str, frozenset[str]]
    labs: dict[str, Lab]
    people: pd.DataFrame
    params: AssignParams

    def fixed_in(self, lab_id: str) -> list[str]:
        return [person for person, wish in self.wishes.items() if lab_id in wish.fixed]

    def wish(self, person: str) -> Wish:
        """Return the line of a person; one that says nothing when they have none."""
        return self.wishes.get(person, Wish(0, person))

    def near(self, person: str) -> frozenset[str]:
        """Return the people kept together with `person`, through others too; the person among them."""
        return self.groups.get(person, frozenset({person}))

    def fixed_with(self, person: str) -> set[str]:
        """Return the labs where `person` has to sit, or someone kept together with them."""
        return {lab for one in self.near(person) for lab in self.wish(one).fixed}


def _of_person(known: _Known, wish: Wish) -> Iterator[MinilabsError]:
    most = wish.most or known.params.max_labs
    everywhere = {lab.lab_id for lab in known.labs.values() if not lab.closed}
    found: list[tuple[bool, str, dict[str, object]]] = [
        (len(wish.fixed) > most, "assign.fixed_twice", {"labs": ", ".join(wish.fixed), "most": most}),
        (bool(wish.fixed) and wish.unavailable, "assign.fixed_unavailable", {"lab": ", ".join(wish.fixed)}),
        (bool(everywhere) and everywhere <= set(wish.banned), "assign.banned_everywhere", {}),
    ]
    found += [(lab in wish.banned, "assign.fixed_banned", {"lab": lab}) for lab in wish.fixed]
    found += [(lab in wish.facilitates, "assign.facilitates_fixed", {"lab": lab}) for lab in wish.fixed]
    found += [(known.labs[lab].closed, "assign.fixed_closed", {"lab": lab}) for lab in wish.fixed]
    for wrong, code, facts in found:
        if wrong:
            yield MinilabsError(code, path=known.params.people, line=wish.line, person=wish.person, **facts)


def _of_couple(known: _Known, wish: Wish) -> Iterator[MinilabsError]:
    for other in sorted(known.near(wish.person) - {wish.person}):
        if other in wish.together or _told_here(wish, known.wish(other)):
            yield from _of_together(known, wish, known.wish(other))
    for other in wish.apart:
        shared = sorted(known.fixed_with(wish.person) & known.fixed_with(other))
        if other not in known.near(wish.person):
            yield from (_couple_error(known, "assign.apart_fixed", wish, other, lab=lab) for lab in shared)
    yield from _nowhere(known, wish)


def _told_here(wish: Wish, theirs: Wish) -> bool:
    """Whether a pair kept together through others is told at this line: once, where the file first has one of them."""
    return wish.person not in theirs.together and (not theirs.line or wish.line < theirs.line)


def _nowhere(known: _Known, wish: Wish) -> Iterator[MinilabsError]:
    """People kept together whose bans, taken together, leave no open lab."""
    group = known.near(wish.person)
    first = min((known.wish(one).line for one in group if known.wish(one).banned), default=0)
    open_labs = {lab.lab_id for lab in known.labs.values() if not lab.closed}
    if len(group) > 1 and wish.line == first and open_labs and _only_together(known, group, open_labs):
        facts = {"line": wish.line, "people": ", ".join(sorted(group))}
        yield MinilabsError("assign.together_banned_everywhere", path=known.params.people, **facts)


def _only_together(known: _Known, group: Iterable[str], open_labs: set[str]) -> bool:
    """Whether the bans of a group leave no open lab, though those of none of its people do."""
    bans = [set(known.wish(one).banned) for one in group]
    return open_labs <= set().union(*bans) and not any(open_labs <= banned for banned in bans)


def _of_together(known: _Known, wish: Wish, theirs: Wish) -> Iterator[MinilabsError]:
    other, split = theirs.person, bool(wish.fixed and theirs.fixed) and set(wish.fixed) != set(theirs.fixed)
    direct = other in wish.together or wish.person in theirs.together
    if other in wish.apart or wish.person in theirs.apart:
        group = {} if direct else {"group": ", ".join(sorted(known.near(other)))}
        yield _couple_error(
            known, "assign.together_apart" if direct else "assign.together_apart_by", wish, other, **group
        )
    if split:
        labs = {"mine": ", ".join(wish.fixed), "theirs": ", ".join(theirs.fixed)}
        yield _couple_error(known, "assign.together_fixed", wish, other, **labs)
    for lab in sorted((set(wish.fixed) & set(theirs.banned)) | (set(theirs.fixed) & set(wish.banned))):
        yield _couple_error(known, "assign.together_banned", wish, other, lab=lab)


def _couple_error(known: _Known, code: str, wish: Wish, other: str, **facts: str) -> MinilabsError:
    return MinilabsError(code, path=known.params.people, line=wish.line, person=wish.person, other=other, **facts)


def _of_lab(known: _Known, rule: LabRule) -> Iterator[MinilabsError]:
    lab, fixed = known.labs[rule.lab_id], known.fixed_in(rule.lab_id)
    if lab.minimum > lab.maximum:
        yield _lab_error(known, "assign.seats_order", rule, minimum=lab.minimum, maximum=lab.maximum)
    if len(fixed) > lab.maximum:
        yield _lab_error(known, "assign.too_many_fixed", rule, count=len(fixed), maximum=lab.maximum)
    yield from _caps(known, rule, lab, fixed)
    yield from _minima(known, rule, lab)
    yield from _slots(known, rule)


def _lab_error(known: _Known, code: str, rule: LabRule, **facts: object) -> MinilabsError:
    return MinilabsError(code, path=known.params.labs, line=rule.line, lab=rule.lab_id, **facts)


def _caps(known: _Known, rule: LabRule, lab: Lab, fixed: list[str]) -> Iterator[MinilabsError]:
    """Shares that leave no seat, or fewer than the people fixed in the lab need."""
    for column, share in rule.shares.items():
        most = share * lab.maximum
        if most < 1:
            yield _lab_error(known, "assign.cap_zero", rule, maximum=lab.maximum)
            continue
        for value, count in known.people.loc[fixed, column].value_counts().items():
            if count > most:
                yield _lab_error(known, "assign.cap_fixed", rule, count=count, value=value, most=int(most))


def _slots(known: _Known, rule: LabRule) -> Iterator[MinilabsError]:
    """No day of the lab on which all those fixed in it can come."""
    bound = [person for person in known.people.index if rule.lab_id in known.fixed_with(person)]
    can = [set(known.wish(person).slots) for person in bound if known.wish(person).slots]
    if rule.slots and not {*map(fold, rule.slots)}.intersection(*can):
        people = ", ".join(sorted(map(str, bound)))
        yield _lab_error(known, "assign.slot_fixed", rule, slots=", ".join(rule.slots), people=people)


def _crowded(known: _Known, ruled: set[str]) -> Iterator[MinilabsError]:
    """More people fixed in a lab than the default seats; said at the line of the last of them."""
    for lab in known.labs.values():
        fixed = known.fixed_in(lab.lab_id)
        if lab.lab_id not in ruled and len(fixed) > lab.maximum:
            line = max(known.wishes[person].line for person in fixed)
            facts = {"path": known.params.people, "line": line, "lab": lab.lab_id}
            yield MinilabsError("assign.too_many_fixed", count=len(fixed), maximum=lab.maximum, **facts)


def _minima(known: _Known, rule: LabRule, lab: Lab) -> Iterator[MinilabsError]:
    asked: dict[str, int] = {}
    for column, value, count in rule.at_least:
        asked[column] = asked.get(column, 0) + count
        there = int((known.people[column] == value).sum())
        most = int(rule.shares.get(column, 1) * lab.maximum)
        if count > min(there, most):
            yield MinilabsError(
                "assign.at_least", path=known.params.labs, line=rule.line, lab=lab.lab_id, value=value, count=count,
                there=there, most=most,
            )  # fmt: skip
    if any(total > lab.maximum for total in asked.values()):
        yield MinilabsError(
            "assign.at_least_sum", path=known.params.labs, line=rule.line, lab=lab.lab_id, total=max(asked.values()),
            maximum=lab.maximum,
        )  # fmt: skip
