"""Ideas that touch two themes, as a small network: themes on a circle, a line between two that share ideas."""

from __future__ import annotations

import math
from collections import Counter

from pipeline.french import agree, counted, enumeration, number, opening, typeset
from pipeline.report.drawing.pictures.canvas import WIDTH, disc, folded, label, stack, svg
from pipeline.report.facts.ideas import Idea
from pipeline.report.facts.model import Picture
from pipeline.report.facts.themes import Theme

_HEIGHT, _RADIUS, _DISC = 560, 195, 21
_NAME, _MOST = 34, 30
"""Characters of a line of a name; themes on a circle: the first ones, more could not be told apart."""


def bridges(themes: tuple[Theme, ...], ideas: tuple[Idea, ...]) -> Picture | None:
    """Return the picture, None when no idea touches a second theme."""
    shown = themes[:_MOST]
    names = {theme.theme_id: theme for theme in shown}
    shared: dict[tuple[str, str], list[str]] = {}
    for idea in ideas:
        pair = sorted((idea.theme_id, idea.second_id))
        if not idea.weak and idea.second_id and all(end in names for end in pair):
            shared.setdefault((pair[0], pair[1]), []).append(idea.idea_id)
    if not shared:
        return None
    ordered = sorted(shared, key=lambda pair: (-len(shared[pair]), pair))
    rows = tuple(
        (f"« {names[a].label} » et « {names[b].label} »", number(len(shared[a, b])), ", ".join(shared[a, b]))
        for a, b in ordered
    )
    total, first = sum(map(len, shared.values())), ordered[0]
    title = typeset(
        f"{opening(total, 'idée', feminine=True)} {agree(total, 'touche', 'touchent')} deux thèmes, d’abord"
        f" {enumeration(f'« {names[end].label} »' for end in first)} ({counted(len(shared[first]), 'idée')})"
    )
    alternative = typeset(f"Thèmes sur un cercle, reliés quand des idées touchent les deux. {title}.")
    drawn = svg(_HEIGHT, _drawn(shown, shared), alternative)
    return Picture("ponts", title, drawn, ("Thèmes reliés", "Idées", "Lesquelles"), rows, "")


def _drawn(themes: tuple[Theme, ...], shared: dict[tuple[str, str], list[str]]) -> list[str]:
    centre = (WIDTH / 2, _HEIGHT / 2)
    angles = [2 * math.pi * place / len(themes) - math.pi / 2 for place in range(len(themes))]
    at = {
        theme.theme_id: (round(centre[0] + _RADIUS * math.cos(a), 1), round(centre[1] + _RADIUS * math.sin(a), 1))
        for theme, a in zip(themes, angles, strict=True)
    }
    most = max(map(len, shared.values()))
    strokes = [
        f'<path d="M{at[a][0]:g} {at[a][1]:g}Q{centre[0]:g} {centre[1]:g} {at[b][0]:g} {at[b][1]:g}"'
        f' style="fill:none;stroke:var(--accent);stroke-opacity:.55;stroke-width:{1.5 + 9 * len(ids) / most:.1f}"/>'
        for (a, b), ids in sorted(shared.items())
    ]
    touching = Counter(end for pair, ids in shared.items() for end in pair for _ in ids)
    for theme, angle in zip(themes, angles, strict=True):
        x, y = at[theme.theme_id]
        count = f" ({touching[theme.theme_id]})" if touching[theme.theme_id] else ""
        lines = folded(f"{theme.label}{count}", _NAME)
        anchor, dx, dy = _beside(angle, len(lines))
        strokes.append(disc(x, y, _DISC, f"t{theme.mark.colour}"))
        strokes.append(label(x, y + 6, str(theme.mark.number), anchor="middle", bold=True))
        strokes.append(stack(x + dx, y + dy, lines, anchor=anchor, size=16))
    return strokes


def _beside(angle: float, lines: int) -> tuple[str, int, int]:
    """Return where the name of a theme stands: how it is anchored, and how far from its disc."""
    if abs(math.cos(angle)) <= 0.2:  # noqa: PLR2004 - above or below rather than beside
        more = 9 * (lines - 1)
        return "middle", 0, 40 + more if math.sin(angle) > 0 else -30 - more
    right = math.cos(angle) >= -0.01  # noqa: PLR2004 - zero, but for rounding
    return ("start", 30, 6) if right else ("end", -30, 6)
