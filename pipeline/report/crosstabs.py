"""Agents counted by two attributes at once, small counts withheld for all documents together.

The mask is decided on the whole table: putting the documents of all directorates and of all themes side by side gives
no more away than one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.report.suppression import hidden


@dataclass(frozen=True)
class Crosstab:
    """A table of counts with its mask.

    Attributes:
        counts: frame of whole numbers.
        shown: frame of the same shape: whether a cell may be printed.
    """

    counts: pd.DataFrame
    shown: pd.DataFrame

    def cell(self, row: str, column: str) -> int | None:
        """Return a count, or None when it is withheld or unknown."""
        if row not in self.counts.index or column not in self.counts.columns or not self.shown.loc[row, column]:
            return None
        return int(self.counts.loc[row, column])  # type: ignore[arg-type]


def crosstab(pairs: pd.DataFrame, row: str, column: str, rows: Sequence[str], threshold: int) -> Crosstab:
    """Return the agents of each row and column.

    Args:
        pairs: holder_id and both attributes; an agent counts once a cell.
        row: attribute of the rows.
        column: attribute of the columns.
        rows: all rows to show, with those where nobody is.
        threshold: cells below it are withheld, with as many others as it takes.
    """
    once = pairs[["holder_id", row, column]].drop_duplicates()
    counts = pd.crosstab(once[row], once[column]).reindex(list(rows), fill_value=0)
    counts = counts[sorted(counts.columns)]
    mask = hidden(np.asarray(counts, dtype=np.int64), threshold) if counts.size else np.zeros(counts.shape, dtype=bool)
    return Crosstab(counts, pd.DataFrame(~mask, index=counts.index, columns=counts.columns))
