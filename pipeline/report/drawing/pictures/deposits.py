"""When ideas were filed: a bar a month, or a day when the contest was short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from pipeline.french import counted, number, typeset
from pipeline.report.drawing.pictures.canvas import WIDTH, bar, label, svg
from pipeline.report.facts.model import Picture

_HEIGHT, _TOP, _TALL, _LEFT = 330, 40, 230, 10
_MOST = 40
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def deposits(days: Sequence[str]) -> Picture | None:
    """Return the picture, None when ideas bear fewer than two dates.

    Args:
        days: ISO dates, one an idea.
    """
    known = sorted(date.fromisoformat(day) for day in days)
    if len(set(known)) < 2:  # noqa: PLR2004 - one bar is no course
        return None
    weeks = (known[-1] - known[0]).days // 7 + 1
    weekly = weeks <= _MOST
    starts = _weeks(known) if weekly else _months(known)
    counts = Counter(_week(day) if weekly else day.replace(day=1) for day in known)
    bars = [(_named(start, weekly=weekly), counts[start]) for start in starts]
    most, value = max(bars, key=lambda item: item[1])
    unit = "semaine" if weekly else "mois"
    title = typeset(f"Le dépôt culmine {most} : {counted(value, 'idée')} sur {number(len(known))}")
    rows = tuple((name, number(size)) for name, size in bars)
    alternative = typeset(f"Idées déposées par {unit}. {title}. Le tableau donne chaque {unit}.")
    heads = (f"{unit.capitalize()} du dépôt", "Idées")
    return Picture("depots", title, svg(_HEIGHT, _drawn(bars), alternative), heads, rows, "")


def _drawn(bars: list[tuple[str, int]]) -> list[str]:
    most, step = max(size for _, size in bars), (WIDTH - 2 * _LEFT) / len(bars)
    every = max(1, round(len(bars) / 7))
    strokes = [bar(_LEFT, _TOP + _TALL, WIDTH - 2 * _LEFT, 1.2, "line")]
    for place, (name, size) in enumerate(bars):
        tall, x = round(_TALL * size / most, 1), _LEFT + place * step
        if size:
            strokes.append(bar(round(x + step * 0.12, 1), _TOP + _TALL - tall, round(step * 0.76, 1), tall, "accent"))
            middle = round(x + step / 2, 1)
            strokes.append(label(middle, _TOP + _TALL - tall - 6, number(size), anchor="middle", size=15))
        if place % every == 0:
            said = name.removeprefix("la semaine du ").removeprefix("en ")
            strokes.append(label(round(x + step * 0.12, 1), _TOP + _TALL + 24, said, size=15, colour="soft"))
    return strokes


def _named(start: date, *, weekly: bool) -> str:
    month = f"{_MONTHS[start.month - 1]} {start.year}"
    return f"la semaine du {'1er' if start.day == 1 else start.day} {month}" if weekly else f"en {month}"


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(known: list[date]) -> list[date]:
    first, last = _week(known[0]), _week(known[-1])
    return [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]


def _months(known: list[date]) -> list[date]:
    first, last = known[0], known[-1]
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = [divmod(first.year * 12 + first.month - 1 + n, 12) for n in range(count)]
    return [date(year, month + 1, 1) for year, month in months]
