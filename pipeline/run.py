"""Running stages in a workspace: one run at a time, nothing done twice, an interruption loses one stage."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

import pipeline
from pipeline.errors import MinilabsError
from pipeline.files.encoding import given_text
from pipeline.files.given_file import content_of
from pipeline.files.look_file import named_files
from pipeline.hashes import code_hash, file_hash, versions
from pipeline.pace import Progress
from pipeline.params import Params
from pipeline.stages import STAGES, Figures, Stage, key_path
from pipeline.store import close, read_json, sweep, write_json
from pipeline.workspace import Workspace

_STATE, _SOURCE = ".minilabs/state.json", "${ingest.source}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one stage.

    Attributes:
        stage: its name.
        done: False when the result was already there.
        seconds: spent now.
        figures: what the stage says of its result, from the run that made it.
    """

    stage: str
    done: bool
    seconds: float
    figures: Figures


@contextmanager
def locked(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace: a second run at the same time is refused.

    Raises:
        MinilabsError: `base.locked`.
    """
    folder = workspace.path(".minilabs")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        close(workspace.root)
        lock = FileLock(folder / "lock")
        lock.acquire(timeout=0)
    except Timeout as why:
        raise MinilabsError("base.locked", path=workspace.root) from why
    except OSError as why:
        raise MinilabsError("base.disk", path=workspace.root, why="l'accès est refusé") from why
    try:
        sweep(workspace.root)
        yield
    finally:
        lock.release()


def run_stage(stage: Stage, workspace: Workspace, params: Params, progress: Progress) -> Outcome:
    """Run one stage whatever its state, and remember what it was made from.

    Raises:
        MinilabsError: what the stage raises; nothing is then remembered.
    """
    start = time.perf_counter()
    key = stage_key(stage, workspace, params)
    figures = stage.shell(workspace, params, progress)
    outcome = Outcome(stage.name, done=True, seconds=time.perf_counter() - start, figures=figures)
    state = _state(workspace)
    state[stage.name] = {"key": key, "outputs": output_hashes(stage, workspace), "figures": figures}
    write_json(workspace.path(_STATE), state)
    return outcome


def up_to_date(stage: Stage, workspace: Workspace, params: Params) -> Figures | None:
    """Return the figures of the result that is there, or None when the stage has to run."""
    known = _state(workspace).get(stage.name)
    if not known or known["key"] != stage_key(stage, workspace, params):
        return None
    figures: Figures = known["figures"]
    return figures if known["outputs"] == output_hashes(stage, workspace) else None


def run(
    workspace: Workspace,
    params: Params,
    progress_for: Callable[[Stage], Progress],
    stages: Iterable[Stage] = STAGES,
    *,
    force: bool = False,
) -> Iterator[Outcome]:
    """Yield each stage's outcome as it is known, in order.

    In a clone that has the tables but not the export, reading it is left to whoever has it, and told.

    Args:
        workspace: where to run.
        params: its parameters.
        progress_for: called when a stage starts; gives what shows its progress.
        stages: which.
        force: run also what is up to date.

    Raises:
        MinilabsError: from the first stage that cannot go on; earlier results stay.
    """
    for stage in stages:
        figures = None if force else up_to_date(stage, workspace, params) or _shared(stage, workspace, params)
        if figures is not None:
            yield Outcome(stage.name, done=False, seconds=0.0, figures=figures)
        else:
            yield run_stage(stage, workspace, params, progress_for(stage))


def _shared(stage: Stage, workspace: Workspace, params: Params) -> Figures | None:
    """Return what to say of the stage that reads the export where a clone has its tables alone; None elsewhere."""
    if _SOURCE not in stage.files or workspace.given(params.ingest.source).exists():
        return None
    shared = [path for path in stage.writes if path.startswith("data/interim/")]
    there = bool(shared) and all(workspace.path(path).is_file() for path in shared)
    return {"export absent": "tables partagées gardées"} if there else None


def write_keys(workspace: Workspace, params: Params) -> None:
    """Write for DVC, stage by stage, what the result depends on that no other stage makes.

    A list that a person gave back is told as it was given, not as the stage left it since.

    Raises:
        MinilabsError: `base.disk`.
    """
    state = _state(workspace)
    for stage in STAGES:
        path = workspace.path(key_path(stage))
        left, former = state.get(stage.name, {}).get("outputs", {}), _lists(path)
        now = {name: file_hash(workspace.path(name)) for name in stage.lists}
        lists = {name: former.get(name, "absent") if left.get(name) == found else found for name, found in now.items()}
        write_json(path, {**given_to(stage, workspace, params), "lists": lists})


def _lists(path: Path) -> dict[str, str]:
    try:
        return dict(read_json(path)["lists"])
    except (MinilabsError, KeyError, TypeError, ValueError):  # none, or a damaged one: it costs a rerun
        return {}


def _state(workspace: Workspace) -> dict[str, dict[str, Any]]:
    path = workspace.path(_STATE)
    if not path.is_file():
        return {}
    try:
        state = read_json(path)
    except MinilabsError:  # a damaged memory only costs a rerun
        return {}
    return {name: known for name, known in state.items() if _is_outcome(known)} if isinstance(state, dict) else {}


def _is_outcome(known: object) -> bool:
    """Tell whether what is remembered of a stage has the shape that `run_stage` gives it."""
    if not isinstance(known, dict) or not isinstance(known.get("figures"), dict):
        return False
    told = known["figures"].values()
    return "key" in known and isinstance(known.get("outputs"), dict) and all(isinstance(said, str) for said in told)


def output_hashes(stage: Stage, workspace: Workspace) -> dict[str, str]:
    """Return path → hash of everything the stage writes, the lists that a person gives back included."""
    return {path: file_hash(workspace.path(path)) for path in (*stage.writes, *stage.lists)}


def stage_key(stage: Stage, workspace: Workspace, params: Params) -> str:
    """Return the hash of everything the stage's result depends on, the lists apart that it writes itself.

    These are compared with what it left there (see `output_hashes`).
    """
    content = {
        **given_to(stage, workspace, params),
        "made": {path: file_hash(workspace.path(path)) for path in stage.reads(params) if path in _MADE},
        "code": {path: code_hash(path) for path in stage.sources},
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def given_to(stage: Stage, workspace: Workspace, params: Params) -> dict[str, Any]:
    """Return what the result depends on and no other stage makes: version, libraries, values read, files given."""
    sections = params.model_dump(mode="json")
    named = [path for path in stage.reads(params) if path not in _MADE and path not in stage.lists]
    shown = _shown(workspace, params) if stage.look else ()
    return {
        "version": pipeline.__version__,
        "libraries": versions(stage.shaped_by(params)),
        "params": {key: _value(sections, key) for key in stage.keys},
        "files": {path: file_hash(workspace.given(path)) for path in sorted({*named, *shown})},
    }


_MADE = frozenset(path for stage in STAGES for path in stage.writes)


def _value(sections: dict[str, Any], key: str) -> object:
    section, _, name = key.partition(".")
    return sections[section][name] if name else sections[section]


def _shown(workspace: Workspace, params: Params) -> tuple[str, ...]:
    """Return the logo and fonts in use; none with a look that cannot be read, which the stage itself refuses."""
    name = params.report.look
    try:
        return named_files(given_text(content_of(workspace.given(name), name), name), name) if name else ()
    except MinilabsError:
        return ()
