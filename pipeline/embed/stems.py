"""A text → its words, in order, and their stems: what the thesaurus and the subject model know words by."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"[^\W_]+")
_TOOLS = frozenset(
    re.findall(
        r"\w+",
        """
        a ai as au aux avec c ce ces cette chez d dans de des du elle en entre es est et eux il ils j je l la le les
        leur leurs lui m ma me mes mon n ne nos notre nous on ont ou où par pas plus pour qu que qui s sa sans se ses
        son sont sur t ta te tes toi ton tous tout toute toutes tu un une vos votre vous y à
        """,
    )
)
"""Words without a subject, which terms of the thesaurus leave out: « gestion de projet » is two stems."""


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, tool words left out."""
    return [word for word in _WORD.findall(text.lower().replace("œ", "oe")) if word not in _TOOLS]


def stems(text: str) -> list[str]:
    """Return the stems of the words of a text, tool words left out."""
    return [stem(word) for word in words(text)]


_ROOT = 4
"""Letters under which a word is its own stem: « vae » is no form of « va »."""
_LONGEST = 60
"""Letters of a word that are looked at: the algorithm's time grows with their square, and no French word has more."""


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of one word in lower case (Snowball's French algorithm), without accents."""
    word = word[:_LONGEST]
    return plain(_stemmer.stemWord(_without_plural(word)) if len(word) >= _ROOT else word)


@lru_cache(maxsize=200_000)
def singular(word: str) -> str:
    """Return one word in lower case without accents nor the mark of the plural."""
    return _without_plural(plain(word))


def _without_plural(word: str) -> str:
    return word[:-1] if len(word) > _ROOT and word[-1] in "sx" else word


def plain(word: str) -> str:
    """Return the word without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


_stemmer = Stemmer.Stemmer("french")
