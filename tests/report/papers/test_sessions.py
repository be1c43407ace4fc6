"""The agenda asks only what the group can do."""

from __future__ import annotations

import pytest

from pipeline.report.papers.kits import Member
from pipeline.report.papers.sessions import agenda


def seated(*where: tuple[str, str]) -> list[Member]:
    """Return members from (directorate, site)."""
    return [Member(f"Agent {n}", directorate, "", site, "") for n, (directorate, site) in enumerate(where)]


@pytest.mark.parametrize(
    ("members", "asked"),
    [
        (seated(*[("Lycées", "Metz"), ("Finances", "Metz")] * 4), "de plusieurs directions"),
        (seated(*[("Lycées", "Metz"), ("Lycées", "Nancy")] * 4), "de plusieurs lieux"),
        (seated(*[("Lycées", "Metz")] * 8), "Par trois ou quatre : remplir"),
        (seated(*[("Lycées", "Metz"), ("Finances", "Nancy")] * 2), "Tous ensemble"),
    ],
)
def test_tables_mix_only_what_can_be_mixed(members: list[Member], asked: str) -> None:
    """A group of one directorate is not asked to mix directorates, nor four people to make several tables."""
    how = next(how for _, what, how in agenda(members, opposed=False) if what == "Construire")
    assert asked in how.replace("\u202f", " ")


def test_nothing_is_confronted_without_a_contradiction() -> None:
    """« celles qui s’opposent » is said only when the kit shows some."""
    said = [" ".join(how for *_, how in agenda(seated(("A", "B")), opposed=opposed)) for opposed in (False, True)]
    assert ["s’opposent" in text for text in said] == [False, True]
