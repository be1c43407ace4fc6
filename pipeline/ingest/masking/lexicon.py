"""The words that decide whether a capital letter begins a person's name, read from `words.txt`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.french import fold
from pipeline.ingest.cells.names import given_names

_TELLING = 5


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded words.

    Attributes:
        given: given names.
        ambiguous: given names that are also words, towns or feasts.
        place: what is named after people ("lycée", "rue").
        qualifier: words between a place and its name ("professionnel").
        civility: "madame", "docteur"...
        cue: words after which a lone capital is a person ("contacter", "bravo").
        titled: occupations that stand before a name.
        famous: whole names of people after whom places are called.
        not_name: capitalised words that are no part of a name.
        towns: words of place names.
        particle: small words inside family names.
        surnames: last words of the famous names that say nothing else.
        proper: of the ambiguous given names, those that are countries, towns or feasts.
        towards: small words after which a capital within a sentence is somebody.
        no_name: all words that are no name by themselves.
    """

    given: frozenset[str]
    ambiguous: frozenset[str]
    place: frozenset[str]
    qualifier: frozenset[str]
    civility: frozenset[str]
    cue: frozenset[str]
    titled: frozenset[str]
    famous: frozenset[str]
    not_name: frozenset[str]
    towns: frozenset[str]
    particle: frozenset[str]
    surnames: frozenset[str]
    proper: frozenset[str]
    towards: frozenset[str]
    no_name: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the lexicon."""
    sections: dict[str, list[str]] = {}
    text = files("pipeline.ingest.masking").joinpath("words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            words = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            words += line.split("|") if "|" in line else line.split()
    folded = {name: frozenset(map(fold, words)) for name, words in sections.items()}
    return Lexicon(
        given=given_names(),
        ambiguous=folded["ambiguous"],
        place=folded["place"],
        qualifier=folded["qualifier"],
        civility=folded["civility"],
        cue=folded["cue"],
        titled=folded["titled"],
        famous=folded["famous"],
        not_name=folded["notname"],
        towns=folded["towns"],
        particle=folded["particle"],
        surnames=_surnames(folded["famous"], given_names() | folded["ambiguous"] | folded["place"]),
        proper=folded["proper"],
        towards=folded["towards"],
        no_name=folded["notname"] | folded["towns"] | folded["place"] | folded["particle"],
    )


def _surnames(famous: frozenset[str], plain: frozenset[str]) -> frozenset[str]:
    """Return the last words of famous names: a place is often called by them alone ("à Schuman")."""
    last = (name.split()[-1] for name in famous)
    return frozenset(word for word in last if len(word) >= _TELLING and word not in plain)
