"""Agreement of two people who code the same ideas."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.evaluate.coders import compare_coders, nominal_alpha

FIRST = pd.Series(dict(zip("abcdefghij", "xxxxyyyyzz", strict=True)))


def test_the_same_coding_under_other_names() -> None:
    """Two coders who group alike agree entirely, whatever they call the themes."""
    result = compare_coders(FIRST, FIRST.map({"x": "un", "y": "deux", "z": "trois"}))
    assert result is not None
    assert (result.ami, result.kappa, result.alpha) == (1.0, 1.0, 1.0)
    assert result.disagreements.empty


def test_krippendorff() -> None:
    """Alpha is .095 on Krippendorff's own example of two coders and ten units (2011)."""
    first, second = pd.Series(list("0100000010")), pd.Series(list("1110010000"))
    assert nominal_alpha(first, second) == pytest.approx(0.095, abs=0.0005)


def test_disagreements_come_most_useful_first() -> None:
    """The pair of themes that would settle most ideas is listed first, with its ideas."""
    second = FIRST.copy()
    second[["e", "f"]] = "x"
    second["a"] = "z"
    result = compare_coders(FIRST, second)
    assert result is not None
    assert result.kappa < 1
    assert result.disagreements.iloc[0].to_dict() == {"first": "y", "second": "x", "count": 2, "ideas": "e f"}


def test_only_ideas_coded_by_both_count() -> None:
    """An idea that one of them left empty is not compared; nothing in common gives no figure."""
    assert compare_coders(FIRST, pd.Series({"a": ""})) is None
    result = compare_coders(FIRST, pd.Series({"a": "x", "e": "y", "b": ""}))
    assert result is not None
    assert result.ideas == 2


def test_one_theme_for_all() -> None:
    """Two coders who see a single theme agree, without a division by zero."""
    same = pd.Series({"a": "x", "b": "x"})
    result = compare_coders(same, same)
    assert result is not None
    assert (result.kappa, result.alpha) == (1.0, 1.0)
