"""Files of the export → grids, each with the encoding, separator, sheet and header row that were decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from pipeline.errors import MinilabsError
from pipeline.ingest.cells.header import WITHIN, column_names, find_header
from pipeline.ingest.cells.values import opened_cells
from pipeline.ingest.reading.delimited import Delimited, recognise_stream
from pipeline.ingest.reading.encoding import decide, opened
from pipeline.ingest.reading.extent import beside_cells, beside_notice, survey, table_width
from pipeline.ingest.reading.grid import Grid, Record, SourceFile
from pipeline.ingest.reading.pages import tables_of
from pipeline.ingest.reading.workbook import EXTENSIONS, is_workbook, may_be_workbook, sheets
from pipeline.params import SourceParams

_DELIMITED = (".csv", ".tsv", ".txt", ".tab", ".dat")
_NOTICE = re.compile(r"(?:.*/)?(?:readme|lisezmoi|lisez-moi|licen[cs]e)[^/]*", re.IGNORECASE)
_OTHER_FORMATS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"GIF8",
    b"{\\rtf",
    b"\x1f\x8b",
)
_PAGE = re.compile(r"\s*<(?:!doctype|html|table|meta|body|div|head|style)", re.IGNORECASE)
_NO_TABLE = re.compile(r"\s*(?:<\?xml|\[\s*\{|\{\s*\")", re.IGNORECASE)
_CONTROL = re.compile("[\x00\x02-\x08\x0e-\x1a\x1c-\x1e]")
_START = 4096

Records = Callable[[], Iterator[Record]]


def is_notice(name: str) -> bool:
    """Tell whether a file of this name explains the export to people (LISEZMOI)."""
    return bool(_NOTICE.fullmatch(name))


def is_table(name: str) -> bool:
    """Tell whether a file of this name can hold a table; a notice (LISEZMOI) does not."""
    return name.lower().endswith((*_DELIMITED, *EXTENSIONS)) and not is_notice(name)


def read_grids(file: SourceFile, decided: SourceParams) -> list[Grid]:
    """Return the tables of a file; a sheet without any cell gives none.

    Args:
        file: of the export.
        decided: what the user says about it.

    Raises:
        MinilabsError: `ingest.empty_file`, `ingest.encoding`, `ingest.quotes`, `ingest.ragged`, `ingest.format`, or of
            a workbook.
    """
    head = file.head(_START)
    if not head.strip(b" \r\n\t\x00\xff\xfe\xef\xbb\xbf;,"):
        raise MinilabsError("ingest.empty_file", file=file.name)
    kept = [grid for grid in _grids(file, head, decided) if grid]
    if not kept:
        raise MinilabsError("ingest.empty_file", file=file.name)
    return kept


def _grids(file: SourceFile, head: bytes, decided: SourceParams) -> Iterator[Grid | None]:
    if may_be_workbook(head) and is_workbook(file.name, content := file.content):
        for sheet in sheets(content, file.name, decided.sheet):
            yield to_grid(_again(sheet.rows), file.name, sheet=sheet.name, notices=sheet.notices())
        return
    if head.startswith(_OTHER_FORMATS):
        raise MinilabsError("ingest.format", file=file.name)
    encoding = decide(file, decided.encoding)
    with opened(file, encoding) as text:
        start = text.read(_START)
    if _NO_TABLE.match(start) or len(_CONTROL.findall(start)) > len(start) / 100:
        raise MinilabsError("ingest.format", file=file.name)
    yield from _pages(file, encoding) if _PAGE.match(start) else [_read_text(file, encoding, decided)]


def _again(rows: Sequence[Record]) -> Records:
    return lambda: iter(rows)


def _pages(file: SourceFile, encoding: str) -> Iterator[Grid | None]:
    """Yield the tables of a web page: what many platforms export under the name of a workbook."""
    with opened(file, encoding) as text:
        found = tables_of(text.read())
    if not found:
        raise MinilabsError("ingest.format", file=file.name)
    for rows in found:
        yield to_grid(_again(list(enumerate(rows, start=1))), file.name, encoding=encoding)


def _read_text(file: SourceFile, encoding: str, decided: SourceParams) -> Grid | None:
    delimited = recognise_stream(lambda: opened(file, encoding), decided.separator)

    def records() -> Iterator[Record]:
        return enumerate(delimited.records(), start=1 + delimited.skipped)

    if delimited.has_odd_quotes():
        _check_quotes(delimited, file.name)
    return to_grid(records, file.name, encoding=encoding, separator=delimited.dialect.separator)


def _check_quotes(delimited: Delimited, name: str) -> None:
    """Refuse a text whose end was swallowed by a quote: odd quotes, and a short last record over several lines."""
    number, widest, last = delimited.skipped, 0, list[str]()
    for last in delimited.records():
        number, widest = number + 1, max(widest, len(last))
    if len(last) < widest and any("\n" in cell or "\r" in cell for cell in last):
        raise MinilabsError("ingest.quotes", file=name, row=number)


def to_grid(
    records: Records,
    file: str,
    *,
    sheet: str = "",
    encoding: str = "",
    separator: str = "",
    notices: Sequence[str] = (),
) -> Grid | None:
    """Return a grid from readings of (number, cells): empty ones left out, header found, cells as many as columns.

    Args:
        records: starts a new reading.
        file: its name.
        sheet: of a workbook.
        encoding: of a text.
        separator: of a text.
        notices: what the reading of the file left aside, in French.

    Raises:
        MinilabsError: `ingest.ragged` when a few rows have cells beyond the header: a separator inside a text.
    """

    def filled() -> Iterator[Record]:
        return ((number, opened_cells(cells)) for number, cells in records() if any(map(_says, cells)))

    first = list(islice(filled(), WITHIN))
    if not first:
        return None
    header = find_header([cells for _, cells in first])
    found = survey(islice(filled(), header.after, None))
    width, beside = table_width(header.cells, found, file, is_text=bool(separator))

    def rows() -> Iterator[Record]:
        for number, cells in islice(filled(), header.after, None):
            if any(map(_says, cells[:width])):
                yield number, (*cells[:width], *[""] * (width - len(cells)))

    if beside:
        outside = list(beside_cells(filled(), width))
        found, notices = survey(rows()), [*notices, beside_notice(outside)]
    columns = column_names(header.cells[:width], width)
    return Grid(
        file=file,
        sheet=sheet,
        encoding=encoding,
        separator=separator,
        header_row=first[header.position][0] if header.position >= 0 else 0,
        columns=columns,
        count=found.count,
        records=rows,
        samples={column: found.sampler.of(i) for i, column in enumerate(columns)},
        sizes={column: found.sampler.size(i) for i, column in enumerate(columns)},
        preamble=header.after if header.position < 0 else header.position,
        notices=tuple(notices),
    )


def _says(cell: str) -> bool:
    return bool(cell) and not cell.isspace()
