"""Sheets of themes and files of directorates: what they say, and what nobody can work out from all of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.params import ReportParams
from pipeline.report import Report, build
from pipeline.report.facts.tallies import Breakdown
from pipeline.report.papers.sheets import Sheets, sheets
from pipeline.report.withheld.crosstabs import crosstab
from pipeline.report.withheld.origins import OTHERS
from tests.report.conftest import Tables

THRESHOLD = 5


@pytest.fixture(scope="module")
def made(report: Report, tables: Tables) -> Sheets:
    """Return the sample's sheets."""
    return sheets(report, tables, THRESHOLD)


def _parts(made: Sheets) -> list[Breakdown]:
    own = [part for sheet in made.themes for part in sheet.breakdowns]
    return own + [part for dossier in made.directorates for part in dossier.breakdowns]


def test_each_theme_and_directorate_has_its_sheet(made: Sheets, report: Report, tables: Tables) -> None:
    """Nobody is forgotten, and no two files have one name."""
    assert [sheet.theme for sheet in made.themes] == list(report.themes)
    assert len(made.directorates) == tables["holders"]["directorate"].nunique()
    names = [*(sheet.name for sheet in made.themes), *(dossier.name for dossier in made.directorates)]
    assert len(names) == len(set(names))


def test_no_count_of_agents_is_small(made: Sheets) -> None:
    """No file of a directorate and no sheet of a theme shows a count under the threshold, but zero where known."""
    shown = [count for d in made.directorates for line in d.lines for count in (line.agents, line.seated)]
    parts = _parts(made)
    shown += [count.value for part in parts for count in part.counts] + [part.total for part in parts]
    assert [value for value in shown if value is not None and 0 < value < THRESHOLD] == []


def test_all_files_together_give_no_small_count(made: Sheets, report: Report) -> None:
    """Subtracting every directorate's printed agents from a theme's total leaves none, or at least five."""
    for theme in report.themes:
        printed = [line.agents for d in made.directorates for line in d.lines if line.label == theme.label]
        rest = (theme.holders or 0) - sum(value or 0 for value in printed)
        assert rest == 0 or rest >= THRESHOLD


def test_totals_and_lines_give_no_small_count(made: Sheets) -> None:
    """In each printed table the withheld part is nothing, or at least five agents over several possible lines."""
    for part in _parts(made):
        rest = part.total - sum(count.value or 0 for count in part.counts if count.label != OTHERS)
        assert rest == 0 or rest >= THRESHOLD


def test_a_table_of_everyone_hides_alone() -> None:
    """One agent alone in a cell takes others with it, in its row and in its column."""
    pairs = pd.DataFrame(
        {
            "holder_id": [str(i) for i in range(41)],
            "row": ["a"] * 21 + ["b"] * 20,
            "column": ["x"] * 10 + ["y"] * 10 + ["z"] + ["x"] * 10 + ["y"] * 10,
        }
    )
    table = crosstab(pairs, "row", "column", ["a", "b"], THRESHOLD)
    assert table.cell("a", "z") is None
    hidden = ~np.asarray(table.shown)
    assert hidden[0].sum() >= 2
    assert np.asarray(table.counts)[0][hidden[0]].sum() >= THRESHOLD


def test_a_tiny_contest_gives_quiet_files(tables: Tables) -> None:
    """With three agents nothing about a directorate is detailed, and nothing crashes."""
    few = set(tables["idea_holders"]["holder_id"][:3])
    kept = tables | {
        "holders": tables["holders"][tables["holders"]["holder_id"].isin(few)],
        "idea_holders": tables["idea_holders"][tables["idea_holders"]["holder_id"].isin(few)],
    }
    quiet = sheets(build(kept, ReportParams()), kept, THRESHOLD)
    assert not any(d.detailed for d in quiet.directorates)
