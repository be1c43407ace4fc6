"""What a stage's result depends on, as one hash: inputs, parameters, code, libraries and version."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pipeline
from pipeline.errors import MinilabsError
from pipeline.files.encoding import given_text
from pipeline.files.given_file import content_of
from pipeline.files.look_file import named_files
from pipeline.hashes import code_hash, file_hash, versions
from pipeline.params import Params
from pipeline.stages import STAGES, Stage
from pipeline.workspace import Workspace


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
