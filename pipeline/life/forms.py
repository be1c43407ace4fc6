"""The export of a form tool → answers of people who register: who they are, wishes, days, withdrawal.

Wishes are read in the shapes that form tools give: a column a rank, all in one cell, a column a group with its rank
or "oui". Nothing is dropped in silence: rows that name nobody and wishes that name no group are told by line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.spreadsheet import is_example
from pipeline.french import fold
from pipeline.ingest.cells.cleaning import short_line
from pipeline.ingest.cells.fields import HOLDER_FIELDS, plain
from pipeline.ingest.cells.headings import hints
from pipeline.ingest.cells.values import is_month_first, iso_date
from pipeline.ingest.columns.mapping import IGNORE, Mapped, map_columns
from pipeline.ingest.reading.grid import Grid, SourceFile
from pipeline.ingest.reading.grids import read_grids
from pipeline.ingest.rows.records import Person
from pipeline.ingest.rows.said import PeopleColumns
from pipeline.life.registrations import Answer
from pipeline.params import SourceParams

_WISH = re.compile(r"\b(?:voeux?|choix|preferences?|souhait\w*|wish\w*|choices?|minilabs?|ateliers?|groupes?)\b")
_DAYS = re.compile(r"\b(?:jours?|disponib\w+|creneaux?|days?|availab\w+|slots?)\b")
_OUT = re.compile(r"\b(?:desist\w+|retrait|retire|retirer|annul\w+|withdraw\w*)\b")
_IN = re.compile(r"\b(?:particip\w+|inscri\w+|venir|viendr\w+)\b")
_NUMBER = frozenset({"id", "identifiant", "numero", "num", "no", "n", "ref", "reference", "code", "id reponse"})
_WHEN = frozenset(
    {"horodateur", "date", "timestamp", "heure fin", "completion time", "date inscription", "submitted at"}
)
_YES, _NO = (
    frozenset({"oui", "o", "x", "1", "vrai", "yes", "true", "y"}),
    frozenset({"non", "n", "0", "faux", "no", "false"}),
)
_TIME = re.compile(r"\b(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?:\s*(am|pm))?\b", re.IGNORECASE)
_LATEST = "99"
_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
_NOON = 12


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that says nothing the program knows.

    Attributes:
        line: of the file.
        column: as written in the header; empty for a whole row that names nobody.
    """

    line: int
    column: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What an export says.

    Attributes:
        rows: read.
        answers: one a person of a row, in the order of the file.
        unread: rows that name nobody, wishes that name no group.
    """

    rows: int
    answers: tuple[Answer, ...]
    unread: tuple[Unread, ...]


def key(name: str) -> str:
    """Return the name of a group for comparison: no accent, case, punctuation, nor the number of a rank before it."""
    return re.sub(r"[^a-z0-9]+", " ", fold(name)).strip()


def read_form(file: SourceFile, groups: Mapping[str, str]) -> Form:
    """Return the answers of an export.

    Args:
        file: in any shape that ingest reads.
        groups: names of a group, through `key` → lab_id.

    Raises:
        MinilabsError: `life.no_person` when no column says who registers; `ingest.*` for what cannot be read.
    """
    sheets = _of_people([_Sheet.of(grid, groups) for grid in read_grids(file, SourceParams())], file.name)
    raise_all([error for sheet in sheets for error in sheet.errors])
    parts = [sheet.read() for sheet in sheets]
    return Form(
        sum(sheet.count for sheet in sheets),
        tuple(answer for answers, _ in parts for answer in answers),
        tuple(unread for _, unreads in parts for unread in unreads),
    )


def _of_people(read: Sequence[_Sheet], name: str) -> list[_Sheet]:
    sheets = [sheet for sheet in read if sheet.names_people]
    if not sheets:
        found = ", ".join(column for sheet in read for column in sheet.grid.columns)
        raise MinilabsError("life.no_person", file=name, found=found[:300])
    return sheets


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table of answers: where its columns stand.

    Attributes:
        grid: the table.
        people: reads who registers.
        names_people: whether a column names anybody.
        errors: questions about columns of people that only a person can settle.
        groups: see `read_form`.
        wishes: positions of columns that hold wishes.
        ranked: position → lab_id, of the columns that are about one group.
        days: (position, day) of the columns about when; no day: the cells say it.
        out: positions of columns that say who withdraws.
        comes: positions of columns that say who comes.
        when: position of the date; None without.
        month_first: how its dates are written.
    """

    grid: Grid
    people: PeopleColumns
    names_people: bool
    errors: tuple[MinilabsError, ...]
    groups: Mapping[str, str]
    wishes: tuple[int, ...]
    ranked: Mapping[int, str]
    days: tuple[tuple[int, str], ...]
    out: tuple[int, ...]
    comes: tuple[int, ...]
    when: int | None
    month_first: bool

    @classmethod
    def of(cls, grid: Grid, groups: Mapping[str, str]) -> _Sheet:
        """Return the columns of a table."""
        roles = {i: _role(column, grid.samples[column], groups) for i, column in enumerate(grid.columns)}
        free = {grid.columns[i]: IGNORE for i, role in roles.items() if role}
        mapped = _people_only(_mapped(grid, free))
        places: dict[str, list[int]] = defaultdict(list)
        for place, role in roles.items():
            places[role].append(place)
        when = next(iter(places["when"]), None)
        return cls(
            grid,
            PeopleColumns.of(mapped),
            bool({"family_name", "person", "email", "holder_id"} & mapped.fields.keys()),
            tuple(mapped.errors()),
            groups,
            tuple(places["wish"]),
            {i: groups[key(_about(grid.columns[i]))] for i in places["ranked"]},
            tuple((i, _day_of(grid, i)) for i in places["days"]),
            tuple(places["out"]),
            tuple(places["in"]),
            when,
            when is not None and is_month_first(grid.samples[grid.columns[when]]),
        )

    @property
    def count(self) -> int:
        """Rows, the commented example of a template left out."""
        return sum(not is_example(cells) for _, cells in self.grid.records())

    def read(self) -> tuple[list[Answer], list[Unread]]:
        """Return the answers and what could not be read."""
        answers: list[Answer] = []
        unread: list[Unread] = []
        for line, cells in self.grid.records():
            if is_example(cells):
                continue
            people = [person for person in self.people.of_row(cells) if person.is_someone]
            wishes, unknown = self._wishes(cells)
            unread += [Unread(line, column) for column in unknown] if people else [Unread(line)]
            said = Answer(
                line=line,
                date=self._date(cells),
                wishes=wishes,
                days=self._days(cells),
                withdrawn=self._withdrawn(cells),
            )
            answers += [replace(said, person=_named(person)) for person in people]
        return answers, unread

    def _wishes(self, cells: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
        found: list[str] = []
        unknown = []
        for i in self.wishes:
            labs, clear = _groups_in(cells[i], self.groups)
            found += labs
            if not clear:
                unknown.append(self.grid.columns[i])
        ranked = sorted((_rank(cells[i]), i) for i in self.ranked if _rank(cells[i]))
        return tuple(dict.fromkeys([*found, *(self.ranked[i] for _, i in ranked)])), unknown

    def _days(self, cells: Sequence[str]) -> tuple[str, ...]:
        found = (
            _parts(cells[i], ";|\n,") if not day else [day] * (fold(cells[i].strip()) in _YES) for i, day in self.days
        )
        return tuple(dict.fromkeys(short_line(day) for days in found for day in days))

    def _withdrawn(self, cells: Sequence[str]) -> bool:
        leaves = any(_leaves(cells[i]) for i in self.out)
        return leaves or any(fold(cells[i].strip()) in _NO for i in self.comes)

    def _date(self, cells: Sequence[str]) -> str:
        if self.when is None:
            return ""
        cell = cells[self.when]
        day = iso_date(cell, month_first=self.month_first)
        return f"{day}T{_time(cell)}" if day else ""


def _mapped(grid: Grid, free: Mapping[str, str]) -> Mapped:
    """Return a table whose columns tell people first: "Nom" is no title where nobody files an idea."""
    mapped = map_columns(grid, free)
    taken = {column: field for field, columns in mapped.fields.items() for column in columns}
    told = {field for field in taken.values() if field in HOLDER_FIELDS}
    decided = dict(free)
    for column in grid.columns:
        field = _of_person(column)
        if column not in free and taken.get(column) not in HOLDER_FIELDS:
            decided[column] = field if field and field not in told else IGNORE
            told.add(field)
    return map_columns(grid, decided)


def _of_person(column: str) -> str:
    """Return what a header tells of a person, nothing when it tells something else."""
    return next((hint.field for hint in hints(column) if hint.field in HOLDER_FIELDS), "")


def _people_only(mapped: Mapped) -> Mapped:
    """Return a table with what describes people, and the questions about that alone."""
    questions = tuple(q for q in mapped.questions if set(q.fields) <= set(HOLDER_FIELDS))
    fields = {field: columns for field, columns in mapped.fields.items() if field in HOLDER_FIELDS}
    return replace(mapped, fields=fields, kind="people", questions=questions)


def _named(person: Person) -> Person:
    return replace(person, role="", email=person.email.strip().lower())


def _role(column: str, samples: Sequence[str], groups: Mapping[str, str]) -> str:
    """Return what a column is beside the people: ranked, wish, days, out, in, when, number, or nothing."""
    header = plain(column)
    yes_no = bool(samples) and all(fold(cell.strip()) in _YES | _NO for cell in samples)
    roles = {
        "ranked": key(_about(column)) in groups,
        "out": bool(_OUT.search(header)),
        "in": yes_no and bool(_IN.search(header)),
        "wish": _names_groups(samples, groups) or (not yes_no and bool(_WISH.search(header))),
        "days": bool(_DAYS.search(header)),
        "when": header in _WHEN,
        "number": header in _NUMBER,
    }
    return next((role for role, holds in roles.items() if holds), "")


def _about(column: str) -> str:
    """Return what a column of a grid of questions is about: what its brackets hold, else the whole header."""
    found = _BRACKETS.findall(column)
    return found[-1] if found else column


def _day_of(grid: Grid, place: int) -> str:
    """Return the day that a column is about when its cells only say yes or no."""
    column = grid.columns[place]
    cells = grid.samples[column]
    only = bool(cells) and all(fold(cell.strip()) in _YES | _NO for cell in cells)
    return _about(column).strip() if only else ""


def _names_groups(samples: Sequence[str], groups: Mapping[str, str]) -> bool:
    return bool(samples) and 2 * sum(bool(_groups_in(cell, groups)[0]) for cell in samples) > len(samples)


def _groups_in(cell: str, groups: Mapping[str, str]) -> tuple[list[str], bool]:
    """Return the groups that a cell names, best first, and whether all of it is understood."""
    for separators in ("", ";|\n", ";|\n,"):
        parts = _parts(cell, separators)
        found = [lab for part in parts if (lab := _group(part, groups))]
        if len(found) == len(parts):
            return found, True
    return [lab for part in _parts(cell, ";|\n") if (lab := _group(part, groups))], False


def _group(part: str, groups: Mapping[str, str]) -> str:
    said = key(part)
    return groups.get(said) or groups.get(re.sub(r"^\d+ ", "", said), "")


def _parts(cell: str, separators: str) -> list[str]:
    for mark in separators:
        cell = cell.replace(mark, "\0")
    return [part.strip() for part in cell.split("\0") if part.strip()]


def _rank(cell: str) -> int:
    """Return the rank that a cell gives to its group, a late one for "oui", 0 for none."""
    said = fold(cell.strip()).removesuffix(".0")
    found = re.search(r"\d+", said)
    if found:
        return int(found[0][:9])
    return int(_LATEST) if said in _YES else 0


def _leaves(cell: str) -> bool:
    said = fold(cell.strip())
    return said in _YES or (bool(_OUT.search(said)) and not said.startswith(("non", "pas ")))


def _time(cell: str) -> str:
    found = _TIME.search(cell)
    if not found:
        return ""
    hour = int(found[1]) % _NOON + (_NOON if found[4].lower() == "pm" else 0) if found[4] else int(found[1])
    return f"{hour:02d}:{found[2]}:{found[3] or '00'}"


def rows_without(unread: Sequence[Unread]) -> Iterator[int]:
    """Yield the lines of the rows that name nobody."""
    return (cell.line for cell in unread if not cell.column)
