"""Evaluate: tables and people's codings → figures of quality and by theme, agreement of coders, the intruder test."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pipeline.errors import MinilabsError
from pipeline.evaluate import evaluate, headlines, told
from pipeline.evaluate.coders import compare_coders
from pipeline.evaluate.coding import COLUMNS, read_coding
from pipeline.evaluate.intruders import COLUMNS as SHEET
from pipeline.evaluate.intruders import questions, read_answers, score
from pipeline.files.csv_file import csv_bytes
from pipeline.files.given_file import content_of
from pipeline.french import counted, number, percent, typeset
from pipeline.pace import Progress
from pipeline.params import Params
from pipeline.shells.together import load_together
from pipeline.stages import DETAILS, Figures
from pipeline.store import load, read_json, write_bytes, write_csv, write_json
from pipeline.workspace import Workspace

_TABLES = {
    "ideas": "ingest",
    "readings": "cluster",
    "themes": "review",
    "idea_themes": "review",
    "labs": "assign",
    "assignments": "assign",
}
_TEXTS = {name: _TABLES[name] for name in ("ideas", "themes", "idea_themes")}


def run(workspace: Workspace, params: Params, progress: Progress) -> Figures:
    """Write all figures, the headlines of `reports/metrics/quality.json` and `themes.csv`; return the summary's."""
    progress(0, 1)
    tables = load_together(workspace, _TABLES)
    coding = _coding(workspace, params, tables["ideas"])
    quality = evaluate(tables, coding, params.evaluate.outside)
    report = workspace.path("data/interim/ingest_report.json")
    masking = read_json(report)["masking"] if report.is_file() else {}
    quality["masking"], quality["masking_reference"] = masking.get("quality"), masking.get("reference")
    if params.review.model:
        quality["former_contest"] = params.review.model
    write_json(workspace.path(DETAILS), quality)
    write_json(workspace.path("reports/metrics/quality.json"), headlines(quality))
    shown = tables["themes"][["theme_id", "label", "kind", "size", "stability", "transversality"]]
    write_csv(workspace.path("reports/metrics/themes.csv"), shown.sort_values("size", ascending=False, kind="stable"))
    progress(1, 1)
    return _said(quality)


def compare_with(folder: Path, path: Path) -> list[str]:
    """Return what to tell of a second person's coding, beside the first one's or, without, beside the themes.

    Raises:
        MinilabsError: the file is missing or wrong.
    """
    workspace = Workspace(folder)
    params = workspace.params()
    ideas = load(workspace, "ideas", stage="ingest")
    if not path.is_file():
        raise MinilabsError("evaluate.no_file", path=path)
    second = read_coding(content_of(path, path.name), path.name, set(ideas["idea_id"])).set_index("idea_id")["theme"]
    first = _coding(workspace, params, ideas).set_index("idea_id")["theme"]
    beside = "le premier codage"
    if first.empty:
        first = load(workspace, "idea_themes", stage="review").set_index("idea_id")["theme_id"]
        beside = "les thèmes proposés"
    result = compare_coders(first, second)
    if result is None:
        return [f"Aucune idée n’est à la fois dans {beside} et dans le second codage."]
    return told.coders(result, beside, _labels(workspace), dict(zip(ideas["idea_id"], ideas["title"], strict=True)))


def _labels(workspace: Workspace) -> dict[str, str]:
    themes = load(workspace, "themes", stage="review")
    return dict(zip(themes["theme_id"], themes["label"], strict=True))


def ask_intruders(folder: Path, path: Path) -> list[str]:
    """Write the sheet of the intruder test at `path`; return what to tell.

    Raises:
        MinilabsError: a table is missing, or the disk refuses.
    """
    sheet = _sheet(folder)
    rows = csv_bytes([SHEET, *sheet[list(SHEET)].itertuples(index=False)], separator=";")
    write_bytes(path, b"\xef\xbb\xbf" + rows)
    return [
        typeset(f"{counted(len(sheet), 'question')} dans « {path} »."),
        "Pour chacune, lisez le titre et les expressions, puis notez dans « reponse » l’idée qui en fait partie.",
        "Relancez ensuite la même commande pour le résultat.",
    ]


def score_intruders(folder: Path, path: Path) -> list[str]:
    """Return what the filled sheet at `path` says.

    Raises:
        MinilabsError: a table is missing, or the sheet is not the one of these themes.
    """
    answers = read_answers(content_of(path, path.name), path.name)
    return told.score(score(_sheet(folder), answers, path.name), _labels(Workspace(folder)))


def _sheet(folder: Path) -> pd.DataFrame:
    workspace = Workspace(folder)
    return questions(load_together(workspace, _TEXTS), workspace.params().seed)


def _coding(workspace: Workspace, params: Params, ideas: pd.DataFrame) -> pd.DataFrame:
    path = workspace.given(params.evaluate.coding)
    content = content_of(path, params.evaluate.coding) if path.exists() else csv_bytes([COLUMNS])
    return read_coding(content, params.evaluate.coding, set(ideas["idea_id"]))


def _said(quality: dict[str, object]) -> Figures:
    said: Figures = {}
    stability, agreed = quality["stability_mean"], quality["agreement"]
    if isinstance(stability, float):
        said["stabilité moyenne"] = percent(stability)
    if isinstance(agreed, dict):
        said["accord avec le codage (AMI)"] = number(agreed["ami"], 2)
        said["idées dans le bon thème"] = percent(agreed["accuracy"])
    return said
