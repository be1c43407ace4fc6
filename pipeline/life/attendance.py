"""Who came to the sessions, what they wrote down and made: attendance sheets, minutes and deliverables → participation.

Counts by directorate, site or occupation never single anybody out: values with few people, or with few who came or
did not, are put together until nothing small is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.spreadsheet import Columns, bare, day, named, read_sheet
from pipeline.french import fold, long_date
from pipeline.identifiers import lab_now
from pipeline.life.sessions import Session
from pipeline.report.render.workbook import workbook

COLUMNS = ("minilab", "date", "agent_id", "present")
"""Of the table of attendance."""
MINUTES = ("minilab", "date", "decide", "avance", "suite")
"""Of the table of minutes: what was decided, what went forward, what comes next."""
MADE = ("minilab", "titre", "resume", "lien")
"""Of the table of deliverables."""
SHEET = "Présences"
HEADS = ("Groupe", "Date", "Agent", "Prénom", "Nom", "Présent")
_KNOWN: Columns = {
    "minilab": ("Groupe",), "date": ("Date",), "agent_id": ("Agent",), "present": ("Présent",),
}  # fmt: skip
_YES, _NO = frozenset({"oui", "o", "x", "1"}), frozenset({"non", "n", "0"})
_SHOWN = 60
OTHERS = "Autres, réunies"


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a person came to a session; none: nobody said.

    Attributes:
        lab_id: of the group.
        day: ISO date of the session.
        agent_id: of the person.
        present: whether they came.
    """

    lab_id: str
    day: str
    agent_id: str
    present: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A line of minutes or a deliverable.

    Attributes:
        lab_id: of the group.
        texts: the other cells, in the order of the table.
    """

    lab_id: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some people came at least once.

    Attributes:
        value: directorate, kind of site or occupation; `OTHERS` for several.
        members: of groups that met.
        came: at least once.
    """

    value: str
    members: int
    came: int

    def is_safe(self, threshold: int) -> bool:
        """Whether neither those who came nor those who did not are few."""
        return all(count == 0 or count >= threshold for count in (self.came, self.members - self.came))


def sheet_of(sessions: Iterable[Session], members: Sequence[tuple[str, str, str]], known: Iterable[Presence]) -> bytes:
    """Return the attendance sheet of a group as a workbook, what is known already in it; it names people.

    Args:
        sessions: of the group.
        members: (number, given name, family name).
        known: what the table says.
    """
    came = {(p.day, p.agent_id): "oui" if p.present else "non" for p in known}
    rows = [
        [session.lab_id, session.day, *member, came.get((session.day, member[0]), "")]
        for session in sessions
        for member in members
    ]
    return workbook({SHEET: (HEADS, rows)}, "Feuille de présence", {(SHEET, "Présent"): ("oui", "non")}, form=True)


def read_sheet_back(rows: Sequence[Sequence[str]], path: str, seats: Mapping[str, Iterable[str]]) -> list[Presence]:
    """Return what a returned sheet says, names left out, empty cells too.

    Args:
        rows: the header first.
        path: named in errors.
        seats: lab_id → numbers of those who may come.

    Raises:
        MinilabsError: `sheet.columns`, `life.presence_*`; all lines at once.
    """
    names = _names(rows[0] if rows else (), path)
    lines = [
        (line, dict.fromkeys(_KNOWN, "") | {n: bare(cell) for n, cell in zip(names, cells, strict=False) if n})
        for line, cells in enumerate(rows[1:], 2)
    ]
    return _presences([(line, said) for line, said in lines if said["present"]], path, seats)


def _names(header: Sequence[str], path: str) -> list[str | None]:
    """Return the column that each cell of a header means."""
    names = [named(cell, _KNOWN) for cell in header]
    if missing := [others[0] for name, others in _KNOWN.items() if name not in names]:
        told = {"missing": ", ".join(missing), "found": f"{len(names)} colonnes", "allowed": ", ".join(HEADS)}
        raise MinilabsError("sheet.columns", path=path, **told)
    return names


def read_presences(content: bytes, path: str) -> list[Presence]:
    """Return the table of attendance.

    Raises:
        MinilabsError: `sheet.*`, `life.presence_*`.
    """
    rows = read_sheet(content, path, dict.fromkeys(COLUMNS, ()), needed=COLUMNS)
    seats: dict[str, set[str]] = {}
    for row in rows:
        seats.setdefault(lab_now(row.cells["minilab"]), set()).add(row.cells["agent_id"])
    return _presences([(row.line, row.cells) for row in rows], path, seats)


def _presences(
    lines: Iterable[tuple[int, Mapping[str, str]]], path: str, seats: Mapping[str, Iterable[str]]
) -> list[Presence]:
    errors, found = [], []
    for line, said in lines:
        when, lab = day(said["date"]), lab_now(said["minilab"])
        if said["agent_id"] not in seats.get(lab, ()):
            errors.append(MinilabsError("life.presence_seat", path=path, line=line))
        if fold(said["present"]) not in _YES | _NO or when is None:
            errors.append(MinilabsError("life.presence_cell", path=path, line=line))
        found.append(Presence(lab, when or "", said["agent_id"], fold(said["present"]) in _YES))
    raise_all(errors)
    return found


