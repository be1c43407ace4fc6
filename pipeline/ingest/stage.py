"""The stage itself: files and decisions in, tables and report out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.errors import MinilabsError, raise_all
from pipeline.ingest.analysis_text import Glossary, analysis_text, boilerplate
from pipeline.ingest.decisions import Decisions
from pipeline.ingest.grid import SourceFile
from pipeline.ingest.ids import with_ids
from pipeline.ingest.labelled import labelled_spans
from pipeline.ingest.mapping import Mapped
from pipeline.ingest.masking.apply import Decision, Masked, mask_rows, units_of
from pipeline.ingest.masking.find import finder
from pipeline.ingest.masking.measure import Quality, measure
from pipeline.ingest.matching import Doubt
from pipeline.ingest.pace import part, silent
from pipeline.ingest.people import People, gather_people, holder_frames, without
from pipeline.ingest.reading import is_table
from pipeline.ingest.records import Row, idea_rows, link_rows, person_rows
from pipeline.ingest.report import build
from pipeline.ingest.rows import Judged, judge
from pipeline.ingest.understanding import understood
from pipeline.params import IngestParams
from pipeline.schema import IDEAS
from pipeline.stages import Progress

DOUBT_COLUMNS = ("person_a", "name_a", "person_b", "name_b", "why", "merged", "decision")
"""Of the private list of doubtful matches; a person fills in `decision`: `same` or `different`."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What the export says, ready for the pipeline.

    Attributes:
        ideas: table of the schema.
        holders: table of the schema.
        identities: table of the schema; private.
        idea_holders: table of the schema.
        masking: the private list of masked spans, see `masking.apply.REVIEW_COLUMNS`.
        decisions: about spans, those that stand; without any word of the texts.
        doubts: the private list of people who may be one, see `DOUBT_COLUMNS`.
        report: see `report`.
    """

    ideas: pd.DataFrame
    holders: pd.DataFrame
    identities: pd.DataFrame
    idea_holders: pd.DataFrame
    masking: pd.DataFrame
    decisions: list[Decision]
    doubts: pd.DataFrame
    report: dict[str, Any]


def ingest(
    files: Sequence[SourceFile],
    params: IngestParams,
    decisions: Decisions | None = None,
    progress: Progress = silent,
) -> Ingested:
    """Return the tables and the report of an export.

    Args:
        files: of the source.
        params: the `ingest` section.
        decisions: what analysts decided before.
        progress: told how far the stage is.

    Raises:
        MinilabsError: `ingest.*`: what cannot be read, found or decided, all at once.
    """
    decisions = decisions or Decisions()
    tables = understood(files, params)
    raise_all([error for table in tables for error in table.errors()])
    rows = _rows(tables, params, part(progress, 0, 30))
    judged = judge(with_ids(rows), params.awarded)
    everyone = _people(tables, judged, decisions)
    people = without(everyone, decisions.forgotten)
    masked = _mask(judged, everyone, params, decisions, part(progress, 40, 100))
    lines = boilerplate([row.body for row in masked.silent if row.idea_id not in judged.aside])
    holders, identities, links = holder_frames(people)
    return Ingested(
        ideas=_ideas(masked, judged.aside, lines, decisions.glossary),
        holders=holders,
        identities=identities,
        idea_holders=links,
        masking=masked.review,
        decisions=masked.decisions,
        doubts=_doubts(people.doubts, people),
        report=build(
            tables=tables,
            ignored=[file.name for file in files if not is_table(file.name)],
            rows=rows,
            judged=judged,
            people=people,
            forgotten=len(decisions.forgotten),
            masked=masked,
            lines=lines,
            quality=_quality(tables, judged.rows, masked),
        ),
    )


def _rows(tables: Sequence[Mapped], params: IngestParams, progress: Progress) -> list[Row]:
    ideas = [table for table in tables if table.kind == "ideas"]
    rows: list[Row] = []
    for table in ideas:
        for row in idea_rows(table):
            rows.append(row)
            progress(len(rows), sum(len(t.grid.rows) for t in ideas))
    if all(row.is_empty for row in rows):
        raise MinilabsError("ingest.no_ideas", files=", ".join(sorted({table.grid.file for table in tables})))
    if params.strict:
        raise_all(
            [
                MinilabsError("ingest.cell", table=row.table, row=row.number, column=column, expected=expected)
                for row in rows
                for column, expected in row.problems
            ]
        )
    return rows


def _people(tables: Sequence[Mapped], judged: Judged, decisions: Decisions) -> People:
    return gather_people(
        judged.rows,
        [person for table in tables if table.kind == "people" for person in person_rows(table)],
        [link for table in tables if table.kind == "links" for link in link_rows(table)],
        decisions.persons,
        decisions.forgotten,
    )


def _mask(judged: Judged, people: People, params: IngestParams, decisions: Decisions, progress: Progress) -> Masked:
    names = [(person.family_name, person.given_name) for person in people.holders.values()]
    texts = [unit.text for unit in units_of(judged.rows)]
    searcher = finder(names, texts, params.keep, use_model=params.language_model)
    return mask_rows(judged.rows, searcher, decisions.masking, decisions.added, progress)


def _ideas(masked: Masked, aside: Mapping[str, str], lines: Mapping[str, int], glossary: Glossary) -> pd.DataFrame:
    records = [
        {
            "idea_id": row.idea_id,
            "submitted_on": row.submitted_on or None,
            "title": row.title,
            "description": row.description,
            "benefits": row.benefits,
            "text": analysis_text((silent.title, silent.body, silent.benefits), lines, glossary),
            "status": row.status,
            "votes": row.votes,
            "category": row.category,
            "analysed": row.idea_id not in aside,
            "reason_excluded": aside.get(row.idea_id, ""),
        }
        for row, silent in zip(masked.rows, masked.silent, strict=True)
    ]
    frame = pd.DataFrame(records, columns=list(IDEAS.arrow.names))
    return IDEAS.check(frame.astype({"votes": "Int64", "submitted_on": "object"}))


def _doubts(doubts: Sequence[Doubt], people: People) -> pd.DataFrame:
    def name(ref: str) -> str:
        person = people.holders.get(people.holder_of[ref])
        return f"{person.given_name} {person.family_name}".strip() if person else ""

    listed = [[d.ref_a, name(d.ref_a), d.ref_b, name(d.ref_b), d.why, d.merged, ""] for d in doubts]
    return pd.DataFrame(listed, columns=list(DOUBT_COLUMNS))


def _quality(tables: Sequence[Mapped], rows: Sequence[Row], masked: Masked) -> dict[str, Quality]:
    """Return how well masking did on the spans labelled in the export (a `pii.csv`), nothing without any."""
    labels = labelled_spans(tables)
    if not labels:
        return {}
    return measure((labels.spans(rows[unit.row].idea_id, unit.text), spans) for unit, spans in masked.found)
