"""`labs.csv`: what is decided for each MiniLab, in rows checked one by one.

Columns (French; the English names in brackets are understood too), all optional but the first:

- `minilab` [lab_id]: number, theme's number or title.
- `minimum`, `maximum`: seats.
- `ferme` [closed]: "oui" when it does not take place.
- `lieu` [seat]: the town where it meets.
- `part_max_direction`, `part_max_site`, `part_max_departement`, `part_max_metier`: largest share of the seats for one
  directorate, kind of site, department, occupation ("40 %" or 0,4).
- `au_moins` [at_least]: smallest number of people of a group, "2 lycée | 1 siège": a directorate, a kind of site, a
  department or an occupation, as the export writes it.
- `jamais_seul` [never_alone]: what nobody may be alone of in the group, separated by `|`: "site", "direction",
  "departement", "metier"; of each there are none, or two at least.
- `creneaux` [slots]: days or slots when the group may meet, separated by `|`; it meets on one of them, when all its
  members can (see `disponible` in `people.csv`).
- `metiers` [occupations]: occupations admitted, separated by `|`; "tous" for all.
- `remarque` [note]: for people, not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import pandas as pd

from pipeline.assign.inputs.problem import Lab
from pipeline.assign.inputs.wishes import Reader, lab_named, names_of
from pipeline.errors import MinilabsError
from pipeline.files.spreadsheet import Row, read_sheet, split, whole
from pipeline.french import fold

LAB_COLUMNS: dict[str, tuple[str, ...]] = {
    "minilab": ("lab_id", "lab", "theme_id", "theme"),
    "minimum": ("min",),
    "maximum": ("max", "places"),
    "ferme": ("closed",),
    "lieu": ("seat", "place"),
    "part_max_direction": ("max_share_directorate",),
    "part_max_site": ("max_share_site_type",),
    "part_max_departement": ("max_share_department",),
    "part_max_metier": ("max_share_occupation",),
    "au_moins": ("at_least",),
    "jamais_seul": ("never_alone",),
    "creneaux": ("slots", "creneau", "jours", "jour"),
    "metiers": ("occupations", "metier"),
    "remarque": ("remarques", "note", "notes", "commentaire"),
}
SHARES = {
    "part_max_direction": "directorate",
    "part_max_site": "site_type",
    "part_max_departement": "department",
    "part_max_metier": "occupation",
}
GROUPS = ("site_type", "department", "directorate", "occupation")
"""Columns of `schema.HOLDERS` whose values name a group."""

CATEGORIES = {"site": "site_type", "direction": "directorate", "departement": "department", "metier": "occupation"}
"""What nobody may be alone of, as people write it → column of `schema.HOLDERS`."""

_AT_LEAST = re.compile(r"(\d{1,9})\s+(.+)")
_SHARE = re.compile(r"(\d{1,9}(?:[.,]\d{1,9})?)\s*(%?)")


@dataclass(frozen=True, slots=True)
class LabRule:
    """One line of `labs.csv`; None or empty where nothing is said.

    Attributes:
        line: of the file.
        lab_id: of the lab.
        minimum: seats.
        maximum: seats.
        closed: does not take place.
        seat: town.
        shares: column of `schema.HOLDERS` → largest share.
        at_least: (column, value, number).
        alone: columns of `schema.HOLDERS` of whose values nobody is alone; None: as the parameters say.
        slots: when it may meet, as written; empty: any time.
        admits: occupations; None: as the theme says.
    """

    line: int
    lab_id: str
    minimum: int | None = None
    maximum: int | None = None
    closed: bool = False
    seat: str = ""
    shares: dict[str, Fraction] = field(default_factory=dict)
    at_least: tuple[tuple[str, str, int], ...] = ()
    alone: tuple[str, ...] | None = None
    slots: tuple[str, ...] = ()
    admits: tuple[str, ...] | None = None


def read_lab_rules(
    content: bytes, path: str, labs: Iterable[Lab], people: pd.DataFrame
) -> tuple[list[LabRule], list[MinilabsError]]:
    """Return the lines that can be read, sorted by lab, and every error of the file.

    Args:
        content: see `spreadsheet.read_sheet`.
        path: named in errors.
        labs: that exist.
        people: with the columns of `schema.HOLDERS`, whose values name groups.

    Raises:
        MinilabsError: `sheet.*`.
    """
    groups = {fold(value): (column, value) for column in reversed(GROUPS) for value in sorted(set(people[column]))}
    named = {name: group for name, group in groups.items() if name}
    reader = _Reader(path=path, labs=names_of(labs), groups=named)
    read = [reader.rule(row) for row in read_sheet(content, path, LAB_COLUMNS, strict=True)]
    rules = [rule for rule in read if rule is not None]
    seen: dict[str, int] = {}
    for rule in rules:
        if rule.lab_id in seen:
            reader.error("assign.repeated", rule.line, value=rule.lab_id, first=seen[rule.lab_id])
        seen.setdefault(rule.lab_id, rule.line)
    return sorted(rules, key=lambda rule: rule.lab_id), sorted(
        reader.errors, key=lambda error: int(str(error.facts["line"]))
    )


@dataclass(slots=True, kw_only=True)
class _Reader(Reader):
    groups: Mapping[str, tuple[str, str]]

    def rule(self, row: Row) -> LabRule | None:
        try:
            lab = lab_named(self.labs, row.cells["minilab"], path=self.path, line=row.line, column="minilab")
        except MinilabsError as why:
            self.errors.append(why)
            return None
        shares = {column: self._share(row, cell) for cell, column in SHARES.items() if row.cells[cell]}
        return LabRule(
            line=row.line,
            lab_id=lab,
            minimum=self._number(row, "minimum"),
            maximum=self._number(row, "maximum"),
            closed=self._closed(row),
            seat=row.cells["lieu"],
            shares={column: share for column, share in shares.items() if share is not None},
            at_least=tuple(self._at_least(row)),
            alone=self._alone(row),
            slots=tuple({fold(slot): slot for slot in split(row.cells["creneaux"])}.values()),
            admits=self._admits(row),
        )

    def _number(self, row: Row, column: str) -> int | None:
        value = row.cells[column]
        if not value:
            return None
        number = whole(value)
        if number is None:
            self.error(
                "assign.number", row.line, column=column, value=value[:40], least=0 if column == "maximum" else 1
            )
        elif number == 0:
            self.error("assign.zero_seats", row.line, column=column)
        return number or None

    def _closed(self, row: Row) -> bool:
        value = fold(row.cells["ferme"])
        if value not in {"", "oui", "non", "x", "o", "n", "yes", "no", "0", "1"}:
            self.error("assign.yes_no", row.line, column="ferme", value=row.cells["ferme"][:40])
        return value in {"oui", "x", "o", "yes", "1"}

    def _share(self, row: Row, column: str) -> Fraction | None:
        match = _SHARE.fullmatch(row.cells[column])
        if match:
            share = Fraction(match[1].replace(",", "."))
            share = share / 100 if match[2] or share > 1 else share
            if 0 < share <= 1:
                return share
        self.error("assign.share", row.line, column=column, value=row.cells[column][:40])
        return None

    def _at_least(self, row: Row) -> list[tuple[str, str, int]]:
        found = []
        for part in split(row.cells["au_moins"]):
            match = _AT_LEAST.fullmatch(part)
            group = self.groups.get(fold(match[2])) if match else None
            if match is None or group is None:
                self.error("assign.group", row.line, value=part[:80])
            else:
                found.append((*group, int(match[1])))
        return found

    def _alone(self, row: Row) -> tuple[str, ...] | None:
        named = split(row.cells["jamais_seul"])
        wrong = [name for name in named if fold(name) not in CATEGORIES]
        for name in wrong:
            facts = {"column": "jamais_seul", "value": name[:80], "allowed": ", ".join(CATEGORIES)}
            self.error("assign.category", row.line, **facts)
        return tuple(sorted({CATEGORIES[fold(name)] for name in named})) if named and not wrong else None

    def _admits(self, row: Row) -> tuple[str, ...] | None:
        named = split(row.cells["metiers"])
        if not named:
            return None
        if [fold(name) for name in named] == ["tous"]:
            return ()
        found = []
        for name in named:
            group = self.groups.get(fold(name))
            if group is None or group[0] != "occupation":
                self.error("assign.occupation", row.line, value=name[:80])
            else:
                found.append(group[1])
        return tuple(sorted(set(found)))
