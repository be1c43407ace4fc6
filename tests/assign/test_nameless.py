"""Holders whom nothing names are counted for their directorate, and never seated: nobody can invite them."""

from __future__ import annotations

import pandas as pd

from pipeline.schema import named, nameless_id
from pipeline.shells.assign import with_nameless


def test_nobody_is_seated_and_everyone_is_counted(tables: dict[str, pd.DataFrame]) -> None:
    """They leave the tables that seats are given from, and come back among the people that reports count."""
    holders = tables["holders"].head(3)
    unnamed = holders.assign(holder_id=[nameless_id(n) for n in (1, 2, 3)])
    every = pd.concat([holders, unnamed], ignore_index=True)
    invited = named(every)
    assert list(invited["holder_id"]) == list(holders["holder_id"])
    counted = with_nameless(invited, every)
    assert sorted(counted["holder_id"]) == sorted(every["holder_id"])
    assert counted["directorate"].value_counts().equals(every["directorate"].value_counts())


def test_own_numbers_are_names() -> None:
    """A holder whom the export numbers can be invited, even without a name."""
    frame = pd.DataFrame({"holder_id": ["A001", "sans-nom-001", "SN12", "42"]})
    assert list(named(frame)["holder_id"]) == ["A001", "SN12", "42"]
