"""Themes × directorates: where agents of each theme come from, no count that the theme's own sheet withholds."""

from __future__ import annotations

from collections import Counter

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
    title = _title(themes, cells, threshold)
    if not title:  # nothing to say of what shares no subject
        return None
    totals = sum(map(Counter, cells.values()), Counter[str]())
    names = sorted(totals, key=lambda name: (-totals[name], name))
    rows = tuple((theme.label, *(_cell(cells[theme.theme_id], name) for name in names)) for theme in themes)
    note = typeset(
        "Une case vide : aucun agent."
        if threshold <= UNRESTRICTED
        else f"Une case vide n’est pas un zéro : aucun nombre d’agents inférieur à {threshold} n’est donné, ni aucun"
        " qui permettrait d’en retrouver un. Les directions sans aucun nombre donné ne figurent pas."
    )
    alternative = typeset(f"Agents par thème et par direction, plus foncé où ils sont plus nombreux. {title}. {note}")
    drawn = svg(_heads(names)[0] + _row(themes) * len(themes) + 6, _drawn(themes, names, cells), alternative)
    return Picture("origines", title, drawn, ("Thème", *names), rows, note)


def _title(themes: tuple[Theme, ...], cells: dict[str, dict[str, int]], threshold: int) -> str:
    """Return what the picture shows: the fullest cell of a theme with a title; empty without any."""
    subjects = {theme.theme_id: theme.label for theme in themes if not theme.nameless}
    named = [(value, subjects[theme], name) for theme in subjects for name, value in cells[theme].items()]
    if not named:
        return ""
    value, called, name = max(named)
    said, of_a_title = counted(value, "agent"), " d’un thème titré" if _most(cells) > value else ""
    return typeset(
        f"{name} : {said} sur « {called} », le croisement le plus fourni{of_a_title}"
        if threshold <= UNRESTRICTED
        else f"Parmi les nombres que l’on peut donner, le plus élevé{of_a_title} : {said} ({name}) sur « {called} »"
    )


def _most(cells: dict[str, dict[str, int]]) -> int:
    return max(value for told in cells.values() for value in told.values())


def _cell(told: dict[str, int], name: str) -> str:
    return number(told[name]) if name in told else ""


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


def _drawn(themes: tuple[Theme, ...], names: list[str], cells: dict[str, dict[str, int]]) -> list[str]:
    most = _most(cells)
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
