"""What a row of the export says: an idea, a person, a link between both, all still as written."""

from __future__ import annotations

from dataclasses import dataclass, fields

AUTHOR = "porteur"
JOINED = "co-porteur"
CONTINUED = "suite de l’idée de la ligne précédente"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one row tells it; every field may be empty.

    Attributes:
        holder_id: from the export.
        family_name: as written, case included.
        given_name: as written.
        email: as written.
        directorate: top-level department.
        service: inside the directorate.
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
    service: str = ""
    role: str = ""

    def __reduce__(self) -> tuple[type[Person], tuple[str, ...]]:
        """Return how it is copied: quicker than field by field."""
        return Person, tuple([getattr(self, name) for name in _PERSON])

    @property
    def is_someone(self) -> bool:
        """Whether anything names the person."""
        return bool(self.holder_id or self.family_name or self.given_name or self.email)

    @property
    def is_nameless(self) -> bool:
        """Whether something is known of a person whom nothing names: enough to count an idea for a directorate."""
        return not self.is_someone and any(getattr(self, name) for name in _TOLD_OF_NOBODY)


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

    def __reduce__(self) -> tuple[type[Row], tuple[object, ...]]:
        """Return how it is copied: quicker than field by field."""
        return Row, tuple([getattr(self, name) for name in _ROW])

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

    @property
    def is_only_people(self) -> bool:
        """Whether the row names people and says nothing else."""
        told = (self.idea_id, self.status, self.category, self.submitted_on)
        named = any(person.is_someone for person in self.people)
        return named and self.is_empty and not any(told) and self.votes is None


_TOLD_OF_NOBODY = ("directorate", "occupation", "site_type", "place", "department", "service")
_PERSON, _ROW = (tuple(field.name for field in fields(kind)) for kind in (Person, Row))


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
