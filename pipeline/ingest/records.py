"""Understood tables → what each row says: ideas, people, links between them, all still as written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from pipeline.french import fold
from pipeline.ingest.cleaning import cleaned, one_line
from pipeline.ingest.fields import plain
from pipeline.ingest.mapping import Mapped
from pipeline.ingest.names import Written, people_in
from pipeline.ingest.values import integer, is_month_first, iso_date

AUTHOR = "porteur"
JOINED = "co-porteur"
_YES_COLUMNS = frozenset({"laureat", "laureate", "prime", "primee"})
_YES = frozenset({"oui", "x", "1", "vrai", "true", "yes", "o"})


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one row tells it; every field may be empty.

    Attributes:
        holder_id: from the export.
        family_name: as written, case included.
        given_name: as written.
        email: as written.
        directorate: top-level department.
        occupation: the person's job.
        site_type: head office, lycée or Maison de la Région.
        place: where.
        department: administrative department.
        role: `porteur` or `co-porteur` when the row links the person to an idea.
    """

    holder_id: str = ""
    family_name: str = ""
    given_name: str = ""
    email: str = ""
    directorate: str = ""
    occupation: str = ""
    site_type: str = ""
    place: str = ""
    department: str = ""
    role: str = ""

    @property
    def is_someone(self) -> bool:
        """Whether anything names the person."""
        return bool(self.holder_id or self.family_name or self.given_name or self.email)


@dataclass(frozen=True, slots=True)
class Row:
    """An idea as one row tells it.

    Attributes:
        table: file and sheet.
        number: of the row in it, from 1.
        idea_id: from the export, or empty.
        title: cleaned.
        parts: (heading, cleaned text), in the order of the columns, empty ones left out.
        benefits: cleaned.
        status: cleaned.
        category: cleaned.
        submitted_on: ISO date, or empty.
        votes: None when the cell is empty or no number.
        people: named in the row.
        notes: what was repaired, in French.
        problems: columns whose cell could not be understood, with what was expected.
    """

    table: str
    number: int
    idea_id: str
    title: str
    parts: tuple[tuple[str, str], ...]
    benefits: str
    status: str
    category: str
    submitted_on: str = ""
    votes: int | None = None
    people: tuple[Person, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()

    @property
    def description(self) -> str:
        """The parts as paragraphs, each under its heading when there are several columns."""
        if len(self.parts) == 1:
            return self.parts[0][1]
        return "\n\n".join(f"{heading} : {text}" for heading, text in self.parts)

    @property
    def body(self) -> str:
        """The parts as paragraphs, without headings: for analysis."""
        return "\n\n".join(text for _, text in self.parts)

    @property
    def is_empty(self) -> bool:
        """Whether the row proposes nothing."""
        return not (self.title or self.parts or self.benefits)


@dataclass(frozen=True, slots=True)
class Link:
    """A row that ties a person to an idea.

    Attributes:
        table: file and sheet.
        number: of the row in it.
        idea_id: of the idea.
        holder_id: of the person.
        role: as written.
    """

    table: str
    number: int
    idea_id: str
    holder_id: str
    role: str


_PERSONAL = tuple(f.name for f in fields(Person) if f.name != "role")


def idea_rows(table: Mapped) -> Iterator[Row]:
    """Yield the ideas of a table, in its order."""
    single = {name: table.cells(name) for name in ("idea_id", "category")}
    texts = {name: table.cells(name) for name in ("title", "benefits")}
    parts = [(one_line(heading), table.grid.column(heading)) for heading in table.fields.get("part", ())]
    statuses, dates, votes = list(_statuses(table)), list(_dates(table)), list(_votes(table))
    people = list(_people(table))
    for i, number in enumerate(table.grid.numbers):
        title, benefits = (cleaned(cells[i]) for cells in texts.values())
        body = [(heading, cleaned(cells[i])) for heading, cells in parts]
        notes = {note for text in (title, benefits, *(t for _, t in body)) for note in text.notes}
        yield Row(
            table=table.grid.name,
            number=number,
            idea_id=one_line(single["idea_id"][i]),
            title=" ".join(title.text.split()),
            parts=tuple((heading, text.text) for heading, text in body if text.text),
            benefits=benefits.text,
            status=statuses[i],
            category=one_line(single["category"][i]),
            submitted_on=dates[i][0],
            votes=votes[i][0],
            people=people[i],
            notes=tuple(sorted(notes)),
            problems=(*dates[i][1], *votes[i][1]),
        )


_Problems = tuple[tuple[str, str], ...]


def _statuses(table: Mapped) -> Iterator[str]:
    """Yield the statuses; a column "Primée ?" answered "oui" says "primée"."""
    header = plain(table.fields.get("status", ("",))[0])
    for cell in table.cells("status"):
        status = one_line(cell)
        yield header if header in _YES_COLUMNS and fold(status) in _YES else status


def _dates(table: Mapped) -> Iterator[tuple[str, _Problems]]:
    cells = table.cells("submitted_on")
    month_first = is_month_first(cells)
    for cell in cells:
        day = iso_date(cell, month_first=month_first)
        yield day or "", () if day is not None else ((_column(table, "submitted_on"), "une date comme 12/03/2020"),)


def _votes(table: Mapped) -> Iterator[tuple[int | None, _Problems]]:
    for cell in table.cells("votes"):
        try:
            yield integer(cell), ()
        except ValueError:
            yield None, ((_column(table, "votes"), "un nombre entier"),)


def _column(table: Mapped, field: str) -> str:
    return table.fields[field][0]


def person_rows(table: Mapped) -> Iterator[Person]:
    """Yield the people of a table of people."""
    for people in _people(table):
        yield from people


def link_rows(table: Mapped) -> Iterator[Link]:
    """Yield the links of a table of links, incomplete rows left out."""
    ideas, holders, roles = (table.cells(name) for name in ("idea_id", "holder_id", "role"))
    for number, idea, holder, role in zip(table.grid.numbers, ideas, holders, roles, strict=True):
        if idea.strip() and holder.strip():
            yield Link(table.grid.name, number, one_line(idea), one_line(holder), one_line(role))


def _people(table: Mapped) -> Iterator[tuple[Person, ...]]:
    columns = {name: table.cells(name) for name in _PERSONAL}
    roles, persons = table.cells("role"), table.cells("person")
    joined = [table.grid.column(column) for column in table.fields.get("co_persons", ())]
    for i in range(len(table.grid.rows)):
        given = Person(**{name: one_line(cells[i]) for name, cells in columns.items()}, role=one_line(roles[i]))
        named = people_in(persons[i])
        others = [person for cells in joined for person in people_in(cells[i])]
        found = [*_authors(given, named), *(_person(w, JOINED) for w in others)]
        yield tuple(person for person in found if person.is_someone)


def _authors(columns: Person, named: list[Written]) -> list[Person]:
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
