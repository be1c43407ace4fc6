"""One call to HiGHS: an objective in, integers out, or None when the rules exclude each other."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from pipeline.assign.solving.model import Model, Reals, Rows
from pipeline.recalled import recalled

_INFEASIBLE = 2
_LOOSE = 1e-9
"""All coefficients are whole numbers: a broken row is broken by 1."""


@dataclass(frozen=True, eq=False, slots=True)
class Answer:
    """What the solver found.

    Attributes:
        columns: whole numbers, one a column.
        value: of the objective, computed from `columns`.
        bound: no answer is above it.
    """

    columns: Reals
    value: float
    bound: float


def _kept(columns: Reals, rows: Rows, bounds: Bounds) -> bool:
    """Return whether rounded columns keep every row and bound: `milp` has claimed answers that do not (SciPy 24141)."""
    sums, loose = rows.matrix @ columns, _LOOSE * (1 + np.abs(columns).sum())
    inside = (sums >= rows.lower - loose).all() and (sums <= rows.upper + loose).all()
    return bool(inside and (columns >= bounds.lb - _LOOSE).all() and (columns <= bounds.ub + _LOOSE).all())


class SolverError(RuntimeError):
    """HiGHS gave neither an answer nor a proof that there is none."""


def maximise(
    model: Model,
    objective: Reals,
    rows: Rows | None = None,
    upper: Reals | None = None,
    lower: Reals | None = None,
) -> Answer | None:
    """Return the best columns, or None when there is no answer at all.

    Args:
        model: the rules.
        objective: one coefficient a column.
        rows: constraints in place of the model's.
        upper: bounds in place of the model's.
        lower: bounds in place of the model's.

    Raises:
        SolverError: the solver gave up.
    """
    rows = rows or model.rows
    bounds = Bounds(model.lower if lower is None else lower, model.upper if upper is None else upper)
    matrix = rows.matrix
    numbers = (objective, bounds.lb, bounds.ub, rows.lower, rows.upper, matrix.data, matrix.indices, matrix.indptr)
    found = recalled([_bytes(part) for part in numbers], lambda: _solved(objective, rows, bounds))
    if not found:
        return None
    bound, columns = np.frombuffer(found, "<f8", 1), np.frombuffer(found, "<i8", offset=8).astype(np.float64)
    if not _kept(columns, rows, bounds):
        raise SolverError("the answer breaks the rows it was given")
    return Answer(columns, float(objective @ columns), float(bound[0]))


def _bytes(part: NDArray[Any]) -> bytes:
    return np.ascontiguousarray(part, "<f8" if part.dtype.kind == "f" else "<i8").tobytes()


def _solved(objective: Reals, rows: Rows, bounds: Bounds) -> bytes:
    """Return the bound, then the columns in whole numbers; nothing when there is no answer.

    Raises:
        SolverError: see `maximise`.
    """
    constraints = LinearConstraint(rows.matrix, rows.lower, rows.upper)
    options = {"mip_rel_gap": 0.0}
    with quiet():
        result = milp(
            -objective, integrality=np.ones(len(objective)), bounds=bounds, constraints=constraints, options=options
        )
    if result.status == _INFEASIBLE:
        return b""
    if result.x is None:
        raise SolverError(result.message)
    bound = -float(result.mip_dual_bound) if result.mip_dual_bound is not None else -float(result.fun)
    return _bytes(np.array([bound])) + _bytes(np.round(result.x).astype(np.int64))


_NAMES = {"linux": "stdout", "darwin": "__stdoutp"}
"""C's standard output, by platform; elsewhere the lines are left alone."""


@contextmanager
def quiet() -> Iterator[None]:
    """Drop what C code prints on its standard output in the block."""
    found = _library(_NAMES.get(sys.platform, ""))
    if found is None:
        yield
        return
    standard, own, nowhere = found
    standard.value = nowhere
    try:
        yield
    finally:
        standard.value = own


@cache
def _library(name: str) -> tuple[ctypes.c_void_p, int, int] | None:
    """Return where C keeps its standard output, that output, and one that goes nowhere; None where it has no `name`.

    The output is read once: blocks of several threads that overlap leave the true one behind.
    """
    try:
        library = ctypes.CDLL(None)
        standard = ctypes.c_void_p.in_dll(library, name)
    except (OSError, ValueError, TypeError):
        return None
    library.fopen.restype = ctypes.c_void_p
    nowhere = library.fopen(os.devnull.encode(), b"w")
    return (standard, standard.value, nowhere) if nowhere and standard.value else None
