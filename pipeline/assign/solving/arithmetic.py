"""What counting alone says before anything is solved: seats against people, groups against their share, in French."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from pipeline.assign.inputs.problem import Problem
from pipeline.french import agree, counted, number, percent, typeset
from pipeline.words.seats import NAMES, PRIVATE


def arithmetic(problem: Problem) -> list[str]:
    """Return a sentence for each shortage that no composition can avoid."""
    return [typeset(said) for said in (*_seats(problem), *_shares(problem), *_minima(problem))]


def _seats(problem: Problem) -> list[str]:
    seats = sum(lab.maximum for lab in problem.labs if not lab.closed)
    people = int((problem.eligible & ~problem.volunteers).sum())
    missing = people - seats
    if missing <= 0:
        return []
    lacking = agree(missing, "manque une", f"manque {number(missing)}")
    return [f"{counted(people, 'personne')} pour {counted(seats, 'place')} : il en {lacking}."]


def _shares(problem: Problem) -> list[str]:
    room: dict[tuple[str, str], int] = defaultdict(int)
    capped: dict[tuple[str, str], set[int]] = defaultdict(set)
    shown = [cap for cap in problem.caps if cap.attribute != PRIVATE]
    members = {(cap.attribute, cap.value): cap.members for cap in shown}
    for cap in shown:
        capped[cap.attribute, cap.value].add(cap.lab)
        if not problem.labs[cap.lab].closed:
            room[cap.attribute, cap.value] += int(cap.share * problem.labs[cap.lab].maximum + cap.extra)
    said = []
    for (attribute, value), labs in capped.items():
        seats = problem.pairs.lab
        elsewhere = np.isin(seats, sorted(labs), invert=True)
        free = set(problem.pairs.person[elsewhere].tolist())
        bound = [p for p in members[attribute, value].tolist() if p not in free and problem.eligible[p]]
        if len(bound) > room[attribute, value]:
            said.append(
                f"{counted(len(bound), 'personne')} {NAMES[attribute]} « {value} » ne peuvent siéger que dans des"
                f" groupes où leur part est limitée : {counted(room[attribute, value], 'place')} au plus."
            )
    return said


def _minima(problem: Problem) -> list[str]:
    near = np.bincount(problem.pairs.lab, minlength=len(problem.labs))
    said = [
        f"« {lab.label} » : {counted(int(count), 'personne concernée', 'personnes concernées')} pour un minimum de"
        f" {number(lab.minimum)}."
        for lab, count in zip(problem.labs, near, strict=True)
        if count < lab.minimum and not lab.closed
    ]
    for cap_lab, others in _others(problem).items():
        lab = problem.labs[cap_lab]
        most, share, value, attribute = others
        if most < lab.minimum <= int(near[cap_lab]):
            said.append(
                f"« {lab.label} » : avec {percent(share)} au plus {NAMES[attribute]} « {value} », il réunit au mieux"
                f" {counted(most, 'personne')} pour un minimum de {number(lab.minimum)}."
            )
    return said


def _others(problem: Problem) -> dict[int, tuple[int, float, str, str]]:
    """Return, by lab, the smallest size its caps allow when everyone outside the capped group comes."""
    found: dict[int, tuple[int, float, str, str]] = {}
    for cap in (cap for cap in problem.caps if cap.attribute != PRIVATE and cap.share < 1):
        inside = problem.pairs.person[problem.pairs.lab == cap.lab]
        others = int(np.isin(inside, cap.members, invert=True).sum())
        group = min(len(inside) - others, int((cap.share * others + cap.extra) / (1 - cap.share)))
        if cap.lab not in found or others + group < found[cap.lab][0]:
            found[cap.lab] = (others + group, float(cap.share), cap.value, cap.attribute)
    return found
