"""Altair, without the optional module that compiles a grammar of addresses for seconds: no chart asks for its check."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def set_aside(name: str) -> Iterator[None]:
    """Have the module `name` absent for what is imported in the block, unless it is there already."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment] # how Python says that there is none
    try:
        yield
    finally:
        del sys.modules[name]


with set_aside("rfc3987_syntax"):
    import altair as alt

__all__ = ["alt", "set_aside"]
