"""The state of the work: not read, read in part, or validated; decided here, stamped on every document.

A validation is a recorded act (`minilabs validate`): a line of day, who and the fingerprint of what was validated. It
stands as long as themes, their ideas and the seats are the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.spreadsheet import day, read_sheet
from pipeline.french import counted, long_date, typeset
from pipeline.report.facts.frames import Tables, rows, text

COLUMNS = ("date", "who", "state")
_SEEN = {
    "themes": ("theme_id", "label", "kind"),
    "idea_themes": ("idea_id", "theme_id", "weak_signal"),
    "assignments": ("holder_id", "lab_id", "status"),
}
"""What a person validates: titles and forms of answer, ideas of each theme, seats."""


@dataclass(frozen=True, slots=True)
class Validation:
    """One recorded act: the day (ISO), who signs, and the fingerprint of what they saw."""

    day: str
    who: str
    state: str


@dataclass(frozen=True, slots=True)
class Work:
    """How far people have read what the program proposes.

    Attributes:
        decisions: in force.
        validated: ISO day of the validation that still stands; empty without one.
        outdated: ISO day of a validation that no longer stands; empty without one.
        read: a second reader (a language model) proposed themes.
        reader: its name, when it is known.
    """

    decisions: int = 0
    validated: str = ""
    outdated: str = ""
    read: bool = False
    reader: str = ""

    @property
    def said(self) -> str:
        """The stamp, for who knows nothing of the tool: who made what follows, and how far people read it."""
        if self.validated:
            return typeset(f"Proposition relue et validée par l’équipe le {long_date(self.validated)}")
        if self.outdated:
            return typeset(f"Proposition modifiée depuis sa validation par l’équipe, le {long_date(self.outdated)}")
        if self.decisions:
            return typeset(f"Proposition relue en partie par l’équipe ({counted(self.decisions, 'décision')})")
        who = f"{self.reader}, un modèle de langue" if self.reader else "un modèle de langue"
        also = f" et un second lecteur ({who})" if self.read else ""
        return typeset(f"Thèmes et groupes proposés par un programme{also}, que personne n’a encore relus")


def fingerprint(tables: Tables) -> str:
    """Return what a validation stands for, in twelve characters: other themes, ideas or seats give others."""
    seen = hashlib.sha256()
    for name, columns in _SEEN.items():
        lines = sorted("\t".join(text(row[column]) for column in columns) for row in rows(tables[name]))
        seen.update("\n".join([name, *lines, ""]).encode())
    return seen.hexdigest()[:12]


def read_validations(content: bytes, name: str) -> tuple[Validation, ...]:
    """Return the recorded validations, in the order of the file.

    Raises:
        MinilabsError: `sheet.*`; `report.validation_line` for every line that is no day, signature and fingerprint.
    """
    found, errors = [], []
    for row in read_sheet(content, name, dict.fromkeys(COLUMNS, ()), needed=COLUMNS):
        when, who, state = day(row.cells["date"]), row.cells["who"], row.cells["state"]
        if when is None or not who or not state:
            expected = ", ".join(COLUMNS)
            errors.append(MinilabsError("report.validation_line", path=name, line=row.line, expected=expected))
        else:
            found.append(Validation(when, who, state))
    raise_all(errors)
    return tuple(found)


def work(tables: Tables, decisions: int, validations: Iterable[Validation]) -> Work:
    """Return the state of the work.

    Args:
        tables: themes, idea_themes, assignments, words_read.
        decisions: in force.
        validations: recorded, the last one counts.
    """
    last = next(reversed(list(validations)), None)
    read = bool((tables["themes"]["origin"] == "reader").any())
    named = Work(decisions, read=read, reader=next(iter(tables["words_read"]["model"]), "") if read else "")
    if last is None:
        return named
    stands = last.state == fingerprint(tables)
    return replace(named, validated=last.day if stands else "", outdated="" if stands else last.day)


def decided(tables: Tables) -> frozenset[str]:
    """Return the ideas whose place a person decided."""
    placed: pd.DataFrame = tables["idea_themes"]
    return frozenset(placed.loc[placed["decided_by"] == "analyst", "idea_id"])
