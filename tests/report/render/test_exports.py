"""The public exports: names and columns."""

from __future__ import annotations

from pipeline.report import Report
from pipeline.report.render.exports import exports
from pipeline.schema import TABLES
from tests.report.conftest import Tables

PROMISED = {
    "themes": {"theme_id", "label", "key_phrases", "kind", "size", "stability", "transversality", "typical"},
    "idea_themes": {"idea_id", "theme_id", "membership", "theme_id_2", "membership_2", "weak_signal", "decided_by"},
    "hierarchy": {"node_id", "level", "parent_id", "label", "size", "ideas"},
    "assignments": {"holder_id", "lab_id", "status", "affinity", "rank", "reason"},
    "waiting_list": {"holder_id", "lab_id"},
}


def test_the_promised_columns_are_there(report: Report, tables: Tables) -> None:
    """Other programs find the tables and columns that the architecture promises, in their types."""
    written = exports(tables, report.themes, 5)
    assert set(written) == set(PROMISED)
    for name, columns in PROMISED.items():
        assert columns <= set(written[name].columns)
        if name not in ("assignments", "waiting_list"):  # their other columns are the team's
            assert len(TABLES[name].check(written[name])) == len(written[name])


def test_a_persons_ideas_in_a_group_are_not_public(report: Report, tables: Tables) -> None:
    """Which ideas a person has in a group, and the facts of a reason, stay with the team."""
    written = exports(tables, report.themes, 5)
    for name in ("assignments", "waiting_list"):
        assert not {"ideas", "near_ideas", "bound_count", "bound_value", "cost"} & set(written[name].columns)
