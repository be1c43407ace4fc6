"""The public exports: names and columns."""

from __future__ import annotations

from pipeline.report.exports import exports
from pipeline.schema import TABLES
from tests.report.conftest import Tables

PROMISED = {
    "themes": {"theme_id", "label", "key_phrases", "kind", "size", "stability", "transversality", "typical"},
    "idea_themes": {"idea_id", "theme_id", "membership", "theme_id_2", "membership_2", "weak_signal", "decided_by"},
    "hierarchy": {"node_id", "level", "parent_id", "label", "size", "ideas"},
    "assignments": {"holder_id", "lab_id", "status", "affinity", "rank", "reason"},
    "waiting_list": {"holder_id", "lab_id"},
}


def test_the_promised_columns_are_there(tables: Tables) -> None:
    """Other programs find the tables and columns that the architecture promises."""
    written = exports(tables)
    assert set(written) == set(PROMISED)
    for name, columns in PROMISED.items():
        assert columns <= set(written[name].columns)


def test_ordinary_tables_are_exported_unchanged(tables: Tables) -> None:
    """Nothing is touched: identifiers and figures survive."""
    for name, frame in exports(tables).items():
        assert frame.equals(TABLES[name].check(tables[name])[list(frame.columns)])


def test_a_persons_ideas_in_a_group_are_not_public(tables: Tables) -> None:
    """Which ideas a person has in a group, and counts of a group's members, stay with the team."""
    for name in ("assignments", "waiting_list"):
        assert not {"ideas", "near_ideas", "bound_count", "bound_value"} & set(exports(tables)[name].columns)
