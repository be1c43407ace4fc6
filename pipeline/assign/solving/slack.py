"""A model whose rules may give, each by a named amount: which rule, how far, at the least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_array, csr_array, hstack

from pipeline.assign.inputs.problem import Flags, Ints, Problem
from pipeline.assign.solving.highs import Answer, maximise
from pipeline.assign.solving.model import Model, Reals, Rows, alone_rows, build, limited, stack

FAMILIES = ("maximum", "minimum", "cap", "at_least", "alone", "guests")
"""Rules that may give, hardest first; `guests` are people from outside, of no group, who fill seats."""

DECISIONS = ("fixed", "together", "apart")
"""Rules that one person decided for one person: never relaxed, named when they exclude each other."""

_SIGN = {"fine": -1.0, "maximum": -1.0, "minimum": 1.0, "at_least": 1.0, "guests": 1.0, "apart": -1.0}


@dataclass(frozen=True, eq=False, slots=True)
class Elastic:
    """A model and the columns of its slacks.

    Attributes:
        model: with the slack columns last.
        slacks: family → columns, in the order of the labs or of the rules.
    """

    model: Model
    slacks: dict[str, slice]

    def amounts(self, answer: Answer, family: str) -> Ints:
        """Return by how much each rule of `family` gives."""
        return np.round(answer.columns[self.slacks[family]]).astype(np.int64)

    def cost(self, families: Sequence[str]) -> Reals:
        """Return an objective that is larger the less the rules of `families` give."""
        coefficients = np.zeros(len(self.model.upper))
        for family in families:
            coefficients[self.slacks[family]] = -1.0
        return coefficients


def elastic(problem: Problem, families: Sequence[str], *, fine: bool = False) -> Elastic:
    """Return the model of `problem` where the rules of `families` may give; `fine`: caps by parts of a person."""
    base = build(problem)
    blocks, slacks, width = dict(base.blocks), {}, len(base.upper)
    upper, lower = [base.upper.copy()], [base.lower]
    if "maximum" in families:
        upper[0][base.sizes] = len(problem.people)
    if "fixed" in families:
        blocks["fixed"], lower = _fixed(base), [_freed(base)]
    for family in families:
        block = "size" if family == "guests" else family
        extra = _columns(problem, "fine" if fine and family == "cap" else family, blocks[block])
        blocks = {name: _widened(rows, extra if name == block else extra.shape[1]) for name, rows in blocks.items()}
        slacks[family] = slice(width, width + extra.shape[1])
        width += extra.shape[1]
        upper.append(np.full(extra.shape[1], float(_most(problem))))
        lower.append(np.zeros(extra.shape[1]))
    if "maximum" in families:
        blocks["opening"] = _only_when_open(base, slacks["maximum"], width, len(problem.people))
    return Elastic(replace(base, blocks=blocks, lower=np.concatenate(lower), upper=np.concatenate(upper)), slacks)


def _most(problem: Problem) -> int:
    """Return the furthest any rule may have to give: everybody, or the whole of what it asks for."""
    asked = [lab.minimum for lab in problem.labs] + [rule.count for rule in problem.at_least]
    parts = max((cap.share.denominator for cap in problem.caps), default=1)
    return max(len(problem.people) * parts, *asked, 1)


def _only_when_open(base: Model, extra: slice, width: int, most: int) -> Rows:
    """Seats are added to labs that open: otherwise a lab could seat people without its minimum."""
    labs = len(base.problem.labs)
    entries = ((extra.start + lab, base.opens.start + lab) for lab in range(labs))
    return stack((([slack, opens], [1.0, -float(most)], -np.inf, 0.0) for slack, opens in entries), width)


def _freed(base: Model) -> Reals:
    lower = base.lower.copy()
    lower[base.seats] = 0.0
    return lower


def _fixed(base: Model) -> Rows:
    seats = np.flatnonzero(base.problem.pairs.fixed)
    shape = (len(seats), len(base.upper))
    matrix = csr_array(coo_array((np.ones(len(seats)), (np.arange(len(seats)), seats)), shape=shape))
    return Rows(matrix, np.ones(len(seats)), np.full(len(seats), np.inf))


def _columns(problem: Problem, family: str, rows: Rows) -> csr_array:
    """One column a row of the family's constraints; two for an equality, which may give both ways; one a rule."""
    n = rows.matrix.shape[0]
    if family == "alone":
        rules = [number for number, _ in alone_rows(problem)]
        return csr_array(coo_array((np.ones(n), (np.arange(n), rules)), shape=(n, len(problem.alone))))
    each = np.full(n, _SIGN.get(family, 1.0))
    if family == "cap":
        each = -np.array([float(cap.share.denominator) for cap in problem.caps])
    diagonal = csr_array(coo_array((each, (np.arange(n), np.arange(n))), shape=(n, n)))
    return csr_array(hstack([diagonal, -diagonal])) if family == "together" else diagonal


def _widened(rows: Rows, extra: csr_array | int) -> Rows:
    if isinstance(extra, int):
        extra = csr_array((rows.matrix.shape[0], extra))
    return Rows(csr_array(hstack([rows.matrix, extra])), rows.lower, rows.upper)


def least(
    problem: Problem,
    families: Sequence[str],
    *,
    seated: bool,
    ranked: bool = False,
    allowed: Flags | None = None,
    kept: Flags | None = None,
) -> tuple[Elastic, Answer] | None:
    """Return the answer whose rules of `families` give the least, or None when even then there is none.

    Args:
        problem: to solve.
        families: that may give.
        seated: first seat as many people as can be.
        ranked: family by family, hardest first, shares by parts of a person; otherwise all amounts count the same.
        allowed: possible seats that may be taken.
        kept: possible seats of which as many as can be are taken, before anything else is looked at.
    """
    stretched = elastic(problem, families, fine=ranked)
    model = stretched.model
    upper = model.upper if allowed is None else model.allowing(allowed)
    rows, answer = model.rows, None
    everyone = model.objective(model.has_seat, np.ones(len(problem.people), dtype=np.int64))
    objectives = [] if kept is None else [model.objective(model.seats, kept.astype(np.int64))]
    objectives += [everyone] if seated else []
    objectives += [stretched.cost([family]) for family in families] if ranked else [stretched.cost(families)]
    for objective in objectives:
        answer = maximise(model, objective, rows, upper)
        if answer is None:
            return None
        rows = limited(rows, objective, answer.value, np.inf)
    return None if answer is None else (stretched, answer)
