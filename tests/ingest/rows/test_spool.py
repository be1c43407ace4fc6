"""A spool is a list, whether its items are in memory or in a file."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.rows.spool import Spool

ITEMS = st.lists(st.one_of(st.text(), st.tuples(st.integers(), st.text()), st.none()), max_size=20)


@given(ITEMS, st.sampled_from([0, 1, 50, 10**6]))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_items_come_back_in_order(items: list[object], in_memory: int) -> None:
    """Whatever the items and wherever they are kept, they come back in order, and at their place."""
    spool: Spool[object] = Spool(in_memory)
    for item in items:
        spool.append(item)
    assert list(spool) == items
    assert [spool[i] for i in range(len(items))] == items
    assert spool[1:3] == items[1:3]
    assert len(spool) == len(items)


def test_reading_and_writing_take_turns() -> None:
    """An item may be read while others are still added."""
    spool: Spool[str] = Spool(10)
    for i in range(50):
        spool.append("x" * i)
        assert spool[i // 2] == "x" * (i // 2)
    assert spool[-1] == "x" * 49
    with pytest.raises(IndexError):
        spool[50]


def test_the_file_has_no_name_and_goes_with_the_list() -> None:
    """What people wrote is in no folder, and the file is closed when the list is no longer used."""
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0  # noqa: PTH112, PTH208
    spool: Spool[str] = Spool(0)
    spool.append("Soizic")
    assert not isinstance(spool._file.name, str)
    del spool
    gc.collect()
    after = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0  # noqa: PTH112, PTH208
    assert after <= before
