"""What all tests share: the sample's folder, a browser, and an analyst's afternoon on it, once for all workers."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from tests.test_afternoon import Afternoon

ROOT = Path(__file__).parent.parent
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip

settings.register_profile("untimed", deadline=None)  # a busy machine makes no test fail
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def sample() -> Path:
    """Return the folder of the demonstration corpus."""
    return ROOT / "data" / "sample"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium, closed with the module; without it tests fail, since accessibility is promised.

    While it is open an event loop runs in this thread: another one, or a test with a loop of its own, cannot start.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "Chromium is needed to test the pages: apt-get install chromium"
    with sync_playwright() as tool:
        chromium = tool.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def afternoon(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Afternoon:
    """Return the afternoon: themes proposed, decided on through each door, and the chain run on what was decided.

    Workers share it: who comes first makes it, the others wait. Tests read it; one that writes takes a copy.
    """
    from typer.testing import CliRunner  # noqa: PLC0415 - only this fixture is long to load

    from pipeline.commands.app import app  # noqa: PLC0415
    from tests.test_afternoon import Afternoon, contest, decide  # noqa: PLC0415 - a test file that needs this one

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / "afternoon"
    with FileLock(f"{folder}.lock"):
        if not (folder / "decided").is_file():
            decided = decide(contest(folder / "contest", sample))
            result = CliRunner().invoke(app, ["run", "--workspace", str(decided.workspace.root)])
            assert result.exception is None, result.exception
            (folder / "decided").write_bytes(pickle.dumps(decided))
        made = pickle.loads((folder / "decided").read_bytes())  # noqa: S301 - written just above
    assert isinstance(made, Afternoon)
    return made
