"""How many people could be seated at the most, by maximum flow: fast, and never too few.

A relaxation: it knows the seats, and the caps of one attribute; minima, groups and couples are left out. What it says
cannot be done, cannot; what it says can be done has to be tried.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import maximum_flow

from pipeline.assign.inputs.problem import Flags, Ints, Problem


class Flow:
    """The network of a problem: source → person → group in a lab → lab → sink."""

    def __init__(self, problem: Problem) -> None:
        self._pairs = problem.pairs
        people, labs = len(problem.people), len(problem.labs)
        caps = _one_attribute(problem)
        self._lab_node = 1 + people
        self._sink = 1 + people + labs + len(caps)
        self._via = self._lab_node + problem.pairs.lab
        group_of = np.full((labs, people), -1, dtype=np.int64)
        limits = []
        for row, index in enumerate(caps):
            cap = problem.caps[index]
            group_of[cap.lab, cap.members] = self._lab_node + labs + row
            limits.append(max(0, int(cap.share * problem.labs[cap.lab].maximum + cap.extra)))
        grouped = group_of[problem.pairs.lab, problem.pairs.person]
        self._via = np.where(grouped >= 0, grouped, self._via)
        groups = self._lab_node + labs + np.arange(len(caps))
        group_labs = self._lab_node + np.array([problem.caps[index].lab for index in caps], dtype=np.int64)
        lab_nodes = self._lab_node + np.arange(labs)
        self._tails = np.concatenate([np.zeros(people, dtype=np.int64), groups, lab_nodes])
        self._heads = np.concatenate([1 + np.arange(people), group_labs, np.full(labs, self._sink)])
        seats = [lab.maximum for lab in problem.labs]
        self._limits = np.array([1] * people + limits + seats, dtype=np.int32)

    def seated(self, allowed: Flags) -> int:
        """Return the largest number of people with a seat when only the possible seats in `allowed` may be taken."""
        tails = np.concatenate([self._tails, 1 + self._pairs.person[allowed]])
        heads = np.concatenate([self._heads, self._via[allowed]])
        limits = np.concatenate([self._limits, np.ones(int(allowed.sum()), dtype=np.int32)])
        shape = (self._sink + 1, self._sink + 1)
        graph = csr_array(coo_array((limits, (tails, heads)), shape=shape))
        return int(maximum_flow(graph, 0, self._sink).flow_value)


def _one_attribute(problem: Problem) -> Ints:
    """The caps of the attribute most capped: its groups do not overlap, as a network needs."""
    if not problem.caps:
        return np.array([], dtype=np.int64)
    most = min(Counter(cap.attribute for cap in problem.caps).items(), key=lambda item: (-item[1], item[0]))[0]
    return np.array([index for index, cap in enumerate(problem.caps) if cap.attribute == most], dtype=np.int64)


def highest_floor(problem: Problem, seated: int, levels: list[int], among: Flags | None = None) -> int:
    """Return the position in `levels` (rising) of the highest floor that the network allows for `seated` people.

    Args:
        problem: to solve.
        seated: people who have to have a seat.
        levels: floors to choose from.
        among: possible seats looked at; all without.
    """
    network, pairs = Flow(problem), problem.pairs
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        allowed = pairs.exempt | (pairs.affinity >= levels[middle])
        if network.seated(allowed if among is None else allowed & among) >= seated:
            low = middle
        else:
            high = middle - 1
    return low
