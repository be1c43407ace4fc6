"""A table as it was found in a file: header, cells as text, and where each row stands, for messages to people.

Neither a file nor a table is held in memory: both are read again each time they are gone through.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

Record = tuple[int, Sequence[str]]
"""Number of a row in its file, from 1, and its cells."""
_SAMPLE = 400


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the export.

    Attributes:
        name: relative to the source, with `/`.
        held: its bytes, when they are in memory.
        opener: opens it, when they are not.
    """

    name: str
    held: bytes = field(default=b"", repr=False)
    opener: Callable[[], BinaryIO] | None = field(default=None, repr=False)

    def open(self) -> BinaryIO:
        """Return the bytes as a stream, to close after use."""
        return self.opener() if self.opener else io.BytesIO(self.held)

    @property
    def content(self) -> bytes:
        """All the bytes: for formats that can only be read whole."""
        with self.open() as stream:
            return stream.read()

    def head(self, size: int) -> bytes:
        """Return the first bytes."""
        with self.open() as stream:
            return stream.read(size)


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of one file.

    Attributes:
        file: its name.
        sheet: of a workbook; empty for text.
        encoding: of a text file; empty for a workbook.
        separator: of a text file; empty for a workbook.
        header_row: number of the header's row in the file, from 1; 0 when there is none.
        columns: as written in the header ("colonne 3" where it is empty), unique.
        count: how many rows there are.
        records: starts a new reading of the rows, each with as many cells as columns.
        samples: column → some of its filled cells, whatever the order of the rows.
        sizes: column → how many cells are filled, and their characters in all.
        preamble: rows above the header.
        notices: what was left aside of the file, in French, to be told.
    """

    file: str
    sheet: str
    encoding: str
    separator: str
    header_row: int
    columns: tuple[str, ...]
    count: int
    records: Callable[[], Iterator[Record]] = field(repr=False)
    samples: Mapping[str, Sequence[str]] = field(repr=False)
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    preamble: int = 0
    notices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file, and the sheet if any, as people call them."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    def column(self, name: str) -> Iterator[str]:
        """Yield the cells of one column."""
        position = self.columns.index(name)
        return (cells[position] for _, cells in self.records())


class Sampler:
    """Picks some filled cells of each column by their content: the order of rows does not count."""

    def __init__(self) -> None:
        """Start without any cell."""
        self._found: dict[int, list[tuple[int, str]]] = {}
        self._sizes: dict[int, tuple[int, int]] = {}

    def add(self, cells: Iterable[str]) -> None:
        """Consider the cells of a row."""
        for position, cell in enumerate(cells):
            if cell and not cell.isspace():
                count, characters = self._sizes.get(position, (0, 0))
                self._sizes[position] = (count + 1, characters + len(cell))
                found = self._found.setdefault(position, [])
                found.append((zlib.crc32(cell.encode(errors="replace")), cell))
                if len(found) > 2 * _SAMPLE:
                    found.sort()
                    del found[_SAMPLE:]

    def size(self, position: int) -> tuple[int, int]:
        """Return how many cells of a column are filled, and their characters in all."""
        return self._sizes.get(position, (0, 0))

    def of(self, position: int) -> tuple[str, ...]:
        """Return the cells picked in a column."""
        return tuple(cell for _, cell in sorted(self._found.get(position, ()))[:_SAMPLE])
