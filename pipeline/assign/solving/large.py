"""Very large problems, end to end: floor by maximum flow, seats by auction, shares and minima mended, bounds proven."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from pipeline.assign.inputs.problem import SCALE, Flags, Ints, Problem
from pipeline.assign.solving.auction import Auction
from pipeline.assign.solving.flow import Flow, highest_floor
from pipeline.assign.solving.goals import Goal, Solution

MANY_PAIRS = 400_000
"""Possible seats above which the exact model takes minutes."""

_CHOICES = 60
"""Labs of each person that the search looks at, best first; the bounds look at all."""

_FLOORS = (1.0, 0.9, 0.7, 0.0)
"""Shares of the network's floor that are tried in turn, until everybody who can has a seat."""


def fits(problem: Problem) -> bool:
    """Return whether the problem is one for this module: very large, and without the rules that only the model knows.

    Those are several labs a person, people together or apart, minima of groups, nobody alone, slots, caps of several
    attributes.
    """
    others = (problem.together, problem.apart, problem.at_least, problem.alone, problem.slots)
    one_attribute = len({cap.attribute for cap in problem.caps}) <= 1
    single = bool((problem.most == 1).all())
    return len(problem.pairs.person) > MANY_PAIRS and not any(others) and one_attribute and single


def solve_large(problem: Problem) -> Solution:
    """Return seats that keep every rule, fixed seats first, and what is proven of the first three goals.

    Where fixed seats alone break the rule of a group, it gives as far as they need. Not proven best: the distance
    between `value` and `bound` says how far from it the result can be at the most.
    """
    fixed = problem.pairs.fixed
    if not fixed.any():
        return _filled(problem, np.zeros(len(problem.labs), dtype=bool))
    free = ~np.isin(problem.pairs.person, problem.pairs.person[fixed])
    chosen = fixed.copy()
    goals = tuple(Goal(name, 0, 0) for name in ("seated", "worst_affinity", "total_affinity"))
    if free.any():
        found = _filled(_around(problem, free), problem.sizes(fixed) > 0)
        chosen[free], goals = found.chosen, found.goals
    here = {"seated": int(fixed.sum()), "total_affinity": int(problem.pairs.affinity[fixed].sum())}
    added = (replace(g, value=g.value + here.get(g.name, 0), bound=g.bound + here.get(g.name, 0)) for g in goals)
    return Solution(chosen, tuple(added))


def _around(problem: Problem, free: Flags) -> Problem:
    """Return what is left to decide once fixed seats are taken: seats, minima and shares count those who sit there.

    Where they pass a share, the lab's minimum asks for as many others as bring it back, as far as there are seats.
    """
    fixed, sizes = problem.pairs.fixed, problem.sizes(problem.pairs.fixed).tolist()
    caps, needed = [], [max(0, lab.minimum - size) for lab, size in zip(problem.labs, sizes, strict=True)]
    for cap in problem.caps:
        extra = cap.extra + cap.share * sizes[cap.lab] - problem.count(fixed, cap.lab, cap.members)
        needed[cap.lab] = max(needed[cap.lab], math.ceil(-extra / cap.share))
        caps.append(replace(cap, extra=extra))
    left = [max(0, lab.maximum - size) for lab, size in zip(problem.labs, sizes, strict=True)]
    labs = [
        replace(lab, maximum=most, minimum=min(least, most))
        for lab, most, least in zip(problem.labs, left, needed, strict=True)
    ]
    return replace(problem.only(free), labs=tuple(labs), caps=tuple(caps))


def _filled(problem: Problem, kept_open: Flags) -> Solution:
    network = Flow(problem)
    everyone = network.seated(np.ones(len(problem.pairs.person), dtype=bool))
    near = _nearest(problem)
    levels = np.unique(problem.pairs.affinity).tolist()
    reach = int(np.searchsorted(levels, _best_of_worst(problem, everyone), side="right"))
    floor = levels[highest_floor(problem, network.seated(near), levels[:reach], near)]
    best: tuple[int, int, int] = (-1, 0, 0)
    bound = np.inf
    for share in _FLOORS:
        mended = _Mended(problem, near & (problem.pairs.affinity >= share * floor), kept_open)
        answer = mended.solved()
        bound = min(bound, mended.bound())
        if (reached := _reached(problem, answer)) > best:
            best, chosen = reached, answer
        if best[0] == everyone:
            break
    limits = (everyone, levels[reach - 1], int(np.floor(bound)))
    names = ("seated", "worst_affinity", "total_affinity")
    goals = (Goal(name, value, max(value, limit)) for name, value, limit in zip(names, best, limits, strict=True))
    return Solution(chosen, tuple(goals))


