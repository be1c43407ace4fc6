"""How far a person's place is from a lab's seat: names of towns in, kilometres out.

The table beside this file lists towns of the Grand Est with latitude and longitude in degrees, rounded to three
decimals (about 100 m). It was typed for this project from general knowledge of the Region's geography, not copied from
a database: good for comparing distances between towns, not for routes.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

from pipeline.french import fold

_EARTH = 6371.0
"""Mean radius in kilometres."""

_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")


@cache
def _towns() -> dict[str, tuple[float, float]]:
    text = files("pipeline.assign").joinpath("places.csv").read_text(encoding="utf-8")
    return {
        _plain(row["lieu"]): (radians(float(row["latitude"])), radians(float(row["longitude"])))
        for row in csv.DictReader(text.splitlines())
    }


def _plain(place: str) -> str:
    return " ".join(fold(place).replace("-", " ").replace("'", " ").split())


def town(place: str) -> tuple[float, float] | None:
    """Return latitude and longitude, in radians, or None when the town is not in the table.

    A site is taken for its town: "Lycée des Grès-Roses (Saverne)" is in Saverne.
    """
    inside = _IN_BRACKETS.search(place)
    return _towns().get(_plain(inside[1] if inside else place))


def kilometres(place: str, other: str) -> int | None:
    """Return the great-circle distance, rounded, or None when either town is not known (haversine formula)."""
    here, there = town(place), town(other)
    if here is None or there is None:
        return None
    half = sin((there[0] - here[0]) / 2) ** 2 + cos(here[0]) * cos(there[0]) * sin((there[1] - here[1]) / 2) ** 2
    return round(2 * _EARTH * asin(sqrt(half)))
