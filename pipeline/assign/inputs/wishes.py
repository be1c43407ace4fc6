"""`people.csv`: what is known of each person beyond their ideas, in rows checked one by one.

Columns (French; the English names in brackets are understood too), all optional but the first:

- `agent_id` [holder_id]: the person's number; a new number is welcome for a volunteer.
- `voeux` [wishes]: MiniLabs wished for, best first, separated by `|`.
- `volontaire` [volunteer]: "oui" for someone who comes without an idea.
- `indisponible` [unavailable]: "oui" for someone who cannot come.
- `minilab_fixe` [fixed]: the MiniLab (or several) where the person has to sit.
- `exclu_de` [banned]: MiniLabs where the person must not sit.
- `avec` [together], `sans` [apart]: people who share all, or none, of the person's MiniLabs.
- `max_minilabs` [max_labs]: largest number of MiniLabs for this person.
- `disponible` [available]: days or slots when the person can come, separated by `|`; empty: any.
- `anime` [facilitates]: MiniLabs that the person facilitates, without being one of their members; a new number is
  welcome.
- `lieu` [place], `direction`, `metier`, `site`, `departement`: in place of the export's, or of a volunteer.
- `remarque` [note]: for people, not read.

A MiniLab is named by its number, its theme's number or its title.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.assign.inputs.problem import Lab
from pipeline.errors import MinilabsError
from pipeline.files.spreadsheet import Row, read_sheet, split, whole
from pipeline.french import fold
from pipeline.identifiers import former_lab, theme_number

PEOPLE_COLUMNS: dict[str, tuple[str, ...]] = {
    "agent_id": ("agent", "holder_id", "numero"),
    "voeux": ("voeu", "wishes"),
    "volontaire": ("volunteer",),
    "indisponible": ("unavailable",),
    "minilab_fixe": ("fixed", "fixe"),
    "exclu_de": ("banned", "exclu"),
    "avec": ("together",),
    "sans": ("apart",),
    "max_minilabs": ("max_labs",),
    "disponible": ("available", "disponibilites", "disponibilite", "creneaux"),
    "anime": ("facilitates", "animateur", "animatrice"),
    "lieu": ("place",),
    "direction": ("directorate",),
    "metier": ("occupation",),
    "site": ("site_type",),
    "departement": ("department",),
    "remarque": ("remarques", "note", "notes", "commentaire"),
}
ATTRIBUTES = {
    "direction": "directorate",
    "metier": "occupation",
    "site": "site_type",
    "lieu": "place",
    "departement": "department",
}
"""Column of the file → column of `schema.HOLDERS`."""

_YES = {"oui", "o", "x", "1", "vrai", "yes", "true"}
_NO = {"", "non", "n", "0", "faux", "no", "false"}


@dataclass(frozen=True, slots=True)
class Wish:
    """One line of `people.csv`.

    Attributes:
        line: of the file.
        person: id.
        wishes: lab ids, best first.
        volunteer: comes without an idea.
        unavailable: cannot come.
        fixed: lab ids.
        banned: lab ids.
        together: ids of people.
        apart: ids of people.
        most: largest number of labs; None: the parameter's.
        slots: when the person can come, folded; empty: any time.
        facilitates: ids of labs that the person facilitates.
        attributes: column of `schema.HOLDERS` → value.
    """

    line: int
    person: str
    wishes: tuple[str, ...] = ()
    volunteer: bool = False
    unavailable: bool = False
    fixed: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    most: int | None = None
    slots: tuple[str, ...] = ()
    facilitates: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)


def read_wishes(
    content: bytes, path: str, labs: Iterable[Lab], known: Iterable[str]
) -> tuple[list[Wish], list[MinilabsError]]:
    """Return the lines that can be read, sorted by person, and every error of the file.

    Args:
        content: see `spreadsheet.read_sheet`.
        path: named in errors.
        labs: that exist.
        known: ids of the holders.

    Raises:
        MinilabsError: `sheet.*`.
    """
    rows = read_sheet(content, path, PEOPLE_COLUMNS, strict=True)
    reader = _Reader(path=path, labs=names_of(labs), people=_people(rows, known))
    wishes = [reader.wish(row) for row in rows]
    seen: dict[str, int] = {}
    for wish in wishes:
        if wish.person in seen:
            reader.error("assign.repeated", wish.line, value=wish.person, first=seen[wish.person])
        seen.setdefault(wish.person, wish.line)
    return sorted(wishes, key=lambda wish: wish.person), sorted(
        reader.errors, key=lambda error: int(str(error.facts["line"]))
    )


def _people(rows: list[Row], known: Iterable[str]) -> set[str]:
    new = {row.cells["agent_id"] for row in rows if fold(row.cells["volontaire"]) in _YES or row.cells["anime"]}
    return (set(known) | new) - {""}


class Names(dict[str, tuple[str, ...]]):
    """Every name of a lab, folded → the ids it may mean; `said`: each lab as people read it, its number and title."""

    said: tuple[str, ...] = ()


def names_of(labs: Iterable[Lab]) -> Names:
    """Return every name of a lab, folded → the ids it may mean: a whole number means one, a title may several."""
    known = list(labs)
    numbers = {fold(name): (lab.lab_id,) for lab in known for name in (lab.theme_id, lab.lab_id)}
    former = {fold(former_lab(lab.theme_id)): (lab.lab_id,) for lab in known}
    titles: dict[str, tuple[str, ...]] = {}
    for lab in known:
        for name in {fold(lab.label), fold(theme_number(lab.theme_id))}:
            titles[name] = (*titles.get(name, ()), lab.lab_id)
    found = Names(titles | former | numbers)
    found.said = tuple(f"{lab.lab_id} (« {lab.label} »)" for lab in sorted(known, key=lambda lab: lab.lab_id))
    return found


def lab_named(names: Names, value: str, **place: object) -> str:
    """Return the id of the lab that `value` names, written at `place` (path, line and column, for errors).

    Raises:
        MinilabsError: `assign.unknown_lab`, `assign.ambiguous_lab`.
    """
    found = names.get(fold(value), ())
    if len(found) == 1:
        return found[0]
    if found:
        raise MinilabsError("assign.ambiguous_lab", value=value[:80], allowed=", ".join(found), **place)
    raise MinilabsError("assign.unknown_lab", value=value[:80], allowed=", ".join(names.said), **place)


def groups_of(wishes: Iterable[Wish]) -> list[frozenset[str]]:
    """Return the sets of people to keep together, those who cannot come left out."""
    absent = {wish.person for wish in wishes if wish.unavailable}
    groups: list[frozenset[str]] = []
    for wish in wishes:
        merged = frozenset({wish.person, *wish.together} - absent)
        if wish.together and wish.person not in absent:
            near = [group for group in groups if group & merged]
            groups = [*(group for group in groups if group not in near), merged.union(*near)]
    return [group for group in groups if len(group) > 1]


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads cells that name groups, keeping all errors for one message."""

    path: str
    labs: Names
    errors: list[MinilabsError] = field(default_factory=list)

    def error(self, code: str, line: int, **facts: object) -> None:
        """Keep an error of a line."""
        self.errors.append(MinilabsError(code, path=self.path, line=line, **facts))


