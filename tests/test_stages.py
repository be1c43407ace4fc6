"""The declared chain is the real one: what DVC is told is what the code imports, reads and writes."""

from __future__ import annotations

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

from pipeline.initialise import render_dvc
from pipeline.params import Params
from pipeline.stages import BASE, STAGES, Stage
from pipeline.workspace import table_path
from tests.conftest import ROOT


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
    return {path for path in found if _does_something(path)} - {ROOT / "pipeline" / "__init__.py"}


def _does_something(path: Path) -> bool:
    """Return whether a file holds more than a docstring, as the face of a room may: without, it shapes nothing."""
    return len(ast.parse(path.read_text(encoding="utf-8")).body) > 1


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


_SHAPES_NOTHING = {
    "dask": "who makes a part, not what it is",
    "distributed": "who makes a part, not what it is",
    "filelock": "who writes when",
    "httpx2": "of the second reader's command alone",
    "markupsafe": "text as it is",
    "openai": "of the second reader's command alone",
    "pydantic": "values checked, not made",
    "pyyaml": "values read, which are in the key",
    "sentence-transformers": "told by the encoder in use",
}
"""Distributions that a stage may import and that change no result, and why."""


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_declared_libraries_are_imported_libraries(stage: Stage) -> None:
    """A stage's key holds the version of every library that it imports and that shapes its result."""
    of = packages_distributions()
    modules = {name for path in _reached(ROOT / f"pipeline/shells/{stage.name}.py") for name in _outside(ROOT / path)}
    imported = {distribution.lower() for name in modules for distribution in of.get(name, [name])}
    declared = {library.lower().replace("-", "_") for library in stage.shaped_by(Params())}
    assert {name.replace("-", "_") for name in imported - set(_SHAPES_NOTHING)} - declared == set()


def _outside(path: Path) -> set[str]:
    """Return the modules at the root that a file imports, the project's and the standard ones apart."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found |= {name.partition(".")[0] for name in names}
    return found - sys.stdlib_module_names - {"pipeline", ""}


def test_dvc_yaml_is_rendered_from_the_stages() -> None:
    """The committed dvc.yaml is the one the stages give."""
    assert (ROOT / "dvc.yaml").read_text(encoding="utf-8") == render_dvc(with_code=True)


def test_dvc_dependencies_exist() -> None:
    """Every file of code that dvc.yaml names is there."""
    content = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))
    code = {d for stage in content["stages"].values() for d in stage.get("deps", ()) if d.startswith("pipeline/")}
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
