"""Which texts stand for all of them: a draw by what they say, the same whatever the order or the parts of the table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pipeline.cluster.grouping.corpus import canonical


def rank(text: str, seed: int) -> bytes:
    """Return the place of a text in the draw: a hash, so that those drawn of two parts are among those of each."""
    return hashlib.blake2b(canonical(text).encode(), digest_size=16, salt=seed.to_bytes(16, "little")).digest()


class Draw:
    """The texts of lowest rank among those met so far, ideas with the same text together; memory is that of the draw.

    Args:
        count: of the texts drawn.
        seed: of the draw.
    """

    def __init__(self, count: int, seed: int) -> None:
        self._count, self._seed = count, seed
        self._ids: dict[bytes, list[str]] = {}
        self.whole = True
        """Whether all the texts met are drawn."""

    def add(self, ideas: Iterable[str], texts: Iterable[str]) -> None:
        """Meet some ideas and their texts."""
        for idea, text in zip(ideas, texts, strict=True):
            self._ids.setdefault(rank(text, self._seed), []).append(idea)
            if len(self._ids) > 2 * self._count:
                self._drop()

    def _drop(self) -> None:
        self.whole &= len(self._ids) <= self._count
        self._ids = dict(sorted(self._ids.items())[: self._count])

    def ids(self) -> frozenset[str]:
        """Return the ideas drawn."""
        self._drop()
        return frozenset(idea for ids in self._ids.values() for idea in ids)
