"""What analysts decided about an export: spans restored or masked, people joined or told apart, people erased.

The files hold idea and person numbers only, no name: they can live in git beside the other decisions.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.errors import MinilabsError, raise_all
from pipeline.ingest.analysis_text import Glossary
from pipeline.ingest.masking.apply import MASK, RESTORE, Added, Decision
from pipeline.ingest.masking.spans import LABELS
from pipeline.ingest.matching import DIFFERENT, SAME

MASKING_COLUMNS = ("idea_id", "field", "start", "end", "decision", "kind")
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
    """

    masking: tuple[Decision, ...] = ()
    added: tuple[Added, ...] = ()
    persons: dict[frozenset[str], str] = field(default_factory=dict)
    forgotten: frozenset[str] = frozenset()
    glossary: Glossary = field(default_factory=lambda: Glossary({}))


def read_masking(content: bytes, name: str) -> tuple[Decision, ...]:
    """Return the decisions about spans, the last one about a span standing.

    Raises:
        MinilabsError: `ingest.decision` for each row that cannot be read, all at once.
    """
    found: dict[tuple[str, str, int, int], Decision] = {}
    errors = []
    for number, row in _rows(content, name, MASKING_COLUMNS):
        place = row["start"].isdigit() and row["end"].isdigit()
        kind = row["kind"] or "nom"
        if not place or row["decision"] not in (MASK, RESTORE) or kind not in LABELS:
            errors.append(MinilabsError("ingest.decision", file=name, row=number, allowed=f"{MASK}, {RESTORE}"))
            continue
        decision = Decision(row["idea_id"], row["field"], int(row["start"]), int(row["end"]), row["decision"], kind)
        found[decision.idea_id, decision.field, decision.start, decision.end] = decision
    raise_all(errors)
    return tuple(found.values())


def read_persons(content: bytes, name: str) -> dict[frozenset[str], str]:
    """Return pair of refs → "same" or "different".

    Raises:
        MinilabsError: `ingest.decision` for each row that cannot be read, all at once.
    """
    found: dict[frozenset[str], str] = {}
    errors = []
    for number, row in _rows(content, name, PERSONS_COLUMNS):
        if row["decision"] not in (SAME, DIFFERENT):
            errors.append(MinilabsError("ingest.decision", file=name, row=number, allowed=f"{SAME}, {DIFFERENT}"))
        found[frozenset({row["person_a"], row["person_b"]})] = row["decision"]
    raise_all(errors)
    return found


def read_forgotten(content: bytes, name: str) -> frozenset[str]:
    """Return the numbers of the people erased on request.

    Raises:
        MinilabsError: `ingest.decisions_header`.
    """
    return frozenset(row["holder_id"] for _, row in _rows(content, name, FORGOTTEN_COLUMNS) if row["holder_id"])


def _rows(content: bytes, name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise MinilabsError("ingest.decisions_header", file=name, columns=", ".join(columns)) from why
    if not text.strip():
        return
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    if not set(columns) <= set(reader.fieldnames or ()):
        raise MinilabsError("ingest.decisions_header", file=name, columns=", ".join(columns))
    for number, row in enumerate(reader, start=2):
        yield number, {column: (row[column] or "").strip() for column in columns}
