"""A workbook from elsewhere → the cells of its sheets, read in a process of its own: a crash there is no crash here."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from pipeline.files import native

_SECONDS = 120


class UnreadableError(Exception):
    """A workbook that cannot be read.

    Attributes:
        protected: by a password, rather than damaged.
    """

    def __init__(self, *, protected: bool) -> None:
        super().__init__(protected)
        self.protected = protected


def read_apart(content: bytes) -> list[tuple[str, bool, list[list[Any]]]]:
    """Return (name, whether people see it, rows of cells) for each sheet: texts, numbers, dates as ISO texts.

    Memory and time are bounded: see `native`.

    Raises:
        UnreadableError: protected, damaged, or too long to read.
    """
    command = [sys.executable, "-I", native.__file__]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - our own file
    except subprocess.TimeoutExpired as why:
        raise UnreadableError(protected=False) from why
    if done.returncode:
        raise UnreadableError(protected=done.returncode == native.PASSWORD)
    return [(name, visible, rows) for name, visible, rows in json.loads(done.stdout)]
