"""Calls to a server: a few at once, within a budget, each answer on disk before the next question is asked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Self, TypeVar

from pipeline.errors import MinilabsError
from pipeline.store import write_bytes

Q = TypeVar("Q")
A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Call(Generic[Q, A]):
    """One call to make.

    Attributes:
        question: what is asked.
        answer: makes the call.
        tokens: that it sends, about.
    """

    question: Q
    answer: Callable[[], A]
    tokens: int


class Purse:
    """What may still be spent by one command: calls, and tokens sent and received."""

    def __init__(self, calls: int, tokens: int) -> None:
        """Take what may be spent."""
        self._calls, self._tokens = calls, tokens
        self.calls = self.tokens = 0

    @property
    def empty(self) -> bool:
        """Whether nothing more may be asked."""
        return self.calls >= self._calls or self.tokens >= self._tokens

    def spend(self, tokens: int) -> None:
        """Count a call that was made."""
        self.calls, self.tokens = self.calls + 1, self.tokens + tokens

    def at_once(self, calls: Sequence[Call[Q, A]], parallel: int) -> Iterator[tuple[Q, A]]:
        """Yield question and answer as they come, `parallel` at a time; no more than may be spent is asked."""
        left, waiting = list(calls[: self._calls - self.calls]), dict[Future[A], Q]()
        budget = self._tokens - self.tokens
        with ThreadPoolExecutor(max_workers=parallel) as pool:
            try:
                while left or waiting:
                    while left and len(waiting) < parallel and budget > 0:
                        call = left.pop(0)
                        budget -= call.tokens
                        waiting[pool.submit(call.answer)] = call.question
                    if not waiting:
                        return
                    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                        yield waiting.pop(future), future.result()
            finally:
                for future in waiting:
                    future.cancel()


class Book:
    """A record's file, open to add lines: each is on disk before the next question is asked."""

    def __init__(self, path: Path) -> None:
        """Take the file, which need not be there."""
        self._path = path

    def __enter__(self) -> Self:
        """Open it, without the line that a killed run was writing.

        Raises:
            MinilabsError: `base.disk`.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            content = self._path.read_bytes() if self._path.is_file() else b""
            if content and not content.endswith(b"\n"):
                write_bytes(self._path, content[: content.rfind(b"\n") + 1])
            self._file = self._path.open("ab")
        except OSError as why:
            raise MinilabsError("base.disk", path=self._path, why="l'accès est refusé") from why
        return self

    def add(self, lines: Iterable[str]) -> None:
        """Write lines.

        Raises:
            MinilabsError: `base.disk`.
        """
        try:
            self._file.write("".join(lines).encode())
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as why:
            raise MinilabsError("base.disk", path=self._path, why="le disque est plein") from why

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._file.close()
