"""The codebook: subjects read in parts of the ideas, then one list made of all parts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.french import fold
from pipeline.reader.model import NUMBERS, TEXT, Answer, Item, Question, Settings, Subject, Text, digest, listing, shape
from pipeline.reader.questions.answers import cleaned, listed, numbers
from pipeline.reader.questions.batches import batches, shuffled
from pipeline.reader.questions.instructions import Instructions

_TITLE, _LINE = 80, 400
_ROOM = 1_800
"""Tokens of the answer: a list of subjects, whatever the number of ideas."""
_STANDS = 0.8
"""Share of the ideas it was made from that have to be there for a codebook to stay in force."""
SCHEMA = shape(sujets=listing(titre=TEXT, definition=TEXT, comprend=TEXT, exclut=TEXT, idees=NUMBERS))


def part_questions(
    texts: Sequence[Text], frame: Sequence[Subject], settings: Settings, instructions: Instructions
) -> list[Question]:
    """Return the questions whose answers are subjects, each about a part of the ideas drawn by their numbers."""
    instruction = _instruction("subjects", frame, settings, instructions)
    room = settings.context - len(instruction) // 3 - _ROOM
    asked = []
    for part in batches([(text, text.line) for text in shuffled(texts, 0)], room, 0):
        key = digest("subjects", settings.model, instruction, [text.mark for text in part])
        ideas = tuple(text.idea for text in part)
        asked.append(_question("subjects", instruction, [text.line for text in part], key, ideas, settings))
    return asked


def merge_question(
    parts: Sequence[Mapping[str, Any]],
    ideas: Sequence[str],
    frame: Sequence[Subject],
    settings: Settings,
    instructions: Instructions,
) -> Question:
    """Return the question whose answer is the codebook."""
    instruction = _instruction("merge", frame, settings, instructions)
    lines = [json.dumps(subject, ensure_ascii=False) for part in parts for subject in part["sujets"]]
    key = digest("merge", settings.model, instruction, lines)
    return _question("merge", instruction, lines, key, tuple(ideas), settings)


def _instruction(kind: str, frame: Sequence[Subject], settings: Settings, instructions: Instructions) -> str:
    given = "\n".join(f"- {subject.told}" for subject in frame)
    told = (
        "\nDes sujets sont déjà donnés : reprends leurs titres à l’identique quand des idées s’y rapportent,"
        f" et ajoute ceux qui manquent.\n{given}\n"
    )
    return instructions.fill(
        kind, au_moins=min(settings.least, settings.most), au_plus=settings.most, cadre=told if frame else ""
    )


def _question(
    kind: str, instruction: str, lines: Sequence[str], key: str, ideas: tuple[str, ...], settings: Settings
) -> Question:
    return Question(
        kind, instruction, "\n".join(lines), (Item(key, kind, ideas),), SCHEMA, {"most": settings.most, "ideas": ideas}
    )


def checked(question: Question, found: Mapping[str, Any] | None) -> dict[str, Answer]:
    """Return key → subjects with a title of their own, at most twice as many as wanted; nothing kept of none."""
    known, seen, subjects = frozenset(question.facts["ideas"]), set[str](), []
    for row in listed(found, "sujets")[: 2 * int(question.facts["most"])]:
        title = cleaned(row.get("titre"), _TITLE).rstrip(".")
        if not title or fold(title) in seen:
            continue
        seen.add(fold(title))
        texts = {name: cleaned(row.get(name), _LINE) for name in ("definition", "comprend", "exclut")}
        subjects.append({"titre": title, **texts, "idees": numbers(row.get("idees"), known)})
    return {question.items[0].key: {"sujets": subjects} if subjects else None}


def codebook(answer: Mapping[str, Any]) -> tuple[Subject, ...]:
    """Return the subjects of a checked answer."""
    return tuple(
        Subject(row["titre"], row["definition"], row["comprend"], row["exclut"], tuple(row["idees"]))
        for row in answer["sujets"]
    )


def stands(ideas: Sequence[str], texts: Sequence[Text]) -> bool:
    """Tell whether a codebook made from `ideas` still stands: most of them are still there."""
    there = {text.idea for text in texts}
    return bool(ideas) and sum(idea in there for idea in ideas) >= _STANDS * len(ideas)
