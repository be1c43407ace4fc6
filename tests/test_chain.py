"""The whole chain, for real, as a person or DVC runs it."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.commands.app import app
from pipeline.errors import MinilabsError
from pipeline.initialise import initialise
from pipeline.stages import STAGES
from pipeline.store import load, save
from pipeline.workspace import Workspace
from tests.test_cli import minilabs

EXPORTS = {
    "themes.csv": {"theme_id", "label", "key_phrases", "kind", "size", "stability", "transversality"},
    "idea_themes.csv": {
        "idea_id", "theme_id", "membership", "theme_id_2", "membership_2", "weak_signal", "decided_by",
    },
    "assignments.csv": {"holder_id", "lab_id", "status", "affinity", "rank", "reason"},
    "waiting_list.csv": {"holder_id", "lab_id"},
}  # fmt: skip


def contest(folder: Path, sample: Path, ideas: int | None = None, *, reverse: bool = False) -> Workspace:
    """Return a new workspace in `folder` on the first `ideas` of the sample, rows in reverse when asked."""
    initialise(folder)
    for path in sorted(sample.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        if ideas is not None and path.name == "ideas.csv":
            rows = rows[:ideas]
        with (folder / "data" / "raw" / path.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([header, *(rows[::-1] if reverse else rows)])
    return Workspace(folder)


def written(workspace: Workspace) -> dict[str, bytes]:
    """Return path → bytes of everything the stages declare that they write."""
    found = {}
    for path in (workspace.path(name) for stage in STAGES for name in stage.writes):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                found[file.relative_to(workspace.root.resolve()).as_posix()] = file.read_bytes()
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> tuple[Workspace, str]:
    """Run the chain on the whole sample, its gold coding included; return the workspace and what was printed."""
    workspace = contest(tmp_path_factory.mktemp("whole") / "contest", sample)
    shutil.copy(sample / "gold.csv", workspace.path("data/review/coding.csv"))
    result = minilabs("run", "--workspace", str(workspace.root))
    assert result.returncode == 0, result.stderr
    return workspace, result.stdout


def test_the_summary(whole: tuple[Workspace, str]) -> None:
    """The summary tells in French what was read, found and placed, and where the reports are."""
    workspace, said = whole
    assert "244" in said
    assert "240" in said
    for word in ("Lecture de l’export", "Recherche des thèmes", "Composition des MiniLabs", "rapport.pdf"):
        assert word in said
    assert workspace.path("reports/rapport.html").is_file()


def test_public_exports(whole: tuple[Workspace, str]) -> None:
    """The exports have their names and at least their columns; every analysed idea has its line."""
    workspace, _ = whole
    for name, columns in EXPORTS.items():
        with workspace.path(f"reports/export/{name}").open(encoding="utf-8", newline="") as file:
            assert columns <= set(next(csv.reader(file))), name
    with workspace.path("reports/export/idea_themes.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 240
    quality = json.loads(workspace.path("reports/export/quality.json").read_text(encoding="utf-8"))
    assert 0 < quality["agreement"]["ami"] <= 1


def test_no_name_nor_address_leaves_the_identities(whole: tuple[Workspace, str], sample: Path) -> None:
    """No e-mail, phone number or full name of the sample's people is in a public output or in what was printed."""
    workspace, said = whole
    with (sample / "holders.csv").open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    with (sample / "pii.csv").open(encoding="utf-8", newline="") as file:
        spans = [row["span"] for row in csv.DictReader(file) if row["kind"] != "prenom"]
    secrets = [p["email"] for p in people] + [f"{p['prenom']} {p['nom']}" for p in people] + spans
    public = {
        k: v
        for k, v in written(workspace).items()
        if k.startswith("reports/") and not k.startswith("reports/private/") and not k.endswith(".pdf")
    }
    for name, content in {**public, "stdout": said.encode()}.items():
        text = _sheets(content) if name.endswith(".xlsx") else content.decode("utf-8")
        assert [s for s in secrets if s in text] == [], name


