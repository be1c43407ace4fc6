"""What a second reader and likeness alone say, read from their table and counted beside where an idea is."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.review.learning.voices import Voices, apart, themes_said, voices
from pipeline.review.outcome.tables import state_of
from tests.review.candidates import CANDIDATES

START = state_of(*CANDIDATES)


def test_readings_are_told_by_the_themes_that_people_see() -> None:
    """A candidate's identifier becomes the lasting one; a theme without one keeps its own; no theme is None."""
    rows = [("I01", "c1", "c2", True), ("I02", None, "c1", False)]
    readings = pd.DataFrame(rows, columns=["idea_id", "theme_id", "alone", "hesitant"])
    assert voices(readings, {"c1": "T01"}) == {
        "I01": Voices("T01", "c2", hesitant=True),
        "I02": Voices(None, "T01", hesitant=False),
    }


@pytest.mark.parametrize(
    ("said", "answers", "themes"),
    [
        (Voices("T01", "T01", hesitant=False), 0, ["T01"]),
        (Voices("T01", "T01", hesitant=True), 1, ["T01"]),
        (Voices("T02", "T03", hesitant=True), 3, ["T02", "T03", "T01"]),
        (Voices(None, "T01", hesitant=False), 1, ["T01"]),
        (Voices("T99", "T01", hesitant=False), 0, ["T01"]),
    ],
)
def test_answers_beyond_one_are_counted(said: Voices, answers: int, themes: list[str]) -> None:
    """Each other theme is one more, "fits nowhere" too, and the reader's doubt; a theme that is closed says nothing."""
    assert apart(START, "I01", {"I01": said}) == answers
    assert themes_said(START, "I01", {"I01": said}) == themes
    assert (apart(START, "I02", {"I01": said}), themes_said(START, "I02", {"I01": said})) == (0, [])