def _reached(problem: Problem, chosen: Flags) -> tuple[int, int, int]:
    affinity = problem.pairs.affinity[chosen]
    return int(problem.seated(chosen).sum()), int(affinity.min(initial=SCALE)), int(affinity.sum())


def _nearest(problem: Problem) -> Flags:
    """Return the possible seats among the `_CHOICES` best of each person, and the best of each lab's groups."""
    pairs = problem.pairs
    order = np.lexsort((-pairs.tie, -pairs.affinity, pairs.person))
    start = np.searchsorted(pairs.person[order], pairs.person[order])
    near = np.zeros(len(order), dtype=bool)
    near[order[np.arange(len(order)) - start < _CHOICES]] = True
    minimum = np.array([lab.minimum for lab in problem.labs])
    order = np.lexsort((-pairs.tie, -pairs.affinity, pairs.lab))
    start = np.searchsorted(pairs.lab[order], pairs.lab[order])
    near[order[np.arange(len(order)) - start < 4 * minimum[pairs.lab[order]]]] = True
    return near


def _best_of_worst(problem: Problem, everyone: int) -> int:
    """Return a floor no answer passes: when everybody sits, the least of people's best affinities."""
    best = np.zeros(len(problem.people), dtype=np.int64)
    np.maximum.at(best, problem.pairs.person, problem.pairs.affinity)
    ranked = np.sort(best[problem.eligible])[::-1]
    return int(ranked[min(everyone, len(ranked)) - 1]) if everyone else 0


@dataclass(slots=True)
class _Groups:
    """People by capped group; the last group is that of people under no cap."""

    of: Ints
    count: int
    shares: list[list[Fraction]]
    extras: list[list[Fraction]]

    def most(self, lab: int, group: int, size: int) -> int:
        """Return how many of `group` may sit among `size` people."""
        return max(0, int(self.shares[lab][group] * size + self.extras[lab][group]))


def _groups(problem: Problem) -> _Groups:
    values = sorted({cap.value for cap in problem.caps})
    of = np.full(len(problem.people), len(values), dtype=np.int64)
    shares = [[Fraction(1)] * (len(values) + 1) for _ in problem.labs]
    extras = [[Fraction(0)] * (len(values) + 1) for _ in problem.labs]
    for cap in problem.caps:
        of[cap.members] = values.index(cap.value)
        shares[cap.lab][values.index(cap.value)] = cap.share
        extras[cap.lab][values.index(cap.value)] = cap.extra
    return _Groups(of, len(values) + 1, shares, extras)


