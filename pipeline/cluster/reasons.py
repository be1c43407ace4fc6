"""Why an idea is where it is, in words: the phrases it shares with its theme and the ideas nearest to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.cluster.corpus import Corpus
from pipeline.cluster.neighbours import Neighbours
from pipeline.cluster.telling import Phrase
from pipeline.cluster.views import WEIGHTS
from pipeline.french import enumeration, typeset

NEAREST = 5
_QUOTED = 3
_LETTERS = 60
_KINDRED = 0.3
"""How near words have to be to those of a phrase for it to be quoted as kindred."""


def nearest(corpus: Corpus, neighbours: Neighbours) -> list[list[int]]:
    """Return the nearest rows of each text, best first."""
    fused = neighbours.fused(WEIGHTS)
    order = np.argsort(-fused, axis=1, kind="stable")[:, :NEAREST]
    return [[int(neighbours.index[row, place]) for place in places] for row, places in enumerate(order[: len(corpus)])]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the place of a text rests on.

    Attributes:
        shared: phrases that tell its theme and that it holds, best first.
        kindred: phrases that tell its theme and that its words come near to.
        same: how many of its nearest texts are in its theme...
        near: ...out of how many.
        closest: what the nearest text is called, "" when it has no neighbour.
        weak: no theme holds it.
        alone: few texts resemble it.
    """

    shared: list[str]
    kindred: list[str]
    same: int
    near: int
    closest: str
    weak: bool = False
    alone: bool = False


def ground(
    corpus: Corpus, row: int, near: list[int], ranked: list[Phrase], kindred: list[str], labels: np.ndarray
) -> Ground:
    """Return what the place of a text rests on.

    Args:
        corpus: the texts.
        row: of the text.
        near: its nearest rows, best first.
        ranked: phrases of its theme, best first.
        kindred: those its words come near to, see `kindred`.
        labels: theme of each text.
    """
    shared = [phrase.surface for phrase in ranked if row in phrase.texts][:_QUOTED]
    same = sum(bool(labels[other] == labels[row]) for other in near)
    inside = [other for other in near if labels[other] == labels[row]] or near
    return Ground(shared, kindred[:_QUOTED], same, len(near), called(corpus, inside[0]) if near else "")


def kindred(cover: np.ndarray, ranked: list[Phrase], row: int) -> list[str]:
    """Return the phrases, among the first of `ranked`, that the words of a text come near to without being them.

    Args:
        cover: phrase × text, see `telling.covers`.
        ranked: the phrases of its rows.
        row: of the text.
    """
    near = [place for place in np.argsort(-cover[:, row], kind="stable") if _KINDRED <= cover[place, row] < 1]
    return [ranked[place].surface for place in near[:_QUOTED]]


def called(corpus: Corpus, row: int) -> str:
    """Return what to call a text: its first line, cut when long, and its number."""
    line = next((line.strip(" «»") for line in corpus.shown[row].split("\n") if line.strip(" «»")), "")
    short = line if len(line) <= _LETTERS else line[: line.rfind(" ", _LETTERS // 2, _LETTERS)].rstrip(" ,;:") + "…"
    return f"« {short} » ({corpus.ids[row][0]})"


def why(on: Ground) -> str:
    """Return the sentence that explains the place of a text."""
    beside = _beside(on)
    if on.alone:
        return typeset(f"Peu d’idées du concours lui ressemblent ; dans le thème le plus proche : {beside}.")
    if on.weak:
        return typeset(f"Aucun thème ne la retient nettement ; dans le plus proche : {beside}.")
    if on.shared:
        return typeset(f"Elle partage {_quoted(on.shared)} avec son thème ; {beside}.")
    if on.kindred:
        return typeset(f"Ses mots sont proches de {_quoted(on.kindred)}, qui distinguent son thème ; {beside}.")
    return typeset(f"Proche par le sens : {beside}.")


def _beside(on: Ground) -> str:
    if not on.near:
        return "elle n’a pas de voisine"
    if not on.same:
        return f"aucune de ses {on.near} plus proches voisines n’y est, la plus proche est {on.closest}"
    verb = "y est" if on.same == 1 else "y sont"
    first = f" : {on.closest}" if on.same == 1 else f", d’abord {on.closest}"
    return f"{on.same} de ses {on.near} plus proches voisines {verb} aussi{first}"


def _quoted(phrases: list[str]) -> str:
    return enumeration(f"« {phrase} »" for phrase in phrases)


def difference(ranked: list[Phrase], key: list[str], theirs: str, count: int = 3) -> str:
    """Return what sets a theme apart from its nearest one: those of its key phrases that most of its texts hold.

    Args:
        ranked: phrases of the theme.
        key: those that are shown as its key phrases.
        theirs: title of the nearest theme.
        count: phrases quoted.
    """
    shown = [phrase for phrase in ranked if phrase.surface in key]
    most = sorted(shown, key=lambda phrase: -len(phrase.texts))[:count]
    if not most:
        return ""
    quoted = enumeration(f"« {phrase.surface} »" for phrase in most)
    return typeset(f"Se distingue de « {theirs} » par {quoted}.")
