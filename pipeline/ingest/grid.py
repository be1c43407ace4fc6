"""A table as it was found in a file: header, cells as text, and where each row stands, for messages to people."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the export.

    Attributes:
        name: relative to the source, with `/`.
        content: its bytes.
    """

    name: str
    content: bytes


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
        rows: cells, as many per row as columns.
        numbers: number of each row in the file, from 1.
        preamble: rows above the header.
    """

    file: str
    sheet: str
    encoding: str
    separator: str
    header_row: int
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(repr=False)
    numbers: list[int] = field(repr=False)
    preamble: int = 0

    @property
    def name(self) -> str:
        """The file, and the sheet if any, as people call them."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    def column(self, name: str) -> list[str]:
        """Return the cells of one column."""
        position = self.columns.index(name)
        return [row[position] for row in self.rows]
