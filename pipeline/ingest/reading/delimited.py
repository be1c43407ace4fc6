"""Text of a delimited file → records: separator, quoting and line ends found from the text itself."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TextIO

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # an idea may hold more than the module's 131,072 characters

_USUAL = (";", ",", "\t", "|")
_OTHER = "^~§¤#!:\x1f\x01"
_DECLARED = re.compile(r"\Asep=(.)(\r\n|\r|\n)", re.IGNORECASE)  # what Excel writes above the header
_SAMPLE = 200_000
_DECLARATION = 8
_PIECE = 1 << 20
_ROWS = 200
_FEWEST_COLUMNS = 2
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited text is written.

    Attributes:
        separator: one character.
        quote: the quoting character; empty when cells are never quoted.
        escape: the character before a quote inside a quoted cell; empty when the quote is doubled.
        inside: separator inside the cells, where a spreadsheet has quoted each line as one cell; else empty.
    """

    separator: str
    quote: str = '"'
    escape: str = ""
    inside: str = ""

    def read(self, text: Iterable[str]) -> Iterator[list[str]]:
        """Yield the records of a text given line by line, cells as they are; an empty line is an empty record."""
        yield from csv.reader(
            text,
            delimiter=self.separator,
            quotechar=self.quote or None,
            escapechar=self.escape or None,
            doublequote=not self.escape,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
        )


@dataclass(frozen=True, slots=True)
class Delimited:
    """A delimited text ready to be read, as often as wanted.

    Attributes:
        opener: starts a new reading of the text, line ends kept.
        dialect: how it is written.
        skipped: lines before the table (the "sep=" line).
    """

    opener: Callable[[], TextIO]
    dialect: Dialect
    skipped: int

    def records(self) -> Iterator[list[str]]:
        """Yield all the records."""
        with self.opener() as text:
            for _ in range(self.skipped):
                text.readline()
            records = self.dialect.read(text)
            yield from _unwrapped(records, self.dialect.inside) if self.dialect.inside else records

    def has_odd_quotes(self) -> bool:
        """Tell whether a quote of the text has no other half."""
        if not self.dialect.quote:
            return False
        with self.opener() as text:
            pieces = iter(lambda: text.read(_PIECE), "")
            return sum(piece.count(self.dialect.quote) for piece in pieces) % 2 == 1


def recognise(text: str, separator: str | None = None) -> Delimited:
    """Return how a text is delimited; see `recognise_stream`."""
    return recognise_stream(lambda: io.StringIO(text, newline=""), separator)


def recognise_stream(opener: Callable[[], TextIO], separator: str | None = None) -> Delimited:
    """Return how a text is delimited.

    Args:
        opener: starts a new reading of the text; only its beginning is looked at.
        separator: decided by the user; without, a "sep=" line decides, then the character that cuts the first
            records most evenly.
    """
    with opener() as text:
        start = text.read(_SAMPLE + _DECLARATION)
    declared = _DECLARED.match(start)
    body = start[declared.end() :] if declared else start
    sample, cut = body[:_SAMPLE], len(start) >= _SAMPLE + _DECLARATION
    chosen = separator or (declared[1] if declared else None)
    best = max(_dialects(sample, chosen, cut=cut), key=lambda dialect: _evenness(dialect, sample, cut=cut))
    return Delimited(opener, _wrapped(sample, cut=cut) or best, 1 if declared else 0)


def _dialects(sample: str, separator: str | None, *, cut: bool) -> Iterator[Dialect]:
    """Yield the ways to read a sample; where all quotes of one are in pairs, none that takes them for letters."""
    separators = [separator] if separator else [*_USUAL, *(c for c in _OTHER if c in _first_line(sample))]
    for s in separators:
        every = [Dialect(s, quote, escape) for quote, escape in _quotings(sample, s)]
        yield from [dialect for dialect in every if _is_paired(dialect, sample, cut=cut)] or every


