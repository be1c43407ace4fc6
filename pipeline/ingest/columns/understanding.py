"""Files of the export → tables whose columns are understood, every obstacle named at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from pipeline.errors import MinilabsError, SeveralErrors, raise_all
from pipeline.identifiers import slug
from pipeline.ingest.columns.mapping import Mapped, choose, map_columns
from pipeline.ingest.columns.relations import set_comments_apart
from pipeline.ingest.reading.archive import is_archive, members
from pipeline.ingest.reading.grid import Grid, SourceFile
from pipeline.ingest.reading.grids import is_table, read_grids
from pipeline.params import IngestParams, SourceParams


def understood(files: Sequence[SourceFile], params: IngestParams) -> list[Mapped]:
    """Return the tables of an export in the order of file names, those that say nothing of the contest set aside.

    Args:
        files: of the source.
        params: the `ingest` section.

    Raises:
        MinilabsError: `ingest.no_file`, `ingest.unknown_file`, and what cannot be read or understood, all at once.
    """
    given, errors = unpacked(files)
    readable = {file.name: file for file in sorted(given, key=lambda file: file.name) if is_table(file.name)}
    if not readable and not errors:
        found = ", ".join(sorted(f.name for f in given)) or "rien"
        raise MinilabsError("ingest.no_file", path=params.source, found=found)
    left = {name: decided for name, decided in params.files.items() if name not in readable}
    tables, failed = _each(readable.values(), params.files, left)
    unknown = _not_adopted(left, tables)
    lost = [MinilabsError("ingest.unknown_file", file=name, found=", ".join(readable)) for name in unknown]
    raise_all([*errors, *failed, *lost])
    return set_comments_apart(choose(tables), params.files)


def _each(
    files: Iterable[SourceFile], known: Mapping[str, SourceParams], left: Container[str]
) -> tuple[list[Mapped], list[MinilabsError]]:
    """Return the tables of all files, and what hinders the reading of some."""
    tables: list[Mapped] = []
    errors: list[MinilabsError] = []
    for file in files:
        try:
            tables += understood_file(file, known.get(file.name) or _of_same_shape(file, known, left))
        except SeveralErrors as several:
            errors += several.errors
        except MinilabsError as error:
            errors.append(error)
    return tables, errors


def _not_adopted(left: Mapping[str, SourceParams], tables: Iterable[Mapped]) -> list[str]:
    """Return the files that are decided about and not there, those apart whose columns another file has."""
    shapes = [set(table.grid.columns) for table in tables]
    return [n for n, said in left.items() if not said.columns or not any(said.columns.keys() <= s for s in shapes)]


def _of_same_shape(file: SourceFile, known: Mapping[str, SourceParams], left: Container[str]) -> SourceParams:
    """Return what the user decided about another file with the same columns: next month's export is not asked again.

    All its columns decide, or those that are named when the file they were decided for is no longer there.
    """
    for name, decided in sorted(known.items()):
        if decided.columns:
            alike = decided.model_copy(update={"sheet": None})
            try:
                shapes = [set(grid.columns) for grid in read_grids(file, alike)]
            except MinilabsError:
                continue
            named = decided.columns.keys()
            if any(named == shape or (name in left and named <= shape) for shape in shapes):
                return alike
    return SourceParams()


def source_names(tables: Sequence[Mapped]) -> dict[str, str]:
    """Return table → what people call it in short: the sheet of a workbook with several, else the file."""
    ideas = [table.grid for table in tables if table.kind == "ideas"]
    sheets = Counter(grid.file for grid in ideas)
    short = {g.name: g.sheet if g.sheet and sheets[g.file] > 1 else PurePosixPath(g.file).stem for g in ideas}
    twice = Counter(map(slug, short.values()))
    whole = {g.name: f"{PurePosixPath(g.file).stem} {g.sheet}".strip() for g in ideas}
    return {name: whole[name] if twice[slug(said)] > 1 else said for name, said in short.items()}


def unpacked(files: Sequence[SourceFile]) -> tuple[list[SourceFile], list[MinilabsError]]:
    """Return the files with those of archives in their place, and what cannot be opened."""
    found: list[SourceFile] = []
    errors: list[MinilabsError] = []
    for file in files:
        try:
            found += members(file) if is_archive(file.name) else [file]
        except MinilabsError as error:
            errors.append(error)
    return found, errors


def understood_file(file: SourceFile, decided: SourceParams) -> list[Mapped]:
    """Return the tables of one file.

    Raises:
        MinilabsError: what cannot be read or understood.
    """
    grids = read_grids(file, decided)
    found = {column for grid in grids for column in grid.columns}
    missing = [column for column in decided.columns if column not in found]
    raise_all(
        [MinilabsError("ingest.column", file=file.name, column=c, found=", ".join(sorted(found))) for c in missing]
    )
    return [map_columns(grid, _here(grid, decided)) for grid in grids]


def _here(grid: Grid, decided: SourceParams) -> dict[str, str]:
    """Return the decisions about columns that this table has (another sheet may have the others)."""
    return {column: field for column, field in decided.columns.items() if column in grid.columns}
