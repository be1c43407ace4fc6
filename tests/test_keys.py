"""Keys of results: what a stage depends on reruns it, nothing else does, and DVC and `minilabs run` agree on it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline import hashes
from pipeline import params as parameters
from pipeline.initialise import initialise
from pipeline.params import Params
from pipeline.review.learning.knowledge_file import FACTS, NUMBERS
from pipeline.run import given_to, run_stage, up_to_date, write_keys
from pipeline.stages import BY_NAME, STAGES
from pipeline.workspace import Workspace
from tests.test_chain import contest

_LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="{}"/></svg>'


def _dvc(workspace: Workspace, *words: str) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    result = subprocess.run(
        [sys.executable, "-m", "dvc", *words],
        cwd=workspace.root, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Workspace:
    """Return a workspace of a few ideas and a logo, made by `dvc repro`."""
    workspace = contest(tmp_path_factory.mktemp("keys") / "contest", sample, 6)
    workspace.path("data/review/logo.svg").write_text(_LOGO.format(5), encoding="utf-8")
    look = "logo: data/review/logo.svg\nlogo_texte: Un carré\n"
    workspace.path("data/review/apparence.yaml").write_text(look, encoding="utf-8")
    _dvc(workspace, "repro", "--quiet")
    return workspace


def _stale_here(workspace: Workspace) -> set[str]:
    params = workspace.params()
    return {stage.name for stage in STAGES if up_to_date(stage, workspace, params) is None}


def _stale_for_dvc(workspace: Workspace) -> set[str]:
    write_keys(workspace, workspace.params())
    return set(json.loads(_dvc(workspace, "status", "--json"))) - {"keys"}


@contextmanager
def _changed(path: Path, change: Callable[[str], str]) -> Iterator[None]:
    before = path.read_bytes() if path.exists() else None
    text = change((before or b"").decode("utf-8"))
    path.write_bytes(text.encode("utf-8"))
    try:
        yield
    finally:
        path.unlink() if before is None else path.write_bytes(before)


def _says(key: str, value: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        lines = [f"{line.partition(':')[0]}: {value}" if line.strip().startswith(f"{key}:") else line
                 for line in text.splitlines()]  # fmt: skip
        assert lines != text.splitlines()
        return "\n".join(lines) + "\n"

    return change


_CHANGES: dict[str, tuple[str, Callable[[str], str], set[str]]] = {
    "nothing": ("params.yaml", lambda text: text, set()),
    "a comment": ("params.yaml", lambda text: "# vu le 3 mars\n" + text, set()),
    "a price": ("params.yaml", _says("price_sent", "4.5"), set()),
    "the seed": ("params.yaml", _says("seed", "7"), {"cluster", "review", "assign"}),
    "a title": ("params.yaml", _says("title", "Autre titre"), {"report"}),
    "the number of themes": ("params.yaml", _says("n_themes", "2"), {"cluster"}),
    "the logo": ("data/review/logo.svg", lambda _: _LOGO.format(8), {"report"}),
    "a balance that was not there": ("data/private/equilibre.csv", lambda _: "agent_id,genre\n", {"assign"}),
    "the starting list": ("data/review/grille.csv", lambda text: text + "\n", {"cluster"}),
    "a model that is not the one in use": ("models/autre.json", lambda _: "{}", set()),
}


@pytest.mark.parametrize("change", _CHANGES)
def test_dvc_and_the_program_agree(made: Workspace, change: str) -> None:
    """After each change, `minilabs run` and `dvc repro` hold the same stages for stale: those that depend on it."""
    path, how, expected = _CHANGES[change]
    with _changed(made.path(path), how):
        assert (_stale_here(made), _stale_for_dvc(made)) == (expected, expected)


def test_a_typed_list_costs_one_run(made: Workspace) -> None:
    """A decision typed in a list that ingest writes reruns ingest once, for the program and for DVC."""
    path = made.path("data/private/persons.csv")
    path.write_text("person_a,person_b,decision\n", encoding="utf-8")
    assert (_stale_here(made), _stale_for_dvc(made)) == ({"ingest"}, {"ingest"})
    _dvc(made, "repro", "--quiet", "ingest")
    assert "ingest" not in _stale_here(made) | _stale_for_dvc(made)


def test_a_corrected_name_reruns_the_letters(made: Workspace) -> None:
    """An address corrected in the export reaches the report through DVC too, and no stage that reads no name."""
    with _changed(made.path("data/raw/holders.csv"), _other_address):
        run_stage(BY_NAME["ingest"], made, made.params(), lambda _done, _total: None)
        assert _stale_here(made) == {"report"}
        assert _stale_for_dvc(made) == {"ingest", "report"}  # the program ran ingest, unknown to DVC
    run_stage(BY_NAME["ingest"], made, made.params(), lambda _done, _total: None)
    assert _stale_here(made) == set()


def _other_address(text: str) -> str:
    header, *rows = list(csv.reader(text.splitlines()))
    rows[0][header.index("email")] = "nouvelle.adresse@example.org"
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in [header, *rows])


def test_stages_read_the_parameters_they_declare(made: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """No stage reads a value of params.yaml that its key leaves out, but who makes its parts: what is made is equal."""
    owners = {type(getattr(Params(), name)): name for name in Params.model_fields if name not in ("seed", "engine")}
    read: set[str] = set()
    genuine = parameters.Section.__getattribute__

    def noting(section: parameters.Section, name: str) -> object:
        if name == "seed" or (type(section) in owners and name in type(section).model_fields):
            read.add("seed" if name == "seed" else f"{owners[type(section)]}.{name}")
        return genuine(section, name)

    for stage in STAGES:
        params = made.params()
        monkeypatch.setattr(parameters.Section, "__getattribute__", noting)
        stage.shell(made, params, lambda _done, _total: None)
        monkeypatch.setattr(parameters.Section, "__getattribute__", genuine)
        assert {key for key in read if not {key, key.partition(".")[0]} & set(stage.keys)} == set(), stage.name
        read.clear()


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    """Return an empty workspace."""
    initialise(tmp_path / "contest")
    return Workspace(tmp_path / "contest")


def test_a_model_retrained_in_place_reruns(empty: Workspace) -> None:
    """The bytes of a local encoder and of the learned model in use are part of the keys, those of others are not."""
    params = Params.model_validate({"embed": {"encoder": "models/local"}, "review": {"model": "ancien"}})
    for name in ("local/model.safetensors", f"ancien/{FACTS}", f"ancien/{NUMBERS}", "ancien/CARTE.md"):
        empty.path(f"models/{name}").parent.mkdir(parents=True, exist_ok=True)
        empty.path(f"models/{name}").write_bytes(b"1")
    before = {stage.name: given_to(stage, empty, params) for stage in STAGES}

    def stale(name: str) -> set[str]:
        with _changed(empty.path(f"models/{name}"), lambda text: text + "2"):
            return {stage.name for stage in STAGES if given_to(stage, empty, params) != before[stage.name]}

    assert stale("local/model.safetensors") == {"embed", "cluster", "review"}
    assert stale(f"ancien/{FACTS}") == stale(f"ancien/{NUMBERS}") == {"review"}
    assert stale("ancien/CARTE.md") == set()


def test_a_library_reruns_what_it_shapes(empty: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version of a library reruns the stages whose result it shapes, and only them."""
    before = {stage.name: given_to(stage, empty, Params()) for stage in STAGES}
    for name in ("typst", "torch"):
        info = tmp_path / f"site/{name}-99.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 99.0\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "site")
    hashes.installed.cache_clear()
    after = {stage.name: given_to(stage, empty, Params()) for stage in STAGES}
    hashes.installed.cache_clear()
    assert {name for name in before if before[name] != after[name]} == {"report"}  # torch serves no offline encoder


