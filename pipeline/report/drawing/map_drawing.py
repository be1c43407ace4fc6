"""The map of ideas as a drawing: positions and marks in, SVG out, the same for a page and for print."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from statistics import median
from xml.sax.saxutils import escape

from pipeline.report.drawing.look import Scheme
from pipeline.report.drawing.pictures.canvas import folded
from pipeline.report.drawing.printable import drawable
from pipeline.report.facts.ideas import Idea
from pipeline.report.facts.model import Report
from pipeline.report.facts.themes import Theme

WIDTH = 1000
_EDGE = 30
_RADIUS, _DENSE_RADIUS, _DENSE = 8.0, 4.0, 1500
_NAME, _LINE, _WIDE, _ROUND = 34, 36, 9.5, 15
"""Characters of a line of a title on the map; height of its first line, width of a character; half a mark."""
_MORE = 20
"""Height of a further line."""
_SHAPES = (
    '<circle r="1"/>',
    '<rect x="-.88" y="-.88" width="1.76" height="1.76" rx=".12"/>',
    '<path d="M0-1.3 1.3 0 0 1.3-1.3 0Z"/>',
    '<path d="M0-1.25 1.2.95H-1.2Z"/>',
)
_CROSS = '<path d="M-.9-.9.9.9M.9-.9-.9.9" fill="none" stroke-width=".45"/>'


@dataclass(frozen=True, slots=True)
class Dot:
    """One idea on the map: where, and which mark (theme 0: weak signal)."""

    idea_id: str
    anchor: str
    x: float
    y: float
    colour: int
    shape: int


@dataclass(frozen=True, slots=True)
class Label:
    """A theme at its centre: number, place, title, and on which side of the number the title stands."""

    number: str
    x: float
    y: float
    name: str
    left: bool

    @property
    def half(self) -> int:
        """Half the width of the mark that holds the number: as wide as the number is long."""
        return max(_ROUND, 6 * len(self.number) + 6)

    @property
    def lines(self) -> tuple[tuple[float, str], ...]:
        """The title, whole, as lines: (how far below the middle of the number, text)."""
        said = folded(self.name, _NAME)
        return tuple((_MORE * (row - (len(said) - 1) / 2), line) for row, line in enumerate(said))

    @property
    def tall(self) -> int:
        """The height that the number and its title take."""
        return _LINE + _MORE * (len(self.lines) - 1)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The map: its size, its dots (by id), the number of each theme at its centre.

    `ground` draws the ideas that the page does not list: (colour, path of points), behind the dots; `frame` is what is
    shown (x, y, width, height).
    """

    height: int
    radius: float
    dots: tuple[Dot, ...]
    ground: tuple[tuple[int, str], ...]
    labels: tuple[Label, ...]
    alternative: str
    frame: tuple[float, float, float, float]


def draw(report: Report, listed: Container[str] | None = None) -> Drawing | None:
    """Return the map, or None when no idea has a position.

    Args:
        report: all ideas.
        listed: ids of the ideas that can be chosen on the map; None: all.
    """
    placed = [idea for idea in report.ideas if idea.position]
    if not placed:
        return None
    scale, height = _frame([idea.position for idea in placed if idea.position])
    marks = {theme.theme_id: theme for theme in report.themes}
    dots = tuple(_dot(idea, marks, scale, height) for idea in placed)
    labels = _apart([label for theme in report.themes if (label := _centre(theme, dots))])
    radius = _DENSE_RADIUS if len(dots) > _DENSE else _RADIUS
    front, behind = _layers(dots, listed)
    return Drawing(height, radius, front, behind, labels, _alternative(report), (0, 0, WIDTH, height))


def _frame(positions: list[tuple[float, float]]) -> tuple[float, int]:
    """Return what a position is multiplied by, and the height of the map."""
    widest, tallest = max(x for x, _ in positions), max(y for _, y in positions)
    scale = (WIDTH - 2 * _EDGE) / max(widest, 1e-9) if widest > 0 else 0.0
    return scale, round(2 * _EDGE + min(tallest * scale, 1.1 * WIDTH))


def _layers(
    dots: tuple[Dot, ...], listed: Container[str] | None
) -> tuple[tuple[Dot, ...], tuple[tuple[int, str], ...]]:
    """Return the dots that can be chosen, and the others as paths behind them."""
    if listed is None:
        return dots, ()
    front = tuple(dot for dot in dots if dot.idea_id in listed)
    return front, _ground([dot for dot in dots if dot.idea_id not in listed])


def _ground(dots: list[Dot]) -> tuple[tuple[int, str], ...]:
    """Return one path of points a colour: a tenth of the size of as many shapes."""
    colours = sorted({dot.colour for dot in dots})
    return tuple((c, "".join(f"M{dot.x:.0f} {dot.y:.0f}h0" for dot in dots if dot.colour == c)) for c in colours)


def _dot(idea: Idea, marks: dict[str, Theme], scale: float, height: int) -> Dot:
    x, y = idea.position or (0.0, 0.0)
    across, down = round(_EDGE + x * scale, 1), round(min(_EDGE + y * scale, height - _EDGE), 1)
    theme = None if idea.weak else marks.get(idea.theme_id)
    colour, shape = (theme.mark.colour, theme.mark.shape) if theme else (0, 0)
    return Dot(idea.idea_id, idea.anchor, across, down, colour, shape)


