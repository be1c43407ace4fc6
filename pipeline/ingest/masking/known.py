"""Names of the holders we know, wherever a text writes them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.french import fold
from pipeline.ingest.masking.spans import Span

_TOKEN = re.compile(r"[^\W\d_]+")
_GAP = re.compile(
    r"[ \u00a0\u202f]?[-'’.,]{0,2}[ \u00a0\u202f]?"
)  # inside a name: "Jean-Paul", "J. Dupont", "DUPONT, Jean"
_LONE = 4
_LETTERS = re.compile(r"[a-z]+")

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
    tokens = [_Token(m[0], _plain(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]
    for i, token in enumerate(tokens):
        for words, given in names.families.get(token.plain, ()) or names.families.get(
            token.plain.removesuffix("s"), ()
        ):
            if _stands(text, tokens, i, words, last="s"):
                yield from _name(text, tokens, i, words, given, names)
                break


def _name(
    text: str, tokens: Sequence[_Token], i: int, words: Words, given: frozenset[Words], names: KnownNames
) -> Iterator[Span]:
    end = i + len(words)
    before = max((n for n in map(len, given) if _given_at(text, tokens, i - n, n, given, following=i)), default=0)
    after = max((n for n in map(len, given) if _given_at(text, tokens, end, n, given, preceding=end - 1)), default=0)
    alone = words in names.distinctive and tokens[i].text[0].isupper()
    if before or after or alone:
        yield Span(tokens[i - before].start, tokens[end + after - 1].end, "nom", "nom d’un porteur connu")


def _stands(text: str, tokens: Sequence[_Token], i: int, words: Words, last: str = "") -> bool:
    """Tell whether the words stand at position i, close to each other; the last one may end in a plural mark."""
    here = tokens[i : i + len(words)]
    plain = tuple(t.plain for t in here)
    same = plain == words or (bool(last) and bool(plain) and (*plain[:-1], plain[-1].removesuffix(last)) == words)
    return same and all(_close(text, a, b) for a, b in itertools.pairwise(here))


def _given_at(
    text: str,
    tokens: Sequence[_Token],
    i: int,
    size: int,
    given: frozenset[Words],
    *,
    following: int | None = None,
    preceding: int | None = None,
) -> bool:
    """Tell whether a given name, whole or as initials, stands at position i beside the family name."""
    if i < 0 or i + size > len(tokens):
        return False
    here = tokens[i : i + size]
    chain = [*([tokens[preceding]] if preceding is not None else []), *here]
    chain += [tokens[following]] if following is not None else []
    if not all(_close(text, a, b) for a, b in itertools.pairwise(chain)):
        return False
    plain = tuple(t.plain for t in here)
    initials = all(len(t.text) == 1 and t.text.isupper() for t in here)
    return plain in given or (initials and any(plain == tuple(w[0] for w in g) for g in given if len(g) == size))


def _close(text: str, one: _Token, other: _Token) -> bool:
    return bool(_GAP.fullmatch(text[one.end : other.start])) and one.end < other.start
