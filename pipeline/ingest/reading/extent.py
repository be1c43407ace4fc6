"""The rows of a table → how far it reaches: cells beside it belong to no column, and are told rather than read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.errors import MinilabsError
from pipeline.french import agree, counted, enumeration
from pipeline.ingest.cells.headings import hints
from pipeline.ingest.reading.grid import Record, Sampler

_FEW = 0.2
_HALF = 0.5
_LISTED = 5
_LETTERS = 26


@dataclass(slots=True)
class Survey:
    """What one reading of all rows tells.

    Attributes:
        count: of rows.
        widths: width → how many rows.
        numbers: width → the first rows of it.
        filled: position of a column → how many of its cells are filled.
        sampler: some cells of each column.
    """

    count: int = 0
    widths: Counter[int] = field(default_factory=Counter)
    numbers: dict[int, list[int]] = field(default_factory=dict)
    filled: Counter[int] = field(default_factory=Counter)
    sampler: Sampler = field(default_factory=Sampler)


def survey(rows: Iterable[Record]) -> Survey:
    """Return what the rows are like."""
    found = Survey()
    for number, cells in rows:
        width = used(cells)
        found.count += 1
        found.widths[width] += 1
        listed = found.numbers.setdefault(width, [])
        if len(listed) <= _LISTED:
            listed.append(number)
        found.filled.update(i for i, cell in enumerate(cells) if cell and not cell.isspace())
        found.sampler.add(cells)
    return found


def table_width(header: Sequence[str], found: Survey, file: str, *, is_text: bool) -> tuple[int, bool]:
    """Return how many columns the table has, and whether cells stand beside it.

    Cells are beside it when an empty column parts them from it and they are few, or when in a workbook few rows reach
    beyond the header; in a text the latter is a separator inside a cell.

    Raises:
        MinilabsError: `ingest.ragged`: see above.
    """
    named = used(header)
    if (gap := _gap(header, found)) is not None:
        return gap, True
    wide = [width for width in found.widths if width > named]
    wider = sum(found.widths[width] for width in wide)
    if not named or found.count <= 1 or not 0 < wider <= max(1, _FEW * found.count):
        return max([named, *wide]), False
    if not is_text:
        return named, True
    numbers = sorted(number for width in wide for number in found.numbers[width])
    rows = ", ".join(map(str, numbers[:_LISTED])) + ("..." if wider > _LISTED else "")
    raise MinilabsError("ingest.ragged", file=file, rows=rows, width=named)


def _gap(header: Sequence[str], found: Survey) -> int | None:
    """Return the first empty column after which no known name stands and hardly any cell, None without."""
    last = max([used(header) - 1, *found.filled])
    empty = [i for i in range(1, last) if not found.filled[i] and not _name(header, i)]
    for gap in empty:
        right = range(gap + 1, last + 1)
        few = all(found.filled[i] < max(_HALF * found.count, 2) for i in right)
        if few and not any(hints(_name(header, i)) for i in right) and any(found.filled[i] for i in range(gap)):
            return gap
    return None


def _name(header: Sequence[str], place: int) -> str:
    return header[place].strip() if place < len(header) else ""


def beside_cells(rows: Iterable[Record], width: int) -> Iterator[str]:
    """Yield the places of the filled cells beyond a width, as spreadsheets name them ("E4")."""
    for number, cells in rows:
        for i in range(width, len(cells)):
            if cells[i] and not cells[i].isspace():
                yield f"{letters(i)}{number}"


def beside_notice(places: Sequence[str]) -> str:
    """Return the sentence about cells beside the table."""
    listed = [*places[:_LISTED], *([f"{len(places) - _LISTED} autres"] if len(places) > _LISTED else [])]
    read = agree(len(places), "pas lue", "pas lues")
    return f"{counted(len(places), 'cellule')} à côté du tableau, {read} : {enumeration(listed)}"


def letters(place: int) -> str:
    """Return the name of a column from its position: 0 is A, 26 is AA.

    Our own: openpyxl's stops at 18,278 columns, where a text may have more.
    """
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def used(cells: Sequence[str]) -> int:
    """Return how many cells a row has up to its last filled one."""
    return next((i for i in range(len(cells), 0, -1) if cells[i - 1] and not cells[i - 1].isspace()), 0)
