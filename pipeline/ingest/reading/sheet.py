"""Cells of a sheet as they are found, one by one → rows as long as they are filled, those far beside the table told."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from operator import itemgetter

from pipeline.errors import MinilabsError
from pipeline.french import agree, counted, enumeration
from pipeline.ingest.reading.extent import letters

MOST_COLUMNS = 1_000
"""Columns that are read; a cell beyond is told."""
_MOST_CELLS = 20_000_000
_MOST_FILLED = 1_000_000
"""Cells looked at to give them what merged ones say, in all."""
_TOLD = 5
_HALF = 2
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})

Cells = list[tuple[int, list[str]]]


@dataclass(slots=True)
class Sheet:
    """A sheet being read.

    Attributes:
        file: of the workbook, for errors.
        name: of the sheet.
        rows: those that hold anything, with their number from 1.
        far: places of cells beyond `MOST_COLUMNS`.
        unknown: column → cells whose formula has no stored value.
        repeated: row → how often it stands there, when that is too often to be ideas.
        size: cells held.
        filled: cells looked at to give them what merged ones say.
    """

    file: str
    name: str
    rows: Cells = field(default_factory=list)
    far: list[str] = field(default_factory=list)
    unknown: Counter[int] = field(default_factory=Counter)
    repeated: dict[int, int] = field(default_factory=dict)
    size: int = 0
    filled: int = 0

    def add(self, number: int, cells: dict[int, str]) -> None:
        """Take the cells of a row by position; a row without any is none.

        Raises:
            MinilabsError: `ingest.too_large`.
        """
        self.far += [f"{letters(i)}{number}" for i in sorted(cells) if i >= MOST_COLUMNS and cells[i]]
        width = max((i for i in cells if i < MOST_COLUMNS and cells[i]), default=-1) + 1
        self.size += width
        if self.size > _MOST_CELLS:
            raise MinilabsError("ingest.too_large", file=self.file, size=f"{self.size} cellules", most=str(_MOST_CELLS))
        if width:
            self.rows.append((number, [cells.get(i, "") for i in range(width)]))

    def fill(self, place: int, first: int, last: int) -> None:
        """Write a cell of row `first` into the rows down to `last` that hold anything and leave its place empty."""
        start = bisect_left(self.rows, first, key=itemgetter(0))
        if start == len(self.rows) or self.rows[start][0] != first or place >= len(self.rows[start][1]):
            return
        said = self.rows[start][1][place]
        for number, cells in islice(self.rows, start + 1, None):
            more = max(0, place + 1 - len(cells))
            if number > last or self.filled >= _MOST_FILLED or self.size + more > _MOST_CELLS:
                break
            self.filled, self.size = self.filled + 1, self.size + more
            cells.extend([""] * more)
            cells[place] = cells[place] or said

    def notices(self) -> list[str]:
        """Return what is to be told of the sheet, in French.

        Raises:
            MinilabsError: `ingest.formulas` when half of a column's cells are formulas without value.
        """
        filled = Counter(i for _, cells in self.rows for i, cell in enumerate(cells) if cell) if self.unknown else {}
        if any(_HALF * found > found + filled.get(i, 0) for i, found in self.unknown.items()):
            raise MinilabsError("ingest.formulas", file=self.file, sheet=self.name)
        said = []
        if self.far:
            told = enumeration([*self.far[:_TOLD], *([f"{len(self.far) - _TOLD} autres"] if self.far[_TOLD:] else [])])
            read = agree(len(self.far), "pas lue", "pas lues")
            said.append(f"{counted(len(self.far), 'cellule')} très loin du tableau, {read} : {told}")

        if unknown := sum(self.unknown.values()):
            said.append(f"{counted(unknown, 'formule')} sans valeur : recalculez et enregistrez le classeur")
        said += [f"ligne {row} répétée {times} fois, lue une fois" for row, times in self.repeated.items()]
        return said


def as_text(cell: object) -> str:
    """Return a cell as a person would read it: 12.0 is "12", a date is ISO, an error (#REF!) is nothing."""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    text = str(cell)
    return "" if text in _ERRORS else text
