"""Which column holds what: a grid and its header → fields, questions where that is open, and the kind of table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import Literal

from pipeline.errors import MinilabsError, raise_all
from pipeline.ingest.cells.fields import FIELDS, FRENCH, MULTIPLE, plain
from pipeline.ingest.cells.headings import hints, is_aside
from pipeline.ingest.cells.values import placeholder
from pipeline.ingest.columns.claims import Claims, claims, texts_left
from pipeline.ingest.columns.content import guess, is_text, is_unit
from pipeline.ingest.columns.settling import ASKED, PEOPLE, Fields, Question, Settling
from pipeline.ingest.reading.grid import Grid

Kind = Literal["ideas", "people", "links", "comments", "none"]
IGNORE = "ignore"
OPEN = "?"
FOREIGN = "ni texte d’idée ni personne"
"""Why a table is not used that says nothing of the contest."""
_GENERIC_ID = frozenset({"id", "identifiant", "numero", "num", "no", "code", "ref", "reference", "n"})
_CLEAR = 0.5
_SEVERAL = 2
_LIKELIEST = 3
_FEW_WORDS = 4


@dataclass(frozen=True, slots=True)
class Mapped:
    """A grid whose columns are understood.

    Attributes:
        grid: the table.
        fields: field → its columns, in the order of the table.
        kind: `ideas` (with people inside or not), `people`, `links` between both, `comments` (joined to the texts of
            ideas), or `none`.
        why: why the table is not used; empty when it is.
        questions: what is still open.
        guessed: fields found from the cells, not from the header.
        assumed: column → field, where more than one was possible or the header says nothing: to be told.
        notices: what of its columns is not read though its header is known, in French.
    """

    grid: Grid
    fields: dict[str, tuple[str, ...]]
    kind: Kind
    why: str = ""
    questions: tuple[Question, ...] = ()
    guessed: tuple[str, ...] = ()
    assumed: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    @property
    def unused(self) -> tuple[str, ...]:
        """The columns that hold no field."""
        used = {column for columns in self.fields.values() for column in columns}
        return tuple(c for c in self.grid.columns if c not in used)

    def places(self, field: str) -> tuple[int, ...]:
        """Return the positions of the columns that hold a field, none when the table lacks it."""
        return tuple(map(self.grid.columns.index, self.fields.get(field, ())))

    def cells(self, field: str) -> Iterator[str]:
        """Yield the cells of the first column of a field; empty cells when the table lacks it."""
        columns = self.fields.get(field, ())
        return self.grid.column(columns[0]) if columns else repeat("", self.grid.count)

    def has(self, field: str) -> bool:
        """Tell whether a column holds `field`."""
        return field in self.fields

    def errors(self) -> list[MinilabsError]:
        """Return a sentence for each open question, none for a table that is not used."""
        if self.kind == "none":
            return []
        return [self._asked(question) for question in self.questions]

    def _asked(self, question: Question) -> MinilabsError:
        columns = " et ".join(f"« {column} »" for column in question.columns[:_LIKELIEST])
        fields = " ou ".join(f"« {FRENCH[field]} » ({field})" for field in question.fields)
        if len(question.columns) > 1:
            return MinilabsError("ingest.two_columns", table=self.grid.name, columns=columns, fields=fields)
        return MinilabsError("ingest.ambiguous", table=self.grid.name, columns=columns, fields=fields)


def map_columns(grid: Grid, decided: Mapping[str, str] | None = None) -> Mapped:
    """Return the grid with its columns named: by the user, by their headers, then by their cells.

    Args:
        grid: the table.
        decided: column → field or "ignore", from `params.yaml`.

    Raises:
        MinilabsError: `ingest.field`: no such field, or "?" left open.
    """
    decided = decided or {}
    _check(grid, decided)
    free = [column for column in grid.columns if column not in decided]
    claimed, notices = _without_placeholders(grid, claims(grid, free))
    settled = Settling(grid, claimed, _given(grid, decided)).result()
    left = [c for c in free if not claimed[c]]
    found = _with_directorate(grid, _with_people(grid, _with_texts(grid, settled.fields, left), left), left)
    told = {c: f for f, columns in found.items() for c in columns if c not in settled.fields.get(f, ())}
    fields = _own_id(_in_order(grid, _with_title(grid, _whole_names(grid, found))))
    kind = kind_of(fields)
    guessed = tuple(field for field in found if field not in settled.fields)
    return Mapped(grid, fields, kind, "", settled.questions, guessed, {**settled.assumed, **told}, notices)


def kind_of(fields: Mapping[str, object]) -> Kind:
    """Return what a table with these fields is."""
    if {"title", "part", "idea"} & fields.keys():
        return "ideas"
    if "idea_id" in fields and "holder_id" in fields:
        return "links"
    return "people" if PEOPLE & fields.keys() else "none"


def choose(tables: list[Mapped]) -> list[Mapped]:
    """Return the tables with those that cannot be about the contest set aside, with a reason.

    A table with texts but no number of idea, beside one that has both, describes something else (a list of themes).
    """
    numbered = any(t.kind == "ideas" and t.has("idea_id") for t in tables)
    return [_judge(table, numbered=numbered) for table in tables]


def _judge(table: Mapped, *, numbered: bool) -> Mapped:
    if table.kind == "none":
        return replace(table, why=FOREIGN)
    if table.kind == "ideas" and numbered and not table.has("idea_id"):
        return replace(table, kind="none", why="des textes sans numéro d’idée, à côté d’une table qui en a")
    return table


def _check(grid: Grid, decided: Mapping[str, str]) -> None:
    wrong = {column: field for column, field in decided.items() if field not in (*FIELDS, IGNORE)}
    allowed = ", ".join((*FIELDS, IGNORE))
    raise_all(
        [MinilabsError("ingest.field", file=grid.file, column=c, field=f, allowed=allowed) for c, f in wrong.items()]
    )


def _given(grid: Grid, decided: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    fields: dict[str, tuple[str, ...]] = {}
    for column in grid.columns:
        field = decided.get(column, IGNORE)
        if field != IGNORE:
            fields[field] = (*fields.get(field, ()), column)
    return fields


def _without_placeholders(grid: Grid, claimed: Claims) -> tuple[Claims, tuple[str, ...]]:
    """Return the claims without dates that a tool wrote in every row in place of one, and a notice for each."""
    dates = [c for c, found in claimed.items() if found and found[0].field == "submitted_on"]
    days = {c: day for c in dates if placeholder(grid.samples[c]) and (day := placeholder(grid.column(c)))}
    notices = tuple(
        f"« {c} » ne contient que {day}, la date par défaut d'un outil : pas lue" for c, day in days.items()
    )
    return {c: () if c in days else found for c, found in claimed.items()}, notices


def _with_texts(grid: Grid, fields: Fields, columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the fields with those that the cells of nameless columns show where no text is known yet.

    What people wrote in a column without a known name is part of their idea: nothing of it is dropped in silence.
    """
    found = dict(fields)
    if not ASKED & found.keys():
        found = _by_content(grid, found, columns)
    if not (ASKED & found.keys() or texts_left(grid, columns)):
        return dict(fields)
    taken = {column for names in found.values() for column in names}
    parts = [column for column in texts_left(grid, columns) if column not in taken]
    return {**found, "part": (*found.get("part", ()), *parts)} if parts else found


