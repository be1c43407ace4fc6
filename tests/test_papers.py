"""Papers say what is: pages made from the code are up to date, what they name exists, links lead somewhere."""

from __future__ import annotations

import importlib
import re
from functools import reduce
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_layers import GRAPH
from tests.way import PAGE, WAY, page

PAPERS = sorted([ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
_PATH = re.compile(r"`((?:pipeline|tests|docs|notebooks|benchmarks)/[\w/.-]*)`")
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
