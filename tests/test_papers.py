"""Papers say what is: pages made from the code are up to date; files, links and commands that they name exist."""

from __future__ import annotations

import importlib
import re
import shlex
from functools import reduce
from itertools import takewhile
from pathlib import Path

import pytest
import typer

from pipeline.commands.app import app
from pipeline.params import Params
from pipeline.stages import STAGES
from tests.conftest import ROOT
from tests.test_layers import GRAPH
from tests.way import PAGE, WAY, page

_NOTES = {ROOT / "CHANGELOG.md"}
"""It tells of versions past: what they named may be gone."""
PAPERS = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "notebooks").glob("*.md")} - _NOTES)
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
_PATH = re.compile(r"`((?:pipeline|tests|docs|notebooks|benchmarks)/[\w/.-]*)`")
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_BLOCK = re.compile(r"^(?:# )?```(?:sh|powershell)?\n(.*?)^(?:# )?```", re.DOTALL | re.MULTILINE)
_OURS = ("minilabs", "make", "dvc", "python", "pytest", "ruff", "mypy", "git", "py")
_DVC = {"repro", "pull", "push", "remote", "metrics", "exp", "config"}
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")


def test_the_way_is_the_one_drawn() -> None:
    """The page on the way of an idea is the one that the stages and the list of steps give."""
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("stage", sorted(WAY))
def test_every_step_is_a_function_of_its_stage(stage: str) -> None:
    """Each step exists, and the stage's shell reaches it by imports."""
    reached, todo = set(), [f"pipeline.shells.{stage}"]
    while todo:
        module = todo.pop()
        if module not in reached:
            reached.add(module)
            todo += GRAPH[module]
    for function, _ in WAY[stage]:
        module, _, name = function.partition(":")
        assert module in reached, function
        assert callable(reduce(getattr, name.split("."), importlib.import_module(module))), function


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_what_papers_name_exists(paper: Path) -> None:
    """Paths of the sources and links that a page names lead to a file."""
    text = paper.read_text(encoding="utf-8")
    named = [ROOT / path for path in _PATH.findall(text)] + [paper.parent / link for link in _LINK.findall(text)]
    assert [str(path) for path in named if not path.exists()] == []


def commands(paper: Path) -> list[str]:
    """Return the commands that a page shows, in its lines and in its blocks, as typed."""
    text = paper.read_text(encoding="utf-8")
    blocks = [part for block in _BLOCK.findall(text) for line in block.splitlines() for part in line.split(" ; ")]
    typed = [line.removeprefix("# ").partition(" #")[0].strip() for line in [*_SPAN.findall(text), *blocks]]
    named = [re.sub(r"^\.venv[/\\](?:bin|Scripts)[/\\]", "", line) for line in typed]
    return [line for line in named if " " in line and line.split()[0] in _OURS and "…" not in line]


def unknown(command: str) -> list[str]:
    """Return the words of a command that nothing answers to: options, subcommands, targets, scripts, stages, paths."""
    program, *words = shlex.split(command)
    match program:
        case "minilabs":
            return _unknown_to(typer.main.get_command(app), words)
        case "make":
            targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
            return [word for word in words if word not in targets and "=" not in word]
        case "python" if words[0].endswith(".py"):
            script = ROOT / words[0]
            code = script.read_text(encoding="utf-8") if script.exists() else ""
            return [word for word in words if word.startswith("--") and f'"{word}"' not in code] or [words[0]] * (
                not code
            )
        case "pytest":
            return [word for word in words if "/" in word and not (ROOT / word).exists()]
        case "dvc":
            downstream = words[-1:] if "--downstream" in words else []
            settings = [word.partition("=")[0] for word in words if "=" in word]
            return [
                *({words[0]} - _DVC),
                *(set(downstream) - {stage.name for stage in STAGES}),
                *(name for name in settings if not _is_setting(name)),
            ]
    return []


def _unknown_to(command: object, words: list[str]) -> list[str]:
    inner = getattr(command, "commands", {})
    if inner and words and not words[0].startswith("-"):
        return _unknown_to(inner[words[0]], words[1:]) if words[0] in inner else words[:1]
    options = {"--help", *(name for each in command.params for name in each.opts)}  # type: ignore[attr-defined]
    return [
        word for word in takewhile(lambda word: word != "--", words) if word.startswith("-") and word not in options
    ]


def _is_setting(name: str) -> bool:
    section, _, field = name.partition(".")
    return hasattr(getattr(Params(), section, None), field)


@pytest.mark.parametrize("paper", [*PAPERS, *NOTEBOOKS], ids=lambda paper: paper.name)
def test_commands_that_papers_show_exist(paper: Path) -> None:
    """Each command shown is one that the program, `make`, DVC or a script of ours answers to, with its options."""
    assert {command: lost for command in commands(paper) if (lost := unknown(command))} == {}


def test_commands_are_found_where_papers_show_them() -> None:
    """The pages that teach commands have them, in blocks and in lines: the test above reads something."""
    assert "minilabs reader preview --textes" in commands(ROOT / "notebooks" / "lecteur.md")
    assert "dvc repro --downstream embed" in commands(ROOT / "docs" / "deux_analystes.md")
    assert "make demo" in commands(ROOT / "README.md")
    assert "python benchmarks/reader.py" in commands(ROOT / "docs" / "mesures.md")


@pytest.mark.parametrize(
    "command",
    [
        "minilabs nothing",
        "minilabs run --nothing",
        "minilabs review nothing",
        "make nothing",
        "dvc repro --downstream x",
        "dvc exp run -S a.b=1",
        "python benchmarks/nothing.py",
        "python benchmarks/themes.py D --nothing",
        "pytest tests/nothing",
    ],
)
def test_a_command_that_does_not_exist_is_seen(command: str) -> None:
    """Every kind of command that papers show is refused when something in it does not exist."""
    assert unknown(command)
