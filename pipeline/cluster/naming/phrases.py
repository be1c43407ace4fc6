"""Noun phrases of the texts, as their authors wrote them, singular and plural merged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pipeline.cluster.grouping.corpus import Corpus
from pipeline.french import fold
from pipeline.schema import Token

Key = tuple[str, ...]
"""What makes two phrases one: the lemmas of their content words, without accents (people forget them)."""

_LINKS = frozenset({"de", "d'", "d’", "du", "des", "à", "au", "aux", "en", "entre", "sur"})
_ARTICLES = frozenset({"le", "la", "les", "l'", "l’"})
_LONGEST = 7
"""Words of a phrase, and letters of an acronym."""
_ADJECTIVES_FIRST = frozenset({"nouveau", "grand", "petit", "bon", "meilleur", "beau", "jeune", "vieux", "premier"})
_SURE = 5
"""Letters from which a word written in capitals, or with accents, is one word: « PEP » and « pôle » may be two."""
_RATHER = 3
"""Times a word has to be an adjective for once a noun, as « noir » is and « volontaire » is not, to be no subject;
times it has to be written with its accents for once with others."""
_VERBAL = ("iser", "ifier", "onner")
"""Ends of infinitives, which the tagger takes for names at the beginning of a sentence."""


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Every phrase of a corpus.

    Attributes:
        rows: key → texts that hold it.
        surfaces: key → the forms it takes, with counts.
    """

    rows: dict[Key, frozenset[int]]
    surfaces: dict[Key, Counter[str]]

    def surface(self, key: Key) -> str:
        """Return the most frequent form, with its accents if anyone wrote them: people forget them, none adds them."""
        forms = self.surfaces[key]
        usual = min(forms, key=lambda form: (-forms[form], -len(form.encode()), form))
        same = [form for form in forms if fold(form) == fold(usual)]
        return min(same, key=lambda form: (form.isascii(), -forms[form], -len(form.encode()), form))


def collect(corpus: Corpus) -> PhraseBook:
    """Return the noun phrases of all texts that their authors wrote themselves: an expanded acronym is not theirs."""
    rows: dict[Key, set[int]] = defaultdict(set)
    surfaces: dict[Key, Counter[str]] = defaultdict(Counter)
    usage = _usage(corpus.words)
    for row, words in enumerate(corpus.words):
        shown = fold(" ".join(corpus.shown[row].split()))
        for phrase in noun_phrases(words):
            written = _write(phrase, usage)
            if fold(written) not in shown or fold(phrase[0].form) in usage.misread:
                continue
            key = key_of(phrase)
            rows[key].add(row)
            surfaces[key][written] += 1
    return PhraseBook({key: frozenset(found) for key, found in rows.items()}, dict(surfaces))


def key_of(phrase: list[Token]) -> Key:
    """Return what makes a phrase the same as others."""
    return tuple(fold(word.lemma) for word in phrase if word.pos in ("NOUN", "PROPN", "ADJ"))


@dataclass(frozen=True, slots=True)
class _Usage:
    """How a corpus uses its words, by form without accents.

    Attributes:
        common: nouns and adjectives written small as often as in capitals: a capital is only a sentence's.
        acronyms: see `acronyms`.
        misread: verbs, or adjectives, rather than nouns: as a noun they are a mistake of the tagger.
        accents: form → how it is written with accents, where some forget or misplace them.
    """

    common: frozenset[str]
    acronyms: frozenset[str]
    misread: frozenset[str]
    accents: dict[str, str]


def _usage(texts: list[list[Token]]) -> _Usage:
    seen = Counter((fold(word.form), word.pos) for words in texts for word in words)
    forms = Counter(word.form for words in texts for word in words)
    misread = {form for form, _ in seen if form.endswith(_VERBAL) or _misread(form, seen)}
    return _Usage(_common(seen, forms), acronyms(texts), frozenset(misread), _accents(forms))


def _misread(form: str, seen: Counter[tuple[str, str]]) -> bool:
    return seen[form, "VERB"] > seen[form, "NOUN"] or seen[form, "ADJ"] > _RATHER * seen[form, "NOUN"]


def _common(seen: Counter[tuple[str, str]], forms: Counter[str]) -> frozenset[str]:
    small, large = Counter[str](), Counter[str]()
    for form, count in forms.items():
        small[fold(form)] += count * form.islower()
        large[fold(form)] += count * form[1:].isupper()
    named = {form for form, pos in seen if pos in ("NOUN", "ADJ")}
    return frozenset(form for form in named if small[form] and small[form] >= large[form])


