"""A long list of objects that memory need not hold: kept in an anonymous file beyond a size."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from array import array
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar, overload

_T = TypeVar("_T")
_IN_MEMORY = 64_000_000
"""Bytes held in memory before the list moves to a file: an export of some ten thousand ideas never does."""


class Spool(Sequence[_T], Generic[_T]):
    """A list that grows at its end and is read at any place; its items are copies.

    The file has no name, can be read by its owner only and disappears with the object or the program, even a killed
    one: what people wrote leaves no trace on the disk.
    """

    def __init__(self, in_memory: int = _IN_MEMORY) -> None:
        """Make an empty list that stays in memory up to `in_memory` bytes."""
        self._file = tempfile.SpooledTemporaryFile(max_size=in_memory)  # noqa: SIM115 - lives as long as the list
        self._ends = array("Q")
        weakref.finalize(self, self._file.close)

    def append(self, item: _T) -> None:
        """Add an item at the end."""
        self._file.seek(self._ends[-1] if self._ends else 0)
        self._file.write(pickle.dumps(item, pickle.HIGHEST_PROTOCOL))
        self._ends.append(self._file.tell())

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> _T: ...
    @overload
    def __getitem__(self, place: slice) -> list[_T]: ...
    def __getitem__(self, place: int | slice) -> _T | list[_T]:
        """Return the item at a place."""
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        at = range(len(self))[place]
        start = self._ends[at - 1] if at else 0
        self._file.seek(start)
        item: _T = pickle.loads(self._file.read(self._ends[at] - start))  # noqa: S301 - written by `append`, unreachable
        return item

    def __iter__(self) -> Iterator[_T]:
        """Yield the items in order."""
        return (self[i] for i in range(len(self)))
