"""What remains to be asked: the next questions, given the texts and what the record holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.reader.model import Answer, Question, Settings, Subject, Text
from pipeline.reader.questions import coding, pairs, subjects, words
from pipeline.reader.questions.batches import tokens
from pipeline.reader.questions.instructions import Instructions
from pipeline.reader.readings import candidates, codebook_in_force, coded, themes_read, words_of
from pipeline.reader.record import Record

CHECKS = {
    "subjects": subjects.checked,
    "merge": subjects.checked,
    "coding": coding.checked,
    "pairs": pairs.checked,
    "words": words.checked,
}
"""Kind of question → what keeps of an answer what holds: key → answer."""
_SMALLEST = 4
"""Ideas from which a subject read is worth words of its own."""


@dataclass(frozen=True)
class Task:
    """All that a reader is to read.

    Attributes:
        texts: the ideas to read.
        frame: subjects that people gave (list, titles of their own).
        pairs: ideas that look alike, by their numbers.
        settings: the reader.
        instructions: in force.
    """

    texts: tuple[Text, ...]
    frame: tuple[Subject, ...]
    pairs: tuple[tuple[str, str], ...]
    settings: Settings
    instructions: Instructions = field(repr=False)


def next_questions(task: Task, record: Record) -> list[Question]:
    """Return the questions that can be asked now; empty when all is read.

    The codebook comes first, then the two readings of each idea, the words for the themes read, and the pairs.
    What could not be had in two tries is left open and stops nothing.
    """
    if not task.texts:
        return []
    book = codebook_in_force(record, task.texts)
    if book is None:
        return _codebook(task, record)
    return _codings(task, book, record) or _words(task, book, record) or _pairs(task, book, record)


def _codebook(task: Task, record: Record) -> list[Question]:
    parts = subjects.part_questions(task.texts, task.frame, task.settings, task.instructions)
    if waiting := _open(parts, record):
        return waiting
    answers = [answer for part in parts if (answer := record.answer(part.items[0].key))]
    if not answers:
        return []
    ideas = [text.idea for text in task.texts]
    return _open([subjects.merge_question(answers, ideas, task.frame, task.settings, task.instructions)], record)


def _codings(task: Task, book: Sequence[Subject], record: Record) -> list[Question]:
    found = []
    for order in coding.ORDERS:
        missing = [
            text
            for text in task.texts
            if not record.settled(coding.key_of(text, book, order, task.settings, task.instructions))
        ]
        found += coding.questions(missing, book, order, task.settings, task.instructions) if missing else []
    return found


def _pairs(task: Task, book: Sequence[Subject], record: Record) -> list[Question]:
    texts = {text.idea: text for text in task.texts}
    words_read = words_of(record, task.texts, book, task.settings, task.instructions)
    known = [(texts[a], texts[b]) for a, b in candidates(task.pairs, words_read) if a in texts and b in texts]
    missing = [pair for pair in known if not record.settled(pairs.key_of(pair, task.settings, task.instructions))]
    return pairs.questions(missing, task.settings, task.instructions) if missing else []


def _words(task: Task, book: Sequence[Subject], record: Record) -> list[Question]:
    themes = themes_read(coded(record, task.texts, book, task.settings, task.instructions), task.texts)
    asked = [
        words.question(theme, task.settings, task.instructions)
        for _, theme in sorted(themes.items())
        if len(theme) >= _SMALLEST
    ]
    return _open(asked, record)


def _open(questions: Sequence[Question], record: Record) -> list[Question]:
    return [question for question in questions if not all(record.settled(item.key) for item in question.items)]


def kept(question: Question, found: Mapping[str, object] | None) -> dict[str, Answer]:
    """Return key → what is kept of the answer to a question."""
    return CHECKS[question.kind](question, found)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What remains, about.

    Attributes:
        calls: questions.
        sent: tokens of the questions.
        received: tokens of the answers.
    """

    calls: int
    sent: int
    received: int

    def __add__(self, other: Estimate) -> Estimate:
        """Return both together."""
        return Estimate(self.calls + other.calls, self.sent + other.sent, self.received + other.received)


_RECEIVED = {"subjects": 1_200, "merge": 1_500, "coding": 60, "pairs": 20, "words": 400}
"""Tokens of the answer to one item, by kind."""


def estimate(task: Task, record: Record) -> Estimate:
    """Return what is still to be asked, counted on the very questions as far as they are known, guessed beyond."""
    now = next_questions(task, record)
    total = sum((_cost(question) for question in now), Estimate(0, 0, 0))
    kinds = {question.kind for question in now}
    book = codebook_in_force(record, task.texts)
    if book is None and now:
        stand_in = tuple(Subject(f"Sujet {rank}", "x" * 150, "x" * 80, "x" * 80) for rank in range(task.settings.most))
        later = _codings(task, stand_in, record)
        total += sum((_cost(question) for question in later), Estimate("subjects" in kinds, 1_500, 1_500))
    if now and not kinds & {"words", "pairs"}:
        total += _words_to_come(task)
    return total


def _words_to_come(task: Task) -> Estimate:
    each = sum(tokens(text.line) for text in task.texts)
    calls = task.settings.most
    return Estimate(calls, min(each, calls * task.settings.context) + calls * 400, calls * _RECEIVED["words"])


def _cost(question: Question) -> Estimate:
    sent = tokens(question.instruction) + tokens(question.data)
    return Estimate(1, sent, len(question.items) * _RECEIVED[question.kind])
