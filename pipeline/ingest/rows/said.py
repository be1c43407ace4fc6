"""Understood tables → what each row says: ideas, people, links between them, all still as written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, replace

from pipeline.french import fold
from pipeline.ingest.cells.cleaning import clean, cleaned, one_line, short_line
from pipeline.ingest.cells.fields import IDEA_FIELDS, numbered, plain
from pipeline.ingest.cells.headings import hints
from pipeline.ingest.cells.names import Written, is_nobody, people_in
from pipeline.ingest.cells.values import integer, is_month_first, iso_date, thousands_mark
from pipeline.ingest.columns.mapping import Mapped
from pipeline.ingest.rows.records import AUTHOR, CONTINUED, JOINED, Link, Person, Row

_YES_COLUMNS = frozenset({"laureat", "laureate", "prime", "primee"})
_YES = frozenset({"oui", "x", "1", "vrai", "true", "yes", "o"})
_TOTAL = re.compile(
    r"(?:sous[ -])?(?:grand )?(?:total|totaux|somme|moyenne|nombre d.idees)(?: general| generale)?"
    r"(?: (?:de |des |du |d')?(?:idees?|votes?|lignes?|contributions?|propositions?|reponses?|participants?"
    r"|[a-z]{0,12} ?\d+))?"
    r" ?[:=]? ?[\d\s.,]*"
)
_COUNTED = re.compile(r"[\d\s.,]+(?:[a-z]+)?")
_FLOAT = re.compile(r"\d+\.0")
_REMARK = 3
_PERSONAL = tuple(f.name for f in fields(Person) if f.name != "role")


def idea_rows(table: Mapped) -> Iterator[Row]:
    """Yield the ideas of a table, in its order.

    Rows that are no idea come out empty, with a note: a header repeated, a total, a remark below the table. A row with
    nothing but people belongs to the idea above it, as where a spreadsheet merges the cells of an idea.
    """
    columns = _Columns.of(table)
    above: Row | None = None
    for number, cells in table.grid.records():
        stray = _stray(table, cells, columns)
        if columns.ideas and not stray:
            yield from columns.answers(number, cells)
            continue
        row = _bare(table, number, stray) if stray else columns.row(number, cells)
        if above and row.is_only_people:
            row = replace(above, number=number, people=_joining(row.people), notes=(CONTINUED,), problems=())
        elif not stray:
            above = row
        yield row


def _joining(people: Sequence[Person]) -> tuple[Person, ...]:
    return tuple(replace(person, role=JOINED) for person in people)


def _bare(table: Mapped, number: int, note: str) -> Row:
    return Row(table.grid.name, number, "", "", (), "", "", "", notes=(note,))


def _stray(table: Mapped, cells: Sequence[str], columns: _Columns) -> str:
    """Return why a row is none of the table, nothing when it is one."""
    filled = [(i, cell) for i, cell in enumerate(cells) if cell and not cell.isspace()]
    if not filled:
        return ""
    if len(filled) > 1 and _is_header(table, filled):
        return "en-tête répété"
    first, said = filled[0]
    if _is_total(filled, columns.texts):
        return "ligne de total"
    alone = len(filled) == 1 and first == columns.single.get("idea_id")
    return "remarque hors du tableau" if alone and len(said.split()) > _REMARK else ""


def _is_total(filled: Sequence[tuple[int, str]], texts: AbstractSet[int]) -> bool:
    """Return whether a row begins with "total" and has in its texts nothing but counts."""
    first, said = filled[0]
    beside = (cell for i, cell in filled if i in texts and i != first)
    return bool(_TOTAL.fullmatch(fold(said).strip())) and all(_COUNTED.fullmatch(fold(c).strip()) for c in beside)


def _is_header(table: Mapped, filled: Sequence[tuple[int, str]]) -> bool:
    return all(fold(cell.strip("\ufeff ")) == fold(table.grid.columns[i]) for i, cell in filled)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the fields of a table of ideas stand in its rows.

    Attributes:
        table: understood.
        single: field → position.
        parts: (heading, position), in order.
        ideas: (heading, position) of columns each of which is an idea of its own.
        texts: positions of title, parts and benefits.
        month_first: how its dates are written.
        thousands: what parts thousands in its votes.
        whole: whether its numbers of ideas are all written as "12.0".
        people: reads the people of a row.
    """

    table: Mapped
    single: Mapping[str, int]
    parts: tuple[tuple[str, int], ...]
    ideas: tuple[tuple[str, int], ...]
    texts: frozenset[int]
    month_first: bool
    thousands: str
    whole: bool
    people: PeopleColumns

    @classmethod
    def of(cls, table: Mapped) -> _Columns:
        """Return the columns of a table."""
        single = {field: places[0] for field in IDEA_FIELDS if (places := table.places(field))}
        parts = tuple(zip(map(one_line, table.fields.get("part", ())), table.places("part"), strict=True))
        ideas = tuple(zip(map(one_line, table.fields.get("idea", ())), table.places("idea"), strict=True))
        texts = frozenset([*(single[f] for f in ("title", "benefits") if f in single), *(i for _, i in parts)])
        ids = table.grid.samples[table.fields["idea_id"][0]] if table.has("idea_id") else ()
        return cls(
            table, single, parts, ideas, texts, is_month_first(table.cells("submitted_on")),
            thousands_mark(table.cells("votes")),
            bool(ids) and all(_FLOAT.fullmatch(cell.strip()) for cell in ids), PeopleColumns.of(table),
        )  # fmt: skip

    def row(self, number: int, cells: Sequence[str]) -> Row:
        """Return the idea that a row tells."""
        told = {field: cells[i] for field, i in self.single.items()}
        title, benefits = cleaned(told.get("title", "")), cleaned(told.get("benefits", ""))
        body = [(heading, cleaned(cells[i])) for heading, i in self.parts]
        day, votes, problems = self._values(told)
        idea_id = short_line(told.get("idea_id", ""))
        return Row(
            table=self.table.grid.name,
            number=number,
            idea_id=idea_id.partition(".")[0] if self.whole else idea_id,
            title=" ".join(title.text.split()),
            parts=tuple((heading, text.text) for heading, text in body if text.text),
            benefits=benefits.text,
            status=self._status(told.get("status", "")),
            category=short_line(told.get("category", "")),
            submitted_on=day or "",
            votes=votes,
            people=self.people.of_row(cells),
            notes=tuple(sorted({note for text in (title, benefits, *(t for _, t in body)) for note in text.notes})),
            problems=problems,
        )

    def answers(self, number: int, cells: Sequence[str]) -> Iterator[Row]:
        """Yield an idea for each answer of a row, numbered by its column; the row itself where there is none."""
        row = self.row(number, cells)
        said = [(k, heading, text) for k, (heading, i) in enumerate(self.ideas, start=1) if (text := clean(cells[i]))]
        for k, heading, text in said:
            own = f"{row.idea_id}-{k}" if row.idea_id else ""
            yield replace(row, idea_id=own, title=row.title or heading, parts=((heading, text), *row.parts))
        if not said:
            yield row

    def _status(self, cell: str) -> str:
        """Return the status; a column "Primée ?" answered "oui" says "primée"."""
        header = plain(self.table.fields.get("status", ("",))[0])
        status = short_line(cell)
        return header if header in _YES_COLUMNS and fold(status) in _YES else status

    def _values(self, told: Mapping[str, str]) -> tuple[str | None, int | None, _Problems]:
        """Return the date and the votes, and the columns whose cell is neither empty nor readable."""
        problems: list[tuple[str, str]] = []
        day = iso_date(told.get("submitted_on", ""), month_first=self.month_first)
        if day is None:
            problems.append((self.table.fields["submitted_on"][0], "une date comme 12/03/2020"))
        votes = None
        try:
            votes = integer(told.get("votes", ""), self.thousands)
        except ValueError:
            problems.append((self.table.fields["votes"][0], "un nombre entier"))
        return day, votes, tuple(problems)


