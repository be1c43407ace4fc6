"""What a trade is, said once: for the kind of a theme, for who a trade's group admits, for the sentence about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 200
"""Random draws of as many people, against which a theme's holders are held."""


@dataclass(frozen=True, slots=True)
class Limits:
    """From where a trade is one; chosen on made-up organisations (`benchmarks/kinds.py`), never on the sample.

    Attributes:
        odds: how many times the odds among all holders an occupation's odds have to be to count as over-represented.
        share: of the holders, in the over-represented occupations together (a kitchen has three or four).
        chance: how rarely as many people drawn at random would have such a share.
    """

    odds: float = 3.5
    share: float = 0.55
    chance: float = 0.05


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Trade:
    """The occupations that a theme gathers more than the contest does.

    Attributes:
        occupations: the most frequent first; never empty when an occupation is known.
        share: of the holders whose occupation is known, those who have one of them.
        shared: they are the theme's trade; else only its most typical occupations.
    """

    occupations: tuple[str, ...] = ()
    share: float = 0.0
    shared: bool = False


def trade(inside: Iterable[str], everyone: Iterable[str], seed: int, limits: Limits = LIMITS) -> Trade:
    """Return the trade of a theme's holders: related occupations come together, whatever their titles.

    Args:
        inside: occupations of the theme's holders, one each; empty ones are not known.
        everyone: the same of all holders.
        seed: of the draws that say what chance gives.
        limits: from where it is one.
    """
    theirs, pool = Counter(filter(None, inside)), Counter(filter(None, everyone))
    if not theirs:
        return Trade()
    names = sorted(pool)
    counts, all_counts = np.array([[theirs[name] for name in names]]), np.array([pool[name] for name in names])
    strong = _over_represented(counts, all_counts, limits.odds)
    order = sorted(np.flatnonzero(strong[0]), key=lambda row: (-counts[0, row], names[row]))
    if not order:
        return Trade((min(theirs, key=lambda name: (-theirs[name], name)),), max(theirs.values()) / theirs.total())
    share = float(counts[strong].sum() / theirs.total())
    shared = share >= limits.share and share > _by_chance(theirs.total(), all_counts, seed, limits)
    return Trade(tuple(names[row] for row in order), share, shared)


def _over_represented(counts: NDArray[np.int64], everyone: NDArray[np.int64], odds: float) -> NDArray[np.bool_]:
    """Return which occupations are, by draw: two people make a trade, one does not."""
    size, total = counts.sum(axis=1, keepdims=True), everyone.sum()
    strong: NDArray[np.bool_] = (counts > 1) & (counts * (total - everyone) >= odds * everyone * (size - counts))
    return strong


def _by_chance(size: int, everyone: NDArray[np.int64], seed: int, limits: Limits) -> float:
    """Return the share that draws of as many people pass as rarely as `limits.chance`."""
    drawn = draws(everyone, size, seed)
    shares = np.where(_over_represented(drawn, everyone, limits.odds), drawn, 0).sum(axis=1) / size
    return float(np.quantile(shares, 1 - limits.chance))


def draws(everyone: Sequence[int] | NDArray[np.int64], size: int, seed: int) -> NDArray[np.int64]:
    """Return `DRAWS` draws of `size` people without replacement: how many of each value, one draw a row.

    Args:
        everyone: how many people have each value.
        size: people drawn; all when there are fewer.
        seed: of the draws.
    """
    pool = np.asarray(everyone, dtype=np.int64)
    return np.random.default_rng(seed).multivariate_hypergeometric(pool, min(size, int(pool.sum())), DRAWS)
