"""Loads the files of the export, calls the stage, saves its tables and its report."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import MinilabsError
from pipeline.french import number
from pipeline.ingest import SourceFile, ingest
from pipeline.params import Params
from pipeline.stages import Figures, Progress
from pipeline.store import save, write_json
from pipeline.workspace import Workspace

_REPORT = "data/interim/ingest_report.json"


def run(workspace: Workspace, params: Params, progress: Progress) -> Figures:
    """Read the source and write the ideas, holders, identities, idea_holders tables and the report.

    Raises:
        MinilabsError: `ingest.*`, or from the disk.
    """
    files = source_files(workspace.given(params.ingest.source), params.ingest.source)
    progress(0, 1)
    result = ingest(files, params.ingest)
    save(workspace, "ideas", result.ideas)
    save(workspace, "holders", result.holders)
    save(workspace, "identities", result.identities)
    save(workspace, "idea_holders", result.idea_holders)
    write_json(workspace.path(_REPORT), result.report)
    counts = result.report["counts"]
    return {
        "idées lues": number(counts["read"]),
        "à analyser": number(counts["kept"]),
        "porteurs": number(len(result.holders)),
        "passages masqués": number(sum(result.report["masking"]["counts"].values())),
    }


def source_files(path: Path, name: str) -> list[SourceFile]:
    """Return the files of a folder (hidden ones left out), or the one file.

    Args:
        path: of the source.
        name: as in `params.yaml`, for errors.

    Raises:
        MinilabsError: `ingest.no_source`, `ingest.unreadable`.
    """
    if not path.exists():
        raise MinilabsError("ingest.no_source", path=name)
    found = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    shown = [p for p in found if not any(part.startswith((".", "~")) for part in p.relative_to(path).parts)]
    try:
        return [
            SourceFile(p.name if p == path else p.relative_to(path).as_posix(), p.read_bytes()) for p in shown or found
        ]
    except OSError as why:
        raise MinilabsError("ingest.unreadable", path=name) from why
