"""Themes that join, split and stay: turned in circles, done twice, done by two people."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.review.entering.effect import doubts
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.decisions import Decision, new_theme_id
from pipeline.review.replaying.engine import Replayed, replay
from pipeline.review.replaying.state import Remembered, State
from tests.review.candidates import CANDIDATES, tables

START = state_of(*CANDIDATES)
MANY = state_of(*tables([(f"I{n:02}", f"T{1 + n // 2:02}", 0.9, None) for n in range(12)]))
SPLIT = ("split", "T01", "I03|I04")


def _acts(*rows: tuple[str, str, str]) -> list[Decision]:
    return [Decision(seq, "2024-03-01", "ab", *row) for seq, row in enumerate(rows, start=1)]


def after(*rows: tuple[str, str, str], start: State = START) -> Replayed:
    """Return what decisions make of a state."""
    return replay(start, _acts(*rows))


MADE = new_theme_id(_acts(SPLIT)[0])


@pytest.mark.parametrize("length", [2, 3, 4, 5, 6])
def test_merges_in_a_circle_leave_one_theme_and_a_conflict(length: int) -> None:
    """Each theme joins the next, the last one the first: the last merge is a conflict, no idea is lost, all ends."""
    names = [f"T{n:02}" for n in range(1, length + 1)]
    done = after(*(("merge", one, names[(n + 1) % length]) for n, one in enumerate(names)), start=MANY)
    assert [conflict.decision.seq for conflict in done.conflicts] == [length]
    assert "réuni" in done.conflicts[0].problem
    left = done.state.themes.keys() & set(names)
    assert left == {names[-1]}
    assert len(done.state.members(names[-1])) == 2 * length
    again = after(("merge", "T01", "T02"), ("merge", "T02", "T01"), ("assign", "I09", "T01"))
    assert again.state.places["I09"].home == "T02"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)).filter(lambda pair: pair[0] != pair[1]), max_size=10))
def test_any_merges_keep_every_idea_in_a_theme_that_is_there(pairs: list[tuple[int, int]]) -> None:
    """Whatever joins whatever, in any order: ideas stay in open themes, `current` ends, closed themes lead to open."""
    state = after(*(("merge", f"T{one:02}", f"T{other:02}") for one, other in pairs), start=MANY).state
    assert {place.home for place in state.places.values()} == set(state.themes)
    assert all(state.current(theme) in state.themes for theme in MANY.themes)
    assert not state.gone.keys() & state.themes.keys()


_TREES = st.lists(st.integers(1, 5), min_size=1, max_size=5).map(
    lambda into: [("merge", f"T{n:02}", f"T{min(one, n - 1):02}") for n, one in enumerate(into, start=2)]
)
"""Each theme but the first joins one of those before it."""


@settings(max_examples=200, deadline=None, derandomize=True)
@given(_TREES.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_merges_may_come_in_any_order(both: tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]) -> None:
    """Merges that turn in no circle, each theme joining one other at the most, give the same groups in any order."""
    one, other = (after(*rows, start=MANY) for rows in both)
    assert one.conflicts == other.conflicts == ()
    assert {i: p.home for i, p in one.state.places.items()} == {i: p.home for i, p in other.state.places.items()}


def test_a_split_done_again_after_a_merge_opens_its_theme_again() -> None:
    """Split, merged back, split again: what one assigns to it is in it, and what had joined it went with the merge."""
    done = after(SPLIT, ("merge", MADE, "T01"), SPLIT, ("assign", "I09", MADE))
    assert done.conflicts == ()
    assert {idea: done.state.places[idea].home for idea in ("I03", "I04", "I09")} == dict.fromkeys(
        ("I03", "I04", "I09"), MADE
    )
    joined = after(SPLIT, ("merge", "T02", MADE), ("merge", MADE, "T01"), SPLIT)
    assert joined.state.current("T02") == "T01"
    assert joined.state.members(MADE) == ["I03", "I04"]


def test_the_same_split_by_a_second_person_keeps_the_title() -> None:
    """A theme that somebody titled, described or let attract keeps it all when another splits the same ideas."""
    done = after(SPLIT, ("rename", MADE, "Vélo"), ("kind", MADE, "minilab"), ("attract", MADE, ""), SPLIT)
    theme = done.state.themes[MADE]
    assert (theme.label, theme.kind, theme.words[0].title) == ("Vélo", "minilab", "Vélo")
    assert done.state.members(MADE) == ["I03", "I04"]


def test_an_idea_taken_out_stays_out_of_what_its_theme_joins() -> None:
    """The ban follows the merge: wanted together with an idea of the joined theme, it is told, not brought back."""
    done = after(("remove", "I02", "T01"), ("merge", "T01", "T03"), ("together", "I01", "I02"))
    assert done.state.places["I02"].home == "T02"
    assert done.state.banned["I02"] == {"T03"}
    back = after(("remove", "I01", "T01"), ("merge", "T01", "T03"), ("together", "I01", "I03"))
    assert back.state.places["I01"].home != "T03"
    assert len(back.conflicts) == 1


def test_an_idea_taken_out_is_not_brought_back_by_a_merge() -> None:
    """A theme that joins brings all its ideas but those taken out of the one it joins, unless a person put them."""
    done = after(("remove", "I06", "T01"), ("merge", "T02", "T01"))
    assert done.state.places["I06"].home is None
    assert done.state.members("T01") == ["I01", "I02", "I03", "I04", "I05", "I07", "I08"]
    placed = after(("remove", "I06", "T01"), ("assign", "I06", "T02"), ("merge", "T02", "T01"))
    assert placed.state.places["I06"].home == "T01"


def test_nothing_joins_a_theme_that_stays_as_it_is() -> None:
    """Merging into a pinned theme is a conflict that names the pin, and moves no idea; the other way it joins."""
    done = after(("pin", "T03", "I09|I10|I11"), ("merge", "T01", "T03"))
    assert done.conflicts[0].decision.seq == 2
    assert "décision 1" in done.conflicts[0].problem
    assert done.state.members("T01") == ["I01", "I02", "I03", "I04"]
    assert after(("pin", "T03", "I09|I10|I11"), ("merge", "T03", "T01")).conflicts == ()


def test_a_title_that_another_theme_has_is_doubtful() -> None:
    """Renaming or defining to an existing title, whatever its case and accents, is said; to its own, not."""
    assert "T02" in doubts(START, _acts(("rename", "T01", "titre de t02")))[0]
    assert "T02" in doubts(START, _acts(("define", "Titre de T02", "")))[0]
    assert doubts(START, _acts(("rename", "T02", "TITRE DE T02"), ("rename", "T01", "Vélo"))) == ()
    assert len(doubts(START, _acts(("rename", "T01", "Un"), ("rename", "T02", "un")))) == 1


def test_a_merge_is_followed_by_second_themes() -> None:
    """An idea whose second theme joins a third has that one as its second; its main theme stays."""
    place = after(("merge", "T02", "T03")).state.places["I02"]
    assert (place.theme, place.second, place.membership) == ("T01", "T03", 0.8)


def test_an_idea_of_both_merged_themes_keeps_the_larger_membership() -> None:
    """Hesitating between two themes that are one now, an idea belongs to it as it did to the one it was nearer to."""
    start = state_of(*tables([("I01", "T01", 0.25, "T02"), ("I02", "T02", 0.9, None)]))
    place = after(("merge", "T02", "T01"), start=start).state.places["I01"]
    assert (place.theme, place.second, place.membership) == ("T01", None, 0.3)


def test_a_theme_found_again_in_pieces_has_no_heir() -> None:
    """A theme whose ideas are now in three others did not join any of them: merging it is a conflict."""
    remembered = {"T09": Remembered("Navettes", frozenset({"I01", "I05", "I09"}))}
    start = State(START.themes, START.places, START.found, remembered=remembered)
    (conflict,) = after(("merge", "T09", "T01"), start=start).conflicts
    assert "Navettes" in conflict.problem


def test_only_what_was_taken_out_of_a_merged_theme_is_kept_out() -> None:
    """A ban follows its own theme: not another's, and not where the idea is already."""
    assert after(("remove", "I10", "T03"), ("merge", "T01", "T02")).state.banned["I10"] == {"T03"}
    there = after(("remove", "I02", "T01"), ("merge", "T01", "T02")).state
    assert there.places["I02"].home == "T02"
    assert "T02" not in there.banned["I02"]
