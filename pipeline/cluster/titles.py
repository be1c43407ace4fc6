"""A title for each theme: a noun phrase, or two joined by « et », of 2 to 7 words, that no other theme could carry."""

from __future__ import annotations

from pipeline.cluster.phrases import Phrase
from pipeline.french import typeset

FEWEST, MOST = 2, 7
_CHOICES = 12


def title(ranked: list[Phrase], fallback: str) -> str:
    """Return the title made of the phrases of a theme, best first; `fallback` when it has none.

    The second phrase is the one that adds most: its score times the share of its ideas that the first does not hold.
    """
    if not ranked:
        return _capital(fallback)
    first = ranked[0]
    room = MOST - len(first.surface.split()) - 1
    others = [p for p in ranked[1:_CHOICES] if not set(p.key) & set(first.key) and len(p.surface.split()) <= room]
    if others:
        second = max(others, key=lambda p: (_gain(p, first), p.surface))
        return _capital(typeset(f"{first.surface} et {second.surface}"))
    longer = [p for p in ranked[:_CHOICES] if FEWEST <= len(p.surface.split()) <= MOST]
    return _capital(typeset((longer or [first])[0].surface))


def _gain(phrase: Phrase, first: Phrase) -> float:
    return phrase.score * len(phrase.texts - first.texts) / len(phrase.texts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
