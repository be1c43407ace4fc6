"""A title for each theme: one noun phrase of 2 to 7 words that names what its texts share, or none.

Two phrases joined by « et » told a theme apart better than one, and named no subject: « Chauffage et boitier ».
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.cluster.naming.telling import Phrase
from pipeline.french import fold, typeset

FEWEST, MOST = 2, 7
CHOICES = 30
_SCORED = 0.1
"""What the score of a phrase adds, at most, to how well it tells texts apart..."""
_PRECISE = 0.02
"""...and each of its words: of two titles that tell as well, the more precise."""
_ENOUGH = 4
"""Content words past which a title is no more precise, only longer."""
_SAMPLE = 400
_GENERAL, _LITERAL = 0.03, 0.05
"""What a notion is worth beside the authors' words (it says in correct French what they say in many ways); what it is
worth besides when its texts use all of its words."""
_FEWEST, _PART = 4, 4
"""Texts that have to write a phrase for it to be in a title, or one text in so many of a small theme."""
_TELLS, _COVERS = 0.66, 0.2
"""Chance to tell a text of the theme from another by the title, and how well it stands for a text of the theme on the
mean, under which a title would not be honest: chosen by reading part of the titles of the hospital and of three corpora
of the benchmark. At .7 and .3 more themes have none, and titles tell less (.58 against .63, .62 against .75 on two)."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The texts that a title is for.

    Attributes:
        inside: whether each text is of the theme.
        weight: how much each text of the theme counts: what the central ideas propose comes first.
        taken: titles that others carry, without accents or case.
        parts: texts of each of its parts: the title has to stand for all of them.
    """

    inside: np.ndarray
    weight: np.ndarray
    taken: frozenset[str] = frozenset()
    parts: tuple[np.ndarray, ...] = ()


def title(choices: list[Phrase], cover: np.ndarray, theme: Theme) -> str:
    """Return the title of a theme, "" when no phrase honestly names what its texts share.

    Of its phrases, the one from which a reader would best tell its texts from the others: the chance that a text of
    the theme is nearer to it than a text from elsewhere is.

    Args:
        choices: phrases of the theme.
        cover: phrase × text, how well each phrase stands for each text (see `telling.covers`).
        theme: its texts.
    """
    size = int(theme.inside.sum())
    kept = [n for n, p in enumerate(choices) if FEWEST <= p.words <= MOST and _said_enough(p, size)]
    cover, theme = _sampled(cover[kept], theme)
    phrases = [choices[place] for place in kept]
    most = max((phrase.score for phrase in phrases if not phrase.general), default=1.0) or 1.0
    told = [
        (_worth(told, phrase, most), phrase.surface)
        for phrase, row in zip(phrases, cover, strict=True)
        if (told := apart(row, theme.inside, theme.weight)) >= _TELLS
        and _stands_for(row, theme)
        and fold(phrase.surface) not in theme.taken
    ]
    return _capital(typeset(max(told, default=(0.0, ""))[1]))


def _stands_for(cover: np.ndarray, theme: Theme) -> bool:
    """Return whether a phrase of that cover stands for the texts of the theme, and for those of each of its parts."""
    parts = (theme.inside, *theme.parts)
    return all(np.average(cover[part], weights=theme.weight[part]) >= _COVERS for part in parts)


def _said_enough(phrase: Phrase, texts: int) -> bool:
    """Return whether enough texts of a theme of `texts` write a phrase for it to be in the title.

    A phrase of two words is precise: two texts are enough.
    """
    least = min(_FEWEST if len(phrase.key) == 1 else 2, max(2, texts / _PART))
    return phrase.general or len(phrase.texts) >= least


def _worth(told: float, phrase: Phrase, most: float) -> float:
    """Return what a title is worth: how well it tells, its words, the score of its phrase."""
    precise = _PRECISE * min(len(phrase.key), _ENOUGH)
    general = _GENERAL + _LITERAL * phrase.said if phrase.general else 0.0
    scored = 1.0 if phrase.general else phrase.score / most
    return round(told + precise + general + _SCORED * scored, 9)


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
    kept = tuple(part[rows] for part in theme.parts)
    return cover[:, rows], Theme(theme.inside[rows], theme.weight[rows], theme.taken, kept)


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
