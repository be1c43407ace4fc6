"""Progress from one review to the next: noted, compared, said."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import MinilabsError
from pipeline.params import Params
from pipeline.report.facts.progress import progress, read_progress
from pipeline.report.facts.tallies import Count
from pipeline.shells.report import note_review
from pipeline.store import save
from pipeline.workspace import Workspace
from tests.report.conftest import Tables


def test_what_changed_is_said() -> None:
    """The sentence names the last review and each step that moved, up or down."""
    noted = read_progress(b"date,step,count\n2019-12-01,A,1\n2020-01-01,A,10\n2020-01-01,B,7\n2020-01-01,C,3\n", "x")
    said = progress(noted, [Count("A", 15), Count("B", 7), Count("C", 2)])
    assert said == "Depuis le bilan du 1er\u00a0janvier 2020\u202f: a, 5 de plus et c, 1 de moins."


def test_nothing_noted_says_nothing() -> None:
    """Without a former review there is nothing to compare."""
    assert progress(read_progress(b"", "x"), [Count("A", 1)]) == ""


def test_wrong_lines_are_told() -> None:
    """A line that is no date, step and number is an error with its line."""
    with pytest.raises(MinilabsError) as caught:
        read_progress(b"date,step,count\nhier,A,1\n", "progress.csv")
    assert caught.value.facts["line"] == 2


def test_a_review_is_noted_once_a_day(tmp_path: Path, tables: Tables) -> None:
    """Noting twice on one day keeps one set of figures; an impossible date is refused."""
    workspace = Workspace(tmp_path)
    for name, frame in tables.items():
        save(workspace, "agents" if name == "holders" else name, frame)
    assert note_review(workspace, Params(), "2020-02-01") == note_review(workspace, Params(), "2020-02-01") == 4
    assert len(workspace.path("data/review/progress.csv").read_text(encoding="utf-8").splitlines()) == 5
    with pytest.raises(MinilabsError, match=r"report\.day"):
        note_review(workspace, Params(), "demain")