def _accents(forms: Counter[str]) -> dict[str, str]:
    """Return form without accents → its usual accented form; none for a form with two (« péché », « pêche »)."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for form, count in forms.items():
        if not form.isascii() and form.isalpha() and len(form) >= _SURE:
            found[fold(form)][form.lower()] += count
    usual = {plain: written.most_common(2) for plain, written in found.items()}
    return {plain: best[0][0] for plain, best in usual.items() if len(best) == 1 or best[0][1] > _RATHER * best[1][1]}


def acronyms(texts: list[list[Token]]) -> frozenset[str]:
    """Return the words, without accents or case, that the authors mostly write in capitals.

    A sentence all in capitals says nothing of its words; one of them is an acronym when it is short and nobody writes
    it otherwise.
    """
    large, small, shouted = Counter[str](), Counter[str](), Counter[str]()
    for written in _sentences(texts):
        capitals = [fold(form) for form in written if form.isupper()]
        small.update(fold(form) for form in written if not form.isupper())
        (shouted if len(capitals) * 2 > len(written) > 1 else large).update(capitals)
    return _short(large, small, shouted)


def _sentences(texts: list[list[Token]]) -> Iterator[list[str]]:
    """Yield the full words of each sentence, as written."""
    for words in texts:
        for _, sentence in groupby(words, key=lambda word: word.sentence):
            yield [word.form for word in sentence if word.form.isalpha() and len(word.form) > 1 and not word.stop]


def _short(large: Counter[str], small: Counter[str], shouted: Counter[str]) -> frozenset[str]:
    """Return the acronyms among words written in capitals, otherwise, and in sentences in capitals."""
    lone = {form for form in shouted if len(form) < _SURE and not small[form]}
    return frozenset({form for form, count in large.items() if count > small[form] and len(form) <= _LONGEST} | lone)


def noun_phrases(words: list[Token]) -> Iterator[list[Token]]:
    """Yield noun phrases and their beginnings: a noun, its adjectives, and complements linked by de, à, en..."""
    for start in range(len(words)):
        if not _opens(words, start):
            continue
        end = start
        while end < len(words) and end - start < _LONGEST and _continues(words, start, end):
            if _closes(words, start, end):
                yield words[start : end + 1]
            end += 1


def _opens(words: list[Token], start: int) -> bool:
    """Return whether a phrase can begin there: a name is told from its beginning."""
    inside_name = start > 0 and words[start].pos == words[start - 1].pos == "PROPN"
    return _nominal(words, start) and not inside_name


def _nominal(words: list[Token], place: int) -> bool:
    word = words[place]
    if word.pos == "NOUN":
        broken = place > 0 and words[place - 1].form == "-" and not words[place - 1].space
        return len(word.form) > 2 and word.form.isalpha() and not broken  # noqa: PLR2004 - shorter: a broken word
    return word.pos == "PROPN" and len(word.form) > 1 and word.form.replace("-", "").isalpha()


def _continues(words: list[Token], start: int, place: int) -> bool:
    """Return whether the word at `place` can belong to a phrase that begins at `start`."""
    if place == start:
        return True
    word, before = words[place], words[place - 1]
    touching = before.space or before.form[-1] in "'’"
    return touching and word.sentence == before.sentence and _follows(word, before)


def _follows(word: Token, before: Token) -> bool:
    """Return whether French lets `word` come after `before` in a noun phrase."""
    form, previous = word.form.lower(), before.form.lower()
    if word.pos == "ADJ":
        return before.pos in ("NOUN", "PROPN", "ADJ")
    if word.pos in ("NOUN", "PROPN"):
        return previous in _LINKS | _ARTICLES or before.pos in ("NOUN", word.pos)
    if form in _ARTICLES:
        return before.pos == "ADP"
    return form in _LINKS and word.pos in ("ADP", "DET")


def _closes(words: list[Token], start: int, end: int) -> bool:
    word = words[end]
    if word.pos == "ADJ":
        return word.lemma not in _ADJECTIVES_FIRST and word.form.isalpha()
    return word.pos in ("NOUN", "PROPN") and (end == start or _nominal(words, end)) and not _cut_name(words, end)


def _cut_name(words: list[Token], end: int) -> bool:
    """Return whether a name goes on after `end`: "square René" is not what "square René Le Gall" is about.

    Nor is "rendez" what "rendez-vous" is about.
    """
    if end + 1 == len(words):
        return False
    following, last = words[end + 1].form, words[end]
    return (last.pos == "PROPN" and last.space and following[:1].isupper()) or (not last.space and following == "-")


def _write(phrase: list[Token], usage: _Usage) -> str:
    """Return the phrase as its author wrote it, without the capitals of a sentence or of a title in capitals."""
    written = "".join(_cased(word, usage) + (" " if word.space else "") for word in phrase).strip()
    return written.replace("'", "’")


def _cased(word: Token, usage: _Usage) -> str:
    plain = fold(word.form)
    if plain in usage.acronyms:
        return word.form
    named = word.pos == "PROPN" and plain not in usage.common
    if named:
        return word.form.capitalize() if word.form.isupper() else word.form
    return usage.accents.get(plain, word.form.lower())
