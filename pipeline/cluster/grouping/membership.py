"""How firmly each text holds to each theme: shares of what the members agree on, a second theme, weak signals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipeline.cluster.grouping.consensus import Members
from pipeline.cluster.grouping.partition import others

SECOND = 0.75
"""A second theme is shown when its share is at least this part of the first one's.

Micro-F1 of the themes shown with all those that people gave: .365 on the sample (.379 without a second theme: recall
rises from .346 to .379, precision falls from .418 to .352), .097 on 1,554 texts coded with 314 themes (.091 without):
`benchmarks/several.py`.
"""

FIRM = 0.5
"""A given theme draws a text firmly by more than this: more than all others, and none, together."""


@dataclass(frozen=True, slots=True)
class Membership:
    """One row per text.

    Attributes:
        theme: of the text; for a weak signal, the nearest one.
        share: 0 to 1.
        second: another theme when it is close (rule: `SECOND`), else -1.
        second_share: 0 to 1.
        weak: held by no theme.
        alone: weak because few texts resemble it (see `weak.isolated`).
        affinity: text × theme, how often the text falls with the others of the theme.
    """

    theme: np.ndarray
    share: np.ndarray
    second: np.ndarray
    second_share: np.ndarray
    weak: np.ndarray
    alone: np.ndarray
    affinity: np.ndarray


def measure(
    members: Members,
    labels: np.ndarray,
    weak_below: float,
    alone: np.ndarray | None = None,
    pull: np.ndarray | None = None,
) -> Membership:
    """Return the memberships; a text under `weak_below` in its own theme, or `alone`, is a weak signal.

    A given theme that draws a text by more than `FIRM` holds it, however few texts resemble it.

    The share of a theme is its affinity over the sum of all, times the affinity of the best: high only for a text
    that falls with its theme often, and with it alone. It orders texts and is no chance before a decision: see
    `benchmarks/calibration.py`. Of a given theme (the first ones) the affinity is its `pull`, and the sum that of the
    given themes; found themes share what given ones leave of a text that these draw.
    """
    affinity = others(members.affinity(labels), labels)
    drawn = np.zeros((len(labels), 0)) if pull is None else pull
    affinity[:, : drawn.shape[1]] = drawn
    return of(affinity, labels, weak_below, alone, drawn.shape[1])


def of(
    affinity: np.ndarray,
    labels: np.ndarray,
    weak_below: float,
    alone: np.ndarray | None = None,
    given: int = 0,
    scale: Callable[[np.ndarray], np.ndarray] | None = None,
) -> Membership:
    """Return the memberships that `affinity` gives, whose first `given` columns are the pull of given themes.

    `scale` says what each share is worth where shares are not measured from the members themselves.
    """
    drawn = affinity[:, :given]
    share = np.hstack([_drawn(drawn), _held(affinity[:, given:]) * _left(drawn, labels)])
    rows = np.arange(len(labels))
    own = share[rows, labels]
    if scale is not None:
        share *= (scale(own) / np.maximum(own, 1e-9))[:, None]
        own = share[rows, labels]
    rest = share.copy()
    rest[rows, labels] = -1
    second = rest.argmax(axis=1)
    second_share = np.maximum(rest[rows, second], 0)
    lonely = np.zeros(len(labels), dtype=bool) if alone is None else alone & ~_firm(drawn, labels)
    close = (second_share >= SECOND * own) & (second_share > 0)
    return Membership(
        theme=labels,
        share=np.round(own, 3),
        second=np.where(close, second, -1),
        second_share=np.round(second_share, 3),
        weak=(own < weak_below) | lonely,
        alone=lonely,
        affinity=affinity,
    )


def _firm(pull: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return whether the theme of each text is a given one that draws it by more than `FIRM`."""
    given = labels < pull.shape[1]
    firm = np.zeros(len(labels), dtype=bool)
    firm[given] = pull[given, labels[given]] > FIRM
    return firm


def _held(affinity: np.ndarray) -> np.ndarray:
    """Return the shares of themes that were found."""
    total = affinity.sum(axis=1, keepdims=True)
    return np.asarray(np.sqrt(np.divide(affinity, total, out=np.zeros_like(affinity), where=total > 0) * affinity))


def _left(pull: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return text × 1: the part of each text that found themes share, all of it where it is in one of them.

    Without it a lone found theme, which shares with no other, seems to hold any text: for two of three ideas of the
    sample it was above the theme they are in, and one decision moved 27 others (2 with it; `benchmarks/ripple.py`).
    """
    return np.where(labels < pull.shape[1], np.maximum(0, 1 - pull.sum(axis=1)), 1.0)[:, None]


def _drawn(pull: np.ndarray) -> np.ndarray:
    """Return the shares of given themes: of what the list draws, and of how much it draws the text."""
    return np.asarray(np.sqrt(pull * pull.sum(axis=1, keepdims=True)))
