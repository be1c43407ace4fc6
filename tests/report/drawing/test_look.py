"""Colours, measured: every pair that carries meaning stands out in light and in dark."""

from __future__ import annotations

import pytest

from pipeline.report.drawing.look import DARK, LIGHT, Scheme, contrast


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21, a colour on itself 1, and the grey of the standard's example 4.54."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#0b4a6f", "#0b4a6f") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable(scheme: Scheme) -> None:
    """Text colours reach 4.5:1 on the page and on the set-apart background."""
    for colour in (scheme.ink, scheme.soft, scheme.accent):
        assert min(contrast(colour, scheme.paper), contrast(colour, scheme.band)) >= 4.5
    assert contrast(scheme.on_accent, scheme.accent) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_and_borders_stand_out(scheme: Scheme) -> None:
    """Marks of the map and borders of fields reach 3:1."""
    for colour in (*scheme.themes, scheme.noise, scheme.line):
        assert contrast(colour, scheme.paper) >= 3
