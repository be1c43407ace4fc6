"""Two analysts, two clones and a folder that DVC shares: decisions meet, names never leave the first one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import yaml

from pipeline.review.replaying.decisions import Decision
from pipeline.shells.deciding.decisions_file import load_decisions, record
from pipeline.shells.deciding.sharing import set_git_up
from pipeline.shells.report import run as report
from pipeline.store import load, save
from pipeline.workspace import Workspace, table_path

_NAME = "data/review/decisions.csv"


def _do(root: Path, *words: str) -> None:
    who = {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False, env={**os.environ, **who})
    assert done.returncode == 0, done.stderr + done.stdout


def _dvc(root: Path, *words: str) -> None:
    _do(root, sys.executable, "-m", "dvc", *words)


def _decide(root: Path, who: str, idea: str) -> None:
    record(Workspace(root), _NAME, [Decision(0, "2027-01-01", who, "weak", idea)])
    _do(root, "git", "commit", "-q", "-a", "-m", f"{who} decides")


def _kept_by_dvc(workspace: Workspace) -> None:
    """Make DVC keep the tables as they are: a stage that has them for outputs stands for the chain."""
    tables = [
        path.relative_to(workspace.root).as_posix() for path in sorted((workspace.root / "data/interim").iterdir())
    ]
    stage = {"cmd": "true", "outs": tables}
    (workspace.root / "dvc.yaml").write_text(yaml.safe_dump({"stages": {"chain": stage}}), encoding="utf-8")
    _dvc(workspace.root, "commit", "--quiet", "--force")


def test_two_clones_share_all_but_names(workspace: Workspace) -> None:
    """The second clone pulls the tables, decides, and runs the documents without a name; git joins decisions."""
    root, other = workspace.root, Workspace(workspace.root.parent / "b")
    holder = str(load(workspace, "holders")["holder_id"].iloc[0])
    columns = ["holder_id", "family_name", "given_name", "email"]
    save(workspace, "identities", pd.DataFrame([[holder, "Zirkel", "Anatole", ""]], columns=columns))
    _do(root, "git", "init", "-q", "-b", "main")
    set_git_up(workspace)
    _dvc(root, "remote", "add", "--quiet", "--default", "partage", str(root.parent / "partage"))
    _kept_by_dvc(workspace)
    _dvc(root, "push", "--quiet")
    _do(root, "git", "add", "-A")
    _do(root, "git", "commit", "-q", "-m", "Concours")
    _do(root.parent, "git", "clone", "-q", str(root), "b")
    set_git_up(other)
    _dvc(other.root, "pull", "--quiet")
    assert load(other, "themes").equals(load(workspace, "themes"))
    assert not other.path(table_path("identities")).exists()
    figures = report(other, other.params(), lambda _done, _total: None)
    assert figures["sans les tables privées"] == "ni lettres, ni noms dans les kits"
    assert other.path("reports/rapport.pdf").is_file()
    assert not list(other.path("reports/private/reponses").iterdir())
    ideas = list(load(workspace, "ideas").query("analysed")["idea_id"])
    _decide(root, "ab", ideas[0])
    _decide(other.root, "cd", ideas[1])
    _do(other.root, "git", "pull", "-q", "--no-rebase", "--no-edit")
    assert {d.who for d in load_decisions(other.root / _NAME, _NAME)} == {"ab", "cd"}
