"""The house stands on its base: who imports whom runs one way, from commands down to the base, on few floors."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from pipeline.stages import STAGES
from tests.conftest import ROOT

FLOORS = 7
STAGE_NAMES = {stage.name for stage in STAGES} | {"reader"}
ABOVE = ("life", "shells", "notebook", "commands", "cli")
"""What stands above the stages, lowest first; `life` is made of what several stages read and write."""
SHARED = {"errors", "files", "french", "french_model", "identifiers", "pace", "params", "recalled", "schema", "words"}
"""What a stage knows of the base: what is pure. What runs, stores and finds paths is for shells."""


def _module(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")


PATHS = {_module(path): path for path in sorted((ROOT / "pipeline").rglob("*.py"))}


def _imports(module: str) -> Iterator[str]:
    """Yield the modules of this project that a module imports, at any depth of its code."""
    for node in ast.walk(ast.parse(PATHS[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            full = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in PATHS else node.module for name in full if node.module.startswith("pipeline"))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in PATHS)


GRAPH = {module: set(_imports(module)) - {module, "pipeline"} for module in PATHS}


def _room(module: str) -> str:
    """Return the part of the house where a module is: a stage, a layer above, or the base."""
    top = [*module.split("."), "base"][1]
    return {"__main__": "cli"}.get(top, top if top in {*STAGE_NAMES, *ABOVE} else "base")


def _between(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    rooms: dict[str, set[str]] = {}
    for module, others in graph.items():
        rooms.setdefault(_room(module), set()).update(_room(other) for other in others if _room(other) != _room(module))
    return rooms


def _floor(name: str, graph: Mapping[str, set[str]], above: tuple[str, ...] = ()) -> int:
    """Return on which floor a part stands: one above the highest that it imports."""
    assert name not in above, "a cycle: " + " → ".join((*above[above.index(name) :], name))
    return 1 + max((_floor(other, graph, (*above, name)) for other in graph.get(name, ())), default=0)


def test_no_cycle_and_few_floors() -> None:
    """From the commands down to the base there is no way back up, and no more than seven floors."""
    rooms = _between(GRAPH)
    assert max(_floor(room, rooms) for room in rooms) <= FLOORS
    assert rooms["base"] == set()


def test_the_base_is_few_floors_high() -> None:
    """Counted file by file, the base has no more floors than the house: none of its files leans on a long chain."""
    base = {module: {other for other in others if _room(other) == "base"} for module, others in GRAPH.items()}
    base = {module: others for module, others in base.items() if _room(module) == "base"}
    assert max(_floor(module, base) for module in base) <= FLOORS


def test_imports_run_down() -> None:
    """Each layer imports only lower ones: base, stages, life, shells, notebook, commands."""
    order = {"base": 0, **dict.fromkeys(STAGE_NAMES, 1), **{name: 2 + rank for rank, name in enumerate(ABOVE)}}
    upward = {(a, b) for a, others in _between(GRAPH).items() for b in others if order[b] >= order[a]}
    assert upward == set()


@pytest.mark.parametrize("stage", sorted(STAGE_NAMES))
def test_a_stage_knows_itself_and_what_is_pure(stage: str) -> None:
    """No stage imports another, nor what runs the chain, stores files or knows paths."""
    inside = [module for module in GRAPH if _room(module) == stage]
    known = {other.split(".")[1] for module in inside for other in GRAPH[module]}
    assert known - SHARED - {stage} == set()


@pytest.mark.parametrize("package", sorted(name for name in PATHS if PATHS[name].name == "__init__.py"))
def test_rooms_of_a_package_have_an_order(package: str) -> None:
    """Among the rooms and files of each package arrows run one way: a reader can start at the top or at the bottom."""
    size = package.count(".") + 1
    inside: dict[str, set[str]] = {}
    for module, others in GRAPH.items():
        if module.startswith(f"{package}."):
            own = ".".join(module.split(".")[: size + 1])
            seen = {".".join(other.split(".")[: size + 1]) for other in others if other.startswith(f"{package}.")}
            inside.setdefault(own, set()).update(seen - {own})
    assert all(_floor(name, inside) > 0 for name in inside)
