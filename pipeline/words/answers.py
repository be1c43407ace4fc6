"""The answer a theme calls for, from the people who hold its ideas."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.words.kinds import (
    ANSWER,
    COMMUNITY,
    DIRECTORATE,
    FEW,
    MINILAB,
    PLACE,
    SERVICE,
    SPREAD,
    TRADE,
    UNKNOWN,
    Kind,
    Spread,
)
from pipeline.words.trades import LIMITS as TRADE_LIMITS
from pipeline.words.trades import Limits as TradeLimits
from pipeline.words.trades import Trade, draws, trade

_FEW_HOLDERS = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """From where holders belong together; chosen on made-up organisations (`benchmarks/kinds.py`).

    Attributes:
        trade: see `trades.Limits`.
        share: of the holders in one place, one service or one directorate.
        chance: how rarely as many people drawn at random would be so many there.
        places: how rarely they would sit in so few places.
    """

    trade: TradeLimits = TRADE_LIMITS
    share: float = 0.6
    chance: float = 0.01
    places: float = 0.05


LIMITS = Limits()


def spread(values: Iterable[str], everyone: Iterable[str], seed: int) -> Spread | None:
    """Return the spread of a theme's holders; None when fewer than three are known."""
    theirs, pool = Counter(filter(None, values)), Counter(filter(None, everyone))
    if theirs.total() < _FEW_HOLDERS:
        return None
    names = sorted(pool)
    chance = _entropies(draws([pool[name] for name in names], theirs.total(), seed))
    own = _entropies(np.array([[theirs[name] for name in names]]))[0]
    main = min(theirs, key=lambda name: (-theirs[name], name))
    low, high = np.quantile(chance, [0.05, 0.95])
    return Spread(
        round(float(own), 4), round(float(np.mean(chance)), 4), round(float(low), 4), round(float(high), 4), main,
        theirs[main] / theirs.total(),
    )  # fmt: skip


def _entropies(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the entropy of each row over the greatest possible (as many values as there are, or one a person)."""
    size = int(counts[0].sum())
    top = min(counts.shape[1], size)
    if top < 2:  # noqa: PLR2004 - one value has nowhere to spread
        return np.zeros(len(counts))
    shares = counts / size
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    entropies: NDArray[np.float64] = np.maximum(0.0, -(shares * logs).sum(axis=1) / math.log(top))
    return entropies


@dataclass(frozen=True, slots=True)
class _Holders:
    """A column of the theme's holders and of all: empty cells left out, in no order."""

    theirs: Counter[str]
    pool: Counter[str]

    @property
    def most(self) -> tuple[str, float]:
        """The most frequent value and its share."""
        main = min(self.theirs, key=lambda name: (-self.theirs[name], name))
        return main, self.theirs[main] / self.theirs.total()

    def gathered(self, limits: Limits) -> tuple[str, float] | None:
        """Return the value that most of them share, more of them than chance gives, and its share; else None."""
        size = self.theirs.total()
        if size < _FEW_HOLDERS:
            return None
        from scipy.stats import hypergeom  # noqa: PLC0415 - half a second, for those who suggest kinds only

        main, share = self.most
        rare = hypergeom.sf(self.theirs[main] - 1, self.pool.total(), self.pool[main], size) < limits.chance
        return (main, share) if rare and share >= limits.share else None


def suggest(holders: pd.DataFrame, theirs: Collection[str], seed: int, limits: Limits = LIMITS) -> Kind:
    """Return the kind of answer a theme calls for, from the people who hold its ideas.

    In this order: one trade over several places, a trade community; one place, one service, or one directorate whose
    people sit in fewer places than chance gives, that directorate's answer; else a MiniLab. Half of all agents may
    belong to one directorate and sit everywhere: that alone makes nothing its answer.

    Args:
        holders: see `schema.HOLDERS`; from a column that is empty or absent nothing is read.
        theirs: ids of the theme's holders.
        seed: of the draws that say what chance gives.
        limits: from where they belong together.
    """
    inside = holders[holders["holder_id"].isin(theirs)]
    if inside.empty:
        return Kind("", UNKNOWN)
    craft = trade(inside["occupation"], holders["occupation"], seed, limits.trade)
    directorates = spread(inside["directorate"], holders["directorate"], seed)
    kind, because, value, share = _judged(inside, holders, craft, seed, limits)
    return Kind(kind, because, value, share, craft.occupations, len(inside), directorates)


def _judged(
    inside: pd.DataFrame, holders: pd.DataFrame, craft: Trade, seed: int, limits: Limits
) -> tuple[str, str, str, float | None]:
    """Return the kind, why, the value and the share that say so."""
    directorates = _column(inside, holders, "directorate")
    if len(inside) < _FEW_HOLDERS:
        return MINILAB, FEW, "", None
    place = _column(inside, holders, "place").gathered(limits)
    if craft.shared and place is None:
        return COMMUNITY, TRADE, "", craft.share
    if answer := _answering(inside, holders, place, directorates.gathered(limits), seed, limits):
        return ANSWER, *answer
    return (
        (MINILAB, SPREAD, *directorates.most)
        if directorates.theirs.total() >= _FEW_HOLDERS
        else (MINILAB, FEW, "", None)
    )


_Most = tuple[str, float]
"""A value and its share."""


def _answering(
    inside: pd.DataFrame,
    holders: pd.DataFrame,
    place: _Most | None,
    directorate: _Most | None,
    seed: int,
    limits: Limits,
) -> tuple[str, str, float] | None:
    """Return what makes the theme one directorate's to answer, if anything: one place, one service, few places."""
    if place is not None:
        return PLACE, *place
    if service := _column(inside, holders, "service").gathered(limits):
        return SERVICE, *service
    if directorate is None or not _in_few_places(
        inside[inside["directorate"] == directorate[0]], holders, seed, limits
    ):
        return None
    return DIRECTORATE, *directorate


def _column(inside: pd.DataFrame, holders: pd.DataFrame, name: str) -> _Holders:
    if name not in holders:
        return _Holders(Counter(), Counter())
    return _Holders(*(Counter(filter(None, frame[name].fillna(""))) for frame in (inside, holders)))


def _in_few_places(people: pd.DataFrame, holders: pd.DataFrame, seed: int, limits: Limits) -> bool:
    """Return whether they sit in fewer places than as many people drawn among all."""
    places = _column(people, holders, "place")
    if not places.theirs:
        return False
    chance = (draws([places.pool[name] for name in sorted(places.pool)], places.theirs.total(), seed) > 0).sum(axis=1)
    return len(places.theirs) < float(np.quantile(chance, limits.places))
