"""Evaluate: tables and a person's coding → `quality.json`, and the figures by theme that `dvc plots` shows."""

from __future__ import annotations

from pipeline.evaluate import evaluate
from pipeline.evaluate.coding import COLUMNS, read_coding
from pipeline.french import number, percent
from pipeline.params import Params
from pipeline.stages import Figures, Progress
from pipeline.store import csv_bytes, load, write_csv, write_json
from pipeline.workspace import Workspace

_TABLES = {"ideas": "ingest", "themes": "review", "idea_themes": "review", "labs": "assign", "assignments": "assign"}


def run(workspace: Workspace, params: Params, progress: Progress) -> Figures:
    """Write `reports/metrics/quality.json` and `themes.csv`; return what the summary shows."""
    progress(0, 1)
    tables = {name: load(workspace, name, stage=stage) for name, stage in _TABLES.items()}
    path = workspace.given(params.evaluate.coding)
    content = path.read_bytes() if path.is_file() else csv_bytes([COLUMNS])
    coding = read_coding(content, params.evaluate.coding, set(tables["ideas"]["idea_id"]))
    quality = evaluate(tables, coding, params.evaluate.outside)
    write_json(workspace.path("reports/metrics/quality.json"), quality)
    shown = tables["themes"][["theme_id", "label", "kind", "size", "stability", "transversality"]]
    write_csv(workspace.path("reports/metrics/themes.csv"), shown.sort_values("size", ascending=False, kind="stable"))
    progress(1, 1)
    return _said(quality)


def _said(quality: dict[str, object]) -> Figures:
    said: Figures = {}
    stability, agreed = quality["stability_mean"], quality["agreement"]
    if isinstance(stability, float):
        said["stabilité moyenne"] = percent(stability)
    if isinstance(agreed, dict):
        said["accord avec le codage (AMI)"] = number(agreed["ami"], 2)
        said["idées dans le bon thème"] = percent(agreed["accuracy"])
    return said
