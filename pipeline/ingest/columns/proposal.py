"""Understood tables → the lines of `params.yaml` that say which column holds what, for a person to edit."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from pipeline.files.spreadsheet import printable
from pipeline.french import counted, typeset
from pipeline.ingest.cells.fields import FRENCH
from pipeline.ingest.columns.mapping import IGNORE, OPEN, Mapped
from pipeline.params import IngestParams, SourceParams

_LINE = "  files:"


def undecided(params: IngestParams) -> IngestParams:
    """Return the parameters without the columns still marked "?": they are proposed anew."""
    files = {
        name: source.model_copy(update={"columns": {c: f for c, f in source.columns.items() if f != OPEN}})
        for name, source in params.files.items()
    }
    return params.model_copy(update={"files": files})


def propose(tables: Sequence[Mapped], params: IngestParams) -> str:
    """Return the block `files:` of the section `ingest`, a comment saying what each column was taken for.

    Args:
        tables: of the export; those that say nothing of the contest are left out unless nothing else is there.
        params: the `ingest` section: encodings, separators and sheets already decided are repeated.
    """
    used = [table for table in tables if table.kind != "none"] or list(tables)
    lines = [_LINE]
    for file in dict.fromkeys(table.grid.file for table in used):
        own = [table for table in used if table.grid.file == file]
        lines += [f"    {_quoted(file)}:", *(f"      # {_how_read(table)}" for table in own)]
        lines += [*_decided(params.files.get(file, SourceParams())), "      columns:", *_columns(own)]
    return "\n".join(lines) + "\n"


def _decided(source: SourceParams) -> list[str]:
    chosen = {"encoding": source.encoding, "separator": source.separator, "sheet": source.sheet}
    return [f"      {key}: {_quoted(value)}" for key, value in chosen.items() if value] + [
        "      join: true"
    ] * source.join


def insert(text: str, block: str) -> str:
    """Return the text of `params.yaml` with the block `files:` of the section `ingest` replaced, the rest untouched."""
    lines = text.splitlines(keepends=True)
    section = next((i for i, line in enumerate(lines) if re.match(r"ingest:\s*(#.*)?$", line)), None)
    if section is None:
        return text.rstrip("\n") + f"\n\ningest:\n{block}"
    end = next((i for i in range(section + 1, len(lines)) if re.match(r"\S", lines[i])), len(lines))
    start = next((i for i in range(section + 1, end) if lines[i].startswith(_LINE)), None)
    if start is None:
        return "".join([*lines[: section + 1], block, *lines[section + 1 :]])
    after = next((i for i in range(start + 1, end) if not re.match(r"    |\s*$", lines[i])), end)
    return "".join([*lines[:start], block, *lines[after:]])


def _columns(tables: Sequence[Mapped]) -> list[str]:
    seen: dict[str, str] = {}
    for table in tables:
        for column, line in _described(table).items():
            seen.setdefault(column, line)
    return [f"        {_quoted(column)}: {line}" for column, line in seen.items()]


def _described(table: Mapped) -> Mapping[str, str]:
    taken = {column: field for field, columns in table.fields.items() for column in columns}
    asked = {column: question.fields for question in table.questions for column in question.columns}
    described = {}
    for column in table.grid.columns:
        if column in asked:
            choices = ", ".join(f"{field} ({FRENCH[field]})" for field in asked[column])
            described[column] = f"{_quoted(OPEN)}  # à choisir : {choices}, ou {IGNORE}"
        elif column in taken:
            field = taken[column]
            found = _found(table, column, field)
            described[column] = f"{field}  # {FRENCH[field]}{found}"
        else:
            described[column] = f"{IGNORE}  # non reconnue"
    return described


def _found(table: Mapped, column: str, field: str) -> str:
    """Return why a column is taken for a field, and what else it could be."""
    if field == "part" and table.assumed.get(column) == "part" and len(table.fields["part"]) > 1:
        return f", d'après le contenu ; ou idea ({FRENCH['idea']})"
    return ", d'après le contenu" if field in table.guessed or column in table.assumed else ""


def _how_read(table: Mapped) -> str:
    grid = table.grid
    how = (
        f"feuille « {' '.join(printable(grid.sheet).split())} »"
        if grid.sheet
        else f"encodage {grid.encoding}, séparateur {_quoted(grid.separator)}"
    )
    header = f"en-tête ligne {grid.header_row}" if grid.header_row else "sans en-tête"
    return typeset(f"{how}, {header}, {counted(grid.count, 'ligne')}")


def _quoted(value: str) -> str:
    """Return a value in quotes, what no eye sees written as an escape: YAML refuses some of it as it is."""
    written = json.dumps(value, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in written)
