"""Who holds a theme: spread over directorates, sites and occupations, against chance; and the answer that suits it."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.french import enumeration, percent, typeset

_DRAWS = 200
_CONCENTRATED = 0.6
"""Share of one occupation (or one directorate) from which a theme is theirs."""
_TRADE = 0.6
"""Combined share of the over-represented occupations from which they make a trade (a kitchen's three or four)."""
_ODDS = 4.0
"""How many times the odds among all holders an occupation's odds have to be to count as over-represented."""
_FEW_HOLDERS = 3


@dataclass(frozen=True, slots=True)
class Spread:
    """How a theme's holders are spread over one of their columns.

    Attributes:
        entropy: normalised, 0 (all the same) to 1 (as even as can be).
        chance: what as many holders drawn at random give, on the mean.
        low, high: the interval in which 90 % of these draws fall.
        main: the most frequent value.
        main_share: its share of the holders.
    """

    entropy: float
    chance: float
    low: float
    high: float
    main: str
    main_share: float


@dataclass(frozen=True, slots=True)
class Kind:
    """The answer a theme calls for.

    Attributes:
        kind: minilab, communaute_metier or reponse_direction.
        reason: in French, with the figures it rests on.
        directorates: how the holders are spread over directorates; None without holders.
    """

    kind: str
    reason: str
    directorates: Spread | None


def entropy(values: list[str], possible: int) -> float:
    """Return the entropy of the values over the greatest possible (`possible` values, or one each)."""
    top = min(possible, len(values))
    if top < 2:  # noqa: PLR2004 - one value has nowhere to spread
        return 0.0
    shares = np.array(list(Counter(values).values())) / len(values)
    return max(0.0, float(-(shares * np.log(shares)).sum() / math.log(top)))


def spread(values: list[str], everyone: list[str], seed: int) -> Spread | None:
    """Return the spread of a theme's holders; None when fewer than three are known."""
    values = sorted(value for value in values if value)
    everyone = sorted(value for value in everyone if value)
    if len(values) < _FEW_HOLDERS:
        return None
    possible = len(set(everyone))
    draw = np.random.default_rng(seed)
    pool = np.array(everyone, dtype=object)
    size = min(len(values), len(pool))
    chance = [entropy(list(draw.choice(pool, size, replace=False)), possible) for _ in range(_DRAWS)]
    main, count = min(Counter(values).items(), key=lambda item: (-item[1], item[0]))
    low, high = np.quantile(chance, [0.05, 0.95])
    return Spread(
        round(entropy(values, possible), 4), round(float(np.mean(chance)), 4), round(float(low), 4),
        round(float(high), 4), main, count / len(values),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trade:
    """The occupations that a theme gathers more than the contest does.

    Attributes:
        occupations: the most frequent first.
        share: their combined share of the theme's holders.
        high: the share that one draw in twenty of as many holders exceeds by chance.
    """

    occupations: tuple[str, ...]
    share: float
    high: float


def trade(values: list[str], everyone: list[str], seed: int) -> Trade:
    """Return the trade of a theme's holders: related occupations come together, whatever their titles."""
    values, everyone = sorted(v for v in values if v), sorted(v for v in everyone if v)
    overall = {value: count / len(everyone) for value, count in Counter(everyone).items()}
    found = _over_represented(values, overall)
    draw, pool = np.random.default_rng(seed), np.array(everyone, dtype=object)
    size = min(len(values), len(pool))
    chance = [_share(list(draw.choice(pool, size, replace=False)), overall) for _ in range(_DRAWS)] or [1.0]
    return Trade(tuple(found), _share(values, overall), float(np.quantile(chance, 0.95)))


def _over_represented(values: list[str], overall: dict[str, float]) -> list[str]:
    counts = sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))
    shares = {value: n / len(values) for value, n in counts if n > 1}
    return [v for v, share in shares.items() if share * (1 - overall[v]) >= _ODDS * overall[v] * (1 - share)]


def _share(values: list[str], overall: dict[str, float]) -> float:
    inside = set(_over_represented(values, overall))
    return sum(value in inside for value in values) / len(values) if values else 0.0


def suggest(holders: pd.DataFrame, theme_holders: set[str], seed: int) -> Kind:
    """Return the kind of answer a theme calls for, from the people who hold its ideas.

    One trade across several places: a trade community. One directorate: its own answer. Otherwise a MiniLab.
    """
    theirs = holders[holders["holder_id"].isin(theme_holders)]
    found = {column: spread(list(theirs[column]), list(holders[column]), seed) for column in ("directorate", "place")}
    directorate, place = found["directorate"], found["place"]
    craft = trade(list(theirs["occupation"]), list(holders["occupation"]), seed)
    if place and place.main_share < _CONCENTRATED and craft.share >= _TRADE and craft.share > craft.high:
        same = "le même métier" if len(craft.occupations) == 1 else "des métiers voisins"
        reason = f"{percent(craft.share)} des porteurs exercent {same} ({enumeration(craft.occupations[:3])})"
        return Kind("communaute_metier", typeset(f"{reason}, sur plusieurs sites."), directorate)
    if directorate and directorate.main_share >= _CONCENTRATED and directorate.entropy < directorate.low:
        reason = f"{percent(directorate.main_share)} des porteurs relèvent d’une seule direction ({directorate.main})."
        return Kind("reponse_direction", typeset(reason), directorate)
    return Kind("minilab", _shared(directorate), directorate)


def _shared(directorate: Spread | None) -> str:
    if directorate is None:
        return "Trop peu de porteurs connus pour juger de la répartition entre directions."
    more, less = directorate.entropy > directorate.high, directorate.entropy < directorate.low
    level = "plus variées" if more else "moins variées" if less else "aussi variées"
    return typeset(
        f"Les porteurs viennent de plusieurs directions, {level} que dans l’ensemble du concours ; "
        f"la plus présente ({directorate.main}) en réunit {percent(directorate.main_share)}."
    )
