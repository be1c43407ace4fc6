"""Running stages: nothing is done twice, an interruption loses one stage, two runs do not meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline import shells
from pipeline.errors import MinilabsError
from pipeline.initialise import initialise
from pipeline.messages import sentence
from pipeline.pace import Progress
from pipeline.params import Params
from pipeline.run import locked, run
from pipeline.stages import Figures, Stage
from pipeline.workspace import Workspace

FIRST = Stage("ingest", "Première", files=("data/raw",), outputs=("data/interim/first.txt",), sections=("seed",))
SECOND = Stage(
    "embed", "Seconde", files=("data/interim/first.txt",), outputs=("data/interim/second.txt",), sections=("seed",)
)


@dataclass
class Recorder:
    """Stands for the two shells: copies its input and remembers that it ran."""

    ran: list[str] = field(default_factory=list)
    failing: str = ""

    def shell(self, stage: Stage) -> Callable[[Workspace, Params, Progress], Figures]:
        """Return a shell that writes what the stage declares."""

        def run_it(workspace: Workspace, params: Params, progress: Progress) -> Figures:
            self.ran.append(stage.name)
            if self.failing == stage.name:
                raise KeyboardInterrupt
            source = workspace.path(stage.files[0])
            text = "".join(sorted(p.name for p in source.iterdir())) if source.is_dir() else source.read_text("utf-8")
            workspace.path(stage.outputs[0]).parent.mkdir(exist_ok=True)
            workspace.path(stage.outputs[0]).write_text(text + str(params.seed), encoding="utf-8")
            progress(1, 1)
            return {"texte": str(len(text))}

        return run_it


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return an empty workspace."""
    initialise(tmp_path / "contest")
    return Workspace(tmp_path / "contest")


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Put the recorder in the place of both stages' shells."""
    recorder = Recorder()
    for stage in (FIRST, SECOND):
        module = type("Module", (), {"run": staticmethod(recorder.shell(stage))})
        monkeypatch.setattr(shells, stage.name, module, raising=False)
        monkeypatch.setitem(__import__("sys").modules, f"pipeline.shells.{stage.name}", module)
    return recorder


def _go(workspace: Workspace, params: Params | None = None, *, force: bool = False) -> list[bool]:
    outcomes = run(workspace, params or Params(), lambda _: lambda _done, _total: None, (FIRST, SECOND), force=force)
    return [outcome.done for outcome in outcomes]


def test_a_second_run_does_nothing(workspace: Workspace, recorder: Recorder) -> None:
    """What is up to date is not done again, and its figures are still known."""
    assert _go(workspace) == [True, True]
    outcomes = list(run(workspace, Params(), lambda _: lambda _done, _total: None, (FIRST, SECOND)))
    assert [outcome.done for outcome in outcomes] == [False, False]
    assert outcomes[0].figures == {"texte": str(len("LISEZMOI.txt"))}
    assert recorder.ran == ["ingest", "embed"]


@pytest.mark.usefixtures("recorder")
def test_only_what_changed_runs(workspace: Workspace) -> None:
    """A new input, parameter or a lost output reruns the stages that depend on it, and no other."""
    _go(workspace)
    workspace.path("data/interim/second.txt").unlink()
    assert _go(workspace) == [False, True]
    workspace.path("data/raw/more.csv").write_text("x", encoding="utf-8")
    assert _go(workspace) == [True, True]
    assert _go(workspace, Params(report={"title": "Autre"})) == [False, False]
    assert _go(workspace, Params(seed=1)) == [True, True]
    assert _go(workspace, Params(seed=1), force=True) == [True, True]


def test_an_interruption_loses_one_stage(workspace: Workspace, recorder: Recorder) -> None:
    """After Ctrl-C in the second stage, the first is not done again."""
    recorder.failing = "embed"
    with pytest.raises(KeyboardInterrupt):
        _go(workspace)
    recorder.failing = ""
    assert _go(workspace) == [False, True]


@pytest.mark.usefixtures("recorder")
def test_a_damaged_memory_costs_a_rerun_only(workspace: Workspace) -> None:
    """An unreadable state file is not an error."""
    _go(workspace)
    workspace.path(".minilabs/state.json").write_text("{", encoding="utf-8")
    assert _go(workspace) == [True, True]


def test_two_runs_do_not_meet(workspace: Workspace) -> None:
    """A second run in the same workspace is refused with a sentence."""
    with locked(workspace), pytest.raises(MinilabsError) as caught, locked(workspace):
        pass
    assert "Une autre exécution est en cours" in sentence(caught.value)
    with locked(workspace):
        pass
