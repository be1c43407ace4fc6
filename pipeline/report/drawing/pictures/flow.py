"""From ideas received to answers: what stays together at each step, as ribbons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.french import agree, counted, number, typeset
from pipeline.report.drawing.pictures.canvas import WIDTH, bar, label, ribbon, svg
from pipeline.report.facts.model import Picture
from pipeline.report.facts.themes import Theme
from pipeline.report.facts.words import KINDS

_HEIGHT, _TOP, _TALL, _GAP, _BAR = 470, 46, 360, 12, 22
_COLUMNS = (30, 300, 560, 800)


@dataclass(frozen=True, slots=True)
class Stream:
    """How many ideas are received, analysed, and have a known outcome (None: no follow-up is kept)."""

    received: int
    analysed: int
    answered: int | None


def flow(themes: tuple[Theme, ...], stream: Stream) -> Picture | None:
    """Return the picture, None without ideas."""
    if not stream.analysed:
        return None
    named = [theme for theme in themes if not theme.nameless]
    inside = _ideas(named)
    mixed = _ideas(themes) - inside
    answers = _answers(named)
    weak = stream.analysed - inside - mixed
    aside = stream.received - stream.analysed
    steps = [
        ("Idées reçues", stream.received),
        ("Mises de côté avant l’analyse", aside or None),
        ("Idées analysées", stream.analysed),
        (f"Rattachées à {counted(len(named), 'thème')}", inside),
        ("À départager", mixed or None),
        ("Signaux faibles", weak or None),
        *((f"{name} ({counted(count, 'thème')})", size) for name, size, count in answers),
        ("Suite connue", stream.answered),
    ]
    rows = [(what, number(value)) for what, value in steps if value is not None]
    columns = [
        [("Reçues", stream.received, "accent")],
        [("Analysées", stream.analysed, "accent"), ("Mises de côté", aside, "noise")],
        [("Dans un thème", inside, "accent"), ("À départager", mixed, "noise"), ("Signaux faibles", weak, "noise")],
        [(name, size, f"t{place}") for place, (name, size, _) in enumerate(answers, start=1)],
    ]
    return _picture(stream, inside, rows, columns)


def _picture(
    stream: Stream, inside: int, rows: list[tuple[str, str]], columns: list[list[tuple[str, int, str]]]
) -> Picture:
    title = typeset(
        f"Sur {counted(stream.received, 'idée reçue', 'idées reçues')}, {number(stream.analysed)}"
        f" {agree(stream.analysed, 'est analysée', 'sont analysées')} et {number(inside)}"
        f" {agree(inside, 'rejoint', 'rejoignent')} un thème"
    )
    alternative = typeset(f"Flux des idées : {', '.join(f'{what} {value}' for what, value in rows)}.")
    drawn = svg(_HEIGHT, _drawn(columns, stream), alternative)
    return Picture("flux", title, drawn, ("Étape", "Idées"), tuple(rows), "")


def _ideas(themes: Iterable[Theme]) -> int:
    return sum(theme.size for theme in themes)


def _answers(themes: Sequence[Theme]) -> list[tuple[str, int, int]]:
    """Return (answer, ideas, themes), for the answers that some theme calls for."""
    kinds = [(name, [theme.size for theme in themes if theme.kind == kind]) for kind, name in KINDS.items()]
    kinds.append(("Suite à choisir", [theme.size for theme in themes if not theme.kind]))
    return [(name, sum(sizes), len(sizes)) for name, sizes in kinds if sizes]


def _drawn(columns: list[list[tuple[str, int, str]]], stream: Stream) -> list[str]:
    scale = _TALL / max(stream.received, 1)
    strokes, starts = [], [(float(_COLUMNS[0] + _BAR), float(_TOP), stream.received * scale)]
    for place, (x, column) in enumerate(zip(_COLUMNS, columns, strict=True)):
        y, source = float(_TOP), starts[0]
        top = source[1]
        bars = []
        for name, size, colour in column:
            if not size:
                continue
            tall = size * scale
            if place:
                strokes.append(ribbon((source[0], top, tall), (float(x), y, tall), colour))
            strokes.append(bar(x, y, _BAR, max(tall, 1.5), colour))
            strokes.append(label(x + _BAR + 7, y + max(tall / 2, 8) + 1, number(size), bold=True, size=20))
            strokes.append(label(x + _BAR + 7, y + max(tall / 2, 8) + 20, name, size=16))
            bars.append((float(x + _BAR), y, tall))
            top += tall
            y += tall + max(_GAP, 44 - tall)
        starts = bars or starts
    if stream.answered is not None:
        said = typeset(f"Suite connue pour {counted(stream.answered, 'idée')}")
        strokes.append(label(WIDTH - 10, _HEIGHT - 12, said, anchor="end", bold=True))
    return strokes
