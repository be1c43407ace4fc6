"""Which column holds what: a grid and its header → fields, questions where that is open, and the kind of table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Literal

from pipeline.errors import MinilabsError, raise_all
from pipeline.ingest.content import guess, looks_like, may_hold
from pipeline.ingest.fields import FIELDS, FRENCH, HOLDER_FIELDS, MULTIPLE, Hint, hints, numbered, plain
from pipeline.ingest.grid import Grid

Fields = Mapping[str, tuple[str, ...]]
Kind = Literal["ideas", "people", "links", "none"]
IGNORE = "ignore"
OPEN = "?"
_PEOPLE = frozenset({"family_name", "given_name", "person", "email"})
_GENERIC_ID = frozenset({"id", "identifiant", "numero", "num", "no", "code", "ref", "reference", "n"})
_CLEAR = 0.5
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can decide.

    Attributes:
        columns: concerned.
        fields: they could hold.
    """

    columns: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapped:
    """A grid whose columns are understood.

    Attributes:
        grid: the table.
        fields: field → its columns, in the order of the table.
        kind: `ideas` (with people inside or not), `people`, `links` between both, or `none`.
        why: why the table is not used; empty when it is.
        questions: what is still open.
        guessed: fields found from the cells, not from the header.
    """

    grid: Grid
    fields: dict[str, tuple[str, ...]]
    kind: Kind
    why: str = ""
    questions: tuple[Question, ...] = ()
    guessed: tuple[str, ...] = ()

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
        columns = " et ".join(f"« {column} »" for column in question.columns)
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
    claims = {column: _claims(column, grid.samples[column]) for column in free}
    fields, open_questions = _settle(grid, claims, _given(grid, decided))
    if "title" not in fields and "part" not in fields:
        fields, guessed = _by_content(grid, fields, [c for c in free if not claims[c]])
    else:
        guessed = ()
    fields = _own_id(_in_order(grid, fields))
    return Mapped(grid, fields, kind_of(fields), questions=tuple(open_questions), guessed=guessed)


def kind_of(fields: Mapping[str, object]) -> Kind:
    """Return what a table with these fields is."""
    if "title" in fields or "part" in fields:
        return "ideas"
    if "idea_id" in fields and "holder_id" in fields:
        return "links"
    return "people" if _PEOPLE & fields.keys() else "none"


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


def _claims(column: str, cells: Sequence[str]) -> tuple[Hint, ...]:
    """Return what a column can be: its header's suggestions, the one its cells fit first when there are several."""
    suggested = _suggested(column)
    if len(suggested) < 2:  # noqa: PLR2004 - one suggestion needs no choice
        return suggested
    fits = {hint.field: looks_like(hint.field, cells) for hint in suggested}
    best = max(fits, key=lambda field: fits[field])
    if fits[best] >= _CLEAR:
        return tuple(hint for hint in suggested if hint.field == best)
    strongest = tuple(hint for hint in suggested if hint.strength == suggested[0].strength)
    return strongest if len(strongest) == 1 else suggested


def _suggested(column: str) -> tuple[Hint, ...]:
    """Return what a header suggests; the number of a person does not count ("Porteur 2")."""
    base, rank = numbered(column)
    of_people = tuple(hint for hint in hints(base) if hint.field in HOLDER_FIELDS) if base != column else ()
    if rank > 1 and of_people:
        return of_people
    return hints(column) or of_people


def _settle(
    grid: Grid, claims: Mapping[str, tuple[Hint, ...]], given: Fields
) -> tuple[dict[str, tuple[str, ...]], list[Question]]:
    """Return fields → columns, and a question for each field that two columns claim with equal right."""
    single = {column: found[0] for column, found in claims.items() if len(found) == 1}
    fields, questions = dict(given), []
    claimants: dict[str, list[str]] = {}
    for column, hint in single.items():
        claimants.setdefault(hint.field, []).append(column)
    for field in (field for field in FIELDS if field in claimants):
        if field in MULTIPLE:
            fields[field] = (*fields.get(field, ()), *claimants[field])
        elif field not in given:
            fields[field] = _one_each(field, claimants[field]) or tuple(_strongest(grid, claimants[field], single))
            if len(fields[field]) > 1 and not _one_each(field, claimants[field]):
                questions.append(Question(fields[field], (field,)))
                fields[field] = fields[field][:1]
    return _settle_open(grid, claims, _whole_people(fields), questions)


def _one_each(field: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of a field about people when each is of another one ("Nom 1", "Nom 2"), in their order."""
    ranks = {numbered(column)[1]: column for column in columns}
    if field not in HOLDER_FIELDS or len(columns) < _SEVERAL or len(ranks) < len(columns):
        return ()
    return tuple(ranks[rank] for rank in sorted(ranks))


def _whole_people(fields: Fields) -> dict[str, tuple[str, ...]]:
    """Return the fields with second columns about people only where a second name stands ("E-mail 2" is no person)."""
    most = max((len(fields.get(name, ())) for name in ("family_name", "holder_id")), default=1) or 1
    own = {*HOLDER_FIELDS} - {"person", *MULTIPLE}
    return {field: columns[:most] if field in own else tuple(columns) for field, columns in fields.items()}


def _settle_open(
    grid: Grid, claims: Mapping[str, tuple[Hint, ...]], fields: Fields, questions: list[Question]
) -> tuple[dict[str, tuple[str, ...]], list[Question]]:
    """Return the fields with the columns that can be several things: the only one still free, or a question."""
    found, asked = dict(fields), list(questions)
    for column, suggested in claims.items():
        left = [hint.field for hint in suggested if hint.field not in found]
        if len(suggested) > 1 and len(left) == 1 and may_hold(left[0], grid.samples[column]):
            found[left[0]] = (column,)
        elif len(suggested) > 1 and left:
            asked.append(Question((column,), tuple(left)))
    return found, asked


def _strongest(grid: Grid, columns: list[str], hint: Mapping[str, Hint]) -> list[str]:
    """Return the columns with the best claim, those without a cell or repeating another left out."""
    top = max(hint[column].strength for column in columns)
    best = [column for column in columns if hint[column].strength == top and grid.samples[column]]
    kept: dict[bytes | str, str] = {}
    for column in best:
        kept.setdefault(_digest(grid.column(column)) if len(best) > 1 else column, column)
    return list(kept.values()) or columns[:1]


def _digest(cells: Iterable[str]) -> bytes:
    found = hashlib.blake2b(digest_size=16)
    for cell in cells:
        found.update(f"{cell}\0".encode(errors="replace"))
    return found.digest()


def _by_content(
    grid: Grid, fields: dict[str, tuple[str, ...]], columns: list[str]
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return the fields with those that the cells of nameless columns show; a table without texts stays as it is."""
    found = dict(fields)
    for column in columns:
        field = guess(grid.samples[column])
        if field and (field not in found or field in MULTIPLE):
            found[field] = (*found.get(field, ()), column)
    if "title" not in found and "part" not in found:
        return fields, ()
    return found, tuple(field for field in found if field not in fields)


def _in_order(grid: Grid, fields: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {field: tuple(sorted(fields[field], key=grid.columns.index)) for field in FIELDS if field in fields}


def _own_id(fields: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the fields of a table of people with its "id" column as the people's, not the ideas'."""
    is_people = kind_of({k: v for k, v in fields.items() if k != "idea_id"}) == "people"
    if is_people and "holder_id" not in fields and plain(fields.get("idea_id", ("",))[0]) in _GENERIC_ID:
        return {("holder_id" if k == "idea_id" else k): v for k, v in fields.items()}
    return fields
