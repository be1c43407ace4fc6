"""Agreement of the themes found with a person's coding."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evaluate.agreement import agreement, secondary_recall

GIVEN = pd.Series({"a": "x", "b": "x", "c": "y", "d": "y", "e": ""})


def test_perfect_agreement_whatever_the_names() -> None:
    """Two groupings that differ by their names only agree entirely; an idea not coded is not counted."""
    result = agreement(pd.Series({"a": "T2", "b": "T2", "c": "T1", "d": "T1", "e": "T1"}), GIVEN)
    assert result is not None
    assert (result.ideas, result.accuracy, result.ami, result.ari, result.v_measure) == (4, 1.0, 1.0, 1.0, 1.0)
    assert list(result.themes["precision"]) == [1.0, 1.0]


def test_an_idea_left_out_costs() -> None:
    """An idea without a theme counts as a group of its own: leaving ideas out is never free."""
    result = agreement(pd.Series({"a": "T1", "b": None, "c": "T2", "d": "T2"}), GIVEN)
    assert result is not None
    assert (result.accuracy, result.majority) == (0.75, 0.75)
    assert result.themes.set_index("theme").loc["x", "recall"] == 0.5


def test_nothing_in_common() -> None:
    """Without an idea in both groupings there is no figure, rather than a wrong one."""
    assert agreement(pd.Series({"z": "T1"}), GIVEN) is None


def test_two_themes_given_as_one() -> None:
    """A theme found is matched to one theme given at the most: a catch-all theme is right for one of them only."""
    result = agreement(pd.Series(dict.fromkeys("abcd", "T1")), GIVEN)
    assert result is not None
    assert result.accuracy == 0.5
    assert result.ami == pytest.approx(0)
    assert sorted(result.themes["theme_id"]) == ["", "T1"]


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("123")), min_size=1, max_size=30), st.randoms())
def test_order_does_not_matter(pairs: list[tuple[str, str]], random: st.DataObject) -> None:
    """Shuffling the rows changes no figure, and every figure is between its bounds."""
    given_themes = pd.Series({f"i{i:02d}": a for i, (a, _) in enumerate(pairs)})
    found = pd.Series({f"i{i:02d}": f"T{b}" for i, (_, b) in enumerate(pairs)})
    order = list(found.index)
    random.shuffle(order)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    first, second = agreement(found, given_themes), agreement(found[order], given_themes[order[::-1]])
    assert first is not None
    assert second is not None
    assert (first.accuracy, first.ami) == (second.accuracy, second.ami)
    assert 0 < first.accuracy <= 1


def test_subjects_told_apart_more_finely() -> None:
    """Themes finer than a person's are matched for one of them only, and each is right of its own subject."""
    result = agreement(pd.Series({"a": "T1", "b": "T2", "c": "T3", "d": "T3"}), GIVEN)
    assert result is not None
    assert (result.accuracy, result.majority) == (0.75, 1.0)


def test_second_themes() -> None:
    """A second theme given is found when it is one of the two themes proposed."""
    proposed = pd.DataFrame(
        {"idea_id": ["a", "b", "c"], "theme_id": ["T1", "T1", "T2"], "theme_id_2": ["T2", None, "T1"]}
    )
    second = pd.Series({"a": "y", "b": "y", "c": ""})
    assert secondary_recall(proposed, second, {"x": "T1", "y": "T2"}) == 0.5
    assert secondary_recall(proposed, pd.Series({"a": ""}), {}) is None
