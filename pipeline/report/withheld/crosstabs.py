"""Agents counted by two attributes at once, small counts withheld for all documents together.

The mask is decided on the whole table: putting the documents of all directorates and of all themes side by side gives
no more away than one of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from pipeline.report.withheld.suppression import TWO, hidden


@dataclass(frozen=True)
class Crosstab:
    """A table of counts with its mask.

    Attributes:
        counts: frame of whole numbers.
        shown: frame of the same shape: whether a cell may be printed.
    """

    counts: pd.DataFrame
    shown: pd.DataFrame

    @cached_property
    def _told(self) -> dict[tuple[str, str], int]:
        counts, shown = np.asarray(self.counts), np.asarray(self.shown)
        rows, columns = list(map(str, self.counts.index)), list(map(str, self.counts.columns))
        return {(rows[r], columns[c]): int(counts[r, c]) for r, c in zip(*np.nonzero(shown), strict=True)}

    def cell(self, row: str, column: str) -> int | None:
        """Return a count, or None when it is withheld or unknown."""
        return self._told.get((row, column))


def crosstab(  # noqa: PLR0913 - what may be told of a table is told here
    pairs: pd.DataFrame,
    row: str,
    column: str,
    rows: Sequence[str],
    threshold: int,
    *,
    told: Collection[str] | None = None,
    apart: str | None = None,
    mixed: Collection[str] = (),
    cells: int = TWO,
) -> Crosstab:
    """Return the agents of each row and column.

    Args:
        pairs: holder_id and both attributes; an agent counts once a cell.
        row: attribute of the rows.
        column: attribute of the columns.
        rows: all rows to show, with those where nobody is.
        threshold: cells below it are withheld, with as many others as it takes.
        told: columns that may be shown at all; None: any.
        apart: a row that is never shown.
        mixed: rows in which a cell that holds everybody is withheld: it would place each of them.
        cells: see `suppression.hidden`.
    """
    counts = _counted(pairs, row, column, list(rows))
    if not counts.size:
        return Crosstab(counts, counts.astype(bool))
    silent = np.array([told is not None and name not in told for name in counts.columns])
    withheld = (np.asarray(counts.index) == apart)[:, None] | silent[None, :]
    values = np.asarray(counts, dtype=np.int64)
    everybody = values == values.sum(axis=1, keepdims=True)
    withheld = withheld | (np.isin(np.asarray(counts.index), list(mixed))[:, None] & everybody)
    mask = hidden(values, threshold, withheld, cells)
    return Crosstab(counts, pd.DataFrame(~mask, index=counts.index, columns=counts.columns))


def _counted(pairs: pd.DataFrame, row: str, column: str, rows: list[str]) -> pd.DataFrame:
    """Return how many agents are in each of the rows and in each column met."""
    agents = set(pairs[["holder_id", row, column]].itertuples(index=False, name=None))
    columns = sorted({value for _, _, value in agents})
    place = {value: n for n, value in enumerate(rows)}
    counts = np.zeros((len(rows), len(columns)), dtype=np.int64)
    for _, one, other in agents:
        if one in place:
            counts[place[one], bisect_left(columns, other)] += 1
    return pd.DataFrame(counts, index=pd.Index(rows, name=row), columns=pd.Index(columns, name=column))
