"""The declared chain is the real one: what DVC is told is what the code imports, reads and writes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import yaml

from pipeline.initialise import render_dvc
from pipeline.params import Params
from pipeline.stages import BASE, STAGES, Stage
from pipeline.workspace import table_path
from tests.conftest import ROOT

STAGE_NAMES = {stage.name for stage in STAGES}


def _imports(path: Path) -> set[Path]:
    """Return the files of this project that `path` imports, at any depth of its code."""
    found: set[Path] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            base = ROOT / name.replace(".", "/")
            found |= {p for p in (base.with_suffix(".py"), base / "__init__.py") if p.is_file()}
    return found - {ROOT / "pipeline" / "__init__.py"}


def _reached(start: Path) -> set[str]:
    todo, seen = [start], set()
    while todo:
        path = todo.pop()
        if path not in seen:
            seen.add(path)
            todo += _imports(path)
    return {path.relative_to(ROOT).as_posix() for path in seen}


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_declared_code_is_imported_code(stage: Stage) -> None:
    """A stage's `deps` hold every file it really imports, and no shared file that it does not."""
    reached = _reached(ROOT / f"pipeline/shells/{stage.name}.py") - {"pipeline/shells/__init__.py"}
    covered = {path for path in reached if any(path == s or path.startswith(f"{s}/") for s in stage.sources)}
    assert reached - covered == set()
    used = {code for code in stage.code if any(path == code or path.startswith(f"{code}/") for path in reached)}
    assert set(stage.code) - set(BASE) - used == set()


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_no_stage_imports_another(stage: Stage) -> None:
    """A stage knows the base and itself only."""
    folder = ROOT / "pipeline" / stage.name
    for path in sorted(folder.rglob("*.py")):
        others = {p.relative_to(ROOT / "pipeline").parts[0].removesuffix(".py") for p in _imports(path)}
        assert others & (STAGE_NAMES - {stage.name}) == set(), path.name
        assert others & {"shells", "commands", "notebook", "run", "cli"} == set(), path.name


def test_dvc_yaml_is_rendered_from_the_stages() -> None:
    """The committed dvc.yaml is the one the stages give."""
    assert (ROOT / "dvc.yaml").read_text(encoding="utf-8") == render_dvc(with_code=True)


def test_dvc_dependencies_exist() -> None:
    """Every file of code that dvc.yaml names is there."""
    content = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))
    code = {d for stage in content["stages"].values() for d in stage["deps"] if d.startswith("pipeline/")}
    assert [path for path in sorted(code) if not (ROOT / path).exists()] == []


def test_tables_flow_forward() -> None:
    """A stage reads only tables that an earlier stage made, and no table is made twice."""
    made: list[str] = []
    for stage in STAGES:
        assert set(stage.tables) <= set(made), stage.name
        made += stage.makes
    assert len(made) == len(set(made))


def test_identities_are_not_cached_by_dvc() -> None:
    """DVC keeps no copy of the identities file nor of the reports."""
    content = yaml.safe_load(render_dvc(with_code=False))
    for stage in content["stages"].values():
        for out in stage["outs"]:
            name = out if isinstance(out, str) else next(iter(out))
            if name.startswith(("data/private/", "reports/")):
                assert out == {name: {"cache": False}}


def test_named_files_follow_the_parameters() -> None:
    """A file named in params.yaml is read where the parameters say."""
    params = Params.model_validate({"ingest": {"source": "data/sample"}})
    assert STAGES[0].reads(params)[0] == "data/sample"
    assert table_path("identities").startswith("data/private/")
