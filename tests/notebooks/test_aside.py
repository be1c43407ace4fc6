"""Modules left out while another is imported."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from pipeline.notebook.aside import set_aside


def test_a_module_is_absent_in_the_block_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set aside cannot be imported in the block, and can be after it; what is there already stays."""
    monkeypatch.delitem(sys.modules, "this", raising=False)
    monkeypatch.setattr("sys.stdout", None)
    with set_aside("this"), pytest.raises(ImportError):
        importlib.import_module("this")
    found = importlib.import_module("this")
    with set_aside("this"):
        assert importlib.import_module("this") is found


def test_charts_open_without_the_grammar() -> None:
    """Half of the time that a notebook took to open went to a grammar that no chart asks for: it is not loaded."""
    asked = "import sys, pipeline.notebook.charts; sys.exit('rfc3987_syntax' in sys.modules)"
    subprocess.run([sys.executable, "-c", asked], check=True)
