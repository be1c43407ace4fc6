"""Drawing: a frame and a title that says the finding in, a chart out, shown as SVG without a network.

Blue and orange with a dark grey, a scale from white to one blue, eight hues with four shapes for themes: each pair can
be told apart with any colour vision (see `report.look`, checked there by a test).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Any

import pandas as pd
import vl_convert

from pipeline.french import typeset
from pipeline.notebook.aside import alt
from pipeline.report.drawing.look import LIGHT

Chart = Any
"""One of altair's many kinds of charts."""

MAIN, OTHER, GREY, INK = LIGHT.themes[0], LIGHT.themes[1], LIGHT.noise, LIGHT.ink
SHAPES = ("circle", "square", "diamond", "triangle-up")
_RENDERER = "minilabs"
_FRENCH_NUMBERS = {"decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"]}
_PERCENT = alt.Axis(labelExpr="round(100 * datum.value) + '\u202f%'", tickCount=5)
_WIDTH = 620
_LABELLED = re.compile(r'<(path|text) aria-label="([^"]+)"([^>]*?)/>')


def prepare() -> None:
    """Show charts as SVG drawn on this machine: the same in JupyterLab and VS Code, with no network."""
    alt.renderers.register(_RENDERER, _show)
    alt.renderers.enable(_RENDERER)
    alt.data_transformers.disable_max_rows()


def _show(spec: dict[str, Any], **_: object) -> dict[str, str]:
    title = spec.get("title", {})
    return {"text/html": svg(spec), "text/plain": str(title.get("text", "") if isinstance(title, dict) else title)}


def svg(spec: dict[str, Any]) -> str:
    """Return a chart's drawing as SVG; a mark with a description tells it when pointed at, and to a screen reader."""
    drawn = vl_convert.vegalite_to_svg(spec, format_locale=_FRENCH_NUMBERS)
    return _LABELLED.sub(r'<\1 aria-label="\2"\3><title>\2</title></\1>', drawn)


def bars(frame: pd.DataFrame, label: str, value: str, title: str, axis: str, marked: Sequence[str] = ()) -> Chart:
    """Return horizontal bars, in the order of the rows, the value at the end of each.

    Args:
        frame: a row per bar.
        label: column of the names.
        value: column of the lengths.
        title: the finding, a sentence.
        axis: what the lengths are.
        marked: names of the bars that the title speaks of.
    """
    shown = frame.assign(marked=frame[label].isin(list(marked)))
    base = alt.Chart(shown).encode(
        y=alt.Y(f"{label}:N", sort=None, title=None, axis=alt.Axis(labelLimit=400, ticks=False, domain=False)),
        x=alt.X(f"{value}:Q", title=typeset(axis), axis=alt.Axis(grid=False, tickCount=5)),
    )
    drawn = base.mark_bar(height={"band": 0.72}).encode(color=_marked("marked"))
    numbers = base.mark_text(align="left", dx=4, color=INK).encode(text=alt.Text(f"{value}:Q", format=",.4~g"))
    return styled(drawn + numbers, title)


def _marked(column: str) -> alt.Color:
    return alt.Color(f"{column}:N", scale=alt.Scale(domain=[False, True], range=[MAIN, OTHER]), legend=None)


