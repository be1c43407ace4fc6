"""Two analysts, two clones and a folder that DVC shares: decisions meet, names never leave the first one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.initialise import initialise
from pipeline.review.replaying.decisions import Decision
from pipeline.run import run, write_keys
from pipeline.shells.deciding.decisions_file import load_decisions, record
from pipeline.shells.deciding.sharing import set_git_up
from pipeline.shells.persons.privacy import Search, everyone
from pipeline.shells.persons.scanning import text_of, workspace_files
from pipeline.stages import BY_NAME
from pipeline.store import load
from pipeline.workspace import Workspace, table_path

_NAME = "data/review/decisions.csv"
_SUBJECTS = (
    ("Des bancs", "Installer des bancs à l’ombre dans la cour du lycée pour la pause."),
    ("Trier les restes", "Mettre trois bacs de tri au self et peser les restes du déjeuner."),
    ("Vélos de service", "Prêter des vélos de service pour aller d’un site à l’autre."),
)
_WHEN = ("du matin", "du midi", "du soir", "d’été", "d’hiver", "de rentrée", "de semaine", "en commun")
_FAMILIES = ("Zirkelmann", "Obernesser", "Ravaudet", "Kessenbach", "Lunevalle", "Castelnoir")


def _contest(root: Path) -> Workspace:
    """Return a made-up contest: three subjects, eight ideas each, a holder an idea."""
    initialise(root)
    lines = [["id", "titre", "description", "nom", "prénom", "email", "direction", "métier", "site", "lieu"]]
    for n, when in enumerate(_WHEN * len(_SUBJECTS)):
        title, text = _SUBJECTS[n % len(_SUBJECTS)]
        family = _FAMILIES[n % len(_FAMILIES)] + ("", "ot", "ard", "in")[n // len(_FAMILIES)]
        who = [
            family,
            "Anatole",
            f"{family}@exemple.fr",
            ("Lycées", "Finances", "Forêts", "Transports")[n % 4],
            "agent",
            "lycée",
            "Metz",
        ]
        lines.append([f"G{n:02d}", f"{title} {when}", f"{text} Cela compte {when}, {n} fois par mois.", *who])
    (root / "data/raw/idees.csv").write_bytes(csv_bytes(lines))
    return Workspace(root)


def _do(root: Path, *words: str) -> str:
    who = {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, **who, "PATH": path, "COLUMNS": "200"}
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def _dvc(root: Path, *words: str) -> str:
    return _do(root, sys.executable, "-m", "dvc", *words)


def _decide(root: Path, who: str, idea: str) -> None:
    record(Workspace(root), _NAME, [Decision(0, "2027-01-01", who, "weak", idea)])
    _do(root, "git", "commit", "-q", "-m", f"{who} decides", _NAME)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return the first analyst's workspace: the chain run, its tables pushed to a folder, the rest in git."""
    workspace = _contest(tmp_path_factory.mktemp("analystes") / "a")
    root = workspace.root
    _do(root, "git", "init", "-q", "-b", "main")
    set_git_up(workspace)
    assert all(
        outcome.done for outcome in run(workspace, workspace.params(), lambda _stage: lambda _done, _total: None)
    )
    write_keys(workspace, workspace.params())
    _dvc(root, "remote", "add", "--quiet", "--default", "partage", str(root.parent / "partage"))
    _dvc(root, "commit", "--quiet", "--force")
    _dvc(root, "push", "--quiet")
    _do(root, "git", "add", "-A")
    _do(root, "git", "commit", "-q", "-m", "Concours")
    return workspace


def test_nothing_shared_names_anybody(first: Workspace) -> None:
    """What git tracks and what DVC holds has no name, no address, no export, no private table and no cache."""
    tracked = _do(first.root, "git", "ls-files").splitlines()
    apart = (
        "data/raw/",
        "data/private/",
        "data/interim/",
        "reports/private/",
        ".dvc/cache/",
        ".dvc/tmp/",
        ".minilabs/",
    )
    assert [name for name in tracked if name.startswith(apart)] == []
    search = Search(everyone(load(first, "identities")))
    pushed = list(workspace_files(first.root.parent / "partage"))
    assert pushed
    for path in [*(first.root / name for name in tracked), *pushed]:
        assert list(search(text_of(path))) == []


def test_two_clones_share_all_but_names(first: Workspace) -> None:
    """The second clone pulls the tables, decides, repeats only what follows, without a name; git joins decisions."""
    root, other = first.root, Workspace(first.root.parent / "b")
    _do(root.parent, "git", "clone", "-q", str(root), "b")
    set_git_up(other)
    _dvc(other.root, "pull", "--quiet")
    for name in ("ideas", "themes", "assignments"):
        assert load(other, name).equals(load(first, name))
    assert not other.path(table_path("identities")).exists()
    ideas = list(load(first, "ideas").query("analysed")["idea_id"])
    _decide(other.root, "cd", ideas[1])
    _do(other.root, "minilabs", "keys")
    said = _dvc(other.root, "repro", "--downstream", "embed")
    assert [f"Stage '{name}' didn't change" in said for name in ("embed", "cluster", "review")] == [True, True, False]
    assert "sans les tables privées : ni lettres, ni noms dans les kits" in said.replace("\u202f", " ")
    placed = load(other, "idea_themes").set_index("idea_id")
    assert bool(placed.loc[ideas[1], "weak_signal"])
    assert other.path("reports/rapport.pdf").is_file()
    assert list(other.path("reports/private/kits").glob("*.pdf"))
    assert not list(other.path("reports/private/reponses").iterdir())
    _decide(root, "ab", ideas[0])
    _do(other.root, "git", "checkout", "-q", "dvc.lock")
    _do(other.root, "git", "pull", "-q", "--no-rebase", "--no-edit")
    assert {d.who for d in load_decisions(other.root / _NAME, _NAME)} == {"ab", "cd"}


def test_a_clone_leaves_the_export_to_who_has_it(first: Workspace, tmp_path: Path) -> None:
    """`minilabs run` in a clone keeps the tables that were shared and says so; without them the export is asked for."""
    clone = Workspace(tmp_path / "c")
    initialise(clone.root)
    for path in clone.path("data/raw").iterdir():
        path.unlink()
    clone.path("data/raw").rmdir()
    stage = [BY_NAME["ingest"]]
    with pytest.raises(MinilabsError, match=r"ingest\.no_source"):
        list(run(clone, clone.params(), lambda _stage: lambda _done, _total: None, stage))
    clone.path("data/interim").mkdir()
    for path in first.path("data/interim").iterdir():
        clone.path(f"data/interim/{path.name}").write_bytes(path.read_bytes())
    (kept,) = run(clone, clone.params(), lambda _stage: lambda _done, _total: None, stage)
    assert (kept.done, kept.figures) == (False, {"export absent": "tables partagées gardées"})
