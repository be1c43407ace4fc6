"""Names of the holders we know, wherever a text writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.french import fold
from pipeline.ingest.masking.spans import Span

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")
_INITIAL = 2


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The holders' names, for looking up one word.

    Attributes:
        family: folded family name → folded given names that go with it.
        distinctive: family names that are no French word: masked even alone.
    """

    family: dict[str, frozenset[str]]
    distinctive: frozenset[str]


def known_names(people: Iterable[tuple[str, str]], common: frozenset[str] = frozenset()) -> KnownNames:
    """Return the look-up of (family name, given name) pairs.

    Args:
        people: the holders.
        common: folded words that a text may hold as plain words; a family name among them needs its given name.
    """
    family: dict[str, set[str]] = {}
    for name, given in people:
        if name.strip():
            family.setdefault(_key(name), set()).add(_key(given))
    plain = {_key(word) for word in common}
    return KnownNames(
        {name: frozenset(given) for name, given in family.items()}, frozenset(n for n in family if n not in plain)
    )


def known_spans(text: str, names: KnownNames) -> Iterator[Span]:
    """Yield where `text` writes a holder: whole name in either order, initial and name, or a rare family name alone."""
    words = list(_WORD.finditer(text))
    for i, word in enumerate(words):
        key = _key(word[0])
        bare = key if key in names.family else key.removesuffix("s")  # "les Grandmougeots"
        if bare not in names.family:
            continue
        start, end = _with_given(text, words, i, names.family[bare])
        if start != word.start() or end != word.end() or (bare in names.distinctive and word[0][0].isupper()):
            yield Span(start, end, "nom", "nom d’un porteur connu")


def _with_given(text: str, words: list[re.Match[str]], i: int, given: frozenset[str]) -> tuple[int, int]:
    start, end = words[i].start(), words[i].end() - words[i][0].endswith(".")
    if i and _is_given(words[i - 1][0], given) and text[words[i - 1].end() : words[i].start()].strip() == "":
        start = words[i - 1].start()
    if i + 1 < len(words) and _is_given(words[i + 1][0], given) and text[end : words[i + 1].start()].strip() == "":
        end = words[i + 1].end() - words[i + 1][0].endswith(".")
    return start, end


def _is_given(word: str, given: frozenset[str]) -> bool:
    key = _key(word)
    return any(key == g or (len(key) < _INITIAL and g.startswith(key)) for g in given if g)


def _key(name: str) -> str:
    return re.sub(r"[^a-z]+", " ", fold(name)).strip()
