"""What C code prints while a solver runs goes nowhere: HiGHS has lines that no option silences.

Python writes to the file descriptor itself, C code through its own buffer: only that buffer is exchanged, so that
progress shown meanwhile by another thread, and by other processes, stays.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

_NAMES = {"linux": "stdout", "darwin": "__stdoutp"}
"""C's standard output, by platform; elsewhere the lines are left alone."""


@contextmanager
def quiet() -> Iterator[None]:
    """Drop what C code prints on its standard output in the block."""
    found = _library(_NAMES.get(sys.platform, ""))
    if found is None:
        yield
        return
    standard, own, nowhere = found
    standard.value = nowhere
    try:
        yield
    finally:
        standard.value = own


@cache
def _library(name: str) -> tuple[ctypes.c_void_p, int, int] | None:
    """Return where C keeps its standard output, that output, and one that goes nowhere; None where it has no `name`.

    The output is read once: blocks of several threads that overlap leave the true one behind.
    """
    try:
        library = ctypes.CDLL(None)
        standard = ctypes.c_void_p.in_dll(library, name)
    except (OSError, ValueError, TypeError):
        return None
    library.fopen.restype = ctypes.c_void_p
    nowhere = library.fopen(os.devnull.encode(), b"w")
    return (standard, standard.value, nowhere) if nowhere and standard.value else None
