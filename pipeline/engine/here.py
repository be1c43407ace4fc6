"""Parts made in this process, one after the other; what an engine is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

Given = TypeVar("Given")
Common = TypeVar("Common")
Made = TypeVar("Made")


class Engine(Protocol):
    """Has pure functions make parts."""

    def map(self, function: Callable[[Given, Common], Made], parts: Iterable[Given], common: Common) -> Iterator[Made]:
        """Yield what `function` makes of each part, in order; a few parts only are held at a time.

        Args:
            function: pure, of a module: another process has to find it.
            parts: taken as they are needed.
            common: what every part is made with.
        """


class Here:
    """The engine that needs nothing else."""

    def map(self, function: Callable[[Given, Common], Made], parts: Iterable[Given], common: Common) -> Iterator[Made]:
        """Yield what `function` makes of each part, in order."""
        return (function(part, common) for part in parts)
