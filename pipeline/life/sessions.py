"""`seances.csv`: when and where groups meet, one line a session; all optional.

Columns: `minilab` (number, theme's number or title), `date`, `heure`, `lieu` (a place, or "à distance"), `remarque`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.spreadsheet import Columns, day, read_sheet
from pipeline.french import long_date, typeset

COLUMNS = ("minilab", "date", "heure", "lieu", "remarque")
_KNOWN: Columns = {
    "minilab": ("groupe", "lab"), "date": ("jour",), "heure": ("horaire",), "lieu": ("salle", "place"),
    "remarque": ("note", "remarques"),
}  # fmt: skip
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a group.

    Attributes:
        lab_id: of the group.
        day: ISO date.
        hour: as written; may be empty.
        place: as written; may be empty.
        note: for people; not published.
    """

    lab_id: str
    day: str
    hour: str
    place: str
    note: str = ""

    @property
    def said(self) -> str:
        """When and where, in words."""
        return typeset(", ".join(filter(None, (long_date(self.day), self.hour, self.place))))


def read_sessions(content: bytes, path: str, group: Callable[[str], str], known: str) -> tuple[Session, ...]:
    """Return the sessions by date, then group.

    Args:
        content: see `spreadsheet.read_sheet`.
        path: named in errors.
        group: name of a group as written → lab_id; nothing for none.
        known: groups that exist, for errors.

    Raises:
        MinilabsError: `sheet.*`, `life.session_group`, `life.session_date`; all lines at once.
    """
    errors, found = [], []
    for row in read_sheet(content, path, _KNOWN, needed=COLUMNS[:2], strict=True):
        said = row.cells
        lab, when = group(said["minilab"]), day(said["date"])
        if not lab:
            told = {"value": said["minilab"][:_SHOWN], "allowed": known}
            errors.append(MinilabsError("life.session_group", path=path, line=row.line, **told))
        if when is None:
            errors.append(MinilabsError("life.session_date", path=path, line=row.line, value=said["date"][:_SHOWN]))
        found.append(Session(lab, when or "", said["heure"], said["lieu"], said["remarque"]))
    raise_all(errors)
    return tuple(sorted(found, key=lambda s: (s.day, s.hour, s.lab_id, s.place, s.note)))
