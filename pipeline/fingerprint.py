"""What a stage's result depends on, as one hash: inputs, parameters, code and version."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pipeline
from pipeline.given_file import not_read
from pipeline.params import Params
from pipeline.stages import Stage
from pipeline.workspace import Workspace

_SOURCES = Path(pipeline.__file__).parent.parent


def file_hash(path: Path) -> str:
    """Return the hash of a file, of all files below a folder with their names, or "absent".

    Raises:
        MinilabsError: `base.not_read`: a file that may not be read, a name that cannot be one.
    """
    try:
        return _hash(path)
    except OSError as why:
        raise not_read(path, path.name, why) from why


def _hash(path: Path) -> str:
    if path.is_dir():
        below = sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
        listing = "".join(f"{p.relative_to(path).as_posix()} {_hash(p)}\n" for p in below)
        return hashlib.sha256(os.fsencode(listing)).hexdigest()
    if not path.is_file():
        return "absent"
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def output_hashes(stage: Stage, workspace: Workspace) -> dict[str, str]:
    """Return path → hash of everything the stage writes, the lists that a person gives back included."""
    return {path: file_hash(workspace.path(path)) for path in (*stage.writes, *stage.lists)}


def stage_key(stage: Stage, workspace: Workspace, params: Params) -> str:
    """Return the hash of everything the stage's result depends on, the lists apart that it writes itself.

    These are compared with what it left there (see `output_hashes`).
    """
    sections = params.model_dump(mode="json")
    content = {
        "version": pipeline.__version__,
        "params": {key: sections[key] for key in stage.keys},
        "inputs": {path: file_hash(workspace.given(path)) for path in stage.reads(params) if path not in stage.lists},
        "code": {path: file_hash(_SOURCES / path) for path in stage.sources},
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
