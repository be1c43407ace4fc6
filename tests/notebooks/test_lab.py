"""JupyterLab as it is started: the right folder and notebook, French, nothing asked of a network."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from jupyterlab.labapp import LabApp
from jupyterlab_server.translation_utils import get_language_packs

from pipeline.notebook import lab
from pipeline.workspace import Workspace


def test_the_command_opens_the_notebook_in_the_workspace(tmp_path: Path) -> None:
    """By this very Python; the folder shown is the contest's."""
    words = lab.command(Workspace(tmp_path), tmp_path / "notebooks/1.ipynb", "--no-browser")
    assert words[:3] == [sys.executable, "-m", "jupyterlab"]
    assert f"--notebook-dir={tmp_path.resolve()}" in words
    assert words[-2:] == ["--no-browser", str(tmp_path / "notebooks/1.ipynb")]


def test_its_options_are_jupyterlab_s(tmp_path: Path) -> None:
    """An option that a new version would not know fails here, not on an analyst's screen."""
    options = [word for word in lab.command(Workspace(tmp_path), tmp_path) if word.startswith("--LabApp.")]
    assert options
    for option in options:
        assert option.removeprefix("--LabApp.").partition("=")[0] in LabApp.class_trait_names()


def test_defaults_are_written_in_the_workspace_and_a_person_s_own_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """French and no news, below the workspace; a configuration that was there still counts."""
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/ailleurs")
    paths = lab.environment(Workspace(tmp_path))["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert paths == [str((tmp_path / ".minilabs/jupyter").resolve()), "/ailleurs"]
    file = tmp_path / ".minilabs/jupyter/labconfig/default_setting_overrides.json"
    settings = json.loads(file.read_text(encoding="utf-8"))
    assert settings["@jupyterlab/translation-extension:plugin"]["locale"] == "fr_FR"
    assert settings["@jupyterlab/apputils-extension:kernels-settings"]["commsOverSubshells"] == "disabled"
    monkeypatch.delenv("JUPYTER_CONFIG_PATH")
    assert lab.environment(Workspace(tmp_path))["JUPYTER_CONFIG_PATH"] == paths[0]


def test_french_is_installed() -> None:
    """The language pack is found by JupyterLab's server."""
    packs, message = get_language_packs()
    assert message == ""
    assert "fr_FR" in packs
