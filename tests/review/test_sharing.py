"""Two people's decisions made one by git itself, in a real repository."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.errors import MinilabsError
from pipeline.initialise import initialise
from pipeline.messages import sentence
from pipeline.review.replaying.decisions import Decision, decision_bytes, read_decisions
from pipeline.shells.deciding.decisions_file import alone, load_decisions, record
from pipeline.shells.deciding.sharing import merge_files, merge_for_git, set_git_up
from pipeline.workspace import Workspace

NAME = "data/review/decisions.csv"


def _git(root: Path, *words: str, ok: bool = True) -> str:
    command = ["git", "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@example.org", *words]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert not ok or done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def _repository(root: Path) -> Workspace:
    initialise(root)
    _git(root, "init", "-q", "-b", "main")
    set_git_up(Workspace(root))
    _decide(root, "ab", "2024-03-01", "weak", "I00")
    return Workspace(root)


def _decide(root: Path, who: str, when: str, *act: str) -> None:
    record(Workspace(root), NAME, [Decision(0, when, who, *act)])
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", f"{who} decides")


def _two_branches(root: Path, ours: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    _git(root, "checkout", "-q", "-b", "cd")
    _decide(root, "cd", "2024-03-03", *theirs)
    _git(root, "checkout", "-q", "main")
    _decide(root, "ab", "2024-03-02", *ours)
    return _git(root, "merge", "-q", "--no-edit", "cd", ok=False)


def test_git_joins_what_two_people_decided(tmp_path: Path) -> None:
    """Two branches that each added a line merge by themselves, in order of date, with numbers that follow."""
    root = _repository(tmp_path / "w").root
    said = _two_branches(root, ("assign", "I01", "T01"), ("assign", "I02", "T02"))
    found = load_decisions(root / NAME, NAME)
    assert [(d.seq, d.who, d.target) for d in found] == [(1, "ab", "I00"), (2, "ab", "I01"), (3, "cd", "I02")]
    assert "CONFLICT" not in said
    assert _git(root, "status", "--porcelain") == ""


def test_what_is_recorded_while_files_are_joined_is_kept(tmp_path: Path) -> None:
    """The file to complete is read once nobody else can write: a decision recorded just before is in the result."""
    workspace = _repository(tmp_path / "w")
    other = tmp_path / "other.csv"
    other.write_bytes(decision_bytes([Decision(1, "2024-03-01", "cd", "weak", "I05")]))
    with ThreadPoolExecutor() as threads:
        with alone(workspace, NAME):
            joining = threads.submit(merge_files, workspace, workspace.root / NAME, other)
            with pytest.raises(TimeoutError):
                joining.result(timeout=0.5)
            mine = decision_bytes([Decision(2, "2024-03-02", "ab", "weak", "I06")], header=False)
            (workspace.root / NAME).write_bytes((workspace.root / NAME).read_bytes() + mine)
        joined, added = joining.result()
    assert [act.target for act in joined.decisions] == ["I00", "I05", "I06"]
    assert added == 1


def test_git_stops_when_people_disagree(tmp_path: Path) -> None:
    """One idea in two themes: git stops, the disagreement is said, and the file still reads with all decisions."""
    root = _repository(tmp_path / "w").root
    said = _two_branches(root, ("assign", "I01", "T01"), ("assign", "I01", "T02"))
    assert "CONFLICT" in said
    assert "1\u00a0désaccord entre les deux fichiers" in said
    assert "ab (2, ranger I01 T01) et cd (3, ranger I01 T02)" in said
    assert [d.value for d in load_decisions(root / NAME, NAME)] == ["", "T01", "T02"]
    assert _git(root, "status", "--porcelain").startswith("UU")


def test_git_keeps_ours_when_the_other_file_cannot_be_read(tmp_path: Path) -> None:
    """A damaged file is never joined: ours is left as it was and the error names the line."""
    ours, theirs, base = (tmp_path / name for name in ("ours", "theirs", "base"))
    content = decision_bytes([Decision(1, "2024-03-01", "ab", "weak", "I01")])
    ours.write_bytes(content)
    base.write_bytes(b"")
    theirs.write_bytes(content.replace(b"weak", b"week"))
    with pytest.raises(MinilabsError) as caught:
        merge_for_git(base, ours, theirs)
    assert "ligne 2" in sentence(caught.value)
    assert ours.read_bytes() == content


def test_setting_git_up_twice_changes_nothing(tmp_path: Path) -> None:
    """The line of `.gitattributes` is written once, beside what is there."""
    initialise(tmp_path / "w")
    workspace = Workspace(tmp_path / "w")
    (workspace.root / ".gitattributes").write_text("*.csv text\n", encoding="utf-8")
    _git(workspace.root, "init", "-q")
    set_git_up(workspace)
    once = (workspace.root / ".gitattributes").read_text(encoding="utf-8")
    set_git_up(workspace)
    assert (workspace.root / ".gitattributes").read_text(encoding="utf-8") == once
    assert once.startswith("*.csv text\n")
    assert once.count("merge=minilabs") == 1


def test_a_folder_without_git_is_said(tmp_path: Path) -> None:
    """Outside a repository, one sentence says what is missing."""
    with pytest.raises(MinilabsError) as caught:
        set_git_up(Workspace(tmp_path))
    assert "dépôt git" in sentence(caught.value)


def test_files_are_joined_by_hand_too(tmp_path: Path) -> None:
    """`review merge A B` completes A, and B is left alone."""
    ours, theirs = tmp_path / "a.csv", tmp_path / "b.csv"
    ours.write_bytes(decision_bytes([Decision(1, "2024-03-01", "ab", "weak", "I01")]))
    theirs.write_bytes(decision_bytes([Decision(1, "2024-03-02", "cd", "assign", "I01", "T01")]))
    former = theirs.read_bytes()
    joined, added = merge_files(Workspace(tmp_path), ours, theirs)
    assert added == 1
    assert [str(c) for c in joined.contradictions] == [
        "Désaccord\u202f: ab (1, isoler I01) et cd (2, ranger I01 T01). La décision 2 compte."
    ]
    assert len(read_decisions(ours.read_bytes(), "a.csv")) == 2
    assert theirs.read_bytes() == former
