"""A table's columns → the fields each may hold: what its header says, as far as its cells do not say otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.ingest.cells.fields import HOLDER_FIELDS, Hint, numbered
from pipeline.ingest.cells.headings import hints, is_aside, other_languages
from pipeline.ingest.columns.content import is_text, looks_like
from pipeline.ingest.reading.grid import Grid

Claims = Mapping[str, tuple[Hint, ...]]
_CLEAR = 0.5
_NAMES = 0.8
_SHORT = frozenset({*HOLDER_FIELDS, "idea_id", "submitted_on", "status", "votes", "category"}) - {"co_persons"}
"""Fields whose cells are never long texts."""
_PROVEN = {"email": 3, "votes": 2, "submitted_on": 2}
"""Fields that half of the cells must fit, unless the header leaves as little doubt as this."""


def claims(grid: Grid, columns: Iterable[str]) -> dict[str, tuple[Hint, ...]]:
    """Return what each column can be, most likely first; nothing for one that only repeats another in its language."""
    foreign = other_languages(grid.columns)
    return {column: () if column in foreign else _claims(column, grid.samples[column]) for column in columns}


def texts_left(grid: Grid, columns: Iterable[str]) -> tuple[str, ...]:
    """Return the columns, of those that no header explains, that hold what people wrote about their idea."""
    foreign = other_languages(grid.columns)
    return tuple(c for c in columns if c not in foreign and not is_aside(c) and is_text(grid.samples[c]))


def _claims(column: str, cells: Sequence[str]) -> tuple[Hint, ...]:
    """Return what a column can be: its header's suggestions, the one its cells fit first when there are several."""
    suggested = tuple(hint for hint in _suggested(column) if _may_be(hint, cells))
    if suggested and {hint.field for hint in suggested} <= {"part", "title"} and _are_names(cells):
        return (Hint("person", suggested[0].strength),)
    return suggested if len(suggested) < 2 else _fittest(suggested, cells)  # noqa: PLR2004 - one needs no choice


def _fittest(suggested: tuple[Hint, ...], cells: Sequence[str]) -> tuple[Hint, ...]:
    """Return the suggestion that cells clearly fit, else the one that the header says most strongly, else all."""
    fits = {hint.field: looks_like(hint.field, cells) for hint in suggested}
    best = max(fits, key=lambda field: fits[field])
    if fits[best] >= _CLEAR:
        return tuple(hint for hint in suggested if hint.field == best)
    strongest = tuple(hint for hint in suggested if hint.strength == suggested[0].strength)
    return strongest if len(strongest) == 1 else suggested


def _may_be(hint: Hint, cells: Sequence[str]) -> bool:
    """Tell whether cells do not speak against a field: long texts are no directorate, words no votes."""
    if hint.field in _SHORT and is_text(cells, words=12):
        return False
    certain = hint.strength >= _PROVEN.get(hint.field, 0) or not cells
    return certain or looks_like(hint.field, cells) >= _CLEAR


def _are_names(cells: Sequence[str]) -> bool:
    return looks_like("person", cells) >= _NAMES and not is_text(cells, words=4)


def _suggested(column: str) -> tuple[Hint, ...]:
    """Return what a header suggests; the number of a person does not count ("Porteur 2")."""
    base, rank = numbered(column)
    of_people = tuple(hint for hint in hints(base) if hint.field in HOLDER_FIELDS) if base != column else ()
    if rank > 1 and of_people:
        return of_people
    return hints(column) or of_people
