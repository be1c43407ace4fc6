"""What an idea says of its holders: as the disclosure allows, in words, each combination once."""

from __future__ import annotations

from pipeline.report.facts.ideas import Held
from pipeline.report.view.profiles import profiles
from pipeline.report.withheld.disclosure import disclosure
from tests.report.withheld.test_disclosure import contest

CROWD = [("T", "D", "lycée", "57")] * 12


def _held(agents: list[tuple[str, str, str, str]]) -> dict[str, tuple[Held, ...]]:
    tables = contest(agents)
    theme_of = {f"a{n}": theme for n, (theme, *_) in enumerate(agents)}
    return profiles(disclosure(tables, 5), tables["idea_holders"], theme_of)


def test_a_common_description_is_whole() -> None:
    """Twelve agents alike are described in full."""
    assert set(_held(CROWD).values()) == {(Held("D", "Lycée", "Moselle (57)"),)}


def test_a_lone_agent_is_not_described() -> None:
    """One agent of another directorate is not, and hides the others' directorate, which would leave one."""
    found = _held([*CROWD, ("T", "E", "siège", "67")])
    assert "a12" not in found
    assert not {held.directorate for all_ in found.values() for held in all_} & {"E"}


def test_a_description_is_cut_from_its_end() -> None:
    """Six and six in two departments are told apart; nine and three are not: the department is left out."""
    even = _held([*CROWD[:6], *[("T", "D", "lycée", "67")] * 6])
    assert {held.department for all_ in even.values() for held in all_} == {"Moselle (57)", "Bas-Rhin (67)"}
    odd = _held([*CROWD[:9], *[("T", "D", "lycée", "67")] * 3])
    assert set(odd.values()) == {(Held("D", "Lycée", ""),)}