class _Mended:
    """An auction, then what it does not know: shares of the real size, and minima."""

    def __init__(self, problem: Problem, allowed: Flags, kept_open: Flags) -> None:
        self._problem = problem
        self._kept_open = kept_open
        self._groups = _groups(problem)
        seats = [lab.maximum for lab in problem.labs]
        groups = range(self._groups.count)
        caps = [[self._groups.most(lab, group, size) for group in groups] for lab, size in enumerate(seats)]
        self._auction = Auction(problem, self._groups.of, np.array(caps, dtype=np.int64), allowed)
        self._auction.run(list(range(len(problem.people))))
        self._relaxed = self._auction.price.copy()
        self._prices = self._split_prices()

    def solved(self) -> Flags:
        """Return the seats taken, every rule kept."""
        self._keep_shares()
        for lab in np.argsort(self._auction.inside.sum(axis=1), kind="stable").tolist():
            self._reach_minimum(lab)
        self._keep_shares()
        self._close_small()
        chosen = np.zeros(len(self._problem.pairs.person), dtype=bool)
        taken = self._auction.taken
        chosen[self._auction.rows[taken[taken >= 0]]] = True
        return chosen

    def _room(self, lab: int, group: int) -> int:
        """Return how many of `group` the others in `lab` allow: f ≤ share × (f + others) + extra."""
        share, extra = self._groups.shares[lab][group], self._groups.extras[lab][group]
        inside = self._auction.inside[lab]
        others = int(inside.sum() - inside[group])
        return int(self._auction.seats[lab]) if share >= 1 else max(0, int((share * others + extra) / (1 - share)))

    def _keep_shares(self) -> None:
        while True:
            inside = self._auction.inside
            over = [
                (lab, group)
                for lab, group in np.argwhere(inside > 0).tolist()
                if inside[lab, group] > self._room(lab, group)
            ]
            if not over:
                return
            out: list[int] = []
            for lab, group in over:
                out += self._auction.tighten(lab, group, min(self._room(lab, group), int(inside[lab, group])))
            self._auction.run(out)

    def _reach_minimum(self, lab: int) -> None:
        """Bring in those who lose the least by coming, from labs that can spare them."""
        auction, minimum = self._auction, self._problem.labs[lab].minimum
        inside = int(auction.inside[lab].sum())
        if inside >= minimum or not (inside or self._kept_open[lab]):
            return
        candidates = np.flatnonzero(auction.labs == lab)
        people = self._problem.pairs.person[auction.rows[candidates]]
        seated = auction.taken[people]
        now = np.where(seated >= 0, auction.values[seated], 0.0)
        order = np.lexsort((people, now - auction.values[candidates]))
        for index in order.tolist():
            if auction.inside[lab].sum() >= minimum:
                return
            self._bring(int(people[index]), int(candidates[index]), lab)

    def _bring(self, person: int, row: int, lab: int) -> None:
        auction, group = self._auction, int(self._groups.of[person])
        now = int(auction.taken[person])
        former = int(auction.labs[now]) if now >= 0 else -1
        if former == lab or not self._can_take(lab, group) or (former >= 0 and not self._can_spare(former, group)):
            return
        if former >= 0:
            auction.leave(person)
        auction.seat(person, row)

    def _can_take(self, lab: int, group: int) -> bool:
        inside = self._auction.inside[lab]
        after = max(int(inside.sum()) + 1, self._problem.labs[lab].minimum)
        return int(inside[group]) + 1 <= self._groups.most(lab, group, after)

    def _can_spare(self, lab: int, group: int) -> bool:
        inside = self._auction.inside[lab].copy()
        inside[group] -= 1
        size = int(inside.sum())
        return size >= self._problem.labs[lab].minimum and all(
            int(count) <= self._groups.most(lab, g, size) for g, count in enumerate(inside) if count
        )

    def _close_small(self) -> None:
        """Close labs that stay under their minimum, one after the other; their people look elsewhere."""
        auction = self._auction
        while True:
            sizes = auction.inside.sum(axis=1)
            small = [
                lab
                for lab, size in enumerate(sizes.tolist())
                if 0 < size < self._problem.labs[lab].minimum and not self._kept_open[lab]
            ]
            if not small:
                return
            auction.run(auction.close(small[0]))
            self._keep_shares()

    def _split_prices(self) -> tuple[np.ndarray, np.ndarray]:
        auction = self._auction
        full = auction.inside.sum(axis=1) >= auction.seats
        general = np.where(full & np.isfinite(auction.lowest.min(axis=1)), auction.lowest.min(axis=1), 0.0)
        extra = np.maximum(self._relaxed.T - general[:, None], 0.0)
        return general, np.where(np.isfinite(extra), extra, 0.0)

    def bound(self) -> float:
        """Return a total no answer passes, from the prices before mending, over all possible seats.

        Lagrangian duality: with price v for a seat of a lab and w for one of a group's, both ≥ 0, no answer's total is
        above Σ over people of their best (affinity − v − w, 0 if negative) + Σ over labs of seats × (v + share × w).
        """
        general, extra = self._prices
        pairs, groups = self._problem.pairs, self._groups
        worth = pairs.affinity - general[pairs.lab] - extra[pairs.lab, groups.of[pairs.person]]
        best = np.zeros(len(self._problem.people))
        np.maximum.at(best, pairs.person, worth)
        seats = np.array([lab.maximum for lab in self._problem.labs])
        most = np.array([
            [max(0.0, float(share * int(size) + more)) for share, more in zip(*rows, strict=True)]
            for size, *rows in zip(seats, groups.shares, groups.extras, strict=True)
        ])  # fmt: skip
        return float(best.sum() + (seats * general).sum() + (most * extra).sum())
