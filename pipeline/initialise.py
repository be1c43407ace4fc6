"""Making an empty workspace: the folder and its small files, from declarations elsewhere."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import yaml

from pipeline.errors import MinilabsError
from pipeline.params import render
from pipeline.stages import STAGES, Stage
from pipeline.store import csv_bytes, write_bytes, write_text
from pipeline.workspace import table_path

HEADERS = {
    "data/review/decisions.csv": ["seq", "when", "who", "action", "target", "value", "reason"],
    "data/review/theme_ids.csv": ["theme_id", "label", "idea_id"],
    "data/review/coding.csv": ["idea_id", "theme", "theme_secondary"],
    "data/review/masking.csv": ["idea_id", "field", "start", "end", "decision", "kind"],
    "data/review/persons.csv": ["person_a", "person_b", "decision"],
    "data/review/forgotten.csv": ["holder_id", "forgotten_on"],
}
"""Files a person fills in, made with their header only."""

_GITIGNORE = """\
# Données personnelles et résultats : hors de git.
/data/raw/
/data/interim/
/data/private/
/.minilabs/
/reports/*
!/reports/metrics/
"""
_DVC_CONFIG = "[core]\n    analytics = false\n    no_scm = true\n"


def initialise(folder: Path) -> None:
    """Write the files of an empty workspace in `folder`, made when it does not exist.

    Raises:
        MinilabsError: `init.not_empty`, `base.disk`.
    """
    if folder.exists():
        found = (
            sorted(p.name for p in folder.iterdir() if not p.name.startswith(".")) if folder.is_dir() else [folder.name]
        )
        if found:
            raise MinilabsError("init.not_empty", path=folder, found=found[0])
    for path, header in HEADERS.items():
        write_bytes(folder / path, csv_bytes([header]))
    glossary = files("pipeline.ingest").joinpath("glossary.csv").read_bytes()
    write_bytes(folder / "data/review/glossary.csv", glossary)
    write_text(folder / "data/raw/LISEZMOI.txt", "Déposez ici l’export du concours (CSV, Excel ou LibreOffice).\n")
    write_text(folder / ".gitignore", _GITIGNORE)
    write_text(folder / ".dvc/config", _DVC_CONFIG)
    write_text(folder / "dvc.yaml", render_dvc(with_code=False))
    write_text(folder / "params.yaml", render())


def render_dvc(*, with_code: bool) -> str:
    """Return `dvc.yaml`: the stages as DVC reads them.

    Args:
        with_code: list the source files too (in the repository); elsewhere the program is installed, not in the folder.
    """
    header = "# Écrit d'après pipeline/stages.py ; un test vérifie qu'il lui correspond.\n"
    content = {
        "stages": {stage.name: _dvc_stage(stage, with_code=with_code) for stage in STAGES},
        "metrics": ["reports/metrics/quality.json"],
        "plots": [
            {
                "reports/metrics/themes.csv": {
                    "x": "size",
                    "y": "label",
                    "template": "bar_horizontal",
                    "title": "Idées par thème",
                }
            }
        ],
    }
    return header + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def _dvc_stage(stage: Stage, *, with_code: bool) -> dict[str, object]:
    sources = stage.sources if with_code else []
    uncached = [p for p in stage.writes if p.startswith(("data/private/", "reports/"))]
    return {
        "desc": stage.title,
        "cmd": f"minilabs {stage.name}",
        "params": stage.keys,
        "deps": sorted([*(table_path(t) for t in stage.tables), *stage.files, *sources]),
        "outs": [{p: {"cache": False}} if p in uncached else p for p in sorted(stage.writes)],
    }
