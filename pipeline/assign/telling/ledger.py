"""The ledger: what was asked, what was reached and proven, what gave, what changed; ready for JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

import pipeline
from pipeline.assign.inputs.assemble import Case
from pipeline.assign.inputs.problem import Flags
from pipeline.assign.inputs.seats import refused
from pipeline.assign.solving.goals import Goal
from pipeline.assign.solving.relax import Alternative
from pipeline.french import typeset
from pipeline.params import AssignParams

TITLES = {
    "seated": "le plus de personnes avec une place",
    "announced": "le plus de places annoncées gardées",
    "worst_affinity": "la plus faible affinité, la plus haute possible",
    "total_affinity": "la plus grande somme d'affinités",
    "distance": "le moins de kilomètres",
    "tie": "à égalité, un tirage qui ne dépend que des numéros",
    "holders_seated": "le plus de porteurs placés grâce aux volontaires",
    "volunteers_seated": "le plus de volontaires placés",
    "lottery": "entre volontaires, les numéros tirés au sort",
}
"""Goals as people read them."""


def ledger(
    case: Case, chosen: Flags, goals: Sequence[Goal], gave: Sequence[str], ways: Sequence[Alternative], explained: int
) -> dict[str, object]:
    """Return the account of a run.

    Keys: `goals` (name, value, bound, proven, title), `people`, `volunteers`, `labs`, `rules_that_gave` (French),
    `alternatives` (what would seat those who wait, French), `composition` (by lab, seats by directorate, site type,
    department, occupation), `admitted` (occupations by trade community), `moved` (against the announced seats),
    `announced_gone` (see `lost`), `unknown_places`, `reasons_computed`, `checked`, `input` (hash), `version`; the stage
    adds `arithmetic` (what counting alone says, French), `not_concerned` (people by code of the reason) and `params`.

    Args:
        case: what was asked.
        chosen: possible seats taken, checked.
        goals: of both passes.
        gave: rules relaxed so that there is an answer.
        ways: see `relax.alternatives`.
        explained: number of seats that were forced to compute reasons.
    """
    problem = case.problem
    return {
        "version": pipeline.__version__,
        "input": _fingerprint(case),
        "people": len(set(problem.people) - case.guests),
        "volunteers": len(set(problem.people) & case.guests),
        "labs": len(problem.labs),
        "goals": [{**asdict(goal), "proven": goal.proven, "title": typeset(TITLES[goal.name])} for goal in goals],
        "checked": True,
        "rules_that_gave": list(gave),
        "alternatives": [asdict(way) for way in ways],
        "composition": composition(case, chosen),
        "admitted": {lab.lab_id: list(lab.admits) for lab in problem.labs if lab.admits},
        "moved": moved(case, chosen),
        "announced_gone": [list(seat) for seat in lost(case, chosen)],
        "unknown_places": list(case.unknown_places),
        "reasons_computed": explained,
    }


def params_entry(params: AssignParams, seed: int) -> dict[str, object]:
    """Return the parameters as the ledger keeps them."""
    return {**params.model_dump(mode="json"), "seed": seed}


def _fingerprint(case: Case) -> str:
    problem = case.problem
    lines = [f"{s.person} {s.lab} {s.affinity} {s.fixed} {s.exempt}" for s in case.seats]
    lines += [repr(lab) for lab in problem.labs]
    lines += [f"{c.lab} {c.attribute} {c.value} {c.share} {c.members.tolist()}" for c in problem.caps]
    lines += [f"{r.lab} {r.attribute} {r.value} {r.count} {r.members.tolist()}" for r in problem.at_least]
    lines += [f"{problem.most.tolist()} {problem.together} {problem.apart} {problem.pairs.announced.tolist()}"]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def composition(case: Case, chosen: Flags) -> dict[str, dict[str, dict[str, int]]]:
    """Return lab → attribute → value → people seated; the key `tous` holds everyone who could sit somewhere."""
    people = case.rules.people
    attributes = ("directorate", "site_type", "department", "occupation")
    groups = {"tous": sorted({seat.person for seat in case.seats})}
    for lab in case.problem.labs:
        groups[lab.lab_id] = [
            case.seats[row].person for row in np.flatnonzero(chosen) if case.seats[row].lab == lab.lab_id
        ]
    return {
        name: {
            attribute: {str(v): int(n) for v, n in people.loc[inside, attribute].value_counts().sort_index().items()}
            for attribute in attributes
        }
        for name, inside in groups.items()
    }


def lost(case: Case, chosen: Flags) -> list[tuple[str, str, str]]:
    """Return the announced seats that are not kept, and the code of what decided so.

    `person` or `group`: no longer there; `unavailable`, `banned`, `closed`: decided since; `decision`: other decisions
    on persons (a seat fixed elsewhere, together, apart) leave no room for it.
    """
    taken = {(case.seats[row].person, case.seats[row].lab) for row in np.flatnonzero(chosen)}
    since = refused(case.rules)
    others = case.rules.announced - taken - {(person, lab) for person, lab, _ in since}
    return sorted([*case.rules.gone, *since, *((person, lab, "decision") for person, lab in others)])


def moved(case: Case, chosen: Flags) -> list[dict[str, str]]:
    """Return the seats that differ from the announced ones: holder_id, from, to (lab ids; empty: no seat)."""
    if not case.rules.announced:
        return []
    taken = {(case.seats[row].person, case.seats[row].lab) for row in np.flatnonzero(chosen)}
    gone, new = case.rules.announced - taken, taken - case.rules.announced
    people = sorted({person for person, _ in gone | new})
    return [
        {
            "holder_id": person,
            "from": ", ".join(sorted(lab for who, lab in gone if who == person)),
            "to": ", ".join(sorted(lab for who, lab in new if who == person)),
        }
        for person in people
    ]