_Problems = tuple[tuple[str, str], ...]


def person_rows(table: Mapped) -> Iterator[Person]:
    """Yield the people of a table of people."""
    columns = PeopleColumns.of(table)
    for _, cells in table.grid.records():
        yield from columns.of_row(cells)


def link_rows(table: Mapped) -> Iterator[Link]:
    """Yield the links of a table of links, incomplete rows left out."""
    ideas, holders, roles = (table.cells(name) for name in ("idea_id", "holder_id", "role"))
    numbers = (number for number, _ in table.grid.records())
    for number, idea, holder, role in zip(numbers, ideas, holders, roles, strict=True):
        if idea.strip() and holder.strip():
            yield Link(table.grid.name, number, one_line(idea), one_line(holder), one_line(role))


@dataclass(frozen=True, slots=True)
class PeopleColumns:
    """Where the people stand in the rows of a table.

    Attributes:
        sets: for each person that has columns of their own ("Nom porteur 2"), field → position.
        persons: position of the whole names, None without.
        joined: positions of those who joined.
    """

    sets: tuple[Mapping[str, int], ...]
    persons: int | None
    joined: tuple[int, ...]

    @classmethod
    def of(cls, table: Mapped) -> PeopleColumns:
        """Return the columns of a table."""
        sets: dict[int, dict[str, int]] = {1: {}}
        for field in (*_PERSONAL, "role"):
            for rank, place in zip(_ranks(table.fields.get(field, ())), table.places(field), strict=True):
                sets.setdefault(rank, {})[field] = place
        whole = table.places("person")
        ordered = tuple(sets[rank] for rank in sorted(sets))
        return cls(ordered, whole[0] if whole else None, (*whole[1:], *table.places("co_persons")))

    def of_row(self, cells: Sequence[str]) -> tuple[Person, ...]:
        """Return the people of a row, the first one first."""
        given = Person(**{field: short_line(_said(cells[i])) for field, i in self.sets[0].items()})
        named = people_in(_said(cells[self.persons])) if self.persons is not None else ()
        found = [*_authors(given, named), *(_beside(cells, more) for more in self.sets[1:])]
        found += [_person(written, JOINED) for i in self.joined for written in people_in(cells[i])]
        return tuple(person for person in found if person.is_someone) or tuple(p for p in found[:1] if p.is_nameless)


