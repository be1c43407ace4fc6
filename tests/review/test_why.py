"""`minilabs why`: what the tables say of one idea, in a few lines anyone reads."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import MinilabsError
from pipeline.params import Params
from pipeline.schema import HIERARCHY
from pipeline.shells.deciding.why import told
from pipeline.shells.review import run
from pipeline.store import save
from pipeline.workspace import Workspace
from tests.review.test_stage import fill


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace whose themes are in a family, the first one divided, after an empty review."""
    made = fill(Workspace(tmp_path))
    first = [f"I{n:02d}" for n in range(1, 5)]
    rest = [f"I{n:02d}" for n in range(5, 12)]
    rows: list[tuple[object, ...]] = [
        ("F1", "family", None, "Tout", [], 11, first + rest),
        ("T01", "theme", "F1", "Titre de T01", [], 4, first),
        ("T02", "theme", "F1", "Titre de T02", [], 4, rest[:4]),
        ("T03", "theme", "F1", "Titre de T03", [], 3, rest[4:]),
        ("T02.1", "sub_theme", "T02", "Une part", [], 4, rest[:4]),
        ("T01.1", "sub_theme", "T02", "Une autre", [], 3, rest[4:]),
    ]
    save(made, "candidate_hierarchy", pd.DataFrame(rows, columns=HIERARCHY.arrow.names), "hierarchy")
    run(made, Params(), lambda _done, _total: None)
    return made


def test_a_placed_idea_tells_theme_family_and_reason(workspace: Workspace) -> None:
    """Number, theme with how firmly, family, reason, and the second theme when there is one."""
    lines = told(workspace, "I02")
    assert lines[0].startswith("I02")
    assert any("Titre de T01" in line and "80" in line for line in lines)
    assert any(line.endswith("Tout.") for line in lines)
    assert any("Proche de T01" in line for line in lines)
    assert any("Touche aussi" in line and "Titre de T02" in line for line in lines)


def test_a_weak_signal_says_so(workspace: Workspace) -> None:
    """An idea that no theme holds is told with the nearest one, and no family."""
    lines = told(workspace, "I12")
    assert any("Signal faible" in line and "Titre de T03" in line for line in lines)
    assert not any("Famille" in line for line in lines)


def test_case_and_accents_do_not_matter(workspace: Workspace) -> None:
    """The number can be typed in small letters."""
    assert told(workspace, "i02") == told(workspace, "I02")


def test_an_unknown_number_says_which_exist(workspace: Workspace) -> None:
    """A number that no analysed idea has gives the range."""
    with pytest.raises(MinilabsError) as error:
        told(workspace, "X")
    assert error.value.code == "review.unknown_idea"
    assert error.value.facts["last"] == "I12"
