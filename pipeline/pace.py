"""How far a long stage is: what is shown to the person who waits, in percent and not too often."""

from __future__ import annotations

from typing import Protocol

_EVERY = 200


class Progress(Protocol):
    """How far a stage is, for the person who waits."""

    def __call__(self, done: int, total: int, /) -> None:
        """Show that `done` of `total` steps are over."""


def silent(done: int, total: int) -> None:
    """Tell nobody."""


def part(progress: Progress, start: int, end: int) -> Progress:
    """Return a progress for the part of a stage between two percentages; it passes on one step in 200."""

    def advance(done: int, total: int) -> None:
        if done % _EVERY == 0 or done == total:
            progress(round(start + (end - start) * done / max(total, 1)), 100)

    return advance
