"""Notions of the thesaurus that tell a theme: names in correct French for what its ideas say in many words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.naming.phrases import acronyms
from pipeline.cluster.naming.telling import ROOT, Phrase
from pipeline.cluster.naming.titles import apart
from pipeline.french import fold
from pipeline.schema import Token

_CHOICES = 12
_SHARE = 0.08
"""Evidence of a notion in the mean text of a theme from which it can stand for it."""
_PRIOR = 8
"""Texts without the notion that are added to each theme: in a theme of five, one text is no large share."""
_FEWEST, _PART, _SMALL = 3, 0.06, 8
"""Texts that have to mean a notion, and part of those of a large theme; two are enough in a theme of so few."""
_MEANT = 0.5
"""Evidence from which a text that names a notion means it."""
_RANKS = ((3, 1.0, 0.5), (6, 0.8, 0.3), (12, 0.5, 0.15))
"""Evidence of a notion by its rank among those the text is most about: up to it, when named, when not."""
_NAMED = 0.2
"""Evidence of a notion that a text names and is not about: « marche » names the notion of stairs in any text."""
_TELLS = 0.55
"""How well a notion has to tell the theme from the others, see `titles.apart`."""
_CONTENT, _TOOLS = 3, frozenset({"aux", "chez", "dans", "des", "entre", "les", "par", "pour", "sur", "une", "vers"})
"""Letters from which a word of a name counts as content, unless it is one of these."""
_SHORT = 4
"""Letters that a short word shares with those of its family (« vélo », « vélos »)."""
_ASIDE = re.compile(r" comme | \(")


@dataclass(frozen=True, slots=True)
class Notions:
    """What the texts of a corpus are about.

    Attributes:
        names: of the notions that they name or are about.
        evidence: notion × text, how much there is to say that the text means it, 0 to 1.
        meant: notion × text, 1 where the text plainly means it.
        capitals: acronyms, see `phrases.acronyms`.
        roots: of each text, how its content words begin, without accents.
    """

    names: list[str]
    evidence: sparse.csr_matrix
    meant: sparse.csr_matrix
    capitals: frozenset[str]
    roots: list[frozenset[str]]


def read(corpus: Corpus) -> Notions:
    """Return what the texts are about.

    A word has several meanings: a text means a notion when it names it and is about it by the subject model too.
    """
    found = [
        (name, row, said, _means(name, said, names))
        for row, names in enumerate(map(set, corpus.notions))
        for name, said in _said(corpus.main[row], names)
    ]
    names = sorted({name for name, *_ in found})
    place = {name: number for number, name in enumerate(names)}
    shape = len(names), len(corpus)
    where = [place[name] for name, *_ in found], [row for _, row, *_ in found]
    said = np.array([worth for *_, worth, _ in found], dtype=np.float64)
    plain = np.array([sure for *_, sure in found], dtype=np.float64)
    evidence, meant = (sparse.csr_matrix((values, where), shape=shape) for values in (said, plain))
    return Notions(names, evidence, meant, acronyms(corpus.words), list(map(_roots, corpus.words)))


def choices(
    known: Notions, corpus: Corpus, labels: np.ndarray, theme: int, weight: np.ndarray
) -> tuple[list[Phrase], np.ndarray]:
    """Return the notions that tell a theme, the most telling first, and notion × text, the evidence that it is meant.

    A notion goes to the theme where the largest share of texts means it only, so that no other could carry it.

    Args:
        known: see `read`.
        corpus: the texts.
        labels: theme of each text.
        theme: which one.
        weight: of each text in its theme, see `titles.apart`.
    """
    inside = labels == theme
    spoken = frozenset[str]().union(*(known.roots[row] for row in np.flatnonzero(inside)))
    found: dict[str, tuple[Phrase, np.ndarray]] = {}
    for place in _frequent(known, labels, theme):
        short, cover = shortened(known.names[place], spoken), known.evidence[[place]].toarray().ravel()
        told = apart(cover, inside, weight)
        if short and told >= max(_TELLS, found[short][0].score if short in found else 0):
            found[short] = _phrase(known, place, short, told, inside), cover
    best = sorted(found.values(), key=lambda choice: (-choice[0].score, choice[0].surface))[:_CHOICES]
    return [phrase for phrase, _ in best], np.array([cover for _, cover in best]).reshape(len(best), len(corpus))


def _phrase(known: Notions, place: int, short: str, told: float, inside: np.ndarray) -> Phrase:
    here = frozenset(row for row in known.meant[[place]].nonzero()[1].tolist() if inside[row])
    said = _literal(_key(short), [known.roots[row] for row in here])
    return Phrase(_key(short), _written(short, known.capitals), told, here, general=True, said=said)


def _frequent(known: Notions, labels: np.ndarray, theme: int) -> list[int]:
    """Return the notions that enough texts of a theme mean, and a larger share of them than of any other theme."""
    sizes = np.bincount(labels)
    of_theme = np.eye(len(sizes))[labels]
    held, meant = known.evidence @ of_theme, known.meant @ of_theme
    least = max(_FEWEST, _PART * sizes[theme]) if sizes[theme] > _SMALL else 2
    first = (held / (sizes + _PRIOR)).argmax(axis=1) == theme if len(known.names) else np.zeros(0, dtype=bool)
    enough = (meant[:, theme] >= least) & (held[:, theme] >= _SHARE * sizes[theme])
    return [int(place) for place in np.flatnonzero(first & enough)]


def meant(main: list[str], named: set[str]) -> list[str]:
    """Return the notions that a text plainly means: it names them, and is about them by the subject model."""
    return [name for name, said in _said(main, named) if _means(name, said, named)]


def stands_for(phrase: Phrase, name: str) -> bool:
    """Return whether a phrase is the name of a notion, whole or shortened."""
    return set(phrase.key) <= set(_key(name))


def _means(name: str, said: float, named: set[str]) -> bool:
    return said >= _MEANT and name in named


def _said(main: list[str], named: set[str]) -> Iterator[tuple[str, float]]:
    """Yield the notions that a text names or is most about, and the evidence of each."""
    yield from ((name, _NAMED) for name in named.difference(main))
    for place, name in enumerate(main):
        for most, when_named, else_ in _RANKS:
            if place < most:
                yield name, when_named if name in named else else_
                break


def shortened(name: str, spoken: frozenset[str]) -> str:
    """Return the name of a notion without the parts that the theme does not speak of, "" when what is left is no title.

    What is left begins the name and has two words.

    « écologie à l’école et chez les jeunes » is « écologie à l’école » where nobody speaks of the young. A theme speaks
    of a part when it uses half of its words.

    Args:
        name: of the notion.
        spoken: beginnings (`ROOT` letters) of the words of the theme, without accents.
    """
    whole = _ASIDE.split(name)[0]
    parts = re.split(r" et |, ", whole)
    kept = [part for part in parts if _spoken(part, spoken)]
    if any(set(_key(kept[0])) < set(_key(part)) for part in kept[1:]):
        return " et ".join(kept[1:])
    if len(kept) == len(parts):
        return whole
    left = " et ".join(kept)
    return left if kept[:1] == parts[:1] and " " in left else ""


def _spoken(part: str, spoken: frozenset[str]) -> bool:
    words = _key(part)
    return 2 * sum(_holds(word, spoken) for word in words) >= max(1, len(words))


def _key(name: str) -> tuple[str, ...]:
    words = re.split(r"[\s,'’-]+", fold(name))
    return tuple(word for word in words if len(word) >= _CONTENT and word not in _TOOLS)


def _holds(word: str, roots: frozenset[str]) -> bool:
    return not roots.isdisjoint((word[:ROOT], word[:_SHORT]))


def _literal(key: tuple[str, ...], texts: list[frozenset[str]]) -> float:
    """Return how much of its words a name has in the texts that mean it: the share of them that hold each, mean."""
    return float(np.mean([[_holds(word, roots) for roots in texts] for word in key]))


def _roots(words: list[Token]) -> frozenset[str]:
    """Return how the content words of a text begin, without accents."""
    return frozenset(fold(word.lemma)[:ROOT] for word in words if not word.stop)


def _written(name: str, capitals: frozenset[str]) -> str:
    """Return a name with its acronyms in capitals."""
    return " ".join(word.upper() if fold(word) in capitals else word for word in name.split())