def _centre(theme: Theme, dots: tuple[Dot, ...]) -> Label | None:
    inside = set(theme.ideas)
    own = [dot for dot in dots if dot.idea_id in inside]
    if not own:
        return None
    x, y = round(median(d.x for d in own), 1), round(median(d.y for d in own), 1)
    return Label(str(theme.mark.number), x, y, theme.label, left=x > WIDTH * 0.62)


def _apart(labels: list[Label]) -> tuple[Label, ...]:
    """Return the labels, those that would write over one another moved down a line; in the order given."""
    placed: list[Label] = []
    for label in sorted(labels, key=lambda label: (label.y, label.x)):
        y = label.y
        for other in placed:
            apart = (label.tall + other.tall) / 2
            if abs(y - other.y) < apart and _span(label)[0] < _span(other)[1] and _span(other)[0] < _span(label)[1]:
                y = round(other.y + apart, 1)
        placed.append(replace(label, y=y))
    order = [label.number for label in labels]
    return tuple(sorted(placed, key=lambda label: order.index(label.number)))


def _span(label: Label) -> tuple[float, float]:
    short = label.half + 4
    long = _WIDE * max(len(line) for _, line in label.lines) + short + 4
    return (label.x - long, label.x + short) if label.left else (label.x - short, label.x + long)


def part(drawing: Drawing, theme: Theme) -> Drawing:
    """Return the part of the map where a theme is: its ideas as marks, the others as grey points behind."""
    inside = set(theme.ideas)
    own = tuple(dot for dot in drawing.dots if dot.idea_id in inside)
    others = "".join(f"M{dot.x:.0f} {dot.y:.0f}h0" for dot in drawing.dots if dot.idea_id not in inside)
    said = (
        f"Les {len(own)} idées de « {theme.label} » sur la carte ; les autres sont des points gris derrière."
        " La liste des idées dit la même chose en texte."
    )
    return replace(
        drawing,
        dots=own,
        ground=((0, others),) if others else (),
        labels=(),
        alternative=said,
        frame=_around(own, drawing),
    )


def _around(dots: tuple[Dot, ...], drawing: Drawing) -> tuple[float, float, float, float]:
    """Return the frame (x, y, width, height) of the dots, with a margin, at least a quarter of the map wide."""
    if not dots:
        return drawing.frame
    left, right = min(d.x for d in dots) - _EDGE, max(d.x for d in dots) + _EDGE
    top, bottom = min(d.y for d in dots) - _EDGE, max(d.y for d in dots) + _EDGE
    width = max(right - left, WIDTH / 4, (bottom - top) * 4 / 3)
    height = max(bottom - top, width / 2)
    return (
        round((left + right - width) / 2, 1),
        round((top + bottom - height) / 2, 1),
        round(width, 1),
        round(height, 1),
    )


def _alternative(report: Report) -> str:
    return (
        f"Carte de {len(report.ideas)} idées : deux points proches sont deux idées aux mots voisins. Chaque thème a"
        " sa couleur, sa forme et son numéro ; les signaux faibles sont des croix grises. Le tableau des thèmes et la"
        " liste des idées disent la même chose en texte."
    )


def symbols() -> str:
    """Return the shapes, to be used by id (`s0` for weak signals, `s1` to `s4`)."""
    shapes = "".join(f'<g id="s{n}">{shape}</g>' for n, shape in enumerate((_CROSS, *_SHAPES)))
    return f"<defs>{shapes}</defs>"


def static(drawing: Drawing, scheme: Scheme) -> str:
    """Return the whole map as an SVG with plain colours, for print."""
    dots = "".join(_printed(dot, drawing.radius, scheme) for dot in drawing.dots)
    labels = "".join(_named(label, scheme) for label in drawing.labels)
    ground = "".join(
        f'<path d="{path}" fill="none" stroke="{scheme.themes[colour - 1] if colour else scheme.noise}"'
        f' stroke-width="{drawing.radius}" stroke-linecap="round" opacity=".5"/>'
        for colour, path in drawing.ground
    )
    frame = " ".join(map(str, drawing.frame))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' viewBox="{frame}">{symbols()}<title>{escape(drawing.alternative)}</title>{ground}{dots}{labels}</svg>'
    )


def _named(label: Label, scheme: Scheme) -> str:
    font = 'font-family="Source Sans 3" font-weight="600"'
    half = label.half
    at, anchor = (-half - 5, "end") if label.left else (half + 5, "start")
    name = "".join(f'<tspan x="{at}" y="{6 + down:g}">{escape(drawable(line))}</tspan>' for down, line in label.lines)
    return (
        f'<g transform="translate({label.x} {label.y})">'
        f'<rect x="{-half}" y="{-_ROUND}" width="{2 * half}" height="{2 * _ROUND}" rx="{_ROUND}"'
        f' fill="{scheme.paper}" stroke="{scheme.ink}" stroke-width="1.5"/>'
        f'<text y="6.5" text-anchor="middle" {font} font-size="19" fill="{scheme.ink}">{escape(label.number)}</text>'
        f'<text text-anchor="{anchor}" {font} font-size="18" fill="{scheme.ink}"'
        f' stroke="{scheme.paper}" stroke-width="4" stroke-linejoin="round" paint-order="stroke">{name}</text></g>'
    )


def _printed(dot: Dot, radius: float, scheme: Scheme) -> str:
    colour = scheme.themes[dot.colour - 1] if dot.colour else scheme.noise
    paint = f'fill="{colour}"' if dot.colour else f'stroke="{colour}"'
    return f'<use xlink:href="#s{dot.shape}" transform="translate({dot.x} {dot.y}) scale({radius})" {paint}/>'
