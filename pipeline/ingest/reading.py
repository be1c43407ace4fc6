"""Files of the export → grids, each with the encoding, separator, sheet and header row that were decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.errors import MinilabsError
from pipeline.ingest.delimited import Delimited, recognise
from pipeline.ingest.encoding import decode
from pipeline.ingest.fields import hints
from pipeline.ingest.grid import Grid, SourceFile
from pipeline.ingest.values import iso_date
from pipeline.ingest.workbook import EXTENSIONS, is_workbook, sheets
from pipeline.params import SourceParams

_HEADER_WITHIN = 20
_DELIMITED = (".csv", ".tsv", ".txt", ".tab", ".dat")
_NOTICE = re.compile(r"(?:.*/)?(?:readme|lisezmoi|licen[cs]e)[^/]*", re.IGNORECASE)
_LONG_CELL = 100
_FEW = 0.2
_LISTED = 5


def is_table(name: str) -> bool:
    """Tell whether a file of this name can hold a table; a notice (LISEZMOI) does not."""
    return name.lower().endswith((*_DELIMITED, *EXTENSIONS)) and not _NOTICE.fullmatch(name)


def read_grids(file: SourceFile, decided: SourceParams) -> list[Grid]:
    """Return the tables of a file; a sheet without any cell gives none.

    Args:
        file: of the export.
        decided: what the user says about it.

    Raises:
        MinilabsError: `ingest.empty_file`, `ingest.encoding`, `ingest.quotes`, `ingest.ragged`, `ingest.format`, or of
            a workbook.
    """
    if not file.content.strip(b" \r\n\t\x00\xff\xfe\xef\xbb\xbf;,"):
        raise MinilabsError("ingest.empty_file", file=file.name)
    if is_workbook(file.name, file.content):
        found = sheets(file.content, file.name, decided.sheet)
        grids = [to_grid(rows, file.name, sheet=sheet) for sheet, rows in found]
    else:
        grids = [_read_text(file, decided)]
    kept = [grid for grid in grids if grid]
    if not kept:
        raise MinilabsError("ingest.empty_file", file=file.name)
    return kept


def _read_text(file: SourceFile, decided: SourceParams) -> Grid | None:
    if file.content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise MinilabsError("ingest.format", file=file.name)
    decoded = decode(file.content, file.name, decided.encoding)
    if re.match(r"\s*<(?:!doctype|html|\?xml|table)", decoded.text[:200], re.IGNORECASE):
        raise MinilabsError("ingest.format", file=file.name)
    delimited = recognise(decoded.text, decided.separator)
    return to_grid(
        _records(delimited, file.name),
        file.name,
        encoding=decoded.encoding,
        separator=delimited.dialect.separator,
    )


def _records(delimited: Delimited, name: str) -> list[tuple[int, list[str]]]:
    records = list(enumerate(delimited.records(), start=1 + delimited.skipped))
    if _never_closed(delimited, records):
        raise MinilabsError("ingest.quotes", file=name, row=records[-1][0])
    return records


def _never_closed(delimited: Delimited, records: list[tuple[int, list[str]]]) -> bool:
    """Tell whether a quote swallowed the end of the file: odd quotes, and a short last record over several lines."""
    quote = delimited.dialect.quote
    if not quote or not records or delimited.text.count(quote) % 2 == 0:
        return False
    cells = records[-1][1]
    return len(cells) < max(len(c) for _, c in records) and any("\n" in cell or "\r" in cell for cell in cells)


def to_grid(
    records: Iterable[tuple[int, list[str]]], file: str, *, sheet: str = "", encoding: str = "", separator: str = ""
) -> Grid | None:
    """Return a grid from (number, cells) records: empty ones left out, header found, cells as many as columns.

    Raises:
        MinilabsError: `ingest.ragged` when a few rows have cells beyond the header: a separator inside a text.
    """
    filled = [(number, cells) for number, cells in records if any(cell.strip() for cell in cells)]
    if not filled:
        return None
    position = header_position([cells for _, cells in filled[:_HEADER_WITHIN]])
    number, header = filled[position] if position is not None else (0, [])
    body = filled[position + 1 :] if position is not None else filled
    width = _width(file, header, body)
    return Grid(
        file=file,
        sheet=sheet,
        encoding=encoding,
        separator=separator,
        header_row=number,
        columns=_unique(header, width),
        rows=[tuple(cells[:width]) + ("",) * (width - len(cells)) for _, cells in body],
        numbers=[number for number, _ in body],
        preamble=position or 0,
    )


def header_position(records: list[list[str]]) -> int | None:
    """Return which of the first records is the header: the one with the most known names; None when there is none."""
    scores = [sum(bool(hints(cell)) for cell in cells if len(cell) < _LONG_CELL) for cells in records]
    best = scores.index(max(scores))
    if scores[best]:
        return best
    return None if any(_is_data(cell) for cell in records[0]) else 0


def _is_data(cell: str) -> bool:
    text = cell.strip()
    return bool(text) and (len(text) > _LONG_CELL or text.isdigit() or "@" in text or bool(iso_date(text)))


def _width(file: str, header: list[str], body: list[tuple[int, list[str]]]) -> int:
    named = _used(header)
    widths = {number: _used(cells) for number, cells in body}
    wider = [number for number, width in widths.items() if width > named]
    if named and wider and len(wider) <= max(1, _FEW * len(body)) and len(body) > 1:
        rows = ", ".join(map(str, wider[:_LISTED])) + ("..." if len(wider) > _LISTED else "")
        raise MinilabsError("ingest.ragged", file=file, rows=rows, width=named)
    return max([named, *widths.values()])


def _used(cells: list[str]) -> int:
    return max((i for i, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _unique(header: list[str], width: int) -> tuple[str, ...]:
    given = [" ".join(header[i].split()) if i < len(header) else "" for i in range(width)]
    names = [name or f"colonne {i}" for i, name in enumerate(given, start=1)]
    count = Counter(names)
    first = [count[name] == 1 or i == names.index(name) for i, name in enumerate(names)]
    return tuple(name if first[i] else f"{name} ({i + 1})" for i, name in enumerate(names))
