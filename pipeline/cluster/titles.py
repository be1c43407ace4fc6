"""A title for each theme: a noun phrase, or two joined by « et », of 2 to 7 words, that no other theme could carry."""

from __future__ import annotations

import itertools

import numpy as np
from scipy.stats import rankdata

from pipeline.cluster.telling import Phrase
from pipeline.french import typeset

FEWEST, MOST = 2, 7
CHOICES = 30
_TELLING = 0.05
"""What the score of a phrase adds, at most, to how well it tells texts apart..."""
_PRECISE = 0.02
"""...and each of its words: of two titles that tell as well, the more precise."""
_MIXED = "(idées diverses)"


def title(ranked: list[Phrase], cover: np.ndarray, inside: np.ndarray, fallback: str) -> str:
    """Return the title of a theme; `fallback` when it has no phrase.

    Of all pairs of its best phrases, the one from which a reader would best tell its texts from the others: the chance
    that a text of the theme is nearer to one of the two phrases than a text from elsewhere is.

    Args:
        ranked: phrases of the theme, best first.
        cover: phrase × text, how well each phrase stands for each text (see `telling.covers`), in the same order.
        inside: whether each text is of the theme.
        fallback: two words or more.
    """
    choices = [phrase for phrase in ranked[:CHOICES] if phrase.words < MOST]
    places = [place for place, phrase in enumerate(ranked[:CHOICES]) if phrase.words < MOST]
    alone = [apart(cover[place], inside) for place in places]
    pair = _pair(choices, [cover[place] for place in places], alone, inside)
    if pair:
        return _capital(typeset(f"{pair[0].surface} et {pair[1].surface}"))
    if not choices:
        return _capital(fallback)
    best = choices[int(np.argmax(alone))]
    return _capital(typeset(best.surface if best.words >= FEWEST else f"{best.surface} {_MIXED}"))


def _pair(
    choices: list[Phrase], cover: list[np.ndarray], alone: list[float], inside: np.ndarray
) -> tuple[Phrase, Phrase] | None:
    """Return the two phrases that tell texts apart best together, the better first; None without two that differ."""
    most = max((phrase.score for phrase in choices), default=1.0) or 1.0
    best, found = -np.inf, None
    for one, other in itertools.combinations(range(len(choices)), 2):
        first, second = choices[one], choices[other]
        if first.related(second) or first.words + second.words >= MOST:
            continue
        worth = apart(np.maximum(cover[one], cover[other]), inside) + _PRECISE * (len(first.key) + len(second.key))
        worth = round(worth + _TELLING * (first.score + second.score) / most, 9)
        if worth > best:
            best, found = worth, (first, second) if alone[one] >= alone[other] else (second, first)
    return found


def apart(cover: np.ndarray, inside: np.ndarray) -> float:
    """Return the chance that a text inside has more cover than one outside (area under the ROC curve)."""
    here, texts = int(inside.sum()), len(inside)
    if here in (0, texts):
        return 0.5
    ranks = rankdata(np.round(cover, 9))
    return float((ranks[inside].sum() - here * (here + 1) / 2) / (here * (texts - here)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
