"""What a person waits for at the review panel: opening it, the first title tried, a decision saved.

Usage: python benchmarks/panel.py WORKSPACE
The chain has to have run in the workspace; one decision is recorded there. Each line: seconds of processor, then by the
clock, imports included where they come.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print what the block took."""
    used, start = time.process_time(), time.perf_counter()
    yield
    print(f"{what:<32} {time.process_time() - used:8.2f} s {time.perf_counter() - start:8.2f} s", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    asked = parser.parse_args()
    with timed("panel, open"):
        from pipeline.notebook import pictures  # noqa: F401, PLC0415 - what the notebook imports is waited for
        from pipeline.notebook.deciding import act  # noqa: PLC0415
        from pipeline.notebook.panel.trial import record  # noqa: PLC0415
        from pipeline.notebook.panel.widgets import Panel  # noqa: PLC0415
        from pipeline.shells.deciding.desk import open_desk  # noqa: PLC0415
        from pipeline.workspace import Workspace  # noqa: PLC0415

        desk = open_desk(Workspace(asked.workspace))
        Panel(desk, "AB")
    title = act("rename", next(iter(desk.now.state.themes)), "Mieux se déplacer entre les sites", "", "AB")
    with timed("panel, first title"):
        desk.tried([title])
    with timed("panel, save"):
        record(desk, [title], "AB", "")


if __name__ == "__main__":
    main()