def _with_people(grid: Grid, fields: Fields, columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the fields with the first nameless column of people as the holders, where no other column names them."""
    taken = {column for names in fields.values() for column in names}
    free = (c for c in columns if c not in taken and not is_aside(c) and guess(grid.samples[c]) == "person")
    found = None if (PEOPLE | {"holder_id"}) & fields.keys() or not ASKED & fields.keys() else next(free, None)
    return {**fields, "person": (found,)} if found else dict(fields)


def _with_directorate(grid: Grid, fields: Fields, columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the fields with the first nameless column of directorates, where no other column tells them."""
    taken = {column for names in fields.values() for column in names}
    free = (c for c in columns if c not in taken and not is_aside(c) and is_unit(grid.samples[c]))
    wanted = ASKED & fields.keys() and "directorate" not in fields
    found = next(free, None) if wanted else None
    return {**fields, "directorate": (found,)} if found else dict(fields)


def _by_content(grid: Grid, fields: Fields, columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the fields with the columns that their cells explain; without header, what is left may be the text."""
    found = dict(fields)
    for column in columns:
        name = guess(grid.samples[column])
        if name == "title" and _is_question(column):
            name = "part"
        if name and (name not in found or name in MULTIPLE):
            found[name] = (*found.get(name, ()), column)
    return found if grid.header_row else _without_header(grid, found, columns)


def _without_header(grid: Grid, fields: Fields, columns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the fields with a text found among the columns that nothing explains: "Vélos | Acheter des vélos."."""
    found = dict(fields)
    taken = {column for names in found.values() for column in names}
    words = [c for c in columns if c not in taken and is_text(grid.samples[c], words=1)]
    if words and "part" not in found and "title" in found:
        found["part"], found["title"] = found["title"], (words[0],)
    if words and not ASKED & found.keys():
        found["part"] = (max(words, key=lambda c: sum(map(len, grid.samples[c])) / len(grid.samples[c])),)
    return found


def _with_title(grid: Grid, fields: Fields) -> dict[str, tuple[str, ...]]:
    """Return the fields with a part that may be the title, and is much shorter than another part, as the title."""
    parts = fields.get("part", ())
    if "title" in fields or len(parts) < _SEVERAL:
        return dict(fields)
    length = {c: sum(map(len, grid.samples[c])) / max(len(grid.samples[c]), 1) for c in parts}
    short = [c for c in parts if 2 * length[c] < max(length.values()) and any(h.field == "title" for h in hints(c))]
    if len(short) != 1:
        return dict(fields)
    return {**fields, "part": tuple(c for c in parts if c != short[0]), "title": (short[0],)}


def _is_question(header: str) -> bool:
    return header.rstrip(" *:)").endswith("?") or len(header.split()) > _FEW_WORDS


def _whole_names(grid: Grid, fields: Fields) -> dict[str, tuple[str, ...]]:
    """Return the fields with a family name that stands without given name, and is of several words, as whole names."""
    columns = fields.get("family_name", ())
    if len(columns) != 1 or "given_name" in fields or "person" in fields:
        return dict(fields)
    cells = grid.samples[columns[0]]
    whole = 2 * sum(len(cell.split()) > 1 for cell in cells) > len(cells)
    return {("person" if name == "family_name" and whole else name): c for name, c in fields.items()}


def _in_order(grid: Grid, fields: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {field: tuple(sorted(fields[field], key=grid.columns.index)) for field in FIELDS if field in fields}


def _own_id(fields: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the fields of a table of people with its "id" column as the people's, not the ideas'."""
    is_people = kind_of({k: v for k, v in fields.items() if k != "idea_id"}) == "people"
    if is_people and "holder_id" not in fields and plain(fields.get("idea_id", ("",))[0]) in _GENERIC_ID:
        return {("holder_id" if k == "idea_id" else k): v for k, v in fields.items()}
    return fields
