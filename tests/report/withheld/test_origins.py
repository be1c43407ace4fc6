"""Tables of where agents come from: what each shows, and what two of them side by side may not give away."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from pipeline.report import Report
from pipeline.report.papers.sheets import sheets
from pipeline.report.withheld.disclosure import disclosure
from pipeline.report.withheld.origins import OTHERS, of_theme
from pipeline.report.withheld.suppression import jointly_safe
from tests.report.conftest import Tables
from tests.report.withheld.test_disclosure import AGENT, contest


def test_nested_tables_leave_no_small_difference() -> None:
    """All thirty-six of a kind of site are of one directorate that counts thirty-eight: two would be left."""
    counts = np.array([[36, 2], [0, 6]])
    possible = np.array([[True, True], [False, True]])
    both = np.array([True, True])
    assert not jointly_safe(counts, both, both, possible, 5)
    assert jointly_safe(counts, both, both, np.ones((2, 2), dtype=bool), 5)
    assert jointly_safe(counts, np.array([False, False]), both, possible, 5)


SMALL = st.lists(st.lists(st.integers(0, 8), min_size=3, max_size=3), min_size=2, max_size=4)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(SMALL)
def test_what_is_called_safe_is_undetermined(cells: list[list[int]]) -> None:
    """Linear programming, given both tables, finds two values for each small cell of a pair that is called safe."""
    counts = np.array(cells)
    possible = counts > 0
    printed = (np.ones(counts.shape[0], dtype=bool), np.ones(counts.shape[1], dtype=bool))
    spots = list(zip(*np.nonzero(possible), strict=True))
    sums = [[float(r == line) for r, _ in spots] for line in range(counts.shape[0])]
    sums += [[float(c == line) for _, c in spots] for line in range(counts.shape[1])]
    totals = [*counts.sum(1), *counts.sum(0)]
    fixed = False
    for row, column in spots:
        if counts[row, column] < 5:
            cost = [float((r, c) == (row, column)) for r, c in spots]
            low = linprog(cost, A_eq=sums, b_eq=totals).fun
            fixed |= -linprog([-c for c in cost], A_eq=sums, b_eq=totals).fun - low < 1e-6
    assert jointly_safe(counts, *printed, possible, 5) == (not fixed)


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(AGENT, min_size=5, max_size=80))
def test_lines_and_their_total_leave_five_or_none(agents: list[tuple[str, str, str, str]]) -> None:
    """In each table of a theme, every line reaches five and so does what is not communicated."""
    known = disclosure(contest(agents), 5)
    for theme in set(known.true["theme_id"]):
        for part in of_theme(theme, known, 5):
            values = [count.value for count in part.counts if count.value is not None]
            assert min(values) >= 5
            assert part.total - sum(values) in {0, *range(5, 1000)}
            assert bool(part.note) == any(count.label == OTHERS for count in part.counts)
            assert sum(count.value or 0 for count in part.counts) == part.total


def test_a_directorates_two_tables_agree(report: Report, tables: Tables) -> None:
    """Kinds of site and departments of one directorate have one total, that of its agents."""
    agents = tables["holders"]["directorate"].str.replace("'", "’").value_counts()
    for dossier in sheets(report, tables, 5).directorates:
        assert {part.total for part in dossier.breakdowns} <= {agents[dossier.directorate]}


def test_a_theme_of_few_agents_has_no_table() -> None:
    """Under the threshold nothing is broken down."""
    assert of_theme("T", disclosure(contest([("T", "A", "L", "57")] * 4), 5), 5) == ()
