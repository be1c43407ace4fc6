"""What all tests share: the sample's folder, and a workspace made from it once a session."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent

settings.register_profile("untimed", deadline=None)  # a busy machine makes no test fail
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def sample() -> Path:
    """Return the folder of the demonstration corpus."""
    return ROOT / "data" / "sample"
