"""What was made once from the same question is not made again, whoever asks: a stage's shell says where it is kept.

Only what a pure function makes may be recalled: the answer is the same bytes with a memory or without one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Memory(Protocol):
    """Answers by the hash of their question."""

    def get(self, key: str) -> bytes | None:
        """Return the answer, or None when it is not known."""

    def put(self, key: str, answer: bytes) -> None:
        """Keep an answer that was just made."""


class Answers:
    """A memory of what is asked now: answers that nothing asks for any more are left behind.

    Attributes:
        asked: key → answer, of all that was asked since.
    """

    def __init__(self, known: dict[str, bytes]) -> None:
        self._known = known
        self.asked: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return the answer, or None when it is not known."""
        if key not in self.asked and key in self._known:
            self.asked[key] = self._known[key]
        return self.asked.get(key)

    def put(self, key: str, answer: bytes) -> None:
        """Keep an answer that was just made."""
        self.asked[key] = answer


_MEMORY: ContextVar[Memory | None] = ContextVar("memory", default=None)


@contextmanager
def remembering(memory: Memory) -> Iterator[None]:
    """Recall from `memory`, in the block, what was made before; what is made there is put in it."""
    token = _MEMORY.set(memory)
    try:
        yield
    finally:
        _MEMORY.reset(token)


def recalled(question: Iterable[bytes], make: Callable[[], bytes]) -> bytes:
    """Return what `make` gives, without calling it when the same question was asked before.

    Args:
        question: all that the answer depends on but the program and its libraries: a memory is of one version of them.
        make: gives the answer.
    """
    memory = _MEMORY.get()
    if memory is None:
        return make()
    digest = hashlib.sha256()
    for part in question:
        digest.update(len(part).to_bytes(8, "little"))
        digest.update(part)
    key = digest.hexdigest()
    answer = memory.get(key)
    if answer is None:
        answer = make()
        memory.put(key, answer)
    return answer