def _is_paired(dialect: Dialect, sample: str, *, cut: bool) -> bool:
    """Tell whether each quote of a sample opens or closes a cell, or stands doubled (escaped) inside one."""
    if not dialect.quote:
        return '"' not in sample
    quote, edge = re.escape(dialect.quote), re.escape(dialect.separator)
    inside = rf"(?:[^{quote}\\]|\\.)*+" if dialect.escape else rf"(?:[^{quote}]|{quote}{quote})*+"
    cell = re.compile(rf"(?:{quote}{inside}{quote}|[^{quote}{edge}\r\n]*+)(?:{edge}|[\r\n]+|\Z)", re.DOTALL)
    open_cell = re.compile(rf"{quote}{inside}\Z", re.DOTALL)
    place = 0
    while place < len(sample):
        found = cell.match(sample, place)
        if not found:
            return cut and open_cell.match(sample, place) is not None
        place = found.end()
    return True


def _wrapped(sample: str, *, cut: bool) -> Dialect | None:
    """Return the dialect of a text whose every line is quoted as one cell, None for others."""
    outer = Dialect(_USUAL[0])
    records = [record for record in islice(outer.read(io.StringIO(sample, newline="")), _ROWS) if any(record)]
    records = records[:-1] if cut else records
    if not records or max(map(len, records)) > 1 or not _opens_with(sample, records[0][0]):
        return None
    lines = "\n".join(record[0] for record in records)
    inner = max((Dialect(s) for s in _USUAL), key=lambda dialect: _evenness(dialect, lines, cut=False))
    *_, share, width, _ = _evenness(inner, lines, cut=False)
    return replace(outer, inside=inner.separator) if share == 1 and width > _FEWEST_COLUMNS else None


def _opens_with(sample: str, line: str) -> bool:
    """Tell whether a text begins with a line as one quoted cell: elsewhere its first quote is the first cell's."""
    doubled = line.replace('"', '""')
    return sample.lstrip().startswith(f'"{doubled}"')


def _unwrapped(records: Iterable[list[str]], separator: str) -> Iterator[list[str]]:
    inner = Dialect(separator)
    for record in records:
        yield next(inner.read(io.StringIO(record[0], newline="")), []) if record else []


def _first_line(text: str) -> str:
    return next((line for line in text.splitlines() if line.strip()), "")


def _quotings(sample: str, separator: str) -> list[tuple[str, str]]:
    edge = re.escape(separator)
    quotings = [('"', "")]
    if '\\"' in sample:
        doubled = len(re.findall(rf'(?<=[^\s{edge}"])""|""(?=[^\s{edge}"])', sample))
        escaped = len(re.findall(rf'\\"(?![\r\n{edge}]|\Z)', sample))  # elsewhere a cell that ends with a backslash
        quotings.insert(0 if escaped > doubled else 1, ('"', "\\"))
    singles = len(re.findall(rf"(?:^|{edge})'[^'\r\n]*'(?={edge}|$)", sample, re.MULTILINE))
    if singles > sample.count('"') and singles > sample.count("\n"):
        quotings.append(("'", ""))
    return [*quotings, ("", "")] if '"' in sample else quotings


def _widths(dialect: Dialect, sample: str, *, cut: bool) -> list[int]:
    """Return the widths of the first records that hold something."""
    filled = (record for record in dialect.read(io.StringIO(sample, newline="")) if any(record))
    widths = [len(record) for record in islice(filled, _ROWS + 1)]
    if cut and len(widths) <= _ROWS:
        return widths[:-1] or widths  # the last record of a cut sample is not whole
    return widths


def _evenness(dialect: Dialect, sample: str, *, cut: bool) -> tuple[bool, bool, int, float, int, int]:
    """Return how well a dialect cuts the sample, to compare.

    That is: whether most records are of one width over one cell, whether all quotes are in pairs, how few narrower
    records stand above the first of the usual width (a reading with more cells than the header has one more), the
    share of records of that width, the width, quoted or not.
    """
    widths = _widths(dialect, sample, cut=cut)
    if not widths:
        return (False, False, 0, 0.0, 0, 0)
    width, count = max(Counter(widths).items(), key=lambda item: (item[1], item[0]))
    share = round(count / len(widths), 1) if width > 1 else 0.0
    above = next(i for i, found in enumerate(widths) if found >= width)
    paired = _is_paired(dialect, sample, cut=cut)
    return (share >= _MOST, paired, -above, share, width, 1 if dialect.quote else 0)
