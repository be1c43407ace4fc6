"""A real server in another process, and a small workspace to read."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from pipeline.initialise import initialise
from pipeline.params import EmbedParams, ReaderParams
from pipeline.store import save
from pipeline.workspace import Workspace

Launch = Callable[..., tuple[str, Path]]
Start = Callable[[str], tuple[str, Path]]
_SECTIONS = {"reader": set(ReaderParams.model_fields), "embed": set(EmbedParams.model_fields)}
WORDS = ("cantine", "parking", "formation", "déchets", "logiciel")


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    """Return what starts a program of this folder in another process, and gives its port and its folder."""
    running: list[subprocess.Popen[bytes]] = []

    def launched(program: str, *arguments: str) -> tuple[str, Path]:
        folder = tmp_path / f"server-{len(running)}"
        folder.mkdir()
        command = [sys.executable, str(Path(__file__).with_name(program)), str(folder), *arguments]
        running.append(subprocess.Popen(command))
        while not (folder / "port").exists():
            assert running[-1].poll() is None, "the server did not start"
            time.sleep(0.01)
        return (folder / "port").read_text(), folder

    yield launched
    for process in running:
        process.kill()
        process.wait()


@pytest.fixture
def start(launch: Launch) -> Start:
    """Return what starts a server of a manner and gives its address and the file of what it was sent."""

    def started(manner: str) -> tuple[str, Path]:
        port, folder = launch("server.py", manner)
        return f"http://127.0.0.1:{port}/v1", folder / "requests"

    return started


def ideas(count: int) -> pd.DataFrame:
    """Return made-up ideas: five subjects in turn, numbers that hide them."""
    rows = [
        {
            "idea_id": f"I{number:03d}",
            "submitted_on": None,
            "title": f"Pour la {WORDS[number % 5]} ({number})",
            "description": f"Il faut agir sur la {WORDS[number % 5]} du site, dès le matin. Cas {number}.",
            "benefits": "",
            "text": f"Pour la {WORDS[number % 5]}. Agir sur la {WORDS[number % 5]} du site, cas {number}.",
            "status": "",
            "votes": None,
            "category": "",
            "analysed": True,
            "reason_excluded": "",
        }
        for number in range(count)
    ]
    return pd.DataFrame(rows)


def workspace(
    folder: Path, address: str, count: int = 40, model: object = "lecteur-test", **settings: object
) -> Workspace:
    """Return a workspace with ideas read, and a reader named in its parameters."""
    initialise(folder)
    params = folder / "params.yaml"
    wanted = {"address": address, "model": model, "context": 2500, "parallel": 2, **settings}
    lines = params.read_text(encoding="utf-8").splitlines()
    for name, value in wanted.items():
        section = next((s for s, of in _SECTIONS.items() if name in of), "cluster")
        at = lines.index(f"{section}:")
        place = next(i for i in range(at, len(lines)) if lines[i].startswith(f"  {name}:"))
        lines[place] = f"  {name}: {value}"
    params.write_text("\n".join(lines) + "\n", encoding="utf-8")
    place_ = Workspace(folder)
    save(place_, "ideas", ideas(count))
    near = pd.DataFrame({"idea_a": ["I000", "I001"], "idea_b": ["I005", "I002"], "score": [0.9, 0.5]})
    save(place_, "near_duplicates", near)
    return place_
