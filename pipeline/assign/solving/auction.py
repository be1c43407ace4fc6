"""Very large problems: an auction seats people one bid at a time, prices prove how far from the best the result can be.

Each person bids for the lab they prefer at current prices; a full lab, or one where their group is at its cap, gives
the seat of its lowest bidder (Bertsekas, "The auction algorithm for assignment and other network flow problems", 1990;
seats with caps by group form a laminar matroid, for which the argument holds). With bids raised by `step` the total is
within people × step of the best for given caps. The final prices give a bound by Lagrangian duality, proven whatever
the way the result was found.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from pipeline.assign.inputs.problem import Flags, Ints, Problem

Reals = NDArray[np.float64]
_STEP = 1.0


class Auction:
    """The state of the bidding: who sits where, at which bid, and what a seat costs now."""

    def __init__(self, problem: Problem, group: Ints, caps: Ints, allowed: Flags) -> None:
        """Start with nobody seated and every seat free of charge.

        Args:
            problem: one lab a person, one attribute capped, no couple.
            group: by person, index of the capped group.
            caps: lab × group, largest number of seats.
            allowed: possible seats that may be taken.
        """
        pairs = problem.pairs
        rows = np.flatnonzero(allowed)
        self.rows = rows
        self.labs = pairs.lab[rows]
        self.values = pairs.affinity[rows].astype(np.float64)
        self.start = np.searchsorted(pairs.person[rows], np.arange(len(problem.people) + 1)).tolist()
        self.group = group
        self.caps = caps.copy()
        self.seats = np.array([lab.maximum for lab in problem.labs])
        labs, groups = caps.shape
        self.price = np.zeros((groups, labs))
        self.heaps: list[list[list[tuple[float, int]]]] = [[[] for _ in range(groups)] for _ in range(labs)]
        self.lowest = np.full((labs, groups), np.inf)
        self.inside = np.zeros((labs, groups), dtype=np.int64)
        self.taken = np.full(len(problem.people), -1, dtype=np.int64)

    def run(self, people: list[int]) -> None:
        """Let `people`, and those they push out, bid until each has a seat or finds none worth it."""
        waiting = people[::-1]
        while waiting:
            person = waiting.pop()
            out = self._bid(person)
            if out >= 0:
                waiting.append(out)

    def _bid(self, person: int) -> int:
        """Return who lost their seat to `person`, or -1."""
        low, high = self.start[person], self.start[person + 1]
        if low == high:
            return -1
        group = self.group[person]
        worth = self.values[low:high] - self.price[group, self.labs[low:high]]
        best = int(worth.argmax())
        top = worth[best]
        if top < 0:
            return -1
        worth[best] = 0.0 if high - low == 1 else -np.inf
        second = max(float(worth.max()), 0.0)
        self.taken[person] = low + best
        return self._enter(int(self.labs[low + best]), int(group), self.values[low + best] - second + _STEP, person)

    def _enter(self, lab: int, group: int, bid: float, person: int) -> int:
        heap, out = self.heaps[lab][group], -1
        if self.inside[lab, group] >= self.caps[lab, group]:
            out = self._push_out(lab, group)
        elif self.inside[lab].sum() >= self.seats[lab]:
            out = self._push_out(lab, int(self.lowest[lab].argmin()))
        heappush(heap, (bid, person))
        self.inside[lab, group] += 1
        self.lowest[lab, group] = heap[0][0]
        self._reprice(lab)
        return out

    def _push_out(self, lab: int, group: int) -> int:
        heap = self.heaps[lab][group]
        _, person = heappop(heap)
        self.taken[person] = -1
        self.inside[lab, group] -= 1
        self.lowest[lab, group] = heap[0][0] if heap else np.inf
        return person

    def _reprice(self, lab: int) -> None:
        lowest = self.lowest[lab]
        general = float(lowest.min()) if self.inside[lab].sum() >= self.seats[lab] else 0.0
        full = self.inside[lab] >= self.caps[lab]
        self.price[:, lab] = np.where(full, np.maximum(lowest, general), general)
        self.price[~np.isfinite(self.price[:, lab]), lab] = np.inf

    def tighten(self, lab: int, group: int, cap: int) -> list[int]:
        """Lower a cap; return the people who lose their seat."""
        self.caps[lab, group] = cap
        out = []
        while self.inside[lab, group] > cap:
            out.append(self._push_out(lab, group))
        self._reprice(lab)
        return out

    def seat(self, person: int, row: int) -> None:
        """Give a person, without a seat now, the possible seat `row` at the price of the day."""
        lab, group = int(self.labs[row]), int(self.group[person])
        self.taken[person] = row
        heappush(self.heaps[lab][group], (float(self.values[row]), person))
        self.inside[lab, group] += 1
        self.lowest[lab, group] = self.heaps[lab][group][0][0]
        self._reprice(lab)

    def close(self, lab: int) -> list[int]:
        """Close a lab; return the people who lose their seat."""
        self.seats[lab] = 0
        out = [person for group in range(self.caps.shape[1]) for person in self.tighten(lab, group, 0)]
        self.price[:, lab] = np.inf
        return out

    def leave(self, person: int) -> None:
        """Take a person out of their seat."""
        lab, group = int(self.labs[self.taken[person]]), int(self.group[person])
        heap = [entry for entry in self.heaps[lab][group] if entry[1] != person]
        heapify(heap)
        self.heaps[lab][group] = heap
        self.inside[lab, group] -= 1
        self.lowest[lab, group] = heap[0][0] if heap else np.inf
        self.taken[person] = -1
        self._reprice(lab)
