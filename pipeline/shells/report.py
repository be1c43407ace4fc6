"""Report: tables and figures of the chain → the overall report as HTML and PDF, and the public exports."""

from __future__ import annotations

from typing import Any

from pipeline.french import number
from pipeline.params import Params
from pipeline.report import build
from pipeline.report.exports import exports
from pipeline.report.html import overall as html_page
from pipeline.report.pdf import overall as pdf_file
from pipeline.stages import Figures, Progress
from pipeline.store import load, read_json, write_bytes, write_csv, write_json, write_text
from pipeline.workspace import Workspace

_TABLES = {
    "ideas": "ingest", "holders": "ingest", "idea_holders": "ingest", "themes": "review", "idea_themes": "review",
    "map": "cluster", "near_duplicates": "cluster", "conflicts": "review", "labs": "assign", "assignments": "assign",
    "waiting_list": "assign",
}  # fmt: skip
_STEPS = 4


def run(workspace: Workspace, params: Params, progress: Progress) -> Figures:
    """Write `reports/rapport.html`, `reports/rapport.pdf` and `reports/export/`; return what the summary shows."""
    tables = {name: load(workspace, name, stage=stage) for name, stage in _TABLES.items()}
    quality = _json(workspace, "reports/metrics/quality.json")
    ingest = _json(workspace, "data/interim/ingest_report.json")
    report = build(tables, params.report, quality=quality, ingest=ingest)
    progress(1, _STEPS)
    page = html_page(report)
    progress(2, _STEPS)
    printed = pdf_file(report)
    progress(3, _STEPS)
    for name, frame in exports(tables).items():
        write_csv(workspace.path(f"reports/export/{name}.csv"), frame)
    write_json(workspace.path("reports/export/quality.json"), quality)
    write_text(workspace.path("reports/rapport.html"), page)
    write_bytes(workspace.path("reports/rapport.pdf"), printed)
    progress(_STEPS, _STEPS)
    return {"thèmes": number(len(report.themes)), "idées": number(len(report.ideas))}


def _json(workspace: Workspace, path: str) -> dict[str, Any]:
    """Return a file of figures; empty when the stage before has not written it (the report says less)."""
    file = workspace.path(path)
    content = read_json(file) if file.is_file() else {}
    return content if isinstance(content, dict) else {}
