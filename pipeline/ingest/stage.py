"""The stage itself: files in, tables and report out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.errors import MinilabsError, raise_all
from pipeline.french import fold
from pipeline.ingest.grid import SourceFile
from pipeline.ingest.ids import with_ids
from pipeline.ingest.mapping import Mapped
from pipeline.ingest.masking.known import KnownNames, known_names, known_spans
from pipeline.ingest.masking.patterns import pattern_spans
from pipeline.ingest.masking.spans import LABELS, Span, replace, without_overlap
from pipeline.ingest.reading import is_table
from pipeline.ingest.records import Row, idea_rows, link_rows, person_rows
from pipeline.ingest.tables import gather_people, holder_frames
from pipeline.ingest.understanding import understood
from pipeline.ingest.values import integer, iso_date
from pipeline.params import IngestParams
from pipeline.schema import IDEAS


@dataclass(frozen=True, slots=True)
class Ingested:
    """What the export says, ready for the pipeline.

    Attributes:
        ideas: table of the schema.
        holders: table of the schema.
        identities: table of the schema.
        idea_holders: table of the schema.
        report: see `report.build`.
    """

    ideas: pd.DataFrame
    holders: pd.DataFrame
    identities: pd.DataFrame
    idea_holders: pd.DataFrame
    report: dict[str, Any]


def ingest(files: Sequence[SourceFile], params: IngestParams) -> Ingested:
    """Return the tables and the report of an export.

    Args:
        files: of the source.
        params: the `ingest` section.

    Raises:
        MinilabsError: `ingest.*`: what cannot be read, found or decided.
    """
    tables = understood(files, params)
    raise_all([error for table in tables for error in table.errors()])
    rows = with_ids(row for table in tables if table.kind == "ideas" for row in idea_rows(table) if not row.is_empty)
    if not rows:
        raise MinilabsError("ingest.no_ideas", files=", ".join(f.name for f in files if is_table(f.name)) or "(aucun)")
    people = gather_people(
        rows,
        [p for table in tables if table.kind == "people" for p in person_rows(table)],
        [link for table in tables if table.kind == "links" for link in link_rows(table)],
    )
    names = known_names((p.family_name, p.given_name) for p in people.holders.values())
    holders, identities, links = holder_frames(people)
    ideas, counts = _ideas(rows, names, params)
    return Ingested(ideas, holders, identities, links, _report(tables, ideas, counts))


def _ideas(rows: list[Row], names: KnownNames, params: IngestParams) -> tuple[pd.DataFrame, dict[str, int]]:
    awarded = {fold(value) for value in params.awarded}
    counts: dict[str, int] = {}
    records = []
    for row in rows:
        masked = {name: _mask(getattr(row, name), names, counts) for name in ("title", "description", "benefits")}
        reason = "idée primée" if fold(row.status) in awarded else ""
        records.append(
            {
                "idea_id": row.idea_id,
                "submitted_on": iso_date(row.submitted_on) or None,
                **masked,
                "text": "\n\n".join(filter(None, (_mask(t, names, {}, shown={}) for t in _texts(row)))),
                "status": row.status,
                "votes": integer(row.votes),
                "category": row.category,
                "analysed": not reason,
                "reason_excluded": reason,
            }
        )
    return IDEAS.check(pd.DataFrame(records)), counts


def _texts(row: Row) -> list[str]:
    return [row.title, row.body, row.benefits]


def _mask(text: str, names: KnownNames, counts: dict[str, int], shown: dict[str, str] = LABELS) -> str:
    spans: list[Span] = without_overlap([*known_spans(text, names), *pattern_spans(text)])
    for span in spans:
        counts[span.kind] = counts.get(span.kind, 0) + 1
    return replace(text, spans, shown)


def _report(tables: list[Mapped], ideas: pd.DataFrame, counts: dict[str, int]) -> dict[str, Any]:
    aside = ideas.loc[~ideas["analysed"], "reason_excluded"].value_counts().sort_index()
    return {
        "counts": {
            "read": len(ideas),
            "kept": int(ideas["analysed"].sum()),
            "set_aside": {str(reason): int(count) for reason, count in aside.items()},
        },
        "files": [
            {
                "file": table.grid.file,
                "sheet": table.grid.sheet,
                "encoding": table.grid.encoding,
                "separator": table.grid.separator,
                "rows": len(table.grid.rows),
                "used_as": table.kind,
                "why": table.why,
                "columns": {field: list(columns) for field, columns in table.fields.items()},
                "unused_columns": list(table.unused),
            }
            for table in tables
        ],
        "masking": {"counts": dict(sorted(counts.items()))},
    }