def columns(frame: pd.DataFrame, label: str, value: str, title: str, axes: tuple[str, str]) -> Chart:
    """Return vertical bars along an ordered axis (weeks, classes), `axes` naming the abscissa and the ordinate."""
    drawn = (
        alt.Chart(frame)
        .mark_bar(color=MAIN)
        .encode(
            x=alt.X(f"{label}:O", sort=None, title=typeset(axes[0]), axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y(f"{value}:Q", title=typeset(axes[1]), axis=alt.Axis(tickMinStep=1)),
        )
    )
    return styled(drawn, title, height=220)


def stacked(frame: pd.DataFrame, label: str, part: str, value: str, title: str, axis: str) -> Chart:
    """Return horizontal bars made of parts: five parts at the most, the order of the rows kept."""
    parts = list(dict.fromkeys(frame[part]))
    drawn = (
        alt.Chart(frame)
        .mark_bar(stroke="white", strokeWidth=1)
        .encode(
            y=alt.Y(f"{label}:N", sort=None, title=None, axis=alt.Axis(labelLimit=400, ticks=False, domain=False)),
            x=alt.X(f"sum({value}):Q", title=typeset(axis), axis=alt.Axis(grid=False, tickMinStep=1)),
            color=alt.Color(
                f"{part}:N",
                sort=parts,
                title=None,
                scale=alt.Scale(domain=parts, range=[*LIGHT.themes[:5], GREY][: len(parts)]),
                legend=alt.Legend(orient="bottom", columns=2, labelLimit=300),
            ),
            order=alt.Order("rank:Q"),
        )
    )
    return styled(drawn, title)


def heat(frame: pd.DataFrame, across: str, down: str, value: str, title: str, axes: tuple[str, str]) -> Chart:
    """Return a table of counts as shades of one blue, each count written in its cell."""
    base = alt.Chart(frame).encode(
        x=alt.X(f"{across}:N", sort=None, title=typeset(axes[0]),
                axis=alt.Axis(labelAngle=-40, labelLimit=260, orient="top", ticks=False)),
        y=alt.Y(f"{down}:N", sort=None, title=typeset(axes[1]), axis=alt.Axis(labelLimit=400, ticks=False)),
    )  # fmt: skip
    shades = alt.Scale(range=["#ffffff", MAIN], interpolate="rgb")
    middle = float(frame[value].max() or 1) / 2
    cells = base.mark_rect(stroke=LIGHT.hair).encode(color=alt.Color(f"{value}:Q", scale=shades, legend=None))
    numbers = base.transform_filter(f"datum['{value}'] > 0").mark_text(fontSize=11).encode(
        text=f"{value}:Q",
        color=alt.condition(f"datum['{value}'] > {middle}", alt.value("white"), alt.value(INK)),
    )  # fmt: skip
    return styled((cells + numbers).properties(width=alt.Step(34)), title, width=None)


def dots(frame: pd.DataFrame, title: str, number: str = "number") -> Chart:
    """Return the map: a dot per row, a colour and a shape per theme, a grey cross for weak signals.

    Args:
        frame: x, y, colour and shape (places in the palettes, −1 for a weak signal), said (told when pointed at).
        title: the finding.
        number: column of what is written at the middle of each theme; empty cells take no part.
    """
    hues = alt.Scale(domain=list(range(-1, 8)), range=[GREY, *LIGHT.themes])
    shapes = alt.Scale(domain=list(range(-1, 4)), range=["cross", *SHAPES])
    plain = alt.Axis(labels=False, ticks=False, domain=False, grid=False, title=None)
    base = alt.Chart(frame).encode(
        x=alt.X("x:Q", axis=plain, scale=alt.Scale(zero=False)), y=alt.Y("y:Q", axis=plain, scale=alt.Scale(zero=False))
    )
    marks = base.mark_point(filled=True, size=70, opacity=0.9).encode(
        color=alt.Color("colour:O", scale=hues, legend=None),
        shape=alt.Shape("shape:O", scale=shapes, legend=None),
        description="said:N",
    )
    middles = frame[frame[number] != ""].groupby(number, as_index=False)[["x", "y"]].median()
    at = alt.Chart(middles).encode(x="x:Q", y="y:Q")
    labels = at.mark_circle(size=420, color="white", opacity=1, stroke=INK) + at.mark_text(
        fontWeight="bold", color=INK
    ).encode(text=f"{number}:N")
    return styled(marks + labels, title, height=460)


def ranges(frame: pd.DataFrame, label: str, value: str, reference: str, title: str, axis: str) -> Chart:
    """Return, for each row, a dot (value) and a tick (reference) on the same scale."""
    base = alt.Chart(frame).encode(
        y=alt.Y(f"{label}:N", sort=None, title=None, axis=alt.Axis(labelLimit=400, ticks=False, grid=True))
    )
    scale = alt.Scale(domain=[0, 1])
    tick = base.mark_tick(color=OTHER, thickness=3, size=16).encode(x=alt.X(f"{reference}:Q", scale=scale))
    dot = base.mark_point(filled=True, size=90, color=MAIN).encode(
        x=alt.X(f"{value}:Q", scale=scale, title=typeset(axis), axis=_PERCENT)
    )
    return styled(tick + dot, title)


def styled(chart: Chart, title: str, *, width: int | None = _WIDTH, height: int | None = None) -> Chart:
    """Return the chart with its title, its size and the look that all share."""
    wrapped = textwrap.wrap(typeset(title), 80, break_long_words=False, break_on_hyphens=False)
    size = {name: value for name, value in (("width", width), ("height", height)) if value}
    return (
        chart.properties(title=alt.TitleParams(wrapped, anchor="start", frame="group", fontSize=15, offset=12), **size)
        .configure(background="white", font="Source Sans 3, Segoe UI, Helvetica, Arial, sans-serif", padding=10)
        .configure_view(stroke=None)  # after `configure`, which replaces everything
        .configure_axis(labelFontSize=12, titleFontSize=12, titleFontWeight="normal", gridColor=LIGHT.hair)
    )
