"""A web page → the cells of its tables: many platforms export one under the name of a workbook."""

from __future__ import annotations

import html
import re

from pipeline.ingest.cells.cleaning import shown

_BREAKS = frozenset({"br", "p", "div", "li"})
_SPACES = re.compile(r"\s+")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)([^<>]*)>|<[!?][^<>]*>")
_SPAN = re.compile(r"\bcolspan\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_WIDEST = 200


def tables_of(page: str) -> list[list[list[str]]]:
    """Return, for each table of the page that holds anything, its rows of cells, line breaks kept."""
    reader, position, seen = _Reader(), 0, shown(page)
    for tag in _TAG.finditer(seen):
        reader.text(seen[position : tag.start()])
        position = tag.end()
        if tag[2] and tag[1]:
            reader.end(tag[2].lower())
        elif tag[2]:
            reader.start(tag[2].lower(), tag[3])
    reader.text(seen[position:])
    reader.end("table")
    return [table for table in reader.tables if any(cell for row in table for cell in row)]


class _Reader:
    """Collects cells; a table inside a cell is read as part of its text."""

    def __init__(self) -> None:
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._pieces: list[str] | None = None
        self._span = 1

    def start(self, tag: str, attributes: str) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif tag == "tr" and self._depth == 1:
            self._close_cell()
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self._depth == 1:
            self._open_cell(attributes)
        elif tag in _BREAKS and self._pieces is not None and any(self._pieces):
            self._pieces.append("\n")

    def end(self, tag: str) -> None:
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._close_cell()
            self._depth -= 1
        elif tag in {"td", "th", "tr"} and self._depth == 1:
            self._close_cell()
        elif tag in {"p", "div"} and self._pieces is not None:
            self._pieces.append("\n")

    def text(self, data: str) -> None:
        if data and self._pieces is not None:
            self._pieces.append(_SPACES.sub(" ", html.unescape(data)))

    def _open_cell(self, attributes: str) -> None:
        self._close_cell()
        if not self.tables[-1]:
            self.tables[-1].append([])
        self._pieces = []
        span = _SPAN.search(attributes)
        self._span = min(int(span[1]), _WIDEST) if span else 1

    def _close_cell(self) -> None:
        if self._pieces is not None:
            text = "".join(self._pieces).strip()
            self.tables[-1][-1] += [text, *[""] * (self._span - 1)]
            self._pieces = None
