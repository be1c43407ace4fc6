"""Names of the holders we know, wherever a text writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.french import fold
from pipeline.ingest.masking.lexicon import lexicon
from pipeline.ingest.masking.spans import Span

_TOKEN = re.compile(r"[^\W\d_]+")
_GAP = re.compile(
    r"[ \u00a0\u202f]?[-'’.,\u2010-\u2014]{0,2}[ \u00a0\u202f]?"
)  # inside a name: "Jean-Paul", "J. Dupont", "DUPONT, Jean"
_LONE = 4
_LETTERS = re.compile(r"[^\W\d_]+")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The holders' names, for looking up one word.

    Attributes:
        families: first word of a family name → (all its words, given names that go with it).
        distinctive: family names that are no word of the texts: masked even alone.
    """

    families: Mapping[str, Sequence[tuple[Words, frozenset[Words]]]]
    distinctive: frozenset[Words]


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    return fold(word)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    plain: str
    start: int
    end: int


def known_names(people: Iterable[tuple[str, str]], common: frozenset[str] = frozenset()) -> KnownNames:
    """Return the look-up of (family name, given name) pairs.

    Args:
        people: the holders.
        common: folded words that a text may hold as plain words; a family name among them needs its given name.
    """
    given_by: dict[Words, set[Words]] = {}
    for family, given in people:
        if words := words_of_name(family):
            given_by.setdefault(words, set()).add(words_of_name(given))
    families: dict[str, list[tuple[Words, frozenset[Words]]]] = {}
    for words, given_names in sorted(given_by.items(), key=lambda item: (-len(item[0]), item[0])):
        families.setdefault(words[0], []).append((words, frozenset(given_names - {()})))
    plain = {" ".join(words_of_name(word)) for word in common}
    rare = {w for w in given_by if " ".join(w) not in plain and len("".join(w)) >= _LONE}
    return KnownNames(families, frozenset(rare))


def words_of_name(name: str) -> Words:
    """Return the words of a name without accents, case or hyphens, in order."""
    return tuple(_LETTERS.findall(fold(name)))


def known_spans(text: str, names: KnownNames) -> Iterator[Span]:
    """Yield where `text` writes a holder: whole name in either order, initial and name, or a rare family name alone.

    Accents, case and hyphens do not count; "les Grandmougeots" is found.
    """
    if not any(_begins(_plain(word), names) for word in _TOKEN.findall(text)):
        return  # most texts: their words need no place
    tokens = [_Token(m[0], _plain(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    for i, token in enumerate(tokens):
        for words, given in names.families.get(token.plain, ()) or names.families.get(
            token.plain.removesuffix("s"), ()
        ):
            if _stands(text, tokens, i, words):
                yield from _name(text, tokens, i, words, given, names)
                break


def _begins(word: str, names: KnownNames) -> bool:
    return word in names.families or word.removesuffix("s") in names.families


def _name(
    text: str, tokens: Sequence[_Token], i: int, words: Words, given: frozenset[Words], names: KnownNames
) -> Iterator[Span]:
    end = i + len(words)
    sizes = sorted({len(name) for name in given}, reverse=True)
    before = next((n for n in sizes if _is_given(text, tokens[max(0, i - n) : i + 1], n, given, slice(n))), 0)
    after = next((n for n in sizes if _is_given(text, tokens[end - 1 : end + n], n, given, slice(1, None))), 0)
    alone = _is_addressed(text, tokens, i) or (words in names.distinctive and tokens[i].text[0].isupper())
    if before or after or alone:
        yield Span(tokens[i - before].start, tokens[end + after - 1].end, "nom", "nom d’un porteur connu")


def _is_addressed(text: str, tokens: Sequence[_Token], i: int) -> bool:
    """Tell whether a civility stands just before: "mme ravaudel" needs no capital."""
    return i > 0 and tokens[i - 1].plain in lexicon().civility and _all_close(text, tokens[i - 1 : i + 1])


def _stands(text: str, tokens: Sequence[_Token], i: int, words: Words) -> bool:
    """Tell whether the words stand at position i, close to each other; the last one may end in a plural mark."""
    here = tokens[i : i + len(words)]
    plain = tuple(token.plain for token in here)
    singular = (*plain[:-1], plain[-1].removesuffix("s"))
    return words in {plain, singular} and _all_close(text, here)


def _is_given(text: str, chain: Sequence[_Token], size: int, given: frozenset[Words], part: slice) -> bool:
    """Tell whether a part of the chain is a given name, whole or as initials, right beside the family name."""
    here = chain[part]
    if len(here) != size or len(chain) != size + 1 or not _all_close(text, chain):
        return False
    plain = tuple(token.plain for token in here)
    return plain in given or (_are_initials(here) and any(plain == tuple(w[0] for w in name) for name in given))


def _are_initials(tokens: Sequence[_Token]) -> bool:
    return all(len(token.text) == 1 and token.text.isupper() for token in tokens)


def _all_close(text: str, tokens: Sequence[_Token]) -> bool:
    return all(_GAP.fullmatch(text[a.end : b.start]) and a.end < b.start for a, b in pairwise(tokens))
