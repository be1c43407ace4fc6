"""Functions that workers find in this module."""

from __future__ import annotations

import os
import time
from pathlib import Path


def doubled(part: int, common: tuple[Path, float]) -> int:
    """Return twice a number, slowly, and leave a trace of which process did."""
    folder, seconds = common
    time.sleep(seconds)
    with (folder / f"{part:03d}").open("a", encoding="ascii") as file:
        file.write(f"{os.getpid()}\n")
    return 2 * part
