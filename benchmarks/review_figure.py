"""The curves of `review.py` as one SVG, for the README and the method: accuracy after N acts, mean of the corpora."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 800, 400, 56, 24, 276, 48
LOW, HIGH = 0.3, 1.0
SHOWN = {
    "pages": ("Pages de 24, un geste par thème", "#0b5d4e", ""),
    "exceptions": ("Pages de 8, avec exceptions", "#1d7fa8", ""),
    "list": ("Une idée à la fois", "#b4530a", ""),
    "prototype pages": ("Prototype, pages de 8", "#1d7fa8", "5 4"),
    "prototype": ("Prototype, une idée à la fois", "#b4530a", "5 4"),
    "logistic": ("Régression logistique", "#6b6b6b", "2 4"),
}
"""Way of working → its name for readers, its colour, its dashes."""
LATER = ("logistic",)
"""Ways that know nothing before their first answers."""


def draw(curves: Mapping[str, Mapping[str, Mapping[int, np.ndarray]]], path: Path) -> None:
    """Write the figure of the ways that are there."""
    parts = [_frame(max(next(iter(next(iter(curves.values())).values()))))]
    ends: list[float] = []
    for way, (label, colour, dashes) in SHOWN.items():
        if way in curves:
            parts.append(_line(curves[way], label, colour, dashes, ends, start=int(way in LATER)))
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="Source Sans 3, Arial, sans-serif" font-size="13">'
        "<title>Part des idées bien classées selon le nombre de décisions</title>"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )
    path.write_text(text, encoding="utf-8")


def _x(step: float, last: float = 120) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * step / last


def _y(value: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (HIGH - value) / (HIGH - LOW)


def _frame(last: int) -> str:
    rows = []
    for tenth in range(3, 11):
        y = _y(tenth / 10)
        rows.append(f'<line x1="{LEFT}" x2="{_x(last):.0f}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e4e4e4"/>')
        rows.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#444">{10 * tenth}\u202f%</text>')
    rows += [
        f'<text x="{_x(step):.0f}" y="{HEIGHT - 26}" text-anchor="middle" fill="#444">{step}</text>'
        for step in range(0, last + 1, 20)
    ]
    middle = (_x(0) + _x(last)) / 2
    rows.append(f'<text x="{middle:.0f}" y="{HEIGHT - 6}" text-anchor="middle">Décisions</text>')
    rows.append(f'<text x="{LEFT - 40}" y="14">Idées bien classées</text>')
    return "".join(rows)


def _line(
    curves: Mapping[str, Mapping[int, np.ndarray]],
    label: str,
    colour: str,
    dashes: str,
    ends: list[float],
    *,
    start: int,
) -> str:
    steps = sorted(next(iter(curves.values())))[start:]
    values = [(step, round(float(np.mean([curve[step][0] for curve in curves.values()])), 3)) for step in steps]
    points = " ".join(f"{_x(step):.1f},{_y(value):.1f}" for step, value in values if value >= LOW)
    end = _y(values[-1][1]) + 4
    while any(abs(end - other) < 16 for other in ends):  # noqa: PLR2004 - height of a line of text
        end += 1
    ends.append(end)
    dash = f' stroke-dasharray="{dashes}"' if dashes else ""
    key = _x(steps[-1]) + 10
    drawn = f'fill="none" stroke="{colour}" stroke-width="2.5"{dash}'
    return (
        f'<polyline points="{points}" {drawn}/>'
        f'<path d="M{key:.0f} {end - 4:.1f}h24" {drawn}/>'
        f'<text x="{key + 31:.0f}" y="{end:.1f}" fill="{colour}">{label}</text>'
    )
