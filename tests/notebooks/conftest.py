"""A workspace with the sample's results, made once, in which notebooks are executed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.notebook import Contest, guides
from tests.test_chain import contest


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Contest:
    """Return the contest of the sample after the whole chain, the notebooks copied beside it."""
    workspace = contest(tmp_path_factory.mktemp("notebooks") / "contest", sample)
    shutil.copy(sample / "gold.csv", workspace.path("data/review/coding.csv"))
    found = Contest.at(workspace.root)
    found.run()
    guides.copy(workspace)
    return found
