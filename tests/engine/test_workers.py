"""Parts made by workers: a real scheduler, two workers in other processes, and what happens when one stops."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from pipeline.engine import opening, workers
from pipeline.engine.here import Here
from pipeline.errors import MinilabsError
from pipeline.messages import sentence
from pipeline.pace import silent
from pipeline.params import EngineParams, Params
from pipeline.schema import IDEAS
from pipeline.shells import embed as shell
from pipeline.shells import made as kept
from pipeline.store import load, save
from pipeline.workspace import Workspace
from tests.conftest import ROOT
from tests.engine.made import doubled

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Return what starts a command of Dask in a process of its own; all are over after the test."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(*words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *words]
        quiet = subprocess.DEVNULL
        started.append(subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()


def _worker(start: Start, folder: Path) -> subprocess.Popen[bytes]:
    words = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder))
    return start("worker", "--scheduler-file", str(folder / "scheduler.json"), *words)


@pytest.fixture
def cluster(start: Start, tmp_path: Path) -> tuple[str, list[subprocess.Popen[bytes]]]:
    """Return the address of a scheduler with two workers, and the three processes, its own first."""
    told = tmp_path / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
    processes = [start("scheduler", *words), *(_worker(start, tmp_path) for _ in range(2))]
    while not told.is_file():
        time.sleep(0.05)
    address = ""
    while not address:
        address = pd.read_json(told, typ="series").get("address", "") if told.stat().st_size else ""
    with workers.connected(address, 1) as engine:
        engine._client.wait_for_workers(2, timeout=30)
    return address, processes


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace with twelve ideas, one of which is not analysed."""
    raw = pd.read_csv(ROOT / "data" / "sample" / "ideas.csv", keep_default_na=False).head(12)
    texts = {"title": raw["titre"], "description": raw["description"], "benefits": "", "text": raw["titre"]}
    rest = {"submitted_on": None, "status": "", "votes": None, "category": "", "reason_excluded": ""}
    ideas = pd.DataFrame({"idea_id": raw["id"], **texts, **rest, "analysed": [place != 3 for place in range(12)]})
    here = Workspace(tmp_path / "concours")
    save(here, "ideas", IDEAS.check(ideas))
    return here


def _tables(here: Workspace) -> dict[str, pd.DataFrame]:
    return {name: load(here, name) for name in ("vectors", "tokens", "word_vectors")}


def _same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, other[name])


def _traces(folder: Path) -> dict[str, list[str]]:
    return {path.name: path.read_text(encoding="ascii").split() for path in sorted(folder.iterdir())}


def test_workers_represent_texts_as_one_process_does(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables of the embed stage are the same; a part made once stays, and one more idea makes one part again."""
    monkeypatch.setattr(kept, "PART", 3)
    plain = shell.run(workspace, Params(), silent)
    alone = _tables(workspace)
    params = Params(engine=EngineParams(scheduler=cluster[0]))
    assert shell.run(workspace, params, silent) == plain
    _same(_tables(workspace), alone)
    folder = workspace.path(kept.FOLDER)
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert len({name.partition(".")[0] for name in before if "vectors" in name}) > 2
    for process in cluster[1]:
        process.kill()
    kept.represented(workspace, params, Here(), silent)  # all there: nobody is asked
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_a_worker_killed_half_way(cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path) -> None:
    """Its parts are made by the other: every part is there, once and in its place."""
    folder = tmp_path / "traces"
    folder.mkdir()
    with workers.connected(cluster[0], 1) as engine:
        made = engine.map(doubled, iter(range(24)), (folder, 0.05))
        found = [next(made) for _ in range(3)]
        cluster[1][1].kill()
        found += list(made)
    assert found == [2 * part for part in range(24)]
    traces = _traces(folder)
    assert list(traces) == [f"{part:03d}" for part in range(24)]
    assert len({process for processes in traces.values() for process in processes}) == 2
    assert str(cluster[1][1].pid) not in traces["023"]


def test_parts_are_taken_as_they_are_needed(cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path) -> None:
    """However many parts there are, a few are under way: memory does not grow with their number."""
    taken: list[int] = []

    def parts() -> Iterator[int]:
        for part in range(1_000):
            taken.append(part)
            yield part

    with workers.connected(cluster[0], 1) as engine:
        made = engine.map(doubled, parts(), (tmp_path, 0.0))
        assert [next(made) for _ in range(5)] == [0, 2, 4, 6, 8]
        assert len(taken) <= 5 + 2 * 2


def test_the_scheduler_gone(cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path) -> None:
    """One sentence says that it stopped, and what to do."""
    with workers.connected(cluster[0], 1) as engine:
        made = engine.map(doubled, iter(range(100)), (tmp_path, 0.05))
        next(made)
        cluster[1][0].kill()
        with pytest.raises(MinilabsError) as gone:
            list(made)
    assert gone.value.code == "engine.lost"
    assert cluster[0] in sentence(gone.value)


def test_a_worker_of_another_version_makes_nothing(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it would make could differ: it is refused, in one sentence."""
    monkeypatch.setattr(workers, "made_here", lambda: "une autre")
    with workers.connected(cluster[0], 1) as engine, pytest.raises(MinilabsError) as refused:
        list(engine.map(doubled, iter(range(3)), (tmp_path, 0.0)))
    assert refused.value.code == "engine.other_version"


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch, start: Start, tmp_path: Path) -> None:
    """No scheduler, an address that is none, a scheduler without a worker, no Dask: a sentence for each."""
    monkeypatch.setattr(workers, "_PATIENCE", 1)
    monkeypatch.setitem(workers._CONFIG, "distributed.comm.timeouts.connect", "1s")
    found = []
    told = tmp_path / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
    start("scheduler", *words)
    while not told.is_file() or not told.stat().st_size:
        time.sleep(0.05)
    for address in ("tcp://127.0.0.1:9", "n'importe quoi", str(pd.read_json(told, typ="series")["address"])):
        with pytest.raises(MinilabsError) as refused, opening.opened(EngineParams(scheduler=address)):
            pass
        found.append(refused.value.code)
    monkeypatch.setattr(opening, "find_spec", lambda _name: None)
    with pytest.raises(MinilabsError) as refused, opening.opened(EngineParams(scheduler="local")):
        pass
    assert [*found, refused.value.code] == ["engine.unreachable"] * 2 + ["engine.no_worker", "engine.no_dask"]


def test_what_is_sent_is_not_named() -> None:
    """A worker that fails writes the arguments of its task in its log: nothing of a text is in them."""
    assert "Jeanne" not in repr(workers._Sealed("Jeanne propose un local à vélos"))
