"""The stage itself: files and decisions in, tables and report out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd

from pipeline.errors import MinilabsError, raise_all
from pipeline.ingest.columns.mapping import Mapped
from pipeline.ingest.columns.relations import comments_of
from pipeline.ingest.columns.understanding import source_names, understood, unpacked
from pipeline.ingest.masking.apply import Decision, Masked, Masking, texts_of
from pipeline.ingest.masking.bystanders import Name, names_beside
from pipeline.ingest.masking.find import finder
from pipeline.ingest.masking.labelled import Labels, labelled_spans
from pipeline.ingest.masking.measure import Quality, Tally
from pipeline.ingest.masking.model import available
from pipeline.ingest.reading.grid import SourceFile
from pipeline.ingest.reading.grids import is_notice, is_table
from pipeline.ingest.rows.analysis_text import CommonLines, Glossary, analysis_text
from pipeline.ingest.rows.records import Row
from pipeline.ingest.rows.said import idea_rows, link_rows, person_rows
from pipeline.ingest.rows.slips import Slip
from pipeline.ingest.rows.spool import Spool
from pipeline.ingest.tables.ideas import Judged, judge, slip
from pipeline.ingest.tables.ids import Given, with_id
from pipeline.ingest.tables.matching import Doubt
from pipeline.ingest.tables.numbers import Numbered
from pipeline.ingest.tables.people import People, gather_people, holder_frames, without
from pipeline.ingest.told.decisions import Decisions
from pipeline.ingest.told.report import build
from pipeline.pace import Progress, part, silent
from pipeline.params import IngestParams
from pipeline.schema import IDEAS

DOUBT_COLUMNS = ("person_a", "name_a", "person_b", "name_b", "why", "merged", "decision")
"""Of the private list of doubtful matches; a person fills in `decision`: `same` or `different`."""


_BATCH = 5_000
"""Ideas written at a time."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What the export says, ready for the pipeline.

    Attributes:
        parts: the ideas, in frames of some thousands in the order of their ids; made again each time it is called.
        holders: table of the schema.
        identities: table of the schema; private.
        idea_holders: table of the schema.
        masking: the private list of masked spans, see `masking.apply.REVIEW_COLUMNS`.
        decisions: about spans, those that stand; without any word of the texts.
        doubts: the private list of people who may be one, see `DOUBT_COLUMNS`.
        ids: all ids of ideas ever given, to be remembered.
        numbers: all numbers of people ever given, to be remembered.
        report: see `report`.
    """

    parts: Callable[[], Iterator[pd.DataFrame]]
    holders: pd.DataFrame
    identities: pd.DataFrame
    idea_holders: pd.DataFrame
    masking: pd.DataFrame
    decisions: list[Decision]
    doubts: pd.DataFrame
    ids: list[Given]
    numbers: list[Numbered]
    report: dict[str, Any]

    @property
    def ideas(self) -> pd.DataFrame:
        """All the ideas in one frame, table of the schema."""
        return IDEAS.check(pd.concat(list(self.parts()), ignore_index=True))


def ingest(
    files: Sequence[SourceFile],
    params: IngestParams,
    decisions: Decisions | None = None,
    progress: Progress = silent,
) -> Ingested:
    """Return the tables and the report of an export.

    Texts are gone through one after the other and kept aside (see `spool`): what is held in memory is a slip for each
    row (numbers, a digest, the people it names), not the words.

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
    rows, slips = _rows(tables, params, part(progress, 0, 30))
    judged = judge(rows, params.awarded, slips, decisions.ids, source_names(tables))
    everyone = _people(tables, judged, decisions)
    people = without(everyone, decisions.forgotten)
    names = _names(everyone) | names_beside(tables)
    masked = _mask(judged, names, params, decisions, labelled_spans(tables), part(progress, 40, 95))
    holders, identities, links = holder_frames(people)
    return Ingested(
        parts=partial(_parts, masked.texts, judged.aside, masked.lines, decisions.glossary),
        holders=holders,
        identities=identities,
        idea_holders=links,
        masking=masked.done.review,
        decisions=masked.done.decisions,
        doubts=_doubts(people.doubts, people),
        ids=judged.given,
        numbers=[one for one in people.numbers if one.holder_id not in decisions.forgotten],
        report=build(
            tables=tables,
            ignored=[f.name for f in unpacked(files)[0] if not is_table(f.name) and not is_notice(f.name)],
            judged=judged,
            people=people,
            forgotten=len(decisions.forgotten),
            masked=masked.done,
            lines=masked.lines,
            quality=masked.quality,
            model=params.language_model and available(),
        ),
    )


def _rows(tables: Sequence[Mapped], params: IngestParams, progress: Progress) -> tuple[Spool[Row], list[Slip]]:
    """Return the rows of the tables of ideas, and a slip for each; equal people, dates and statuses are held once."""
    ideas = [table for table in tables if table.kind == "ideas"]
    total = sum(table.grid.count for table in ideas)
    rows: Spool[Row] = Spool()
    slips: list[Slip] = []
    held: dict[object, Any] = {}
    comments = comments_of(tables)
    for table in ideas:
        for found in idea_rows(table):
            row = with_id(replace(found, parts=found.parts + comments.get(found.idea_id, ())))
            rows.append(row)
            slips.append(slip(row, len(slips), params.awarded, held, found.idea_id))
            progress(len(slips), total)
    _refuse(tables, slips, strict=params.strict)
    return rows, slips


