"""A title for each theme: a noun phrase, or two joined by « et », of 2 to 7 words, that no other theme could carry."""

from __future__ import annotations

from pipeline.cluster.phrases import Phrase
from pipeline.french import typeset

FEWEST, MOST = 2, 7
_CHOICES = 15
_MIXED = "(idées diverses)"


def title(ranked: list[Phrase], fallback: str) -> str:
    """Return the title made of the phrases of a theme, best first; `fallback` when it has none.

    The first phrase is the best one, made longer when most of its ideas write it longer ("référendum" becomes
    "référendum d’initiative citoyenne"). The second is the one that adds most: its score times the share of its ideas
    that the first does not hold.
    """
    if not ranked:
        return _capital(f"{fallback} {_MIXED}")
    first = _longer(ranked[0], ranked)
    room = MOST - _words(first) - 1
    others = [p for p in ranked[1:_CHOICES] if not _related(p, first) and _words(p) <= room]
    if others:
        second = max(others, key=lambda p: (_gain(p, first), p.surface))
        return _capital(typeset(f"{first.surface} et {second.surface}"))
    if _words(first) >= FEWEST:
        return _capital(typeset(first.surface))
    return _capital(typeset(f"{first.surface} {_MIXED}"))


def _longer(phrase: Phrase, ranked: list[Phrase]) -> Phrase:
    """Return the longest phrase that holds this one's words in at least half as many ideas."""
    wider = [
        p
        for p in ranked
        if set(phrase.key) < set(p.key) and 2 * len(p.texts) >= len(phrase.texts) and _words(p) < MOST - 1
    ]
    return max(wider, key=lambda p: (len(p.texts), p.score, p.surface), default=phrase)


def _related(phrase: Phrase, first: Phrase) -> bool:
    """Return whether both say one thing: a lemma in common, or two that begin alike (obligatoire, obligation)."""
    return any(a[:_ROOT] == b[:_ROOT] for a in phrase.key for b in first.key)


_ROOT = 5
"""Letters that words of one family share at their beginning."""


def _words(phrase: Phrase) -> int:
    return len(phrase.surface.split())


def _gain(phrase: Phrase, first: Phrase) -> float:
    return phrase.score * len(phrase.texts - first.texts) / len(phrase.texts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
