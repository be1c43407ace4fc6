"""Which decisions were one gesture."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.notebook.panel.menu import gestures
from pipeline.review.replaying.decisions import Decision

ONE = Decision(1, "2024-03-01T10:00:00+01:00", "ab", "assign", "I01", "T01", "lue")


def numbers(decisions: list[Decision]) -> list[list[int]]:
    """Return the numbers of each gesture."""
    return [[one.seq for one in gesture] for gesture in gestures(decisions)]


def test_what_was_recorded_together_is_together() -> None:
    """A page confirmed is one gesture, whatever theme each idea goes to; the latest comes first."""
    page = [replace(ONE, seq=seq, target=f"I{seq:02}", value=f"T{seq:02}") for seq in (1, 2, 3)]
    assert numbers(page) == [[3, 2, 1]]


@pytest.mark.parametrize(
    "other",
    [
        {"when": "2024-03-01T10:00:01+01:00"},
        {"who": "cd"},
        {"reason": ""},
        {"action": "weak", "value": ""},
    ],
)
def test_another_author_moment_reason_or_action_is_another_gesture(other: dict[str, str]) -> None:
    """Nothing is taken back that somebody else decided, or at another time."""
    assert numbers([ONE, replace(ONE, seq=2, **other)]) == [[2], [1]]


def test_a_day_is_no_moment() -> None:
    """A file written by hand has days only: a day's work is no gesture."""
    assert numbers([replace(ONE, seq=seq, when="2024-03-01") for seq in (1, 2)]) == [[2], [1]]


def test_what_was_taken_back_is_left_out_and_cuts_nothing_else() -> None:
    """Neighbours of a decision taken back are no longer next to each other: each is offered by itself."""
    page = [replace(ONE, seq=seq) for seq in (1, 2, 3)]
    undo = Decision(4, "2024-03-02", "ab", "undo", "2", "")
    assert numbers([*page, undo]) == [[4], [3], [1]]


@given(st.lists(st.sampled_from(["a", "b"]), max_size=12), st.randoms(use_true_random=False))
def test_every_decision_is_in_one_gesture_in_any_order_of_rows(authors: list[str], order: Random) -> None:
    """Gestures cut the list, latest first; the order of the rows does not matter."""
    rows = [replace(ONE, seq=seq, who=who) for seq, who in enumerate(authors, 1)]
    mixed = list(rows)
    order.shuffle(mixed)
    assert numbers(mixed) == numbers(rows)
    assert [seq for gesture in numbers(rows) for seq in gesture] == list(range(len(rows), 0, -1))
