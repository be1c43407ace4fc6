"""Coding: one subject an idea, read twice in two orders; where both readings differ the idea is hesitant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.reader.model import (
    SURE,
    TEXT,
    WHOLE,
    Answer,
    Coding,
    Item,
    Question,
    Settings,
    Subject,
    Text,
    digest,
    listing,
    shape,
)
from pipeline.reader.questions.answers import listed, quote_in, whole
from pipeline.reader.questions.batches import batches, shortened, shuffled, tokens
from pipeline.reader.questions.instructions import Instructions

ORDERS = (1, 2)
"""The two readings: other neighbours, and the list of subjects from its other end."""
_ANSWER = 90
"""Tokens of the answer for one idea, its quote included."""
SCHEMA = shape(idees=listing(id=TEXT, sujet=WHOLE, second=WHOLE, certitude={**TEXT, "enum": list(SURE)}, citation=TEXT))


def key_of(text: Text, subjects: Sequence[Subject], order: int, settings: Settings, instructions: Instructions) -> str:
    """Return the key under which the reading of an idea is kept."""
    told = [subject.told for subject in subjects]
    return digest("coding", settings.model, instructions.mark("coding"), told, order, text.mark)


def questions(
    texts: Sequence[Text], subjects: Sequence[Subject], order: int, settings: Settings, instructions: Instructions
) -> list[Question]:
    """Return the questions of one reading of the texts.

    Args:
        texts: those to read.
        subjects: the codebook.
        order: one of `ORDERS`.
        settings: the reader.
        instructions: in force.
    """
    numbered = list(enumerate(subjects, start=1))
    told = "\n".join(f"{rank}. {subject.told}" for rank, subject in (numbered if order == 1 else numbered[::-1]))
    instruction = instructions.fill("coding", sujets=told)
    room = settings.context - tokens(instruction)
    short = {text.idea: Text(text.idea, shortened(text.text, room - _ANSWER - 500)).line for text in texts}
    groups = batches([(text, short[text.idea]) for text in shuffled(texts, order)], room, _ANSWER)
    return [
        Question(
            "coding",
            instruction,
            "\n".join(short[text.idea] for text in group),
            tuple(
                Item(key_of(text, subjects, order, settings, instructions), text.idea, (text.idea,)) for text in group
            ),
            SCHEMA,
            {"subjects": len(subjects), "texts": {text.idea: text.text for text in group}},
        )
        for group in groups
    ]


def checked(question: Question, found: Mapping[str, Any] | None) -> dict[str, Answer]:
    """Return key → reading of each idea asked about, the first given; invented ideas and subjects count for none."""
    texts, most, given = question.facts["texts"], int(question.facts["subjects"]), dict[str, Answer]()
    for row in listed(found, "idees"):
        idea, subject = str(row.get("id", "")).strip(), whole(row.get("sujet"), most)
        if idea not in texts or idea in given or subject is None:
            continue
        second = whole(row.get("second", 0), most) or 0
        sure = row.get("certitude")
        given[idea] = {
            "sujet": subject,
            "second": second if subject and second != subject else 0,
            "certitude": sure if sure in SURE else SURE[-1],
            "citation": quote_in(row.get("citation"), texts[idea]),
        }
    return {item.key: given.get(item.name) for item in question.items}


def agreed(first: Answer, other: Answer) -> Coding | None:
    """Return what two readings say of an idea, None when neither says anything.

    The first reading stands; the idea is hesitant when the other differs, or when only one was given. Of a second
    subject, one reading is enough: the list that the other read from its other end hid it no less than it showed it.
    """
    said = first or other
    if said is None:
        return None
    if first is None or other is None:
        return Coding(said["sujet"], said["second"], said["certitude"], said["citation"], hesitant=True)
    hesitant = first["sujet"] != other["sujet"]
    second = first["second"]
    if not second and first["sujet"] and other["sujet"]:
        second = other["sujet"] if hesitant else other["second"]
    sure = max(first["certitude"], other["certitude"], key=SURE.index)
    quote = first["citation"] or other["citation"] * (not hesitant)
    return Coding(first["sujet"], second, sure, quote, hesitant)
