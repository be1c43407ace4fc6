"""A web page → the cells of its tables: many platforms export one under the name of a workbook."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = frozenset({"br", "p", "div", "li"})
_SKIPPED = frozenset({"script", "style"})
_SPACES = re.compile(r"\s+")
_WIDEST = 200


def tables_of(page: str) -> list[list[list[str]]]:
    """Return, for each table of the page that holds anything, its rows of cells, line breaks kept."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [table for table in reader.tables if any(cell for row in table for cell in row)]


class _Reader(HTMLParser):
    """Collects cells; a table inside a cell is read as part of its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._pieces: list[str] | None = None
        self._span = 1
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif tag == "tr" and self._depth == 1:
            self._close_cell()
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self._depth == 1:
            self._open_cell(dict(attrs).get("colspan") or "1")
        else:
            self._inside(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"td", "th", "tr", "table"}:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._close_cell()
            self._depth -= 1
        elif tag in {"td", "th", "tr"} and self._depth == 1:
            self._close_cell()
        elif tag in {"p", "div"} and self._pieces is not None:
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if self._pieces is not None and not self._silent:
            self._pieces.append(_SPACES.sub(" ", data))

    def _inside(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._silent += 1
        elif tag in _BREAKS and self._pieces is not None and any(self._pieces):
            self._pieces.append("\n")

    def _open_cell(self, span: str) -> None:
        self._close_cell()
        if not self.tables[-1]:
            self.tables[-1].append([])
        self._pieces = []
        self._span = min(int(span), _WIDEST) if span.isdigit() else 1

    def _close_cell(self) -> None:
        if self._pieces is not None:
            text = "".join(self._pieces).strip()
            self.tables[-1][-1] += [text, *[""] * (self._span - 1)]
            self._pieces = None
