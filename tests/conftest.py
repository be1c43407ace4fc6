"""What all tests share: the sample's folder, and a workspace made from it once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def sample() -> Path:
    """Return the folder of the demonstration corpus."""
    return ROOT / "data" / "sample"
