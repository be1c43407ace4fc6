"""Small counts withheld, attacked as a reader would: by arithmetic on everything that is printed."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from pipeline.report.withheld.suppression import OWN, TWO, Counts, Mask, hidden, hidden_line, jointly_safe, movable

TABLES = arrays(np.int64, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.integers(0, 14))
LINES = arrays(np.int64, st.integers(1, 9), elements=st.integers(0, 14))
CALM = settings(max_examples=80, deadline=None, derandomize=True)


def _range(counts: Counts, mask: Mask, row: int, column: int) -> tuple[float, float]:
    """Return what a reader who knows totals and shown cells can say of one hidden cell."""
    cells = list(zip(*np.nonzero(mask), strict=True))
    sums, totals = [], []
    for line in range(counts.shape[0]):
        sums.append([float(r == line) for r, _ in cells])
        totals.append(counts[line][mask[line]].sum())
    for line in range(counts.shape[1]):
        sums.append([float(c == line) for _, c in cells])
        totals.append(counts[:, line][mask[:, line]].sum())
    cost = [float((r, c) == (row, column)) for r, c in cells]
    low = linprog(cost, A_eq=sums, b_eq=totals)
    high = linprog([-c for c in cost], A_eq=sums, b_eq=totals)
    return low.fun, -high.fun


@CALM
@given(TABLES, st.integers(2, 6))
def test_no_shown_cell_is_small(counts: Counts, threshold: int) -> None:
    """Whatever the table, every printed count reaches the threshold."""
    assert (counts[~hidden(counts, threshold)] >= threshold).all()


@CALM
@given(TABLES, st.integers(2, 6))
def test_subtraction_reveals_no_small_sum(counts: Counts, threshold: int) -> None:
    """Taking what is shown from a total leaves nothing, a sum of the threshold at least, or a line all hidden."""
    mask = hidden(counts, threshold)
    for line, away in [*zip(counts, mask, strict=True), *zip(counts.T, mask.T, strict=True)]:
        rest = line[away].sum()
        assert rest == 0 or rest >= threshold or away.all()


@CALM
@given(TABLES)
def test_the_graph_criterion_agrees_with_linear_programming(counts: Counts) -> None:
    """`movable` says that a cell has several possible values exactly when linear programming finds two."""
    mask = counts < 5
    for row, column in zip(*np.nonzero(mask), strict=True):
        low, high = _range(counts, mask, int(row), int(column))
        assert movable(counts, mask, int(row), int(column)) == (high - low > 1e-6)


@CALM
@given(TABLES)
def test_no_hidden_cell_can_be_worked_out(counts: Counts) -> None:
    """After suppression, a positive hidden cell has several possible values, unless row and column are all hidden."""
    mask = hidden(counts, 5)
    for row, column in zip(*np.nonzero(mask & (counts > 0)), strict=True):
        low, high = _range(counts, mask, int(row), int(column))
        assert high - low > 1e-6 or (mask[row].all() and mask[:, column].all())


@CALM
@given(LINES, st.integers(2, 6))
def test_a_line_hides_enough(counts: Counts, threshold: int) -> None:
    """In one line of counts, small cells are hidden and never alone, so that the total gives nothing away."""
    mask = hidden_line(counts, threshold)
    rest = counts[mask].sum()
    assert (counts[~mask] >= threshold).all()
    assert rest == 0 or (rest >= threshold and mask.sum() > 1) or mask.all()


def test_one_small_cell_takes_the_next_smallest_with_it() -> None:
    """A single small count would be the total minus the rest: the next smallest is withheld too."""
    assert hidden_line(np.array([30, 12, 3, 8]), 5).tolist() == [False, False, True, True]


def test_what_a_directorate_knows_of_itself_takes_a_third_cell() -> None:
    """Where a reader knows one cell, two hidden ones would give the other away: three are hidden."""
    counts = np.array([[4, 4, 9, 9], [20, 20, 20, 20]])
    assert [hidden(counts, 5, cells=cells)[0].sum() for cells in (TWO, OWN)] == [2, 3]


def test_a_cell_withheld_alone_is_joined_by_another() -> None:
    """One large cell that must not be shown cannot be worked out from the total of its line."""
    counts = np.array([[6, 10, 12], [20, 30, 40]])
    withheld = np.array([[True, False, False], [False, False, False]])
    assert hidden(counts, 5, withheld).tolist() == [[True, True, False], [True, True, False]]


def test_hiding_goes_on_until_the_sum_is_large_enough() -> None:
    """Two cells that add up to less than the threshold take a third one along."""
    assert hidden_line(np.array([1, 1, 9, 8]), 5).tolist() == [True, True, False, True]


def test_a_count_of_the_threshold_exactly_is_shown() -> None:
    """Nothing is withheld that need not be."""
    counts = np.full((2, 2), 5)
    assert not hidden(counts, 5).any()
    assert not hidden_line(counts[0], 5).any()


def test_two_small_cells_that_reach_the_threshold_stay_alone() -> None:
    """Two and three add up to the threshold of five: nothing more is withheld."""
    assert hidden_line(np.array([2, 3, 9, 8]), 5).tolist() == [True, True, False, False]


def test_a_total_that_is_not_printed_tells_nothing() -> None:
    """Two people alone in a kind of site are told by its total, and not where it is printed with others only."""
    counts, possible = np.array([[9, 2, 9], [9, 0, 9]]), np.array([[True, True, True], [True, False, True]])
    rows = np.array([True, True])
    assert not jointly_safe(counts, rows, np.array([True, True, True]), possible, 5)
    assert jointly_safe(counts, rows, np.array([True, False, False]), possible, 5)


def test_two_tables_side_by_side_give_away_what_neither_does() -> None:
    """Thirty-six people of a kind of site, all in a directorate of thirty-eight, leave two; were they spread, none."""
    counts, printed = np.array([[36, 0], [2, 60]]), np.array([True, False])
    everywhere, one = np.ones((2, 2), dtype=bool), np.array([[True, False], [True, True]])
    assert not jointly_safe(counts, printed, np.array([True, True]), one, 5)
    assert jointly_safe(counts, printed, np.array([True, True]), everywhere, 5)
