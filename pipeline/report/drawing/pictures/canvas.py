"""Strokes of the pictures: SVG text, bars and ribbons whose colours are names of the scheme."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from textwrap import wrap
from xml.sax.saxutils import escape

from pipeline.files.spreadsheet import harmless
from pipeline.report.drawing.look import Scheme
from pipeline.report.drawing.printable import drawable

WIDTH = 1000
_NAMED = re.compile(r"var\(--([\w-]+)\)")


def svg(height: float, strokes: Iterable[str], alternative: str) -> str:
    """Return a picture of the usual width, its alternative as title."""
    inside = "".join(strokes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img"'
        f' aria-label="{_escaped(alternative)}">{inside}</svg>'
    )


def _escaped(said: str) -> str:
    return escape(said, {'"': "&quot;"})


def label(
    x: float, y: float, said: str, *, size: int = 17, anchor: str = "start", colour: str = "ink", bold: bool = False
) -> str:
    """Return a text at a point; `anchor` is start, middle or end."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="{anchor}"{weight}'
        f' font-family="MiniLabs Texte, Source Sans 3, sans-serif" style="fill:var(--{colour})">{_escaped(said)}</text>'
    )


def bar(x: float, y: float, width: float, height: float, colour: str, *, opacity: float = 1.0) -> str:
    """Return a filled rectangle."""
    seen = f";fill-opacity:{opacity:g}" if opacity < 1 else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" style="fill:var(--{colour}){seen}"/>'


def disc(x: float, y: float, radius: float, colour: str) -> str:
    """Return a disc of paper with a coloured edge."""
    style = f"fill:var(--paper);stroke:var(--{colour});stroke-width:4"
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" style="{style}"/>'


def ribbon(left: tuple[float, float, float], right: tuple[float, float, float], colour: str) -> str:
    """Return a band from one side (x, top, height) to another."""
    (x, top, high), (end, to, down) = left, right
    middle = (x + end) / 2
    path = (
        f"M{x:g} {top:g}C{middle:g} {top:g} {middle:g} {to:g} {end:g} {to:g}V{to + down:g}"
        f"C{middle:g} {to + down:g} {middle:g} {top + high:g} {x:g} {top + high:g}Z"
    )
    return f'<path d="{path}" style="fill:var(--{colour});fill-opacity:.28"/>'


def folded(said: str, most: int) -> tuple[str, ...]:
    """Return a text as lines of at most `most` characters: a name is told whole, on as many lines as it takes."""
    return tuple(wrap(said, most)) or ("",)


def stack(x: float, y: float, lines: Sequence[str], *, size: int = 17, anchor: str = "start") -> str:
    """Return lines of text under one another, their middle where a single line at `y` would stand."""
    high = round(size * 1.1, 1)
    top = y - high * (len(lines) - 1) / 2
    return "".join(
        label(x, round(top + high * row, 1), line, size=size, anchor=anchor) for row, line in enumerate(lines)
    )


def printed(drawn: str, scheme: Scheme) -> str:
    """Return a picture with the colours of a scheme in place of their names, and only what print can draw."""
    values = asdict(scheme)
    themes = {f"t{place}": colour for place, colour in enumerate(scheme.themes, start=1)}
    colours = {name.replace("_", "-"): value for name, value in values.items() if isinstance(value, str)} | themes
    return _NAMED.sub(lambda match: colours[match[1]], drawable(drawn))


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV that a French spreadsheet opens; a text that it would run takes an apostrophe before."""
    out = io.StringIO()
    written = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in (heads, *rows):
        written.writerow([harmless(cell) for cell in row])
    return "\ufeff" + out.getvalue()
