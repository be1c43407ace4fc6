"""Themes × directorates: where agents of each theme come from, no count that the theme's own sheet withholds."""

from __future__ import annotations

from pipeline.french import counted, number, typeset
from pipeline.report.drawing.pictures.canvas import WIDTH, bar, label, short, svg
from pipeline.report.facts.model import UNRESTRICTED, Picture
from pipeline.report.facts.themes import Theme
from pipeline.report.facts.words import capital
from pipeline.report.withheld.disclosure import Disclosure
from pipeline.report.withheld.origins import of_theme

_LEFT, _TOP, _ROW = 330, 190, 30


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
        f"Une case vide n’est pas un zéro : aucun nombre d’agents inférieur à {threshold} n’est donné, ni aucun qui"
        " permettrait d’en retrouver un. Les directions sans aucun nombre donné ne figurent pas."
    )
    alternative = typeset(f"Agents par thème et par direction, plus foncé où ils sont plus nombreux. {title}. {note}")
    drawn = svg(_TOP + _ROW * len(themes) + 6, _drawn(themes, names, cells, most), alternative)
    return Picture("origines", title, drawn, ("Thème", *names), rows, note)


def _told(theme: Theme, known: Disclosure, threshold: int) -> dict[str, int]:
    """Return the agents of a theme by directorate, as its own sheet gives them."""
    named = {capital(name) for name in known.told["directorate"]}
    parts = [part for part in of_theme(theme.theme_id, known, threshold) if part.key == "directorate"]
    return {count.label: count.value for part in parts for count in part.counts if count.value and count.label in named}


def _drawn(themes: tuple[Theme, ...], names: list[str], cells: dict[str, dict[str, int]], most: int) -> list[str]:
    step = min(110.0, (WIDTH - _LEFT - 60) / len(names))
    strokes = []
    for place, name in enumerate(names):
        x = _LEFT + place * step + step / 2
        said = label(0, 0, short(name, 30), size=15)
        strokes.append(f'<g transform="translate({x:g} {_TOP - 10}) rotate(-38)">{said}</g>')
    for row, theme in enumerate(themes):
        y, wide, high = _TOP + row * _ROW, round(step - 2, 1), _ROW - 2
        named = short(f"{theme.mark.number} {theme.label}", 42)
        strokes.append(label(_LEFT - 12, y + 20, named, size=15, anchor="end"))
        for place, name in enumerate(names):
            value, x = cells[theme.theme_id].get(name), round(_LEFT + place * step + 1, 1)
            strokes.append(bar(x, y + 1, wide, high, "band"))
            if value:
                strokes.append(bar(x, y + 1, wide, high, "accent", opacity=round(0.12 + 0.4 * value / most, 2)))
                strokes.append(
                    label(round(x + wide / 2, 1), y + 20, number(value), size=16, anchor="middle", bold=True)
                )
    return strokes
