"""Facilitation kits: everyone seated is there with a reason, and leads for the discussion."""

from __future__ import annotations

import pandas as pd

from pipeline.report import Report
from pipeline.report.papers.kits import kits
from tests.report.conftest import Tables


def test_each_seated_person_is_named_with_a_reason(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """The kit lists exactly the people placed in the group, with the reason each is there."""
    placed = tables["assignments"][tables["assignments"]["status"] == "placed"].merge(people, on="holder_id")
    for kit in kits(report, tables, people):
        own = placed[placed["lab_id"] == kit.lab.lab_id]
        assert sorted(m.name for m in kit.members) == sorted(own["given_name"] + " " + own["family_name"])
        assert all(member.reason for member in kit.members)


def test_near_duplicates_are_brought_together(report: Report, tables: Tables, people: pd.DataFrame) -> None:
    """Two ideas of one theme that say almost the same are to be brought together."""
    said = {(p.first.idea_id, p.second.idea_id) for kit in kits(report, tables, people) for p in kit.near}
    same = {pair for pair in report.near_pairs if len({report.idea[i].theme_id for i in pair}) == 1}
    assert {frozenset(pair) for pair in said} == {frozenset(pair) for pair in same} != set()
