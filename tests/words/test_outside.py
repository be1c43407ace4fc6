"""People whom no group concerns are counted under a reason that is true of them."""

from __future__ import annotations

import pandas as pd

from pipeline.words.outside import OUTSIDE, named, outside, told
from pipeline.words.seats import CAUSES


def test_each_person_counts_once_under_the_first_reason() -> None:
    """Seated and waiting people are left out; the most frequent reason comes first."""
    codes = ["trade", "near", "near", "ideas", "waiting"]
    status = ["not_concerned"] * 3 + ["placed", "waiting"]
    counts = outside(pd.DataFrame({"holder_id": list("abcde"), "status": status, "reason_code": codes}))
    assert counts == {"near": 2, "trade": 1}
    assert told(counts).replace("\u00a0", " ").startswith("2 dont les idées")
    assert told({}) == ""


def test_every_reason_has_its_words() -> None:
    """Each code of a sentence to a person can be counted in the account."""
    assert set(OUTSIDE) == set(CAUSES)


def test_small_counts_are_not_for_everyone() -> None:
    """One reason of fewer people than the threshold: the reasons are named, none is counted."""
    assert "12" in named({"trade": 12}, 5)
    assert not any(sign.isdigit() for sign in named({"trade": 12, "near": 2}, 5))
