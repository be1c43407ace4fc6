"""The second reader of a workspace: its consent and its record on disk, what it would be asked, and the asking."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

import pandas as pd

from pipeline.cluster.grouping import partition
from pipeline.cluster.tables import Tables
from pipeline.errors import MinilabsError
from pipeline.files.encoding import given_text
from pipeline.files.given_file import content_of
from pipeline.files.spreadsheet import read_sheet
from pipeline.params import Params
from pipeline.reader.entering import enter
from pipeline.reader.model import Question, Settings, Subject, Text
from pipeline.reader.plan import Task, kept, next_questions
from pipeline.reader.questions.answers import found_json
from pipeline.reader.questions.batches import tokens
from pipeline.reader.questions.instructions import Instructions
from pipeline.reader.readings import Readings, readings
from pipeline.reader.record import Entry, Record, read
from pipeline.schema import READINGS
from pipeline.store import csv_bytes, load, write_bytes
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.reader.client import Answered, Server

CONSENT, RECORD, OWN = "consentement.csv", "lectures.jsonl", "consignes"
CONSENT_COLUMNS = ("when", "who", "server", "model", "purpose")
PURPOSE = "proposer des sujets, des thèmes et des mots à partir des textes masqués"
_PAIRS = 40
"""Pairs of ideas that look most alike, of which a reader says whether they make the same proposal."""
_AROUND = 2
"""Subjects more or less than the usual number of themes that a reader may find."""
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


def settings_of(params: Params, ideas: int) -> Settings:
    """Return what changes an answer; subjects are wanted in about the number of themes that is usual for `ideas`."""
    section, wanted = params.reader, params.cluster
    usual = partition.number_of_themes(
        max(ideas, 1), partition.Wanted(wanted.n_themes, wanted.min_themes, wanted.max_themes)
    )
    around = 0 if wanted.n_themes else _AROUND
    return Settings(section.model, section.context, max(2, usual - around), max(2, usual + around))


def texts_of(ideas: pd.DataFrame) -> tuple[Text, ...]:
    """Return the analysed ideas as a reader sees them: numbers and masked texts, nothing of who wrote them."""
    kept_ideas = ideas[ideas["analysed"]].sort_values("idea_id", kind="stable")
    parts = zip(*(kept_ideas[name] for name in ("idea_id", "title", "description", "benefits")), strict=True)
    return tuple(Text(str(idea), "\n".join(str(text) for text in texts if text)) for idea, *texts in parts)


def load_record(workspace: Workspace, params: Params) -> Record:
    """Return the readings there are; none without a file.

    Raises:
        MinilabsError: `reader.record`.
    """
    path = _place(workspace, params, RECORD)
    name = f"{params.reader.folder}/{RECORD}"
    return read(content_of(path, name), name)


def instructions_of(workspace: Workspace, params: Params) -> Instructions:
    """Return the instructions in force: those of the workspace's folder in place of those shipped.

    Raises:
        MinilabsError: `reader.instruction`.
    """
    folder = _place(workspace, params, OWN)
    own = (
        {path.name: given_text(content_of(path, path.name), path.name) for path in sorted(folder.glob("*.txt"))}
        if folder.is_dir()
        else {}
    )
    return Instructions(own)


def pairs_of(near: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Return the pairs to look at: the most alike first."""
    ordered = near.sort_values(["score", "idea_a", "idea_b"], ascending=[False, True, True], kind="stable")
    return tuple(zip(ordered["idea_a"].astype(str), ordered["idea_b"].astype(str), strict=True))[:_PAIRS]


def load_readings(
    workspace: Workspace, params: Params, ideas: pd.DataFrame, near: pd.DataFrame | None = None
) -> Readings | None:
    """Return what the record says of the ideas there are, without any network; None without a reader or a record.

    Args:
        workspace: where.
        params: its parameters.
        ideas: schema `ideas`.
        near: schema `near_duplicates`, for the verdicts on pairs; None: no verdict.

    Raises:
        MinilabsError: `reader.record`, `reader.instruction`.
    """
    if not params.reader.model or not params.reader.proposes or not _place(workspace, params, RECORD).is_file():
        return None
    record, instructions = load_record(workspace, params), instructions_of(workspace, params)
    pairs = () if near is None else pairs_of(near)
    texts = texts_of(ideas)
    return readings(record, texts, pairs, settings_of(params, len(texts)), instructions)


