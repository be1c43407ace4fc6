"""Small counts withheld: a table of counts in, the same with cells hidden so that none can be worked out.

A reader knows the totals and whatever is printed. A table is safe when, in each line whose total is known, what is
hidden adds up to zero or to the threshold at least, over two cells at least, and when no hidden cell has only one
possible value. The last point is the graph criterion of Gusfield ("A graph theoretic approach to statistical data
security", SIAM J. Comput., 1988): a hidden cell has several possible values when it lies on a closed path of hidden
cells along which units can move.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


TWO, OWN = 2, 3
"""Cells that a line hides at least; one more where a reader may know one of them: the own row of a directorate."""


def hidden(counts: Counts, threshold: int, withheld: Mask | None = None, cells: int = TWO) -> Mask:
    """Return which cells of a table to withhold.

    Zeros are withheld with small counts, so that nothing tells one from the other.

    Args:
        counts: rows × columns, whole numbers from 0; totals of rows and of columns are taken as known.
        threshold: a cell below it is never shown.
        withheld: cells that are not shown whatever their count; None: no other than small ones.
        cells: that a row hides at least, if it hides anybody.
    """
    mask = counts < threshold
    if withheld is not None:
        mask |= withheld
    while True:
        cell = _next(counts, mask, threshold, cells)
        if cell is None:
            return mask
        mask = mask.copy()
        mask[cell] = True


def hidden_line(counts: Counts, threshold: int) -> Mask:
    """Return which cells of one line of counts to withhold, its total being known (see `hidden`)."""
    mask = counts < threshold
    while not _line_safe(counts, mask, threshold):
        shown = np.flatnonzero(~mask)
        if not len(shown):
            return mask
        mask = mask.copy()
        mask[shown[np.argmin(counts[shown])]] = True
    return mask


def _line_safe(counts: Counts, mask: Mask, threshold: int, cells: int = TWO) -> bool:
    rest = int(counts[mask].sum())
    return rest == 0 or (rest >= threshold and int(mask.sum()) >= cells)


def _next(counts: Counts, mask: Mask, threshold: int, cells: int) -> tuple[int, int] | None:
    for row in range(counts.shape[0]):
        if not _line_safe(counts[row], mask[row], threshold, cells) and not mask[row].all():
            return row, _smallest(counts[row], mask[row])
    for column in range(counts.shape[1]):
        if not _line_safe(counts[:, column], mask[:, column], threshold) and not mask[:, column].all():
            return _smallest(counts[:, column], mask[:, column]), column
    return _breaks_a_lock(counts, mask)


def _smallest(line: Counts, mask: Mask) -> int:
    shown = np.flatnonzero(~mask)
    return int(shown[np.argmin(line[shown])])


def _breaks_a_lock(counts: Counts, mask: Mask) -> tuple[int, int] | None:
    for row, column in zip(*np.nonzero(mask & (counts > 0)), strict=True):
        if not movable(counts, mask, int(row), int(column)):
            if not mask[row].all():
                return int(row), _smallest(counts[row], mask[row])
            if not mask[:, column].all():
                return _smallest(counts[:, column], mask[:, column]), int(column)
    return None


def movable(counts: Counts, mask: Mask, row: int, column: int) -> bool:
    """Tell whether a hidden cell has more than one value that fits all totals and all cells shown.

    Units can be taken from a cell above zero and added to any hidden cell.
    """
    return _path(counts, mask, row, column, grow=True) or _path(counts, mask, row, column, grow=False)


def _path(counts: Counts, mask: Mask, row: int, column: int, *, grow: bool) -> bool:
    """Walk from the cell's column back to its row by the other hidden cells, alternately lowering and raising them."""
    if not grow and counts[row, column] == 0:
        return False
    lower, raise_ = mask & (counts > 0), mask
    at_columns, at_rows = (lower, raise_) if grow else (raise_, lower)
    seen_rows, seen_columns, columns = {row}, {column}, [column]
    while columns:
        here = columns.pop()
        rows = {int(r) for r in np.flatnonzero(at_columns[:, here])} - ({row} if here == column else set())
        if row in rows:
            return True
        fresh = {int(k) for r in rows - seen_rows for k in np.flatnonzero(at_rows[r])} - seen_columns
        seen_rows |= rows
        seen_columns |= fresh
        columns += sorted(fresh)
    return False


def jointly_safe(counts: Counts, rows: Mask, columns: Mask, possible: Mask, threshold: int) -> bool:
    """Tell whether the totals of some rows and columns, side by side, leave every small cell undetermined.

    Two tables of the same people can give away what neither does: 36 people of a kind of site, all in one directorate
    that counts 38 people, leave two.

    Args:
        counts: rows × columns, not printed.
        rows: rows whose total is printed.
        columns: columns whose total is printed.
        possible: cells that can hold anybody, as everyone knows.
        threshold: a cell below it must not be worked out.
    """
    merged, known = _merged(counts, rows, columns), _merged(possible.astype(np.int64), rows, columns) > 0
    small = zip(*np.nonzero((merged > 0) & (merged < threshold)), strict=True)
    return all(movable(merged, known, int(row), int(column)) for row, column in small)


def _merged(cells: Counts, rows: Mask, columns: Mask) -> Counts:
    """Return the cells with lines whose total is not printed added up into one."""
    for axis, printed in ((0, rows), (1, columns)):
        if not printed.all():
            rest = np.compress(~printed, cells, axis).sum(axis, keepdims=True)
            cells = np.concatenate([np.compress(printed, cells, axis), rest], axis)
    return cells