def _refuse(tables: Sequence[Mapped], slips: Sequence[Slip], *, strict: bool) -> None:
    """Raise what stops the reading: no idea at all or, when it is strict, a cell that cannot be read."""
    if not any(told.filled for told in slips):
        raise MinilabsError("ingest.no_ideas", files=", ".join(sorted({table.grid.file for table in tables})))
    if strict:
        raise_all([error for told in slips for error in _unreadable(told)])


def _unreadable(told: Slip) -> Iterator[MinilabsError]:
    for column, expected in told.problems:
        yield MinilabsError("ingest.cell", table=told.table, row=told.number, column=column, expected=expected)


def spellings(
    files: Sequence[SourceFile], params: IngestParams, decisions: Decisions, holder_id: str
) -> list[tuple[str, str, str]]:
    """Return the (family name, given name, e-mail) under which the export tells of a holder, sorted.

    Raises:
        MinilabsError: see `ingest`.
    """
    tables = understood(files, params)
    rows, slips = _rows(tables, params, silent)
    judged = judge(rows, params.awarded, slips, decisions.ids, source_names(tables))
    people = _people(tables, judged, decisions)
    return sorted(people.spellings.get(holder_id, ()))


def names_apart(files: Sequence[SourceFile], params: IngestParams) -> frozenset[Name]:
    """Return (family name, given name) of those whom the export names though they hold no idea; masked in texts.

    Raises:
        MinilabsError: see `ingest`.
    """
    return names_beside(understood(files, params))


def _people(tables: Sequence[Mapped], judged: Judged, decisions: Decisions) -> People:
    return gather_people(
        judged.rows.slips,
        [person for table in tables if table.kind == "people" for person in person_rows(table)],
        [link for table in tables if table.kind == "links" for link in link_rows(table)],
        decisions.persons,
        decisions.forgotten,
        decisions.numbers,
    )


_Texts = Spool[tuple[Row, tuple[str, str, str]]]
"""For each idea: the row for people, then title, body and benefits for analysis."""


def _names(people: People) -> frozenset[Name]:
    return frozenset((family, given) for forms in people.spellings.values() for family, given, _ in forms)


@dataclass(frozen=True, slots=True)
class _Masked:
    """The masked texts, what masking did, the form lines to leave out of analysis, how well masking did on labels."""

    texts: _Texts
    done: Masked
    lines: dict[str, int]
    quality: dict[str, Quality]


def _mask(
    judged: Judged,
    names: frozenset[Name],
    params: IngestParams,
    decisions: Decisions,
    labels: Labels,
    progress: Progress,
) -> _Masked:
    searcher = finder(sorted(names), _texts(judged), params.keep, use_model=params.language_model and available())
    total = sum(1 for _ in _texts(judged))
    found = searcher.search(_texts(judged), total, part(progress, 0, 80))
    masking, lines, tally = Masking(decisions.masking, decisions.added), CommonLines(), Tally()
    texts: _Texts = Spool()
    write = part(progress, 80, 100)
    for row in judged.rows:
        shown, silent_, spans = masking.mask(row, found)
        texts.append((shown, (silent_.title, silent_.body, silent_.benefits)))
        if row.idea_id not in judged.aside:
            lines.add(silent_.body)
        if labels:
            for text, own in spans:
                tally.add(labels.spans(row.idea_id, text), own)
        write(len(texts), len(judged.rows))
    return _Masked(texts, masking.result(), lines.result(), tally.result() if labels else {})


def _texts(judged: Judged) -> Iterator[str]:
    return (text for row in judged.rows for _, text in texts_of(row))


def _parts(
    texts: _Texts, aside: Mapping[str, str], lines: Mapping[str, int], glossary: Glossary
) -> Iterator[pd.DataFrame]:
    records: list[dict[str, object]] = []
    for row, silent_ in texts:
        records.append(_record(row, aside.get(row.idea_id, ""), analysis_text(silent_, lines, glossary)))
        if len(records) == _BATCH:
            yield _frame(records)
            records = []
    if records:
        yield _frame(records)


def _record(row: Row, aside: str, text: str) -> dict[str, object]:
    return {
        "idea_id": row.idea_id,
        "submitted_on": row.submitted_on or None,
        "title": row.title,
        "description": row.description,
        "benefits": row.benefits,
        "text": text,
        "status": row.status,
        "votes": row.votes,
        "category": row.category,
        "analysed": not aside,
        "reason_excluded": aside,
    }


def _frame(records: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(records, columns=list(IDEAS.arrow.names))
    return IDEAS.check(frame.astype({"votes": "Int64", "submitted_on": "object"}))


def _doubts(doubts: Sequence[Doubt], people: People) -> pd.DataFrame:
    def name(ref: str) -> str:
        person = people.holders.get(people.holder_of[ref])
        return f"{person.given_name} {person.family_name}".strip() if person else ""

    listed = [[d.ref_a, name(d.ref_a), d.ref_b, name(d.ref_b), d.why, d.merged, ""] for d in doubts]
    return pd.DataFrame(listed, columns=list(DOUBT_COLUMNS))