def with_readings(
    found: Tables, workspace: Workspace, params: Params, ideas: pd.DataFrame
) -> tuple[Tables, pd.DataFrame]:
    """Return the tables of the search with what was read (quotes, claims, verdicts on pairs), and the readings.

    Raises:
        MinilabsError: see `load_readings`.
    """
    read_ = load_readings(workspace, params, ideas, found.near_duplicates)
    if read_ is None or found.themes.empty:
        return found, READINGS.empty()
    entered = enter(read_, texts_of(ideas), found.themes, found.idea_themes, found.near_duplicates, found.claims)
    tables = replace(
        found,
        themes=entered.themes,
        idea_themes=entered.idea_themes,
        near_duplicates=entered.near_duplicates,
        claims=entered.claims,
    )
    return tables, entered.readings


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
    texts = texts_of(load(workspace, "ideas", stage="ingest"))
    most, left_out = params.reader.ideas, 0
    if len(texts) > most:
        chosen = set(order(most) if order else [text.idea for text in texts[:most]])
        left_out, texts = len(texts) - len(chosen), tuple(text for text in texts if text.idea in chosen)
    near = load(workspace, "near_duplicates", stage="cluster")
    task = Task(texts, frame, pairs_of(near), settings_of(params, len(texts)), instructions_of(workspace, params))
    return Desk(workspace, params, task, load_record(workspace, params), left_out)


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


def consented(workspace: Workspace, params: Params) -> bool:
    """Tell whether somebody agreed to send masked texts to this server and this model.

    Raises:
        MinilabsError: `reader.consent_file`.
    """
    rows = _consents(workspace, params)
    asked = (params.reader.address.strip(), params.reader.model.strip())
    return bool(rows) and tuple(rows[-1][2:4]) == asked


def _consents(workspace: Workspace, params: Params) -> list[tuple[str, ...]]:
    name = f"{params.reader.folder}/{CONSENT}"
    content = content_of(_place(workspace, params, CONSENT), name)
    rows = read_sheet(content, name, dict.fromkeys(CONSENT_COLUMNS, ()), needed=CONSENT_COLUMNS)
    for row in rows:
        if not all(row.cells.values()):
            raise MinilabsError("reader.consent_file", path=name, line=row.line)
    return [tuple(row.cells[column] for column in CONSENT_COLUMNS) for row in rows]


def consent(workspace: Workspace, params: Params, who: str, when: str) -> None:
    """Add a line to the consents: who agrees, when, to which server and model, what for.

    Raises:
        MinilabsError: `reader.who`, `base.disk`.
    """
    if not who.strip():
        raise MinilabsError("reader.who")
    path = _place(workspace, params, CONSENT)
    given = (when, who.strip(), params.reader.address, params.reader.model, PURPOSE)
    write_bytes(path, csv_bytes([CONSENT_COLUMNS, *_consents(workspace, params), given]))


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
    with _Book(_place(desk.workspace, desk.params, RECORD)) as book:
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


def forget(workspace: Workspace, params: Params, ideas: Sequence[str] | None = None) -> int:
    """Drop the readings of some ideas, or all; return how many were dropped.

    Raises:
        MinilabsError: `reader.record`, `base.disk`.
    """
    path = _place(workspace, params, RECORD)
    if not path.is_file():
        return 0
    if ideas is None:
        count = path.read_bytes().count(b"\n")
        path.unlink()
        return count
    record = load_record(workspace, params)
    left = record.without(ideas)
    content = "".join(entry.line for entry in left.entries).encode()
    if content != path.read_bytes():
        write_bytes(path, content)
    return len(record.entries) - len(left.entries)


def _place(workspace: Workspace, params: Params, name: str) -> Path:
    return workspace.given(f"{params.reader.folder}/{name}")