def _beside(cells: Sequence[str], places: Mapping[str, int]) -> Person:
    """Return another person of a row, who has columns of their own."""
    return Person(**{"role": JOINED, **{field: short_line(_said(cells[i])) for field, i in places.items()}})


def _said(cell: str) -> str:
    """Return what a cell says of a person, line breaks kept; nothing when it says that there is none."""
    return "" if is_nobody(cell) else cell


def _ranks(columns: Sequence[str]) -> Sequence[int]:
    """Return whose each column of a field is: its number ("E-mail porteur 2"), or its place where numbers repeat.

    The number of a question ("Q3"), or of a column without a name, says nothing of the kind.
    """
    ranks = [rank if hints(base) else 1 for base, rank in map(numbered, columns)]
    return ranks if len(set(ranks)) == len(ranks) else range(1, len(ranks) + 1)


def _authors(columns: Person, named: Sequence[Written]) -> list[Person]:
    """Return the people of a row: the first one named has the row's other columns (e-mail, directorate...)."""
    if not named:
        return [columns]
    first = _person(named[0], columns.role or AUTHOR)
    merged = Person(**{f.name: getattr(columns, f.name) or getattr(first, f.name) for f in fields(Person)})
    return [merged, *(_person(written, JOINED) for written in named[1:])]


def _person(written: Written, role: str) -> Person:
    return Person(
        family_name=written.family_name,
        given_name=written.given_name,
        email=written.email,
        directorate=written.directorate,
        role=role,
    )
