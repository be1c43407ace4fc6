"""Why an idea is where it is, in words: the phrases it shares with its theme and the ideas nearest to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.grouping.neighbours import Neighbours
from pipeline.cluster.grouping.views import WEIGHTS
from pipeline.cluster.naming.phrases import PhraseBook
from pipeline.cluster.naming.telling import Phrase
from pipeline.french import enumeration, fold, typeset

NEAREST = 5
_QUOTED, _NOTIONS = 3, 2
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
        about: notions that tell its theme and that it means, best first.
        shared: phrases that tell its theme and that it holds with another, best first.
        kindred: phrases that tell its theme and that its words come near to.
        same: how many of its nearest texts are in its theme...
        near: ...out of how many.
        closest: what the nearest text is called, "" when it has no neighbour.
        weak: no theme holds it.
        alone: few texts resemble it.
    """

    about: list[str]
    shared: list[str]
    kindred: list[str]
    same: int
    near: int
    closest: str
    weak: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a theme.

    Attributes:
        ranked: phrases of its authors, best first.
        about: notions that its texts mean, best first.
        cover: phrase × text for the first of `ranked`, see `telling.covers`.
    """

    ranked: list[Phrase]
    about: list[Phrase]
    cover: np.ndarray


def ground(corpus: Corpus, row: int, near: list[int], said: Said, inside: np.ndarray) -> Ground:
    """Return what the place of a text rests on.

    Args:
        corpus: the texts.
        row: of the text.
        near: its nearest rows, best first.
        said: of its theme.
        inside: whether each text is in that theme.
    """
    about = [phrase for phrase in said.about if row in phrase.texts]
    held = [phrase for phrase in said.ranked if row in phrase.texts and len(phrase.texts) > 1]
    there = [other for other in near if inside[other]]
    closest = called(corpus, (there or near)[0]) if near else ""
    akin = kindred(said.cover, said.ranked, row)[:_QUOTED]
    return replace(rests(about, held), kindred=akin, same=len(there), near=len(near), closest=closest)


def rests(about: list[Phrase], held: list[Phrase]) -> Ground:
    """Return what the place of a text rests on but its neighbours: notions and phrases that do not say the same."""
    notions = _different(about, _NOTIONS)
    shared = _different([phrase for phrase in held if not any(map(phrase.related, notions))], _QUOTED)
    return Ground([p.surface for p in notions], [p.surface for p in shared], [], 0, 0, "")


FIRM = 0.6
"""Membership from which a text's own words may say that it is about its theme: under it they are often met in another
sense (`report.words.firmness` calls it « net »)."""


def own_words(book: PhraseBook, ranked: list[Phrase], key: list[str], row: int, title: str) -> list[str]:
    """Return the phrases of `key` by which a text says that it is about its theme; none unless they suffice to say so.

    Counted are phrases that the theme has for its own: at least half of the texts that hold them are there, two or
    more. One word met in passing proves nothing (« portes », in an idea about carts): two that say different things do,
    or a phrase of several words, or one that stands in the title.

    Args:
        book: all phrases.
        ranked: phrases of the theme, best first.
        key: its key phrases.
        row: of the text.
        title: its first line.
    """
    shared = [p for p in ranked if p.surface in key and row in p.texts and len(p.texts) > 1]
    return enough([p for p in shared if owns(book, p)], title)


def owns(book: PhraseBook, phrase: Phrase) -> bool:
    """Return whether a theme has a phrase for its own: at least half of the texts that hold it are there."""
    return 2 * len(phrase.texts) >= len(book.rows[phrase.key])


def enough(own: list[Phrase], title: str) -> list[str]:
    """Return the phrases that a theme has for its own and that a text holds; none unless they suffice, see above."""
    told = {stem(word) for word in re.findall(r"\w+", fold(title))}
    suffice = len(_different(own, 2)) > 1 or any(len(p.key) > 1 or _stands(p, told) for p in own)
    return [phrase.surface for phrase in own] if suffice else []


def _stands(phrase: Phrase, words: set[str]) -> bool:
    return {stem(word) for word in re.findall(r"\w+", fold(phrase.surface))} <= words


def stem(word: str) -> str:
    """Return a folded word without the mark of its plural."""
    return word.rstrip("sx")


def _different(phrases: list[Phrase], count: int) -> list[Phrase]:
    """Return the first `count` phrases of which none says what another does."""
    kept: list[Phrase] = []
    for phrase in phrases:
        if len(kept) < count and not any(map(phrase.related, kept)):
            kept.append(phrase)
    return kept


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
    if on.alone:
        return typeset(f"Peu d’idées du concours lui ressemblent ; {_outside(on, 'dans le thème le plus proche')}.")
    if on.weak:
        said = _outside(on, "dans le thème le plus proche")
        return typeset(f"{said[0].upper()}{said[1:]}.")
    if on.about and on.shared:
        opening = f"Elle touche, comme son thème, à {_quoted(on.about)}, et partage avec lui {_quoted(on.shared)} ; "
    elif on.about:
        opening = f"Elle touche, comme son thème, à {_quoted(on.about)} ; "
    elif on.shared:
        opening = f"Elle partage {_quoted(on.shared)} avec son thème ; "
    elif on.kindred:
        opening = f"Ses mots sont proches de {_quoted(on.kindred)}, qui distinguent son thème ; "
    else:
        opening = "Proche par le sens : "
    return typeset(f"{opening}{_beside(on)}.")


def _beside(on: Ground) -> str:
    """Return how many of its neighbours are in its theme."""
    if not on.near:
        return "elle n’a pas de voisine"
    if not on.same:
        return f"aucune de ses {on.near} plus proches voisines n’y est, la plus proche est {on.closest}"
    if on.same == on.near:
        all_of_them = f"ses {on.near} plus proches voisines y sont toutes, d’abord {on.closest}"
        return all_of_them if on.near > 1 else f"sa plus proche voisine y est aussi : {on.closest}"
    if on.same == 1:
        return f"une de ses {on.near} plus proches voisines y est aussi : {on.closest}"
    return f"{on.same} de ses {on.near} plus proches voisines y sont aussi, d’abord {on.closest}"


def _outside(on: Ground, where: str) -> str:
    """Return how many of its neighbours are in the theme nearest to an idea that no theme holds."""
    if not on.near:
        return "elle n’a pas de voisine"
    if not on.same:
        return f"aucune de ses {on.near} plus proches voisines n’est {where}"
    if on.same == 1:
        return f"une de ses {on.near} plus proches voisines est {where} : {on.closest}"
    return f"{on.same} de ses {on.near} plus proches voisines sont {where}, d’abord {on.closest}"


def _quoted(phrases: list[str]) -> str:
    return enumeration(f"« {phrase} »" for phrase in phrases)


def difference(ranked: list[Phrase], key: list[str], count: int = 3) -> list[str]:
    """Return what sets a theme apart from the others: those of its key phrases that most of its texts hold.

    Args:
        ranked: phrases of the theme.
        key: those that are shown as its key phrases.
        count: phrases quoted.
    """
    shown = [phrase for phrase in ranked if phrase.surface in key]
    return [phrase.surface for phrase in sorted(shown, key=lambda phrase: -len(phrase.texts))[:count]]
