"""Cells read as plain values: whatever pandas calls missing is one thing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.report.facts.frames import rows, text, texts


def test_missing_cells_are_none() -> None:
    """NaN, NA, NaT and None are None; lists, empty texts and zeros are themselves."""
    frame = pd.DataFrame({"a": [np.nan, pd.NA, None, pd.NaT, "", 0, []]}, dtype=object)
    assert [row["a"] for row in rows(frame)] == [None, None, None, None, "", 0, []]


def test_texts_of_cells() -> None:
    """A missing text is empty, a missing list too; anything else is its text."""
    assert (text(None), text(3), texts(None), texts(["a", 1])) == ("", "3", (), ("a", "1"))
