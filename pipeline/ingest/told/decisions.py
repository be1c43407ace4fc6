"""What analysts decided about an export: spans restored or masked, people joined or told apart, people erased.

The files hold idea and person numbers only, no name: they can live in git beside the other decisions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.spreadsheet import Row, read_sheet, whole
from pipeline.ingest.masking.apply import MASK, RESTORE, Added, Decision
from pipeline.ingest.masking.marks import Mark
from pipeline.ingest.masking.spans import LABELS
from pipeline.ingest.rows.analysis_text import Glossary
from pipeline.ingest.tables.ids import IDS_COLUMNS, Given
from pipeline.ingest.tables.matching import DIFFERENT, SAME
from pipeline.ingest.tables.numbers import NUMBERS_COLUMNS, Numbered

MASKING_COLUMNS = ("idea_id", "field", "start", "end", "decision", "kind", "piece", "before", "after")
_BY_PLACE = MASKING_COLUMNS[:6]
"""Those of an earlier version."""
PERSONS_COLUMNS = ("person_a", "person_b", "decision")
FORGOTTEN_COLUMNS = ("holder_id", "forgotten_on")


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything an analyst decided before this run.

    Attributes:
        masking: spans to restore or to mask too.
        added: pieces to mask too, named by their words.
        persons: pair of refs → "same" or "different".
        forgotten: holders erased on request.
        glossary: acronyms.
        ids: of ideas, given before.
        numbers: of people, given before.
    """

    masking: tuple[Decision, ...] = ()
    added: tuple[Added, ...] = ()
    persons: dict[frozenset[str], str] = field(default_factory=dict)
    forgotten: frozenset[str] = frozenset()
    glossary: Glossary = field(default_factory=lambda: Glossary({}))
    ids: tuple[Given, ...] = ()
    numbers: tuple[Numbered, ...] = ()


def read_masking(content: bytes, name: str) -> tuple[Decision, ...]:
    """Return the decisions about spans, the last one about a span standing.

    Raises:
        MinilabsError: `sheet.*`; `ingest.decision` for each row that cannot be read, all at once.
    """
    found: dict[tuple[str, str, int, int, Mark], Decision] = {}
    errors = []
    for row in read_sheet(content, name, dict.fromkeys(MASKING_COLUMNS, ()), needed=_BY_PLACE):
        cells, start, end = row.cells, whole(row.cells["start"]), whole(row.cells["end"])
        kind = cells["kind"] or "nom"
        if start is None or end is None or cells["decision"] not in (MASK, RESTORE) or kind not in LABELS:
            errors.append(MinilabsError("ingest.decision", file=name, row=row.line, allowed=f"{MASK}, {RESTORE}"))
            continue
        mark = Mark(cells["piece"], cells["before"], cells["after"])
        decision = Decision(cells["idea_id"], cells["field"], start, end, cells["decision"], kind, mark)
        found[decision.idea_id, decision.field, start, end, mark] = decision
    raise_all(errors)
    return tuple(found.values())


def read_persons(content: bytes, name: str) -> dict[frozenset[str], str]:
    """Return pair of refs → "same" or "different".

    Raises:
        MinilabsError: `sheet.*`; `ingest.decision` for each row that cannot be read, all at once.
    """
    found: dict[frozenset[str], str] = {}
    errors = []
    for row in _rows(content, name, PERSONS_COLUMNS):
        cells = row.cells
        if cells["decision"] not in (SAME, DIFFERENT):
            errors.append(MinilabsError("ingest.decision", file=name, row=row.line, allowed=f"{SAME}, {DIFFERENT}"))
        found[frozenset({cells["person_a"], cells["person_b"]})] = cells["decision"]
    raise_all(errors)
    return found


def read_forgotten(content: bytes, name: str) -> dict[str, str]:
    """Return the numbers of the people erased on request → the day, as written.

    Raises:
        MinilabsError: `sheet.*`.
    """
    rows = _rows(content, name, FORGOTTEN_COLUMNS)
    return {row.cells["holder_id"]: row.cells["forgotten_on"] for row in rows if row.cells["holder_id"]}


def read_ids(content: bytes, name: str) -> tuple[Given, ...]:
    """Return the ids of ideas given before.

    Raises:
        MinilabsError: `sheet.*`.
    """
    return tuple(Given(**row.cells) for row in _rows(content, name, IDS_COLUMNS) if row.cells["idea_id"])


def read_numbers(content: bytes, name: str) -> tuple[Numbered, ...]:
    """Return the numbers of people given before.

    Raises:
        MinilabsError: `sheet.*`.
    """
    return tuple(Numbered(**row.cells) for row in _rows(content, name, NUMBERS_COLUMNS) if row.cells["holder_id"])


def _rows(content: bytes, name: str, columns: tuple[str, ...]) -> list[Row]:
    return read_sheet(content, name, dict.fromkeys(columns, ()), needed=columns)
