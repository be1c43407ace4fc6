"""What if: a sentence such as "fix A017 in lab-T03" read as a decision, tried without writing anything.

Understood (English or French): `fix A017 in lab-T03` / `fixer A017 dans lab-T03`, `ban … from …` / `exclure … de …`,
`drop A017` / `retirer A017`, `together A017 A018` / `ensemble`, `apart` / `séparer`, `close lab-T03` / `fermer`,
`open lab-T03` / `ouvrir`, `max lab-T03 20`, `min lab-T03 5`, `cap lab-T03 50 %` / `plafond` (of one directorate).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from pipeline.assign.inputs.lab_rules import LabRule
from pipeline.assign.inputs.problem import SCALE
from pipeline.assign.inputs.rules import Rules, with_decisions
from pipeline.assign.inputs.wishes import Wish, lab_named, names_of
from pipeline.assign.seating import Asked, Seating, seat
from pipeline.errors import MinilabsError, raise_all
from pipeline.french import number, typeset
from pipeline.params import AssignParams

EXAMPLES = (
    "« fixer A017 dans lab-T03 », « exclure A017 de lab-L03 », « retirer A017 », « max lab-T03 20 », « fermer L03 »"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a trial changes.

    Attributes:
        moved: (person, former lab, new lab), labels; empty: no seat.
        figures: French name of a goal → (before, after).
        gave: rules that would have to give, in French.
    """

    moved: tuple[tuple[str, str, str], ...]
    figures: dict[str, tuple[str, str]]
    gave: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Decisions:
    wishes: tuple[Wish, ...]
    labs: tuple[LabRule, ...]

    def wish(self, person: str, change: Callable[[Wish], Wish]) -> _Decisions:
        known = {wish.person: wish for wish in self.wishes}
        known[person] = change(known.get(person, Wish(0, person)))
        return replace(self, wishes=tuple(known[name] for name in sorted(known)))

    def lab(self, lab_id: str, change: Callable[[LabRule], LabRule]) -> _Decisions:
        known = {rule.lab_id: rule for rule in self.labs}
        known[lab_id] = change(known.get(lab_id, LabRule(0, lab_id)))
        return replace(self, labs=tuple(known[name] for name in sorted(known)))


Act = Callable[[_Decisions, str, str], _Decisions]


def _fix(decisions: _Decisions, person: str, lab: str) -> _Decisions:
    return decisions.wish(person, lambda wish: replace(wish, fixed=(lab,)))


def _ban(decisions: _Decisions, person: str, lab: str) -> _Decisions:
    return decisions.wish(person, lambda wish: replace(wish, banned=(*wish.banned, lab)))


def _drop(decisions: _Decisions, person: str, _: str) -> _Decisions:
    return decisions.wish(person, lambda wish: replace(wish, unavailable=True, fixed=()))


def _together(decisions: _Decisions, person: str, other: str) -> _Decisions:
    return decisions.wish(person, lambda wish: replace(wish, together=(*wish.together, other)))


def _apart(decisions: _Decisions, person: str, other: str) -> _Decisions:
    return decisions.wish(person, lambda wish: replace(wish, apart=(*wish.apart, other)))


def _close(decisions: _Decisions, lab: str, _: str) -> _Decisions:
    return decisions.lab(lab, lambda rule: replace(rule, closed=True))


def _open(decisions: _Decisions, lab: str, _: str) -> _Decisions:
    return decisions.lab(lab, lambda rule: replace(rule, closed=False))


def _maximum(decisions: _Decisions, lab: str, count: str) -> _Decisions:
    return decisions.lab(lab, lambda rule: replace(rule, maximum=int(count)))


def _minimum(decisions: _Decisions, lab: str, count: str) -> _Decisions:
    return decisions.lab(lab, lambda rule: replace(rule, minimum=int(count)))


def _cap(decisions: _Decisions, lab: str, percent: str) -> _Decisions:
    share = Fraction(int(percent), 100)
    return decisions.lab(lab, lambda rule: replace(rule, shares={**rule.shares, "directorate": share}))


