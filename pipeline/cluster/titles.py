"""A title for each theme: a noun phrase, or two joined by « et », of 2 to 7 words, that no other theme could carry."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.cluster.telling import Phrase
from pipeline.french import fold, typeset

FEWEST, MOST = 2, 7
CHOICES = 30
_TELLING = 0.1
"""What the score of a phrase adds, at most, to how well it tells texts apart..."""
_PRECISE = 0.02
"""...and each of its words: of two titles that tell as well, the more precise."""
_ENOUGH = 4
"""Content words past which a title is no more precise, only longer."""
_SAMPLE = 400
_GENERAL, _LITERAL = 0.03, 0.05
"""What a notion is worth beside the authors' words (it says in correct French what they say in many ways); what it is
worth besides when its texts use all of its words."""
_SECOND = 0.03
"""What a second phrase has to add: of two titles that tell nearly as well, the shorter."""
_FEWEST, _PART = 4, 4
"""Texts that have to write a phrase for it to be in a title, or one text in so many of a small theme."""
_MIXED = "(idées diverses)"


@dataclass(frozen=True, slots=True)
class Theme:
    """The texts that a title is for.

    Attributes:
        inside: whether each text is of the theme.
        weight: how much each text of the theme counts: what the central ideas propose comes first.
        taken: titles that others carry, without accents or case.
    """

    inside: np.ndarray
    weight: np.ndarray
    taken: frozenset[str] = frozenset()


def title(choices: list[Phrase], cover: np.ndarray, theme: Theme, fallback: str) -> str:
    """Return the title of a theme; `fallback` when it has no phrase.

    Of all its phrases and pairs of them, the one from which a reader would best tell its texts from the others: the
    chance that a text of the theme is nearer to it than a text from elsewhere is.

    Args:
        choices: phrases of the theme; one that holds « et » or a comma stands alone.
        cover: phrase × text, how well each phrase stands for each text (see `telling.covers`).
        theme: its texts.
        fallback: two words or more.
    """
    short = [place for place, phrase in enumerate(choices) if phrase.words <= MOST]
    said = [place for place in short if _said_enough(choices[place], int(theme.inside.sum()))]
    for kept in (said, short):
        best = _best([choices[place] for place in kept], cover[kept], theme)
        if best:
            return _capital(typeset(best))
    if not short:
        return _capital(fallback)
    return _capital(typeset(f"{choices[short[0]].surface} {_MIXED}"))


def _best(choices: list[Phrase], cover: np.ndarray, theme: Theme) -> str:
    """Return the best phrase, or pair of phrases, that no other theme carries; "" when there is none."""
    cover, theme = _sampled(cover, theme)
    alone = [apart(row, theme.inside, theme.weight) for row in cover]
    told = [*_alone(choices, alone), *_pairs(choices, cover, alone, theme)]
    return max(((worth, said) for worth, said in told if fold(said) not in theme.taken), default=(0.0, ""))[1]


def _said_enough(phrase: Phrase, texts: int) -> bool:
    """Return whether enough texts of a theme of `texts` write a phrase for it to be in the title.

    A phrase of two words is precise: two texts are enough.
    """
    least = min(_FEWEST if len(phrase.key) == 1 else 2, max(2, texts / _PART))
    return phrase.general or len(phrase.texts) >= least


def _general(said: list[float]) -> float:
    """Return what the notions of a title add to it, from how much of their words the texts use."""
    return _GENERAL + _LITERAL * sum(said) / len(said) if said else 0.0


def _worth(told: float, phrases: tuple[Phrase, ...], most: float) -> float:
    """Return what a title is worth: how well it tells, its words, the scores of its phrases."""
    precise = _PRECISE * min(sum(len(phrase.key) for phrase in phrases), _ENOUGH)
    scored = sum(1.0 if phrase.general else phrase.score / most for phrase in phrases) / len(phrases)
    general = _general([phrase.said for phrase in phrases if phrase.general])
    longer = _SECOND * (len(phrases) - 1)
    return round(told + precise + general - longer + _TELLING * scored, 9)


def _most(choices: list[Phrase]) -> float:
    """Return the best score of an author's phrase."""
    return max((phrase.score for phrase in choices if not phrase.general), default=1.0) or 1.0


def _alone(choices: list[Phrase], alone: list[float]) -> Iterator[tuple[float, str]]:
    most = _most(choices)
    for phrase, told in zip(choices, alone, strict=True):
        if phrase.words >= FEWEST:
            yield _worth(told, (phrase,), most), phrase.surface


def _pairs(choices: list[Phrase], cover: np.ndarray, alone: list[float], theme: Theme) -> Iterator[tuple[float, str]]:
    """Yield the titles of two phrases that say two things, the better one first; none is another's whole title."""
    most = _most(choices)
    free = [place for place, phrase in enumerate(choices) if fold(phrase.surface) not in theme.taken]
    for one, other in itertools.combinations(free, 2):
        pair = choices[one], choices[other]
        if _joins(*pair):
            first, second = pair if alone[one] >= alone[other] else pair[::-1]
            told = apart(np.maximum(cover[one], cover[other]), theme.inside, theme.weight)
            yield _worth(told, pair, most), f"{first.surface} et {second.surface}"


def _joins(one: Phrase, other: Phrase) -> bool:
    """Return whether two phrases can be joined by « et »: two things, each said in one, in few words."""
    short = one.words + other.words < MOST
    return short and not (_compound(one) or _compound(other) or one.related(other) or same(one, other))


def same(one: Phrase, other: Phrase) -> bool:
    """Return whether one is the other's acronym: « ISF » and « impôt sur la fortune »."""
    return any(_shortens(short.surface, long.surface) for short, long in ((one, other), (other, one)))


def _shortens(acronym: str, surface: str) -> bool:
    """Return whether the letters of an acronym open words of a phrase, in order and from its first."""
    initials = iter(word[0] for word in fold(surface).split())
    return acronym.isupper() and all(letter in initials for letter in fold(acronym))


def _compound(phrase: Phrase) -> bool:
    return "," in phrase.surface or " et " in phrase.surface


def _sampled(cover: np.ndarray, theme: Theme) -> tuple[np.ndarray, Theme]:
    """Return the columns of at most `_SAMPLE` texts inside and twice as many outside, evenly taken."""
    parts = [np.flatnonzero(theme.inside), np.flatnonzero(~theme.inside)]
    taken = [
        part[np.unique(np.linspace(0, len(part) - 1, min(len(part), times * _SAMPLE)).astype(int))]
        if len(part)
        else part
        for part, times in zip(parts, (1, 2), strict=True)
    ]
    rows = np.concatenate(taken)
    return cover[:, rows], Theme(theme.inside[rows], theme.weight[rows], theme.taken)


def apart(cover: np.ndarray, inside: np.ndarray, weight: np.ndarray) -> float:
    """Return the chance that a text inside has more cover than one outside, ties counting half.

    It is the area under the ROC curve when the texts inside weigh the same.

    Args:
        cover: of each text.
        inside: whether it is of the theme.
        weight: of each text inside in the mean; not all null.
    """
    here, there = np.round(cover[inside], 9), np.sort(np.round(cover[~inside], 9))
    if not len(here) or not len(there):
        return 0.5
    beaten = np.searchsorted(there, here, "left") + np.searchsorted(there, here, "right")
    return float(np.average(beaten / (2 * len(there)), weights=weight[inside]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
