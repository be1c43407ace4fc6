"""A title for each theme: a noun phrase, or two joined by « et », of 2 to 7 words, that no other theme could carry."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

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
_ENOUGH = 4
"""Content words past which a title is no more precise, only longer."""
_SAMPLE = 400
_GENERAL = 0.04
"""What a notion is worth beside the authors' words: it says in correct French what they say in many ways."""
_MIXED = "(idées diverses)"


def title(choices: list[Phrase], cover: np.ndarray, inside: np.ndarray, fallback: str) -> str:
    """Return the title of a theme; `fallback` when it has no phrase.

    Of all its phrases and pairs of them, the one from which a reader would best tell its texts from the others: the
    chance that a text of the theme is nearer to it than a text from elsewhere is.

    Args:
        choices: phrases of the theme; one that holds « et » or a comma stands alone.
        cover: phrase × text, how well each phrase stands for each text (see `telling.covers`).
        inside: whether each text is of the theme.
        fallback: two words or more.
    """
    kept = [place for place, phrase in enumerate(choices) if phrase.words <= MOST]
    choices, (cover, inside) = [choices[place] for place in kept], _sampled(cover[kept], inside)
    if not choices:
        return _capital(fallback)
    most = max((phrase.score for phrase in choices if not phrase.general), default=1.0) or 1.0
    alone = [apart(row, inside) for row in cover]
    told = [*_alone(choices, alone, most), *_pairs(choices, cover, alone, inside, most)]
    if not told:
        return _capital(typeset(f"{choices[int(np.argmax(alone))].surface} {_MIXED}"))
    return _capital(typeset(max(told)[1]))


def _worth(told: float, phrases: tuple[Phrase, ...], most: float) -> float:
    """Return what a title is worth: how well it tells, its words, the scores of its phrases."""
    precise = _PRECISE * min(sum(len(phrase.key) for phrase in phrases), _ENOUGH)
    scored = sum(1.0 if phrase.general else phrase.score / most for phrase in phrases)
    general = _GENERAL * any(phrase.general for phrase in phrases)
    return round(told + precise + general + _TELLING * max(scored, 2.0 * any(map(_compound, phrases))), 9)


def _alone(choices: list[Phrase], alone: list[float], most: float) -> Iterator[tuple[float, str]]:
    for phrase, told in zip(choices, alone, strict=True):
        if phrase.words >= FEWEST:
            yield _worth(told, (phrase,), most), phrase.surface


def _pairs(
    choices: list[Phrase], cover: np.ndarray, alone: list[float], inside: np.ndarray, most: float
) -> Iterator[tuple[float, str]]:
    """Yield the titles of two phrases that say two things, the better one first."""
    for one, other in itertools.combinations(range(len(choices)), 2):
        pair = choices[one], choices[other]
        if pair[0].related(pair[1]) or pair[0].words + pair[1].words >= MOST or any(map(_compound, pair)):
            continue
        first, second = pair if alone[one] >= alone[other] else pair[::-1]
        told = apart(np.maximum(cover[one], cover[other]), inside)
        yield _worth(told, pair, most), f"{first.surface} et {second.surface}"


def _compound(phrase: Phrase) -> bool:
    return "," in phrase.surface or " et " in phrase.surface


def _sampled(cover: np.ndarray, inside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns of at most `_SAMPLE` texts inside and twice as many outside, evenly taken."""
    parts = [np.flatnonzero(inside), np.flatnonzero(~inside)]
    taken = [
        part[np.unique(np.linspace(0, len(part) - 1, min(len(part), times * _SAMPLE)).astype(int))]
        if len(part)
        else part
        for part, times in zip(parts, (1, 2), strict=True)
    ]
    rows = np.concatenate(taken)
    return cover[:, rows], inside[rows]


def apart(cover: np.ndarray, inside: np.ndarray) -> float:
    """Return the chance that a text inside has more cover than one outside (area under the ROC curve)."""
    here, texts = int(inside.sum()), len(inside)
    if here in (0, texts):
        return 0.5
    ranks = rankdata(np.round(cover, 9))
    return float((ranks[inside].sum() - here * (here + 1) / 2) / (here * (texts - here)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
