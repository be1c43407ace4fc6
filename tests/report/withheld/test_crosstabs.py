"""Tables of agents by two attributes: everyone counted once a cell, what is withheld gives nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.report.withheld.crosstabs import crosstab

PAIRS = st.lists(st.tuples(st.integers(0, 40), st.sampled_from("abc"), st.sampled_from("xyz")), max_size=120)


def _frame(pairs: list[tuple[int, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["holder_id", "row", "column"]).astype({"holder_id": str})


@settings(max_examples=50, deadline=None, derandomize=True)
@given(PAIRS)
def test_agents_count_once_a_cell(pairs: list[tuple[int, str, str]]) -> None:
    """Counts are those of distinct agents, as pandas counts them."""
    frame = _frame(pairs)
    table = crosstab(frame, "row", "column", list("abc"), 1)
    once = frame.drop_duplicates()
    expected = pd.crosstab(once["row"], once["column"]).reindex(list("abc"), fill_value=0)
    assert np.array_equal(np.asarray(table.counts), np.asarray(expected)) or not pairs


@settings(max_examples=50, deadline=None, derandomize=True)
@given(PAIRS)
def test_a_cell_is_its_count_or_nothing(pairs: list[tuple[int, str, str]]) -> None:
    """A cell gives the count where it may be shown, five at least, and None elsewhere or for an unknown name."""
    table = crosstab(_frame(pairs), "row", "column", list("abc"), 5)
    for row in table.counts.index:
        for column in table.counts.columns:
            value = table.cell(str(row), str(column))
            assert value is None or value == table.counts.loc[row, column] >= 5
    assert table.cell("?", "x") is None


def test_rows_and_columns_can_be_withheld_whatever_they_count() -> None:
    """A row set apart and a column that is not told are never shown."""
    pairs = [(n, row, column) for n, (row, column) in enumerate([("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")] * 9)]
    table = crosstab(_frame(pairs), "row", "column", ["a", "b"], 5, told={"x"}, apart="b")
    assert not table.shown.loc["b"].any()
    assert not table.shown["y"].any()


def test_nobody_gives_an_empty_table() -> None:
    """Without agents there is nothing to show, and no crash."""
    assert crosstab(_frame([]), "row", "column", ["a"], 5).cell("a", "x") is None
