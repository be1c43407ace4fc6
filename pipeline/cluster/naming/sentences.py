"""Sentences that people wrote, chosen: typical ideas of a theme, and what they say in three of their sentences."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from pipeline.cluster.grouping.corpus import Corpus
from pipeline.cluster.naming.telling import Phrase
from pipeline.french import fold, typeset
from pipeline.schema import Token

_SHORTEST, _LONGEST = 6, 32
"""Words of a sentence that can stand for a theme."""
_CLAIMS = 3
_SHARED, _MOST = 2, 0.5
"""Telling words that a text must share with a sentence to stand behind it, and the part of their worth."""
_COMPARED = 400
"""Texts of a theme looked at: the first, in the order given."""
_SENTENCE_END = re.compile(r"\n+|(?<=[.!?…])\s+(?=[A-ZÀ-Ý«])")
_WORD = re.compile(r"\w+(?:-\w+)*")
_OPENS_ON_BEFORE = frozenset(
    """
    ainsi alors aucun aussi autre autres bref ca car ce cela celle celles celui certains cet cette ces ceux d'autres
    donc egalement elle elles en enfin ensuite et exemple il ils idem la-bas leur leurs lui mais meme ni or ou par
    pareil parfois pourtant puis quand quant resultat sinon surtout voila y
    """.split()  # noqa: SIM905 - reads as a list of words
)
"""First words, without accents, of a sentence that cannot be understood without the one before..."""
_IMPERSONAL = re.compile(r"il (?:y a|faut|faudrait|faudra|est|serait|suffit|s'agit|conviendrait)\b")
"""...unless it begins so."""
_REFERS = re.compile(r"pour (?:cela|ca|preuve)\b|la encore\b|c'|qu'|de plus\b|du coup\b|d'ou\b|dans une? autre\b")
"""How else such a sentence begins."""
_PROPOSES = re.compile(
    r"\b(?:il (?:faut|faudrait|suffit|suffirait)|propos(?:e|er|ons|ition)|souhait\w+|mettre en place|"
    r"\w+r(?:ait|aient|ions))\b"
)
_INFINITIVE = re.compile(r"(?:ne pas |se |s'|en )?\w{2,}(?:er|ir|re|oir)\b")
_POLITE = re.compile(r"(?:bonjour|bonsoir|merci|cordialement|bien a vous|madame|monsieur|voici|voir)\b")
_NO_VERB, _NOT_ALONE, _PROPOSAL = 0.6, 0.5, 1.3
"""What a sentence without a verb, one that leans on another, one that proposes, is worth beside others."""
_ORDER = 0.99
"""What a sentence of the next most typical idea is worth beside one of the idea before."""
_COVER = 3
"""What a sentence gains when all ideas that none before stands for share its words."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that stands for a part of a theme.

    Attributes:
        row: of the text it is taken from.
        text: as its author wrote it.
        behind: rows of the other texts of the theme that share its telling words, and are as near to it as can be.
    """

    row: int
    text: str
    behind: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of an idea.

    Attributes:
        row: of the idea.
        text: as its author wrote it.
        lemmas: of its words, without accents.
        fit: how well it stands alone and says a proposal.
    """

    row: int
    text: str
    lemmas: frozenset[str]
    fit: float


def typical(affinity: np.ndarray, labels: np.ndarray, theme: int, count: int) -> list[int]:
    """Return the rows of a theme that fall with its other texts most often, best first."""
    rows = np.flatnonzero(labels == theme)
    return [int(row) for row in rows[np.argsort(-affinity[rows, theme], kind="stable")][:count]]


def borderline(share: np.ndarray, second_share: np.ndarray, labels: np.ndarray, theme: int, count: int) -> list[int]:
    """Return the rows of a theme that another theme could claim, the closest first."""
    rows = np.flatnonzero(labels == theme)
    margin = share[rows] - second_share[rows]
    order = np.argsort(margin, kind="stable")
    return [int(rows[place]) for place in order[:count] if second_share[rows[place]] > 0]


