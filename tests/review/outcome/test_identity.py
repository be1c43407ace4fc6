"""Themes keep their ids from one run to the next."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import MinilabsError
from pipeline.review import review
from pipeline.review.outcome.identity import identity_bytes, members_of, read_identity, recognise, remember
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.state import Remembered
from tests.review.candidates import CANDIDATES, PLACES, tables

SEEN = remember(*CANDIDATES, {})
OTHER = {"T01": "T03", "T02": "T01", "T03": "T02"}


def _again(places: list[tuple[str, str, float, str | None]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the candidates of a new run which numbers the same groups otherwise."""
    return tables([(idea, OTHER[theme], sure, OTHER.get(second or "")) for idea, theme, sure, second in places])


def test_same_groups_under_other_numbers_keep_their_ids() -> None:
    """A run that numbers themes otherwise gives the same tables, titles of the new run apart."""
    reviewed = review(*_again(PLACES), [], remembered=SEEN)
    before = CANDIDATES[1].drop(columns="why")
    pd.testing.assert_frame_equal(reviewed.idea_themes.drop(columns="why"), before)
    assert set(reviewed.changes["change"]) == {"kept"}


def test_decisions_follow_their_theme() -> None:
    """A title given to a theme stays on it when its number in the new run is another."""
    act = Decision(1, "2024-03-01", "ab", "rename", "T02", "Ménage")
    themes = review(*_again(PLACES), [act], remembered=SEEN).themes
    row = themes[themes["label"] == "Ménage"].iloc[0]
    assert row["theme_id"] == "T02"
    assert set(row["typical"]) <= {"I05", "I06", "I07", "I08"}


def test_growing_theme_is_still_itself() -> None:
    """New ideas, however many, do not make a known theme another one."""
    grown = [*PLACES, *((f"N{n:02}", "T01", 0.9, None) for n in range(40))]
    assert recognise(members_of(_again(grown)[1]), SEEN)["T03"] == "T01"


def test_number_of_a_gone_theme_is_not_given_again() -> None:
    """A theme that was not found and a new one have two ids; both are told."""
    scattered = [(i, "T02" if t == "T01" and i in ("I01", "I02") else t, m, None) for i, t, m, _ in PLACES]
    scattered += [(f"N{n}", "T01", 0.9, None) for n in range(5)]
    moved = [(i, "T03" if i in ("I03", "I04") else t, m, None) for i, t, m, _ in scattered]
    reviewed = review(*tables(moved), [], remembered=SEEN)
    assert set(reviewed.themes["theme_id"]) == {"T02", "T03", "T04"}
    told = reviewed.changes.set_index("id")["change"]
    assert (told["T01"], told["T04"], told["I01"]) == ("gone", "new", "moved")


def test_what_is_remembered_is_read_back() -> None:
    """The file gives back what was written, and is the same whatever the order of themes."""
    assert read_identity(identity_bytes(SEEN), "f.csv") == SEEN
    assert identity_bytes(dict(reversed(SEEN.items()))) == identity_bytes(SEEN)


def test_what_is_remembered_is_in_order() -> None:
    """A line per idea, by theme then number, whatever order they came in: git shows what changed and nothing else."""
    lines = identity_bytes(dict(reversed(SEEN.items()))).decode().splitlines()[1:]
    assert len(lines) == sum(len(seen.members) for seen in SEEN.values())
    assert lines == sorted(lines)


def test_foreign_file_is_refused() -> None:
    """Another CSV in its place is an error that says what to do, not a loss of identities."""
    with pytest.raises(MinilabsError, match="identity"):
        read_identity(b"a,b\n1,2\n", "f.csv")


groups = st.dictionaries(
    st.sampled_from([f"T{n:02}" for n in range(1, 9)]),
    st.frozensets(st.sampled_from("abcdefgh"), min_size=1),
    max_size=5,
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(groups, groups)
def test_ids_are_one_to_one(found: dict[str, frozenset[str]], known: dict[str, frozenset[str]]) -> None:
    """Each candidate gets one id, no id is given twice, and recognising twice changes nothing."""
    remembered = {theme: Remembered(theme, members) for theme, members in known.items()}
    lasting = recognise(found, remembered)
    assert set(lasting) == set(found)
    assert len(set(lasting.values())) == len(found)
    now = {lasting[theme]: members for theme, members in found.items()}
    seen = {theme: Remembered(theme, members) for theme, members in now.items()}
    distinct = len({*now.values()}) == len(now)
    assert not distinct or recognise(now, seen) == {theme: theme for theme in now}


def test_groups_that_share_little_are_no_theme_known_before() -> None:
    """A theme whose ideas were scattered over four groups is gone: none of them, with a quarter each, takes its id."""
    before = {"T07": Remembered("Vélo", frozenset(f"I{n}" for n in range(8)))}
    found = {f"T{n + 1:02}": frozenset({f"I{2 * n}", f"I{2 * n + 1}"}) for n in range(4)}
    assert recognise(found, before) == {"T01": "T08", "T02": "T09", "T03": "T10", "T04": "T11"}
