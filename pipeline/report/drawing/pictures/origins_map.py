"""Themes × directorates: where agents of each theme come from, no count that the theme's own sheet withholds."""

from __future__ import annotations

from pipeline.french import counted, number, typeset
from pipeline.report.drawing.pictures.canvas import WIDTH, bar, folded, label, stack, svg
from pipeline.report.facts.model import UNRESTRICTED, Picture
from pipeline.report.facts.themes import Theme
from pipeline.report.facts.words import capital
from pipeline.report.withheld.disclosure import Disclosure
from pipeline.report.withheld.origins import of_theme

_LEFT, _ROW, _LINE, _NAME = 330, 30, 17, 42
"""Width that the names of themes take, height of a row and of a line of a name, characters of that line."""
_WIDE, _SLANTED, _UPRIGHT = 80, (190, 30, -38), (270, 34, -90)
"""Width of a column from which names of directorates may slant; height, characters of a line and turn of names."""


def origins_map(themes: tuple[Theme, ...], known: Disclosure, threshold: int) -> Picture | None:
    """Return the picture, None when no count can be given."""
    cells = {theme.theme_id: _told(theme, known, threshold) for theme in themes}
    totals: dict[str, int] = {}
    for told in cells.values():
        for name, value in told.items():
            totals[name] = totals.get(name, 0) + value
    names = sorted(totals, key=lambda name: (-totals[name], name))
    subjects = [
        (value, theme.label, name)
        for theme in themes
        for name, value in cells[theme.theme_id].items()
        if not theme.nameless
    ]
    if not subjects:  # nothing to say of what shares no subject
        return None
    value, called, name = max(subjects)
    most = max(count for told in cells.values() for count in told.values())
    said, of_a_title = counted(value, "agent"), " d’un thème titré" if most > value else ""
    title = typeset(
        f"{name} : {said} sur « {called} », le croisement le plus fourni{of_a_title}"
        if threshold <= UNRESTRICTED
        else f"Parmi les nombres que l’on peut donner, le plus élevé{of_a_title} : {said} ({name}) sur « {called} »"
    )
    rows = tuple((t.label, *(number(v) if (v := cells[t.theme_id].get(n)) else "" for n in names)) for t in themes)
    note = typeset(
        "Une case vide : aucun agent."
        if threshold <= UNRESTRICTED
        else f"Une case vide n’est pas un zéro : aucun nombre d’agents inférieur à {threshold} n’est donné, ni aucun"
        " qui permettrait d’en retrouver un. Les directions sans aucun nombre donné ne figurent pas."
    )
    alternative = typeset(f"Agents par thème et par direction, plus foncé où ils sont plus nombreux. {title}. {note}")
    drawn = svg(_heads(names)[0] + _row(themes) * len(themes) + 6, _drawn(themes, names, cells, most), alternative)
    return Picture("origines", title, drawn, ("Thème", *names), rows, note)


def _told(theme: Theme, known: Disclosure, threshold: int) -> dict[str, int]:
    """Return the agents of a theme by directorate, as its own sheet gives them."""
    named = {capital(name) for name in known.told["directorate"]}
    parts = [part for part in of_theme(theme.theme_id, known, threshold) if part.key == "directorate"]
    return {count.label: count.value for part in parts for count in part.counts if count.value and count.label in named}


def _named(theme: Theme) -> tuple[str, ...]:
    return folded(f"{theme.mark.number} {theme.label}", _NAME)


def _row(themes: tuple[Theme, ...]) -> int:
    """Return the height of a row: that of the longest name."""
    return max(_ROW, *(_LINE * len(_named(theme)) + 6 for theme in themes))


def _step(names: list[str]) -> float:
    return min(110.0, (WIDTH - _LEFT - 60) / len(names))


def _heads(names: list[str]) -> tuple[int, int, int]:
    """Return height, characters of a line and turn of the names over the columns: upright where columns are narrow."""
    return _SLANTED if _step(names) >= _WIDE else _UPRIGHT


def _drawn(themes: tuple[Theme, ...], names: list[str], cells: dict[str, dict[str, int]], most: int) -> list[str]:
    step, tall, (top, most_said, turn) = _step(names), _row(themes), _heads(names)
    strokes = []
    for place, name in enumerate(names):
        x = round(_LEFT + place * step + step / 2 + 5, 1)
        said = stack(0, 0, folded(name, most_said), size=15)
        strokes.append(f'<g transform="translate({x:g} {top - 10}) rotate({turn})">{said}</g>')
    for row, theme in enumerate(themes):
        y, wide, high = top + row * tall, round(step - 2, 1), tall - 2
        middle = y + tall // 2 + 5
        strokes.append(stack(_LEFT - 12, middle, _named(theme), size=15, anchor="end"))
        for place, name in enumerate(names):
            value, x = cells[theme.theme_id].get(name), round(_LEFT + place * step + 1, 1)
            strokes.append(bar(x, y + 1, wide, high, "band"))
            if value:
                strokes.append(bar(x, y + 1, wide, high, "accent", opacity=round(0.12 + 0.4 * value / most, 2)))
                strokes.append(
                    label(round(x + wide / 2, 1), middle, number(value), size=16, anchor="middle", bold=True)
                )
    return strokes
