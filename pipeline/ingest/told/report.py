"""What the analyst is told: an account of every row, what was decided about the files, what was masked.

It holds no name, e-mail, span or text of an idea. What names rows by their number goes in a file of its own
(`data/interim/ingest_rows.json`, see `by_row`); the report that documents are made from (`ingest_report.json`, see
`without_rows`) is the same whatever the order of the rows. Keys:

- `sentences`: the account in French, ready to be shown to whoever prepares the data
- `readers`: what of it concerns those who only read the results: no file, no column, nothing to do
- `counts`: `rows` read, `ideas` (distinct), `kept` (to analyse), `set_aside` (reason → ideas), `merged` (rows that
  joined another), `without_content` (rows), `holders` (those somebody can name), `nameless`
  (ideas of which only a directorate or a place is known), `links`, `read` (same as `ideas`, for the summary)
- `files`: per table: `file`, `sheet`, `encoding`, `separator`, `header_row` (0: none), `preamble` (rows above it),
  `rows`, `used_as` (ideas, people, links, none), `why` (not used), `columns` (field → headers), `guessed` (fields
  found from the cells), `assumed` (column → the field it was taken for, where it could hold another), `notices` (what
  was left aside, in French), `left_out` (unused column → filled cells, characters), `unused_columns`
- `ignored_files`: names of files that are no table
- `dates`: `first`, `last` (ISO); `statuses`: status → ideas
- `accounting`: per row that was not kept as it was: `table`, `row`, `idea_id`, `action` (gardée, réunie, mise de côté,
  sans contenu), `why`; `unchanged`: table → row numbers kept as they were, as ranges ("2-12, 14")
- `rules`: the sentences that explain the actions
- `problems`: cells that could not be understood: `table`, `row`, `column`, `expected`
- `near_duplicates`: pairs kept and pointed at: `idea_a`, `idea_b`, `score`
- `ids`: sentences about numbers that several ideas have
- `unknown_links`: rows that name a person or an idea that is in no table: `table`, `row`
- `persons`: `doubtful` (count), `doubts` (`person_a`, `person_b`, `why`, `merged`; numbers, no names), `forgotten`,
  `unlikely` (who holds too many ideas, or is of too many directorates, to be one person: `holder_id`, `ideas`,
  `directorates`)
- `boilerplate`: `lines` (count of form lines left out of the analysed text), `seen` (times)
- `masking`: `counts` (kind → spans), `labels` (kind → what is shown instead), `ideas` (touched), `notice` (a sentence
  for readers), `unused_decisions` (those whose piece is gone: `idea_id`, `column`, `decision`), `language_model`
  (whether it was asked), `reference` (how masking does on the labelled sentences of the tests: set → kind → figures as
  in `quality`), `quality` (only with a `pii.csv`: kind → `labelled`, `covered`, `found`, `right`, `recall`,
  `precision`)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pipeline.french import typeset
from pipeline.ingest.columns.mapping import Mapped
from pipeline.ingest.masking.apply import WORDS, Masked
from pipeline.ingest.masking.measure import Quality, reference
from pipeline.ingest.masking.spans import LABELS
from pipeline.ingest.rows.slips import EMPTY, MERGED, Event, Slip
from pipeline.ingest.tables.ideas import RULES, Judged
from pipeline.ingest.tables.people import People
from pipeline.ingest.told.account import CAUTION, for_readers, sentences

NOTICE = typeset(f"{CAUTION} Relisez la liste privée « data/private/masking.csv » avant de diffuser des textes.")

_PLACED = ("accounting", "problems", "unknown_links")
"""Sections whose entries name a row."""
_SAME_TEXT = "même texte que "  # followed by the number of the other idea
_SAME_AS = "même texte qu’une autre"


def build(  # noqa: PLR0913 - each argument is one section's source
    *,
    tables: Sequence[Mapped],
    ignored: Sequence[str],
    judged: Judged,
    people: People,
    forgotten: int,
    masked: Masked,
    lines: Mapping[str, int],
    quality: Mapping[str, Quality],
    model: bool,
) -> dict[str, Any]:
    """Return the report described above.

    Args:
        tables: of the export.
        ignored: names of files that are no table.
        judged: what the rules made of them.
        people: who is who.
        forgotten: people erased on request.
        masked: what was masked.
        lines: form lines left out of the analysed text.
        quality: of the masking, when spans were labelled.
        model: whether the language model was asked.
    """
    sections = {
        "counts": _counts(judged, people),
        "files": [_file(table) for table in tables],
        "ignored_files": sorted(ignored),
        "dates": _dates(judged.rows.slips),
        "statuses": _tally(row.status or "(vide)" for row in judged.rows.slips),
        "accounting": [_event(event) for event in judged.events],
        "unchanged": _unchanged(judged.read, judged.events),
        "rules": [typeset(rule) for rule in RULES],
        "problems": [problem for row in judged.read for problem in _problems(row)],
        "near_duplicates": [pair._asdict() for pair in judged.near],
        "ids": judged.notices,
        "unknown_links": [{"table": link.table, "row": link.number} for link in people.unknown],
        "persons": _persons(people, forgotten),
        "boilerplate": {"lines": len(lines), "seen": sum(lines.values())},
        "masking": _masking(masked, quality, model=model),
    }
    return {"sentences": sentences(sections), "readers": for_readers(sections), **sections}


def by_row(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a report names rows of the export by their number: for whoever prepares it."""
    return {key: report[key] for key in ("sentences", "unchanged", *_PLACED)}


