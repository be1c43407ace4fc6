"""Asking the second reader: what is left to ask, the server, and the answers kept as they come."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from pipeline.errors import MinilabsError
from pipeline.params import Params
from pipeline.reader.answers import found_json
from pipeline.reader.batches import tokens
from pipeline.reader.model import Question, Subject, Text
from pipeline.reader.plan import Task, kept, next_questions
from pipeline.reader.record import Entry, Record
from pipeline.shells.consenting import consented
from pipeline.shells.reader import RECORD, instructions_of, load_record, pairs_of, place_of, settings_of, texts_of
from pipeline.store import load, write_bytes
from pipeline.workspace import Workspace

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
        left_out: ideas beyond the number that may be read.
    """

    workspace: Workspace
    params: Params
    task: Task
    record: Record
    left_out: int = 0


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
    if not params.reader.address or not params.reader.model:
        raise MinilabsError("reader.off")
    record, there = load_record(workspace, params), texts_of(load(workspace, "ideas", stage="ingest"))
    texts = _chosen(there, record, params.reader.ideas, order)
    near = load(workspace, "near_duplicates", stage="cluster")
    task = Task(texts, frame, pairs_of(near), settings_of(params, len(texts)), instructions_of(workspace, params))
    return Desk(workspace, params, task, record, len(there) - len(texts))


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
    """Ask until all is read or the budget is spent; each answer is kept as soon as it is there.

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
    record, calls, spent, done = desk.record, 0, 0, 0
    limits = desk.params.reader
    with _Book(place_of(desk.workspace, desk.params, RECORD)) as book:
        while questions := next_questions(desk.task, record):
            room = limits.calls - calls
            if room <= 0 or spent >= limits.tokens:
                return Asked(calls, spent, _opened(record), stopped=True, record=record)
            for question, answered in _answers(server, questions[:room], limits.parallel, limits.tokens - spent):
                entries = _entries(question, answered, day)
                book.add(entries)
                record = record + entries
                calls, done = calls + 1, done + 1
                spent += (answered.sent + answered.received) or _guessed(question, answered)
                progress(done, done + len(next_questions(desk.task, record)))
    return Asked(calls, spent, _opened(record), stopped=False, record=record)


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


def _answers(
    server: Server, questions: Sequence[Question], parallel: int, budget: int
) -> Iterator[tuple[Question, Answered]]:
    """Yield question and answer as they come, a few at a time; stop asking when the budget would be passed."""
    left, waiting = list(questions), dict[Future["Answered"], Question]()
    with ThreadPoolExecutor(max_workers=parallel) as pool:
        try:
            while left or waiting:
                while left and len(waiting) < parallel and budget > 0:
                    question = left.pop(0)
                    budget -= tokens(question.instruction) + tokens(question.data)
                    waiting[pool.submit(server.answer, question, room_for(question))] = question
                if not waiting:
                    return
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    yield waiting.pop(future), future.result()
        finally:
            for future in waiting:
                future.cancel()


class _Book:
    """The record's file, open to add lines: each is on disk before the next question is asked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            content = self._path.read_bytes() if self._path.is_file() else b""
            if content and not content.endswith(b"\n"):  # the line that a killed run was writing
                write_bytes(self._path, content[: content.rfind(b"\n") + 1])
            self._file = self._path.open("ab")
        except OSError as why:
            raise MinilabsError("base.disk", path=self._path, why="l'accès est refusé") from why
        return self

    def add(self, entries: Sequence[Entry]) -> None:
        """Write entries."""
        try:
            self._file.write("".join(entry.line for entry in entries).encode())
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as why:
            raise MinilabsError("base.disk", path=self._path, why="le disque est plein") from why

    def __exit__(self, *_: object) -> None:
        self._file.close()