def test_a_broken_look_is_the_reports_to_refuse(empty: Workspace) -> None:
    """A look that is no YAML gives a key all the same: the sentence is the stage's."""
    empty.path("data/review/apparence.yaml").write_text("logo: [", encoding="utf-8")
    assert given_to(BY_NAME["report"], empty, Params())["files"]


def test_dvc_finds_its_way_again(made: Workspace, tmp_path: Path) -> None:
    """Without DVC's cache and with a truncated `dvc.lock`, an experiment makes the same tables, and its own reports."""
    workspace = Workspace(Path(shutil.copytree(made.root, tmp_path / "again")))
    before = {path.name: path.read_bytes() for path in workspace.path("data/interim").glob("*.parquet")}
    shutil.rmtree(workspace.path(".dvc/cache"))
    lock = workspace.path("dvc.lock")
    lock.write_bytes(lock.read_bytes()[:1500])
    subprocess.run(["git", "init", "--quiet"], cwd=workspace.root, check=True)
    author = ["-c", "user.name=A", "-c", "user.email=a@exemple.fr"]
    _dvc(workspace, "config", "core.no_scm", "false")
    subprocess.run(["git", "add", "--all"], cwd=workspace.root, check=True)
    subprocess.run(["git", *author, "commit", "--quiet", "-m", "début"], cwd=workspace.root, check=True)
    _dvc(workspace, "exp", "run", "-S", "report.threshold=7")
    assert workspace.params().report.threshold == 7
    assert {path.name: path.read_bytes() for path in workspace.path("data/interim").glob("*.parquet")} == before
    assert set(json.loads(_dvc(workspace, "status", "--json"))) == {"keys"}