@dataclass(slots=True, kw_only=True)
class _Reader(Reader):
    people: set[str]

    def wish(self, row: Row) -> Wish:
        cells, person = row.cells, row.cells["agent_id"]
        if person not in self.people:
            self.error("assign.unknown_person", row.line, value=person[:40])
        return Wish(
            line=row.line,
            person=person,
            wishes=self._labs(row, "voeux"),
            volunteer=self._flag(row, "volontaire"),
            unavailable=self._flag(row, "indisponible"),
            fixed=self._labs(row, "minilab_fixe"),
            banned=self._labs(row, "exclu_de"),
            together=self._others(row, "avec"),
            apart=self._others(row, "sans"),
            most=self._most(row),
            slots=tuple(dict.fromkeys(map(fold, split(cells["disponible"])))),
            facilitates=self._labs(row, "anime"),
            attributes={column: cells[name] for name, column in ATTRIBUTES.items() if cells[name]},
        )

    def _labs(self, row: Row, column: str) -> tuple[str, ...]:
        found = []
        for name in split(row.cells[column]):
            try:
                found.append(lab_named(self.labs, name, path=self.path, line=row.line, column=column))
            except MinilabsError as why:
                self.errors.append(why)
        return tuple(dict.fromkeys(found))

    def _others(self, row: Row, column: str) -> tuple[str, ...]:
        found = []
        for person in split(row.cells[column], "|;,"):
            if person not in self.people:
                self.error("assign.unknown_person", row.line, value=person[:40])
            elif person == row.cells["agent_id"]:
                self.error("assign.itself", row.line, column=column, value=person)
            else:
                found.append(person)
        return tuple(dict.fromkeys(found))

    def _flag(self, row: Row, column: str) -> bool:
        value = fold(row.cells[column])
        if value not in _YES | _NO:
            self.error("assign.yes_no", row.line, column=column, value=row.cells[column][:40])
        return value in _YES

    def _most(self, row: Row) -> int | None:
        value = row.cells["max_minilabs"]
        if not value:
            return None
        most = whole(value)
        if not most:
            self.error("assign.number", row.line, column="max_minilabs", value=value[:40], least=1)
        return most or None
