"""JupyterLab as an analyst meets it: in French, and asking nothing of the network."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from pipeline.store import write_text
from pipeline.workspace import Workspace

_FOLDER = ".minilabs/jupyter"
_SETTINGS = {
    "@jupyterlab/translation-extension:plugin": {"locale": "fr_FR"},
    "@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false"},
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
}
"""Defaults of JupyterLab for this workspace; what a person sets in its own menus wins.

Events of widgets go to one thread of the kernel: shared between two, as JupyterLab does, letters typed in the panel's
search were lost when the machine was busy.
"""

_QUIET = ("--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate")


def command(workspace: Workspace, notebook: Path, *more: str) -> list[str]:
    """Return the command that opens `notebook` in JupyterLab, the workspace as its folder.

    Args:
        workspace: whose files JupyterLab shows.
        notebook: opened first.
        more: other options of JupyterLab.
    """
    root = f"--notebook-dir={workspace.root.resolve()}"
    return [sys.executable, "-m", "jupyterlab", root, *_QUIET, *more, str(notebook)]


def environment(workspace: Workspace) -> dict[str, str]:
    """Return the environment in which to start it, its defaults written in the workspace.

    Raises:
        MinilabsError: `base.disk`.
    """
    content = json.dumps(_SETTINGS, ensure_ascii=False, indent=2)
    write_text(workspace.path(f"{_FOLDER}/labconfig/default_setting_overrides.json"), content + "\n")
    known = os.environ.get("JUPYTER_CONFIG_PATH")
    ours = str(workspace.path(_FOLDER).resolve())
    return os.environ | {"JUPYTER_CONFIG_PATH": os.pathsep.join([ours, *([known] if known else [])])}
