"""Which column holds what: a grid and its header → fields, and what kind of table it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pipeline.ingest.fields import MULTIPLE, named, plain
from pipeline.ingest.grid import Grid

Kind = Literal["ideas", "people", "links", "none"]
_PEOPLE = frozenset({"family_name", "given_name", "person", "email"})
_GENERIC_ID = frozenset({"id", "identifiant", "numero", "num", "no", "code", "ref", "reference"})


@dataclass(frozen=True, slots=True)
class Mapped:
    """A grid whose columns are understood.

    Attributes:
        grid: the table.
        fields: field → its columns, in the order of the table.
        unused: columns that name no field.
        kind: `ideas` (with people inside or not), `people`, `links` between both, or `none`.
        why: why the table is not used; empty when it is.
    """

    grid: Grid
    fields: dict[str, tuple[str, ...]]
    unused: tuple[str, ...]
    kind: Kind
    why: str = ""

    def cells(self, field: str) -> list[str]:
        """Return the cells of a field held by one column; empty cells when the table lacks it."""
        columns = self.fields.get(field, ())
        return self.grid.column(columns[0]) if columns else [""] * len(self.grid.rows)

    def has(self, field: str) -> bool:
        """Tell whether a column holds `field`."""
        return field in self.fields


def map_columns(grid: Grid) -> Mapped:
    """Return the grid with its columns named by their headers."""
    fields: dict[str, tuple[str, ...]] = {}
    for column in grid.columns:
        free = [f for f in named(column) if f in MULTIPLE or f not in fields]
        if free:
            fields[free[0]] = (*fields.get(free[0], ()), column)
    fields = _own_id(fields)
    used = {column for columns in fields.values() for column in columns}
    return Mapped(grid, fields, tuple(c for c in grid.columns if c not in used), kind_of(fields))


def kind_of(fields: dict[str, tuple[str, ...]]) -> Kind:
    """Return what a table with these fields is."""
    if "title" in fields or "part" in fields:
        return "ideas"
    if "idea_id" in fields and "holder_id" in fields:
        return "links"
    return "people" if _PEOPLE & fields.keys() else "none"


def _own_id(fields: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the fields of a table of people with its "id" column as the people's, not the ideas'."""
    is_people = kind_of({k: v for k, v in fields.items() if k != "idea_id"}) == "people"
    if is_people and "holder_id" not in fields and plain(fields.get("idea_id", ("",))[0]) in _GENERIC_ID:
        return {("holder_id" if k == "idea_id" else k): v for k, v in fields.items()}
    return fields


def choose(tables: list[Mapped]) -> list[Mapped]:
    """Return the tables with those that cannot be about the contest set aside, with a reason.

    A table with texts but no number of idea, beside one that has both, describes something else (a list of themes).
    """
    numbered = any(t.kind == "ideas" and t.has("idea_id") for t in tables)
    return [_judge(table, numbered=numbered) for table in tables]


def _judge(table: Mapped, *, numbered: bool) -> Mapped:
    if table.kind == "none":
        return replace(table, why="ni texte d’idée ni personne")
    if table.kind == "ideas" and numbered and not table.has("idea_id"):
        return replace(table, kind="none", why="des textes sans numéro d’idée, à côté d’une table qui en a")
    return table
