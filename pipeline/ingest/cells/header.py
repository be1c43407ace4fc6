"""The first rows of a table → its header, be it below a title, on two rows, or absent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ingest.cells.headings import hints
from pipeline.ingest.cells.values import iso_date

WITHIN = 20
"""How many rows may hold the header."""
_LONG_CELL = 100
_FEWEST_BELOW = 2
_EXACT = 2
_SENTENCE = re.compile(r"(?:\S+\s+){3,}\S+[.!…]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CODE = re.compile(r"[^\W\d][\w.\[\]/-]*")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands.

    Attributes:
        cells: the names, as written; empty when there is no header.
        position: of its row among the filled ones, from 0; -1 when there is none.
        after: how many filled rows come before the first row of data.
    """

    cells: tuple[str, ...]
    position: int
    after: int


def find_header(records: Sequence[Sequence[str]]) -> Header:
    """Return the header among the first filled rows, joined with the row of groups.

    It is the row with the most known names, hardly any cell of data, below rows that look unlike data only: a title,
    or names for machines. Where no row has a name known for certain, the first one is it unless it looks like those
    below.

    In spreadsheets a header often takes two rows, a cell being merged over both or over several columns: each name
    comes from the lower row where it has one, and a name that stands twice is completed by its group ("Nom Porteur 2").
    """
    scores = [_score(cells) for cells in records]
    best = max(range(len(records)), key=lambda i: scores[i])
    while best and not all(_is_title(above, records[best]) for above in records[:best]):
        best = max(range(best), key=lambda i: scores[i])
    if not scores[best]:
        return _unknown(records)
    below = best + 1 < len(records) and _completes(records[best], records[best + 1])
    if below:
        return Header(_joined(records[best], records[best + 1]), best, best + 2)
    if best and _is_above(records[best - 1], records[best]):
        return Header(_joined(records[best - 1], records[best]), best, best + 1)
    return Header(tuple(records[best]), best, best + 1)


def _unknown(records: Sequence[Sequence[str]]) -> Header:
    """Return the first full row for header where no name is known, none when it looks like data or like those below."""
    best = _first_full(records)
    named = not any(map(_is_data, records[best])) and not _is_like(records[best], records[best + 1 :])
    return Header(tuple(records[best]), best, best + 1) if named else Header((), -1, best)


def column_names(header: Sequence[str], width: int) -> tuple[str, ...]:
    """Return a name for each column, unique: "colonne 3" where the header has none."""
    given = [" ".join(header[i].split()) if i < len(header) else "" for i in range(width)]
    names = [name or f"colonne {i}" for i, name in enumerate(given, start=1)]
    count = Counter(names)
    first = [count[name] == 1 or i == names.index(name) for i, name in enumerate(names)]
    return tuple(name if first[i] else f"{name} ({i + 1})" for i, name in enumerate(names))


def _first_full(records: Sequence[Sequence[str]]) -> int:
    """Return the first row that has half as many cells as the fullest: those above are titles."""
    fills = [len(_filled(cells)) for cells in records]
    return next(i for i, fill in enumerate(fills) if 2 * fill >= max(fills))


def _score(cells: Sequence[str]) -> float:
    """Return how many cells are known names, those that only have one as their head for half; 0 for a row of data."""
    known = sum(map(_is_known, cells))
    if not known or 2 * sum(map(_is_data, cells)) > known:
        return 0.0
    return (known + sum(map(_is_name, cells))) / 2


def _is_known(cell: str) -> bool:
    return _is_name(cell) and hints(cell)[0].strength >= _EXACT


def _is_name(cell: str) -> bool:
    return len(cell) < _LONG_CELL and bool(hints(cell))


def _is_data(cell: str) -> bool:
    text = cell.strip()
    return bool(text) and (
        (len(text) > _LONG_CELL and not text.rstrip(" )*").endswith(("?", ":")) and not hints(text))
        or (text.isdigit() and not _YEAR.fullmatch(text))
        or "@" in text
        or bool(iso_date(text))
        or bool(_SENTENCE.fullmatch(text))
    )


def _is_title(above: Sequence[str], header: Sequence[str]) -> bool:
    """Tell whether a row above a header is none of the data: few cells, a row of groups, or names for machines."""
    upper, lower = _filled(above), _filled(header)
    if len(upper) <= max(1, len(lower) // 2):
        return True
    codes = all(_CODE.fullmatch(above[i].strip()) for i in upper)
    return codes or bool(lower - upper and upper - lower)


def _is_like(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row looks like those below: in no column a name of other length than what it names."""
    lengths = [
        (len(first[i].split()), [len(row[i].split()) for row in below if i < len(row) and row[i].strip()])
        for i in sorted(_filled(first))
    ]
    told = [(own, others) for own, others in lengths if others]
    texts = [(own, others) for own, others in told if max(others) > 1]
    return bool(texts) and all(min(others) <= own <= max(others) for own, others in texts)


def _completes(header: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether the row below the header names the columns of its groups."""
    upper, lower = _filled(header), _filled(below)
    untouched, grouped = upper - lower, lower - upper
    return len(lower) >= _FEWEST_BELOW and bool(untouched and grouped) and all(_is_name(below[i]) for i in lower)


def _filled(cells: Sequence[str]) -> set[int]:
    return {i for i, cell in enumerate(cells) if cell.strip()}


def _is_above(above: Sequence[str], header: Sequence[str]) -> bool:
    """Tell whether the row above names columns that the header leaves empty, or groups that it repeats."""
    lacking = [cell for i, cell in enumerate(above) if i >= len(header) or not header[i].strip()]
    named = [cell.strip() for cell in header if cell.strip()]
    return any(map(_is_name, lacking)) or (len(set(named)) < len(named) and sum(map(_is_name, above)) > 1)


def _joined(groups: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    width = max(len(groups), len(names))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (groups, names))
    count = Counter(cell.strip() for cell in lower)
    joined, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = above.strip() or group
        repeated = below.strip() and count[below.strip()] > 1
        joined.append(f"{below.strip()} {group}" if repeated else below.strip() or above.strip())
    return tuple(joined)