def claims(
    corpus: Corpus, rows: list[int], members: list[int], ranked: list[Phrase], near: list[list[int]]
) -> list[Claim]:
    """Return what the ideas of a theme say: at most three whole sentences, each from another idea.

    A sentence is worth the telling words it holds that those before do not, for its length, more when it proposes,
    when ideas that none before stands for share its words, and less when it cannot be understood alone.

    Sharing words is not saying the same: of 22 ideas that shared those of a quoted sentence on the hospital's contest,
    seven said something else. An idea stands behind a sentence when it is also the nearest to its idea, which is the
    nearest to it: 13 there, read one by one, all say the same.

    Args:
        corpus: the texts.
        rows: those that may speak for the theme, best first (see `agreeing`): sentences come from them.
        members: all rows of the theme but weak signals.
        ranked: phrases of the theme, best first.
        near: nearest rows of each text, the nearest first.
    """
    worth = _worth(ranked)
    told = {row: _told(corpus.words[row], worth) for row in members[:_COMPARED]}
    choices = [
        replace(sentence, fit=sentence.fit * _ORDER**place)
        for place, row in enumerate(rows)
        for sentence in _sentences(row, corpus.shown[row], corpus.words[row])
    ]
    behind = [_behind(choice, told, worth) for choice in choices]
    chosen: list[Claim] = []
    used: set[str] = set()
    stood_for: set[int] = set()
    for _ in range(_CLAIMS):
        scored = [
            (_value(choice, worth, used) * (1 + _COVER * len(sharing - stood_for) / max(1, len(told))), -place)
            for place, (choice, sharing) in enumerate(zip(choices, behind, strict=True))
            if choice.row not in {claim.row for claim in chosen}
        ]
        if not scored or max(scored)[0] <= 0:
            break
        place = -max(scored)[1]
        best, sharing = choices[place], behind[place]
        chosen.append(Claim(best.row, typeset(best.text), tuple(sharing & _closest(best.row, near))))
        used |= best.lemmas
        stood_for |= sharing
    return chosen


def _told(words: list[Token], worth: dict[str, float]) -> frozenset[str]:
    """Return the telling words that a text holds."""
    return frozenset(lemma for word in words if not word.stop and (lemma := fold(word.lemma)) in worth)


def _behind(sentence: _Sentence, told: dict[int, frozenset[str]], worth: dict[str, float]) -> frozenset[int]:
    """Return the rows whose texts hold most of the telling words of a sentence, two at the least; its own too."""
    own = frozenset(lemma for lemma in sentence.lemmas if lemma in worth)
    most = _MOST * sum(worth[lemma] for lemma in own)
    shared = {row: own & words for row, words in told.items()}
    near = {r for r, both in shared.items() if len(both) >= _SHARED and sum(worth[lemma] for lemma in both) >= most}
    return frozenset(near | {sentence.row})


def _closest(row: int, near: list[list[int]]) -> frozenset[int]:
    """Return the row that is the nearest to `row`, if `row` is the nearest to it."""
    return frozenset(other for other in near[row][:1] if near[other][:1] == [row])


def _value(sentence: _Sentence, worth: dict[str, float], used: set[str]) -> float:
    said = sum(worth.get(lemma, 0.0) for lemma in sentence.lemmas - used)
    return round(sentence.fit * said / math.sqrt(8 + len(sentence.text.split())), 9)


def _worth(ranked: list[Phrase]) -> dict[str, float]:
    worth: dict[str, float] = {}
    for phrase in ranked[:40]:
        for lemma in phrase.key:
            worth[lemma] = max(worth.get(lemma, 0.0), phrase.score)
    return worth


def _sentences(row: int, shown: str, words: list[Token]) -> Iterator[_Sentence]:
    """Yield the sentences of an idea that can be quoted, as its author wrote them."""
    lemma_of = {fold(word.form): fold(word.lemma) for word in words if not word.stop}
    verbs = {fold(word.form) for word in words if word.pos in ("VERB", "AUX")}
    for text in _SENTENCE_END.split(shown):
        plain = fold(text.strip(" -–•*;,"))
        if _quotable(text, plain):
            forms = _WORD.findall(plain)
            fit = _fit(plain, verbs.intersection(forms))
            yield _Sentence(row, _finished(text), frozenset(lemma_of[f] for f in forms if f in lemma_of), fit)


def _quotable(text: str, plain: str) -> bool:
    """Return whether a sentence is of the right length, and neither shouted, nor cut, nor a greeting."""
    right = _SHORTEST <= len(text.split()) <= _LONGEST
    return right and not text.isupper() and not plain.endswith((":", "(")) and not _POLITE.match(plain)


def _fit(plain: str, verbs: set[str]) -> float:
    """Return how well a sentence without accents or case, with these verbs, stands alone and says a proposal."""
    first = re.split(r"[\s,]", plain, maxsplit=1)[0]
    leaning = (first in _OPENS_ON_BEFORE and not _IMPERSONAL.match(plain)) or _REFERS.match(plain) or "?" in plain
    proposes = _PROPOSES.search(plain) or _INFINITIVE.match(plain)
    return (1.0 if verbs else _NO_VERB) * (_NOT_ALONE if leaning else 1.0) * (_PROPOSAL if proposes else 1.0)


def _finished(text: str) -> str:
    text = text.strip(" -–•*;,")
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