def _sheets(content: bytes) -> str:
    """Return the XML of a workbook, which is an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8") for name in archive.namelist())


def test_nothing_is_done_twice(whole: tuple[Workspace, str]) -> None:
    """A second run does nothing and says so; a parameter of the report reruns the report only."""
    workspace, _ = whole
    before = written(workspace)
    again = minilabs("run", "--workspace", str(workspace.root))
    assert "Tout était déjà à jour" in again.stdout
    assert written(workspace) == before
    params = workspace.path("params.yaml")
    params.write_text(params.read_text(encoding="utf-8").replace("title: Concours d'idées", "title: Essai"), "utf-8")
    third = minilabs("run", "--workspace", str(workspace.root))
    assert third.stdout.count("déjà fait") == len(STAGES) - 1
    changed = {path for path, content in written(workspace).items() if content != before.get(path)}
    assert changed
    assert all(path.startswith("reports/") and "metrics" not in path for path in changed)


def test_dvc_gives_the_same_bytes(tmp_path: Path, sample: Path) -> None:
    """`dvc repro` in a new workspace writes what `minilabs run` writes, rows in reverse order notwithstanding."""
    ours = contest(tmp_path / "ours", sample, 40)
    theirs = contest(tmp_path / "theirs", sample, 40, reverse=True)
    assert minilabs("run", "--workspace", str(ours.root)).returncode == 0
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        [sys.executable, "-m", "dvc", "repro", "--quiet"],
        cwd=theirs.root, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    first, second = written(ours), written(theirs)
    assert first.keys() == second.keys()
    differ = [name for name in first if first[name] != second[name]]
    assert differ == ["data/interim/ingest_rows.json"]  # it names rows by their number


def test_what_was_made_of_another_export_is_refused(whole: tuple[Workspace, str], tmp_path: Path) -> None:
    """A new export read and nothing more: whatever shows themes or seats asks for a run, and records nothing."""
    workspace = Workspace(Path(shutil.copytree(whole[0].root, tmp_path / "other")))
    ideas = load(workspace, "ideas")
    save(workspace, "ideas", ideas.assign(analysed=ideas["analysed"] & (ideas.index > 2)))
    kept = [workspace.path(f"data/review/{name}.csv").read_bytes() for name in ("validation", "progress")]
    for command in (
        ["cluster"], ["review"], ["evaluate"], ["report"], ["tour"], ["preview"], ["call"], ["answers"], ["bilan"],
        ["suggest"], ["milestone", "2026-01-01"], ["validate", "2026-01-01", "--par", "DG"], ["review", "replies"],
        ["review", "export"], ["why", "G1ID-100"],
    ):  # fmt: skip
        refused = CliRunner().invoke(app, [*command, "--workspace", str(workspace.root)])
        assert isinstance(refused.exception, MinilabsError), command
        assert (command, refused.exception.code) == (command, "review.stale")
    assert [workspace.path(f"data/review/{name}.csv").read_bytes() for name in ("validation", "progress")] == kept


@pytest.mark.parametrize("ideas", [1, 2, 5, 20])
def test_few_ideas(tmp_path: Path, sample: Path, ideas: int) -> None:
    """A handful of ideas, even one, gives a report rather than a failure."""
    workspace = contest(tmp_path / "few", sample, ideas)
    result = minilabs("run", "--workspace", str(workspace.root))
    assert result.returncode == 0, result.stderr
    assert workspace.path("reports/rapport.pdf").stat().st_size > 0


def test_no_idea(tmp_path: Path, sample: Path) -> None:
    """An export with a header only is one French sentence and exit code 2."""
    workspace = contest(tmp_path / "none", sample, 0)
    result = minilabs("run", "--workspace", str(workspace.root))
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1


def test_the_second_act_ends_with_a_review(whole: tuple[Workspace, str], tmp_path: Path, sample: Path) -> None:
    """Played in a workspace apart, the sample's fictional year fills every part of its review; the proposal stays."""
    place = tmp_path / "depot"
    shutil.copytree(whole[0].root, place, ignore=shutil.ignore_patterns("reports"))
    for folder in (sample, sample.with_name("second_acte")):
        shutil.copytree(folder, place / "data" / folder.name)
    params = place / "params.yaml"
    params.write_text(params.read_text(encoding="utf-8").replace("source: data/raw", "source: data/sample"), "utf-8")
    before = (place / "data/interim/assignments.parquet").read_bytes()
    result = minilabs("demo", "--workspace", str(place))
    assert result.returncode == 0, result.stderr
    with (place / "second-acte/reports/bilan/bilan.csv").open(encoding="utf-8") as file:
        figures = {row["chiffre"]: int(row["valeur"] or 0) for row in csv.DictReader(file)}
    parts = ("Agents inscrits après l’appel", "Séances tenues", "Livrables", "Réponses données", "Groupes poursuivis")
    assert all(figures[part] for part in (*parts, "Idées dont la suite est décidée", "Membres jamais venus"))
    assert figures["Idées reçues"] == 244
    assert (place / "second-acte/reports/rapport.html").is_file()
    assert (place / "data/interim/assignments.parquet").read_bytes() == before
    assert not (place / "reports").exists()
