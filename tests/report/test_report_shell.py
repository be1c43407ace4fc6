"""The stage in a workspace: files written, the same bytes twice, missing figures tolerated."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import MinilabsError
from pipeline.params import Params
from pipeline.shells.report import run
from pipeline.stages import BY_NAME
from pipeline.store import save, write_json
from pipeline.workspace import Workspace
from tests.report.conftest import Tables, sample_quality


def _workspace(root: Path, tables: Tables) -> Workspace:
    workspace = Workspace(root)
    for name, frame in tables.items():
        save(workspace, name, frame)
    return workspace


def _silent(done: int, total: int) -> None:
    assert 0 < done <= total


def test_the_stage_writes_what_it_declares(tmp_path: Path, tables: Tables) -> None:
    """Every declared output is there, and running again changes no byte."""
    workspace = _workspace(tmp_path, tables)
    write_json(workspace.path("reports/metrics/quality.json"), sample_quality())
    figures = run(workspace, Params(), _silent)
    assert figures["thèmes"] == "12"
    assert all(workspace.path(path).exists() for path in BY_NAME["report"].writes)
    before = {p: p.read_bytes() for p in (tmp_path / "reports").rglob("*") if p.is_file()}
    run(workspace, Params(), _silent)
    assert before == {p: p.read_bytes() for p in (tmp_path / "reports").rglob("*") if p.is_file()}


def test_missing_figures_shorten_the_report(tmp_path: Path, tables: Tables) -> None:
    """Without quality figures the report is written and says less."""
    workspace = _workspace(tmp_path, tables)
    run(workspace, Params(), _silent)
    page = workspace.path("reports/rapport.html").read_text(encoding="utf-8")
    assert "Accord avec une lecture humaine" not in page


def test_a_missing_table_names_the_stage_to_run(tmp_path: Path) -> None:
    """In an empty workspace the error says which stage to run, and nothing is written."""
    with pytest.raises(MinilabsError) as caught:
        run(Workspace(tmp_path), Params(), _silent)
    assert caught.value.facts["stage"] == "ingest"
    assert not (tmp_path / "reports").exists()
