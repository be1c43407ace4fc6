"""`minilabs init`: an empty workspace that the chain and DVC understand."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pipeline.cluster.grille import read_grille
from pipeline.errors import MinilabsError
from pipeline.initialise import EXAMPLES, HEADERS, initialise
from pipeline.messages import sentence
from pipeline.params import LIST, ClusterParams, Params
from pipeline.workspace import Workspace


def test_a_new_workspace(tmp_path: Path) -> None:
    """The folder holds the parameters of a staff contest, its list, DVC's file, and the tables that people fill in."""
    initialise(tmp_path / "concours")
    workspace = Workspace(tmp_path / "concours")
    assert workspace.params() == Params(cluster=ClusterParams(grille=LIST))
    assert read_grille(workspace.path(LIST).read_bytes(), LIST)
    assert "analytics = false" in workspace.path(".dvc/config").read_text(encoding="utf-8")
    for path, header in HEADERS.items():
        written = workspace.path(path).read_text(encoding="utf-8").splitlines()
        assert written[0] == ",".join(f'"{c}"' for c in header)
        assert [line.startswith('"# exemple : ') for line in written[1:]] == [True] * (path in EXAMPLES)


def test_a_contest_of_citizens_starts_from_no_list(tmp_path: Path) -> None:
    """The parameters are the defaults; the list is there all the same, for who wants it later."""
    initialise(tmp_path / "concours", staff=False)
    workspace = Workspace(tmp_path / "concours")
    assert workspace.params() == Params()
    assert workspace.path(LIST).is_file()


def test_git_takes_nothing_that_names_people(tmp_path: Path) -> None:
    """After `git init`, `git add --all` leaves out the export, the tables, private lists, reports, and DVC's copies."""
    initialise(tmp_path)
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    for place in ("data/raw", "data/interim", "data/private", ".dvc/cache/files", ".dvc/tmp", ".minilabs", "reports"):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / place / "noms").write_text("Léa Roy", encoding="utf-8")
    subprocess.run([*git, "add", "--all"], check=True)
    kept = subprocess.run([*git, "ls-files"], check=True, capture_output=True, text=True).stdout.splitlines()
    assert "data/review/decisions.csv" in kept
    assert [path for path in kept if path.endswith("noms")] == []


def test_an_existing_folder_is_left_alone(tmp_path: Path) -> None:
    """A folder that holds something is refused, and nothing is written in it."""
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(MinilabsError) as caught:
        initialise(tmp_path)
    assert "notes.txt" in sentence(caught.value)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]