_PERSON, _LAB, _COUNT = r"(?P<person>\S+)", r"(?P<lab>.+?)", r"(?P<count>[1-9]\d*)"
_ACTS: tuple[tuple[str, tuple[str, str], Act], ...] = (
    (rf"(?:fix|fixer|placer) {_PERSON} (?:in|dans) {_LAB}", ("person", "lab"), _fix),
    (rf"(?:ban|exclure) {_PERSON} (?:from|de) {_LAB}", ("person", "lab"), _ban),
    (rf"(?:drop|retirer) {_PERSON}", ("person", ""), _drop),
    (rf"(?:together|ensemble) {_PERSON} (?P<other>\S+)", ("person", "other"), _together),
    (rf"(?:apart|séparer|separer) {_PERSON} (?P<other>\S+)", ("person", "other"), _apart),
    (rf"(?:close|fermer) {_LAB}", ("lab", ""), _close),
    (rf"(?:open|ouvrir) {_LAB}", ("lab", ""), _open),
    (rf"(?:max|maximum|places) {_LAB}(?: ?= ?| ){_COUNT}", ("lab", "count"), _maximum),
    (rf"(?:min|minimum) {_LAB}(?: ?= ?| ){_COUNT}", ("lab", "count"), _minimum),
    (rf"(?:cap|plafond) {_LAB}(?: ?= ?| ){_COUNT} ?%", ("lab", "count"), _cap),
)


def tried(rules: Rules, sentences: Sequence[str], params: AssignParams) -> Rules:
    """Return the rules with the decisions of `sentences` added.

    Raises:
        MinilabsError: `assign.act`, `assign.act_person` or `assign.act_lab` for each sentence that is not understood;
            contradictions.
    """
    decisions, errors = _Decisions(rules.wishes, rules.labs), []
    for sentence in sentences:
        try:
            decisions = _applied(rules, decisions, sentence)
        except MinilabsError as error:
            errors.append(error)
    raise_all(errors)
    return with_decisions(rules, decisions.wishes, decisions.labs, params)


def _applied(rules: Rules, decisions: _Decisions, sentence: str) -> _Decisions:
    text = " ".join(sentence.split())
    for pattern, (first, second), act in _ACTS:
        match = re.fullmatch(pattern, text, re.IGNORECASE)
        if match:
            found = {name: _known(rules, name, value) for name, value in match.groupdict().items()}
            return act(decisions, found[first], found.get(second, ""))
    raise MinilabsError("assign.act", value=text[:80], examples=EXAMPLES)


def _known(rules: Rules, name: str, value: str) -> str:
    if name == "lab":
        try:
            return lab_named(names_of(rules.asked), value)
        except MinilabsError as why:
            allowed = why.facts["allowed"]
            if why.code == "assign.ambiguous_lab":
                raise MinilabsError("assign.act_ambiguous", value=value[:80], allowed=allowed) from why
            raise MinilabsError("assign.act_lab", value=value[:80], allowed=allowed) from why
    if name in {"person", "other"} and value not in rules.people.index:
        raise MinilabsError("assign.act_person", value=value[:40])
    return value


def difference(asked: Asked, sentences: Sequence[str], params: AssignParams, seed: int) -> Difference:
    """Return what the decisions of `sentences` would change; nothing is written.

    Raises:
        MinilabsError: see `tried`.
    """
    other = replace(asked, rules=tried(asked.rules, sentences, params))
    return compare(seat(asked, params, seed), seat(other, params, seed))


def compare(before: Seating, after: Seating) -> Difference:
    """Return who moves and what each goal becomes."""
    former, now = _seats(before), _seats(after)
    moved = [(person, former.get(person, ""), now.get(person, "")) for person in sorted(former.keys() | now.keys())]
    return Difference(
        tuple(move for move in moved if move[1] != move[2]),
        {name: (_FIGURES[name](before), _FIGURES[name](after)) for name in _FIGURES},
        after.gave,
    )


def _seats(seating: Seating) -> dict[str, str]:
    labels = {lab.lab_id: lab.label for lab in seating.case.problem.labs}
    found: dict[str, list[str]] = {}
    for row in np.flatnonzero(seating.chosen):
        taken = seating.case.seats[row]
        found.setdefault(taken.person, []).append(labels[taken.lab])
    return {person: typeset(" ; ".join(sorted(labs))) for person, labs in found.items()}


def _seated(seating: Seating) -> str:
    return number(int(seating.case.problem.seated(seating.chosen).sum()))


def _waiting(seating: Seating) -> str:
    problem = seating.case.problem
    return number(int((problem.eligible & ~problem.seated(seating.chosen)).sum()))


def _outside(seating: Seating) -> str:
    problem = seating.case.problem
    return number(len(seating.case.rules.people) - int(problem.eligible.sum()))


def _worst(seating: Seating) -> str:
    pairs = seating.case.problem.pairs
    counted = pairs.affinity[seating.chosen & ~pairs.exempt]
    return number(int(counted.min()) / SCALE, 2) if len(counted) else "–"


def _total(seating: Seating) -> str:
    return number(int(seating.case.problem.pairs.affinity[seating.chosen].sum()) / SCALE, 1)


_FIGURES: dict[str, Callable[[Seating], str]] = {
    "personnes placées": _seated,
    "personnes en attente": _waiting,
    "personnes sans groupe possible": _outside,
    "affinité la plus basse": _worst,
    "affinité totale": _total,
}
