"""Asking the second reader: what is left to ask, the server, and the answers kept as they come."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errors import MinilabsError
from pipeline.params import Params
from pipeline.reader.model import Question, Subject, Text
from pipeline.reader.plan import Task, kept, next_questions
from pipeline.reader.questions.answers import found_json
from pipeline.reader.questions.batches import tokens
from pipeline.reader.record import Entry, Record
from pipeline.schema import NEAR_DUPLICATES
from pipeline.shells.reading.asking_vectors import ask_vectors, missing_vectors
from pipeline.shells.reading.calls import Book, Call, Purse
from pipeline.shells.reading.consenting import consented, models_of
from pipeline.shells.reading.reader import (
    RECORD,
    instructions_of,
    load_record,
    pairs_of,
    place_of,
    settings_of,
    texts_of,
)
from pipeline.store import load
from pipeline.workspace import Workspace, table_path

if TYPE_CHECKING:
    from pipeline.reader.client import Answered, Server

_ANSWER = {"subjects": 2_500, "merge": 3_500, "words": 1_500}
_ANSWER_ITEM = {"coding": 150, "pairs": 50}
"""Tokens that an answer may take: by question, or by item."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A reader's desk.

    Attributes:
        workspace: where it lives.
        params: of the workspace.
        task: what is to be read.
        record: what was read.
        vectors: texts of which the server is to give a vector, with their ideas.
        left_out: ideas beyond the number that may be read.
        waits: nothing can be read before the chain has run on these vectors.
    """

    workspace: Workspace
    params: Params
    task: Task
    record: Record
    vectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: int = 0
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking came to.

    Attributes:
        calls: made.
        tokens: sent and received, by the server's count (by an estimate when it gives none).
        opened: things left open, that the reader could not say in two tries.
        stopped: the budget is spent and something is left.
        record: with the answers.
    """

    calls: int
    tokens: int
    opened: int
    stopped: bool
    record: Record


def open_desk(
    workspace: Workspace, frame: tuple[Subject, ...] = (), order: Callable[[int], Sequence[str]] | None = None
) -> Desk:
    """Return the desk of a workspace whose ideas have been read and whose themes have been proposed.

    Args:
        workspace: where.
        frame: subjects that people gave, which the codebook keeps.
        order: gives the ideas whose reading would help most, when there are more than may be read.

    Raises:
        MinilabsError: `reader.off`, a missing table, a damaged record.
    """
    params = workspace.params()
    if not params.reader.address or not models_of(params):
        raise MinilabsError("reader.off")
    record, there = load_record(workspace, params), texts_of(load(workspace, "ideas", stage="ingest"))
    vectors = missing_vectors(workspace, params)
    waits = bool(params.embed.served) and not workspace.path(table_path("near_duplicates")).is_file()
    texts = _chosen(there, record, params.reader.ideas, order) if params.reader.model and not waits else ()
    near = load(workspace, "near_duplicates", stage="cluster") if texts else NEAR_DUPLICATES.empty()
    settings = settings_of(params, len(texts))
    task = Task(texts, frame, pairs_of(near), settings, instructions_of(workspace, params))
    return Desk(workspace, params, task, record, vectors, len(there) - len(texts) if texts else 0, waits)


def _chosen(
    texts: tuple[Text, ...], record: Record, most: int, order: Callable[[int], Sequence[str]] | None
) -> tuple[Text, ...]:
    """Return the texts that may be read: those that were read already, then in the order given, `most` in all."""
    if len(texts) <= most:
        return texts
    already = sorted({idea for entry in record.of_kind("coding") for idea in entry.ideas})
    there = {text.idea for text in texts}
    wanted = dict.fromkeys([*already, *(order(most) if order else ()), *sorted(there)])
    chosen = set([idea for idea in wanted if idea in there][:most])
    return tuple(text for text in texts if text.idea in chosen)


def connect(params: Params) -> Server:
    """Return the server named in the parameters; nothing is sent.

    Raises:
        MinilabsError: `reader.address`, `reader.library`.
    """
    address = urlsplit(params.reader.address)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise MinilabsError("reader.address", address=params.reader.address[:80])
    try:
        from pipeline.reader.client import Server  # noqa: PLC0415 - an extra, and the only network of the reader
    except ImportError as why:
        raise MinilabsError("reader.library") from why
    key = os.environ.get(params.reader.key, "")
    return Server(params.reader.address, params.reader.model, key, params.reader.seconds)


def ask(desk: Desk, server: Server, progress: Callable[[int, int], None], day: str = "") -> Asked:
    """Ask until all is read or the budget is spent, vectors first; each answer is kept as soon as it is there.

    Args:
        desk: what is to be read.
        server: whom to ask.
        progress: told how far the work is.
        day: ISO, noted beside each answer.

    Raises:
        MinilabsError: `reader.consent`, or what the server comes to; what was answered before is kept.
    """
    if not consented(desk.workspace, desk.params):
        raise MinilabsError("reader.consent")
    purse = Purse(desk.params.reader.calls, desk.params.reader.tokens)
    finished, record = ask_vectors(desk.workspace, desk.params, desk.vectors, server, purse, progress), desk.record
    if finished:
        finished, record = _read(desk, server, purse, progress, day)
    if finished and (titles := missing_vectors(desk.workspace, desk.params)):  # of the subjects that were read
        finished = ask_vectors(desk.workspace, desk.params, titles, server, purse, progress)
    return Asked(purse.calls, purse.tokens, _opened(record), stopped=not finished, record=record)


def _read(
    desk: Desk, server: Server, purse: Purse, progress: Callable[[int, int], None], day: str
) -> tuple[bool, Record]:
    """Return whether all is read, and the record with the answers."""
    record = desk.record
    with Book(place_of(desk.workspace, desk.params, RECORD)) as book:
        while questions := next_questions(desk.task, record):
            if purse.empty:
                return False, record
            calls = [_call(server, question) for question in questions]
            for question, answered in purse.at_once(calls, desk.params.reader.parallel):
                entries = _entries(question, answered, day)
                book.add(entry.line for entry in entries)
                record = record + entries
                purse.spend((answered.sent + answered.received) or _guessed(question, answered))
                progress(purse.calls, purse.calls + len(next_questions(desk.task, record)))
    return True, record


def _call(server: Server, question: Question) -> Call[Question, Answered]:
    sent = tokens(question.instruction) + tokens(question.data)
    return Call(question, partial(server.answer, question, room_for(question)), sent)


def _opened(record: Record) -> int:
    keys = {entry.key for entry in record.entries}
    return sum(record.answer(key) is None for key in keys)


def _guessed(question: Question, answered: Answered) -> int:
    return tokens(question.instruction) + tokens(question.data) + tokens(answered.text)


def _entries(question: Question, answered: Answered, day: str) -> list[Entry]:
    answers = kept(question, found_json(answered.text))
    return [Entry(i.key, question.kind, i.ideas, answered.model, answers.get(i.key), day) for i in question.items]


def room_for(question: Question) -> int:
    """Return the tokens that an answer may take."""
    return _ANSWER.get(question.kind) or 200 + _ANSWER_ITEM[question.kind] * len(question.items)
