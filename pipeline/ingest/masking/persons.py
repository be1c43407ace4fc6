"""Names of people we do not know: what a capital letter, the words around it and common given names tell.

Places named after people ("lycée Victor Hugo", "rue Jean-Jaurès") and public figures stay. What these rules leave open
goes to the language model (see `model`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.french import fold
from pipeline.ingest.masking.lexicon import Lexicon, lexicon
from pipeline.ingest.masking.spans import Span

_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?(?<!\.\.)")
_SENTENCE = re.compile(r"[.!?…:\n\"«»()•\-–][\s\"«(]*$")
_LIST = re.compile(r"\s*(?:,|/|-|et|ou|ainsi que)\s*")
_INITIALS = re.compile(r"[A-ZÀ-Ý]\.?(?:-?[A-ZÀ-Ý]\.?)?")
_ELIDED = re.compile(r"d['’][A-ZÀ-Ý]")  # Élisabeth d'Arbonneau
_BACK = 5
_WHOLE = 2


@lru_cache(maxsize=100_000)
def _plain(word: str) -> str:
    return fold(word).strip(".")


@lru_cache(maxsize=100_000)
def _parts(word: str) -> tuple[str, ...]:
    plain = _plain(word)
    return tuple(p for p in re.split(r"[-'’.]", plain) if len(p) > 1 or len(plain) == 1)


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        text: as written.
        start: its first character.
        end: after its last one.
    """

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """For look-ups: without accents, case or final dot."""
        return _plain(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        """The plain parts of a compound, elided articles left out."""
        return _parts(self.text)

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        """Whether it is all capitals, initials apart."""
        return len(self.text) > 2 and self.text.isupper()  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Chunk:
    """Capitalised words that follow each other.

    Attributes:
        words: at least one.
        before: the words just before, nearest last.
        opens: whether it begins a sentence.
    """

    words: tuple[Word, ...]
    before: tuple[Word, ...]
    opens: bool

    def alone(self) -> Chunk:
        """Return the chunk without the words before it."""
        return Chunk(self.words, (), self.opens)


def words_of(text: str) -> list[Word]:
    """Return the words of `text`."""
    return [_word(match) for match in _WORD.finditer(text)]


def _word(match: re.Match[str]) -> Word:
    # A final dot belongs to an initial ("T.") or a civility ("M."), not to the end of a sentence.
    body = match[0]
    keep = len(body.strip(".")) == 1 or "." not in body[-1:]
    return Word(body if keep else body[:-1], match.start(), match.end() - (0 if keep else 1))


def person_spans(text: str, common: frozenset[str]) -> tuple[list[Span], list[Chunk]]:
    """Return the names that rules find, and the chunks they leave open for the language model.

    Args:
        text: of one part of an idea.
        common: folded words that the corpus writes in lower case.
    """
    lex = lexicon()
    words = words_of(text)
    spans: list[Span] = list(_lower_case_names(words, lex))
    left: list[Chunk] = []
    protected: Chunk | None = None
    last: Span | None = None
    for chunk in chunks(text, words, lex, common):
        if _is_place(chunk, lex) or (protected and _continues(text, protected, chunk)):
            protected = chunk
            continue
        found = _name_in(chunk, lex, common)
        if not found and last and _follows(text, last, chunk, lex, common):
            found = _span(chunk.words, "prenom", "à la suite d’un prénom")
        last = found
        if found:
            spans.append(found)
        elif _open(chunk, lex, common):
            left.append(chunk)
    return spans, left


def _follows(text: str, last: Span, chunk: Chunk, lex: Lexicon, common: frozenset[str]) -> bool:
    """Tell whether a lone word goes on with a list of given names ("Cathy et Mumu")."""
    alone = len(chunk.words) == 1 and _family_like(chunk.words[0], lex, common) and not chunk.words[0].shouted
    return alone and last.kind == "prenom" and bool(_LIST.fullmatch(text[last.end : chunk.words[0].start]))


def chunks(text: str, words: Sequence[Word], lex: Lexicon, common: frozenset[str]) -> Iterator[Chunk]:
    """Yield the runs of capitalised words of `text`, particles inside them included."""
    i = 0
    while i < len(words):
        if not words[i].capital:
            i += 1
            continue
        end = _run_end(text, words, i, lex)
        start = words[i].start
        opens = i == 0 or bool(_SENTENCE.search(text[max(0, start - 4) : start]))
        before = tuple(words[max(0, i - _BACK) : i]) if not opens else ()
        if opens and end - i > 1 and _is_plain_word(words[i], lex, common):  # "Selon Paul": the name begins after
            i, before, opens = i + 1, (words[i],), False
        yield Chunk(tuple(words[i:end]), before, opens)
        i = end


def _is_plain_word(word: Word, lex: Lexicon, common: frozenset[str]) -> bool:
    plain = word.plain
    return plain not in lex.given and (plain in common or plain in lex.cue or plain in lex.titled)


def _run_end(text: str, words: Sequence[Word], i: int, lex: Lexicon) -> int:
    end = i + 1
    while end < len(words) and _joined(text, words[end - 1], words[end]):
        if words[end].capital or _ELIDED.match(words[end].text):
            end += 1
        elif words[end].plain in lex.particle and _capital_after(text, words, end, lex):
            end += 2 if words[end + 1].capital else 3
        else:
            break
    return end


def _joined(text: str, one: Word, other: Word) -> bool:
    return text[one.end : other.start] in {" ", "\u00a0", "\u202f"}


def _capital_after(text: str, words: Sequence[Word], i: int, lex: Lexicon) -> bool:
    following = list(words[i + 1 : i + 3])
    if not following or not _joined(text, words[i], following[0]):
        return False
    if following[0].capital:
        return True
    return (
        len(following) > 1 and following[0].plain in lex.particle and following[1].capital and _joined(text, *following)
    )


def _is_place(chunk: Chunk, lex: Lexicon) -> bool:
    """Tell whether the chunk names a place or a public figure, not somebody around."""
    name = [p for word in chunk.words for p in word.parts]
    if any(" ".join(name[-count:]) in lex.famous for count in range(1, min(len(name), _most_words(lex)) + 1)):
        return True
    if len(name) == 1 and name[0] in lex.surnames and not _after_civility(chunk, lex):
        return True
    if chunk.words[0].plain in lex.place and len(chunk.words) > 1:
        return True
    return _after_place(chunk.before, lex)


@lru_cache(maxsize=1)
def _most_words(lex: Lexicon) -> int:
    """Return the words of the longest famous name."""
    return max(name.count(" ") + 1 for name in lex.famous)


def _after_civility(chunk: Chunk, lex: Lexicon) -> bool:
    return not chunk.opens and bool(chunk.before) and chunk.before[-1].plain in lex.civility


def _after_place(words: Sequence[Word], lex: Lexicon) -> bool:
    """Tell whether the nearest word that counts, going back, is what is named after people."""
    for word in reversed(words):
        if word.plain in lex.place or word.plain.rstrip("s") in lex.place:
            return True
        if word.plain not in lex.qualifier and not word.plain.startswith(("d'", "l'", "saint")):
            return False
    return False


def _continues(text: str, place: Chunk, chunk: Chunk) -> bool:
    """Tell whether the chunk goes on with a list of places ("les lycées Jean Moulin, Marie Curie et...")."""
    return bool(_LIST.fullmatch(text[place.words[-1].end : chunk.words[0].start]))


def _name_in(chunk: Chunk, lex: Lexicon, common: frozenset[str]) -> Span | None:
    words = list(chunk.words)
    if words[0].plain in lex.civility and len(words) > 1:
        return _span(words[1:], "nom", "nom après une civilité") if not _no_name(words[1], lex) else None
    if _after_civility(chunk, lex) and not _no_name(words[0], lex):
        return _span(words, "nom", "nom après une civilité")
    given = next((i for i, word in enumerate(words) if _is_given(word, lex)), None)
    if given is None:
        return _by_cue(chunk, lex, common)
    return _around_given(chunk, given, lex, common)


def _around_given(chunk: Chunk, given: int, lex: Lexicon, common: frozenset[str]) -> Span | None:
    """Return the name around a known given name: with the family name before or after it, or alone."""
    word = chunk.words[given]
    if _after_place(chunk.words[:given], lex):  # all in capitals: "LE LYCÉE ARTHUR RIMBAUD"
        return None
    sure = _sure_given(word, lex)
    head = _family_before(chunk, given, lex, common)
    tail = _family_after(chunk.words[given + 1 :], lex)
    if tail and (sure or any(_family_like(w, lex, common) for w in tail)):
        return _span([*head, word, *tail], "nom", "prénom courant et nom")
    if head:
        return _span([*head, word], "nom", "nom et prénom courant")
    return _given_alone(chunk, given, lex, followed=bool(tail))


def _given_alone(chunk: Chunk, given: int, lex: Lexicon, *, followed: bool) -> Span | None:
    """Return a given name without a family name: a sure one at the end of its run, another that a word announces."""
    word = chunk.words[given]
    if _sure_given(word, lex):
        ends = followed or given + 1 == len(chunk.words)
        return _span([word], "prenom", "prénom courant") if ends else None
    announced = len(chunk.words) == 1 and (_cued(chunk, lex) or _is_somebody(chunk, lex))
    return _span([word], "prenom", "prénom après un mot d’adresse") if announced else None


def _is_somebody(chunk: Chunk, lex: Lexicon) -> bool:
    """Tell whether a given name that is also a noun ("Rose") stands within a sentence as a person does."""
    word = chunk.words[0].plain
    noun = word not in lex.towns and word not in lex.not_name and word not in lex.proper
    return noun and not chunk.opens and bool(chunk.before) and chunk.before[-1].plain in lex.towards


def _family_before(chunk: Chunk, given: int, lex: Lexicon, common: frozenset[str]) -> list[Word]:
    """Return the family name before the given name; one word that may owe its capital to the sentence is none."""
    run: list[Word] = []
    for word in reversed(chunk.words[:given]):
        if not _family_like(word, lex, common):
            break
        run.append(word)
    unsure = chunk.opens and len(run) == given == 1 and not run[0].shouted
    return [] if unsure else run[::-1]


def _family_after(words: Sequence[Word], lex: Lexicon) -> list[Word]:
    """Return the words after a given name up to one that is no name; nothing when they are particles only."""
    run: list[Word] = []
    for word in words:
        if _no_name(word, lex):
            break
        run.append(word)
    return run if any(word.plain not in lex.particle for word in run) else []


def _by_cue(chunk: Chunk, lex: Lexicon, common: frozenset[str]) -> Span | None:
    """Return the span of a chunk without a known given name, when the word before it announces a person."""
    words = chunk.words
    if len(words) < _WHOLE or not _cued(chunk, lex) or any(_no_name(word, lex) for word in words):
        return None
    if _INITIALS.fullmatch(words[0].text):
        return _span(words, "nom", "initiale et nom")
    unknown = all(_family_like(word, lex, common) or word.plain in lex.particle for word in words)
    return _span(words, "nom", "deux mots inconnus après un mot d’adresse") if unknown else None


def _lower_case_names(words: Sequence[Word], lex: Lexicon) -> Iterator[Span]:
    """Yield "given family" in lower case after an occupation or "avec": people who type without capitals."""
    for before, word in pairwise(words[:-1]):
        if _announces(before.text) and not word.capital and _is_given(word, lex) and _sure_given(word, lex):
            yield Span(word.start, word.end, "prenom", "prénom courant, en minuscules")


@lru_cache(maxsize=100_000)
def _announces(word: str) -> bool:
    return _plain(word) in lexicon().titled | {"avec"}


def _open(chunk: Chunk, lex: Lexicon, common: frozenset[str]) -> bool:
    """Tell whether the chunk may still name someone: some word of it is not known as anything else."""
    unknown = [w for w in chunk.words if _family_like(w, lex, common) or (_is_given(w, lex) and not chunk.opens)]
    return bool(unknown) and not all(w.shouted for w in chunk.words)


def _is_given(word: Word, lex: Lexicon) -> bool:
    parts = word.parts
    return bool(parts) and parts[0] in lex.given and all(p in lex.given for p in parts) and len(parts[0]) > 1


def _sure_given(word: Word, lex: Lexicon) -> bool:
    return len(word.parts) > 1 or word.plain not in lex.ambiguous


def _family_like(word: Word, lex: Lexicon, common: frozenset[str]) -> bool:
    """Tell whether a word can be a family name: known as nothing else, in any of its parts."""
    return (
        (word.capital or bool(_ELIDED.match(word.text)))
        and not _no_name(word, lex)
        and not all(part in common for part in word.parts)
    )


def _no_name(word: Word, lex: Lexicon) -> bool:
    if not word.capital:
        return False
    parts = word.parts or (word.plain,)
    acronym = word.shouted and len(word.text) <= 5  # noqa: PLR2004 - RPS, HACCP
    return acronym or all(part in lex.no_name for part in parts)


def _cued(chunk: Chunk, lex: Lexicon) -> bool:
    return any(word.plain in lex.cue or word.plain in lex.titled for word in chunk.before[-2:])


def _span(words: Sequence[Word], kind: str, why: str) -> Span:
    return Span(words[0].start, words[-1].end, kind, why)
