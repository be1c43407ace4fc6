"""Files of the export → grids, each with the encoding, separator, sheet and header row that were decided."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.errors import MinilabsError
from pipeline.ingest.delimited import recognise
from pipeline.ingest.encoding import decode
from pipeline.ingest.fields import named
from pipeline.ingest.grid import Grid, SourceFile

_HEADER_WITHIN = 20
DELIMITED = (".csv", ".tsv", ".txt", ".tab")


def is_table(name: str) -> bool:
    """Tell whether a file of this name can hold a table."""
    return name.lower().endswith(DELIMITED)


def read_grids(file: SourceFile) -> list[Grid]:
    """Return the tables of a file; one without any cell gives none.

    Raises:
        MinilabsError: `ingest.empty_file`, `ingest.encoding`.
    """
    if not file.content.strip():
        raise MinilabsError("ingest.empty_file", file=file.name)
    decoded = decode(file.content, file.name)
    delimited = recognise(decoded.text)
    records = [(i + delimited.skipped, r) for i, r in enumerate(delimited.records(), start=1)]
    grid = to_grid(records, file.name, encoding=decoded.encoding, separator=delimited.dialect.separator)
    return [grid] if grid else []


def to_grid(
    records: Iterable[tuple[int, list[str]]], file: str, *, sheet: str = "", encoding: str = "", separator: str = ""
) -> Grid | None:
    """Return a grid from (number, cells) records: empty ones left out, header found, cells as many as columns."""
    filled = [(number, cells) for number, cells in records if any(cell.strip() for cell in cells)]
    if not filled:
        return None
    position = header_position([cells for _, cells in filled[:_HEADER_WITHIN]])
    number, header = filled[position]
    body = filled[position + 1 :]
    width = max([len(header), *(_used(cells) for _, cells in body)])
    rows = [tuple(cells[:width]) + ("",) * (width - len(cells)) for _, cells in body]
    return Grid(
        file=file,
        sheet=sheet,
        encoding=encoding,
        separator=separator,
        header_row=number,
        columns=_unique(header, width),
        rows=rows,
        numbers=[number for number, _ in body],
        preamble=position,
    )


def header_position(records: list[list[str]]) -> int:
    """Return which of the first records is the header: the one with the most known column names."""
    scores = [sum(bool(named(cell)) for cell in cells) for cells in records]
    return scores.index(max(scores))


def _used(cells: list[str]) -> int:
    return max((i for i, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _unique(header: list[str], width: int) -> tuple[str, ...]:
    names: list[str] = []
    for i in range(width):
        name = " ".join(header[i].split()) if i < len(header) else ""
        name = name or f"colonne {i + 1}"
        names.append(name if name not in names else f"{name} ({i + 1})")
    return tuple(names)
