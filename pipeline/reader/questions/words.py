"""Words for a theme: a title, claims with the ideas behind them, a question, true tensions, ideas that may be one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.french import fold
from pipeline.reader.model import NUMBERS, TEXT, Answer, Item, Question, Settings, Text, digest, listing, shape
from pipeline.reader.questions.answers import cleaned, listed, numbers
from pipeline.reader.questions.batches import shortened, shuffled, tokens
from pipeline.reader.questions.instructions import Instructions

_TITLE, _CLAIM, _QUESTION, _OBJECT, _CLAIMS, _WORDS, _NEAR = 70, 320, 250, 160, 3, 9, 6
_ANSWER = 900
SCHEMA = shape(
    titre=TEXT,
    affirmations=listing(texte=TEXT, idees=NUMBERS),
    question=TEXT,
    tensions=listing(a=TEXT, b=TEXT, objet=TEXT),
    proches=listing(a=TEXT, b=TEXT),
)


def key_of(texts: Sequence[Text], settings: Settings, instructions: Instructions) -> str:
    """Return the key under which the words for a theme of these ideas are kept."""
    return digest("words", settings.model, instructions.mark("words"), sorted(text.mark for text in texts))


def question(texts: Sequence[Text], settings: Settings, instructions: Instructions) -> Question:
    """Return the question about one theme: as many of its ideas as the reader can hold, drawn by their numbers."""
    instruction = instructions.fill("words")
    room = settings.context - tokens(instruction) - _ANSWER
    longest = room // 3
    lines: list[str] = []
    kept: list[Text] = []
    for text in shuffled(texts, 0):
        line = Text(text.idea, shortened(text.text, longest)).line
        room -= tokens(line)
        if room < 0 and kept:
            break
        lines.append(line)
        kept.append(text)
    item = Item(key_of(texts, settings, instructions), "words", tuple(text.idea for text in kept))
    facts = {"texts": {text.idea: text.text for text in kept}}
    return Question("words", instruction, "\n".join(lines), (item,), SCHEMA, facts)


def checked(asked: Question, found: Mapping[str, Any] | None) -> dict[str, Answer]:
    """Return key → the words that hold: short enough, about the ideas they name, in one language; None without any."""
    texts: Mapping[str, str] = asked.facts["texts"]
    found = found or {}
    title = cleaned(found.get("titre"), _TITLE).rstrip(".")
    words = {
        "titre": title if 0 < len(title.split()) <= _WORDS and _about(title, texts.values()) else "",
        "affirmations": _claims(found, texts),
        "question": _working_question(found, texts),
        "tensions": _tensions(found, texts),
        "proches": _near(found, texts),
    }
    return {asked.items[0].key: words if any(words.values()) else None}


def _claims(found: Mapping[str, Any], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    claims = []
    for row in listed(found, "affirmations"):
        claim, ideas = cleaned(row.get("texte"), _CLAIM), numbers(row.get("idees"), set(texts))
        ideas = [idea for idea in ideas if _about(claim, [texts[idea]])]
        if claim and ideas:
            claims.append({"texte": claim, "idees": ideas})
    return claims[:_CLAIMS]


def _working_question(found: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    asked = cleaned(found.get("question"), _QUESTION)
    return asked if asked.startswith("Comment") and asked.endswith("?") and _about(asked, texts.values()) else ""


def _tensions(found: Mapping[str, Any], texts: Mapping[str, str]) -> list[dict[str, str]]:
    kept = []
    for row in listed(found, "tensions"):
        pair, about = numbers([row.get("a"), row.get("b")], set(texts)), cleaned(row.get("objet"), _OBJECT)
        if len(pair) == 2 and about and all(_about(about, [texts[idea]]) for idea in pair):  # noqa: PLR2004 - a pair
            kept.append({"a": pair[0], "b": pair[1], "objet": about})
    return kept


def _near(found: Mapping[str, Any], texts: Mapping[str, str]) -> list[list[str]]:
    """Return pairs that may make the same proposal, to be judged apart."""
    rows = listed(found, "proches")[: 2 * _NEAR]
    pairs = {tuple(sorted(numbers([row.get("a"), row.get("b")], set(texts)))) for row in rows}
    return [list(pair) for pair in sorted(pairs) if len(pair) == 2][:_NEAR]  # noqa: PLR2004 - a pair


def _about(said: str, texts: Iterable[str]) -> bool:
    """Tell whether a sentence shares a word of substance with the texts it speaks of: their first five letters."""
    stems = _stems(said)
    return any(stems & _stems(text) for text in texts)


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{5,}", fold(text))} - _EMPTY


_EMPTY = frozenset("comme avec pour dans leurs notre votre autre cette entre aussi selon faire avoir etre".split())  # noqa: SIM905