def without_rows(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report without the number of any row: equal for equal rows, whatever their order."""
    kept = {key: value for key, value in report.items() if key not in {"sentences", "unchanged"}}
    return {**kept, **{key: _unplaced(report[key]) for key in _PLACED}}


def _unplaced(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    bare = [{key: value for key, value in entry.items() if key != "row"} for entry in entries]
    return sorted(bare, key=lambda entry: [str(value) for value in entry.values()])


def _problems(row: Slip) -> Iterator[dict[str, Any]]:
    for column, expected in row.problems:
        yield {"table": row.table, "row": row.number, "column": column, "expected": expected}


def _persons(people: People, forgotten: int) -> dict[str, Any]:
    doubts = [{"person_a": d.ref_a, "person_b": d.ref_b, "why": d.why, "merged": d.merged} for d in people.doubts]
    unlikely = [{"holder_id": h, "ideas": ideas, "directorates": places} for h, ideas, places in people.unlikely()]
    return {"doubtful": len(doubts), "doubts": doubts, "forgotten": forgotten, "unlikely": unlikely}


def _counts(judged: Judged, people: People) -> dict[str, Any]:
    actions = Counter(event.action for event in judged.events)
    nameless = sum(person.is_nameless for person in people.holders.values())
    return {
        "rows": len(judged.read),
        "read": len(judged.rows),
        "ideas": len(judged.rows),
        "kept": len(judged.rows) - len(judged.aside),
        "set_aside": _tally(_SAME_AS if why.startswith(_SAME_TEXT) else why for why in judged.aside.values()),
        "merged": actions[MERGED],
        "without_content": actions[EMPTY],
        "holders": len(people.holders) - nameless,
        "nameless": nameless,
        "links": len(people.links),
    }


def _tally(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _file(table: Mapped) -> dict[str, Any]:
    grid = table.grid
    return {
        "file": grid.file,
        "sheet": grid.sheet,
        "encoding": grid.encoding,
        "separator": grid.separator,
        "header_row": grid.header_row,
        "preamble": grid.preamble,
        "rows": grid.count,
        "used_as": table.kind,
        "why": table.why,
        "columns": {field: list(columns) for field, columns in table.fields.items()},
        "guessed": list(table.guessed),
        "assumed": dict(table.assumed) if table.kind == "ideas" else {},
        "notices": [*grid.notices, *table.notices],
        "left_out": {c: list(grid.sizes[c]) for c in table.unused if grid.sizes.get(c, (0, 0))[0]},
        "unused_columns": list(table.unused),
    }


def _dates(rows: Sequence[Slip]) -> dict[str, str]:
    dates = [row.submitted_on for row in rows if row.submitted_on]
    return {"first": min(dates, default=""), "last": max(dates, default="")}


def _event(event: Event) -> dict[str, Any]:
    content = asdict(event)
    content["row"] = content.pop("number")
    return {key: content[key] for key in ("table", "row", "idea_id", "action", "why")}


def _unchanged(rows: Sequence[Slip], events: Sequence[Event]) -> dict[str, str]:
    touched = {(event.table, event.number) for event in events}
    numbers: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if (row.table, row.number) not in touched:
            numbers[row.table].append(row.number)
    return {table: _ranges(sorted(found)) for table, found in sorted(numbers.items())}


def _ranges(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def _masking(masked: Masked, quality: Mapping[str, Quality], *, model: bool) -> dict[str, Any]:
    content: dict[str, Any] = {
        "counts": masked.counts,
        "labels": {kind: LABELS[kind] for kind in masked.counts},
        "ideas": masked.ideas,
        "notice": NOTICE,
        "unused_decisions": [
            {"idea_id": d.idea_id, "column": d.field, "decision": WORDS[d.action]} for d in masked.unused
        ],
        "language_model": model,
        "reference": {
            name: {kind: found.figures() for kind, found in kinds.items()} for name, kinds in reference().items()
        },
    }
    if quality:
        content["quality"] = {kind: found.figures() for kind, found in quality.items()}
    return content