def settled(returned: Iterable[Presence]) -> tuple[list[Presence], list[Presence]]:
    """Return what returned sheets say, each once, and what they contradict each other about, none of it taken."""
    said = dict.fromkeys(returned)
    told = Counter((p.lab_id, p.day, p.agent_id) for p in said)
    kept: list[Presence] = []
    doubtful: list[Presence] = []
    for presence in said:
        once = told[presence.lab_id, presence.day, presence.agent_id] == 1
        (kept if once else doubtful).append(presence)
    return kept, [presence for presence in doubtful if presence.present]


def joined(known: Iterable[Presence], returned: Iterable[Presence]) -> list[Presence]:
    """Return the table with what came back: the last word on each session and person."""
    table = {(p.day, p.lab_id, p.agent_id): p for p in (*known, *returned)}
    return [table[place] for place in sorted(table)]


def presence_rows(presences: Iterable[Presence]) -> list[tuple[str, ...]]:
    """Return the lines of the table of attendance, its header first."""
    return [COLUMNS, *((p.lab_id, p.day, p.agent_id, "oui" if p.present else "non") for p in presences)]


def read_notes(
    content: bytes, path: str, columns: Sequence[str], group: Callable[[str], str], known: str
) -> list[Note]:
    """Return minutes or deliverables, in the order of the file.

    Raises:
        MinilabsError: `sheet.*`, `life.session_group`, `life.session_date`; all lines at once.
    """
    found, errors = [], []
    for row in read_sheet(content, path, dict.fromkeys(columns, ()), strict=True):
        name = row.cells["minilab"]
        if not group(name):
            told = {"value": name[:_SHOWN], "allowed": known}
            errors.append(MinilabsError("life.session_group", path=path, line=row.line, **told))
        if row.cells.get("date") and day(row.cells["date"]) is None:
            value = row.cells["date"][:_SHOWN]
            errors.append(MinilabsError("life.session_date", path=path, line=row.line, value=value))
        found.append(Note(group(name), tuple(row.cells[column] for column in columns[1:])))
    raise_all(errors)
    return found


def seats_of(assignments: pd.DataFrame) -> dict[str, set[str]]:
    """Return lab_id → numbers of its members."""
    seated = assignments[assignments["status"].isin(["placed", "volunteer"]) & (assignments["lab_id"] != "")]
    return {str(lab): set(map(str, group["holder_id"])) for lab, group in seated.groupby("lab_id")}


def never(presences: Iterable[Presence], seats: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Return (group, person) of those who never came though their group noted who did."""
    listed = list(presences)
    came = {(p.lab_id, p.agent_id) for p in listed if p.present}
    met = sorted({p.lab_id for p in listed})
    return [(lab, agent) for lab in met for agent in sorted(seats.get(lab, ())) if (lab, agent) not in came]


def participation(
    presences: Iterable[Presence], seats: Mapping[str, Iterable[str]], value_of: Mapping[str, str], threshold: int
) -> tuple[Share, ...]:
    """Return who came, by value of one attribute: the largest first, small ones together; nothing when all is small.

    Args:
        presences: see `Presence`.
        seats: lab_id → numbers of its members.
        value_of: number → value; people without one are in `OTHERS`.
        threshold: a count below it is never shown, nor to be worked out.
    """
    shares = _shares(list(presences), seats, value_of)
    shown = [share for share in shares if share.value and share.is_safe(threshold)]
    pooled = [share for share in shares if share not in shown]
    while pooled and shown and not _together(pooled).is_safe(threshold):
        pooled.append(shown.pop())
    rest = [_together(pooled)] if pooled else []
    return tuple(share for share in (*shown, *rest) if share.is_safe(threshold))


def _shares(
    presences: Sequence[Presence], seats: Mapping[str, Iterable[str]], value_of: Mapping[str, str]
) -> list[Share]:
    """Return who came by value, of the members of the groups that met; the largest first."""
    members = {agent for lab in {p.lab_id for p in presences} for agent in seats.get(lab, ())}
    came = {p.agent_id for p in presences if p.present} & members
    counts, present = (Counter(value_of.get(agent, "") for agent in who) for who in (members, came))
    return sorted((Share(v, counts[v], present[v]) for v in counts), key=lambda s: (-s.members, s.value))


def _together(shares: Sequence[Share]) -> Share:
    return Share(OTHERS, sum(share.members for share in shares), sum(share.came for share in shares))


def said_of(note: Note) -> tuple[str, ...]:
    """Return the cells of a note, a date in words."""
    return tuple(long_date(found) if (found := day(cell)) else cell for cell in note.texts)
