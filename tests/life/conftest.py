"""A workspace whose groups are composed, with made-up tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.initialise import initialise
from pipeline.store import save
from pipeline.workspace import Workspace
from tests.report.conftest import sample_tables


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace with every table of the chain and the identities of the sample."""
    return composed(tmp_path / "concours")


def composed(folder: Path) -> Workspace:
    """Return such a workspace, made in `folder`."""
    initialise(folder)
    place = Workspace(folder)
    for name, frame in sample_tables().items():
        save(place, "agents" if name == "holders" else name, frame)
        if name == "holders":
            save(place, "holders", frame)
    return place
