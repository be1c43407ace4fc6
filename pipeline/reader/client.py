"""The only module of the reader that knows a network: one question out, what the server wrote back in.

Servers that speak the OpenAI protocol differ: what one refuses is left out of the next calls. Waits asked for by a
busy server (429, 503, `Retry-After`) are the client library's own; a redirection is never followed, since it would
send texts to a server that nobody agreed to.
"""

from __future__ import annotations

import re
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import httpx2
import openai

from pipeline.errors import MinilabsError
from pipeline.reader.model import Question

_RETRIES = 6
_FORMATS = ("json_schema", "json_object", "")
_LIMITS = ("max_completion_tokens", "max_tokens", "")
_LONGEST = 4_000_000
"""Bytes of an answer that are read."""
_REFUSED = (400, 404, 422)
_BUSY = (429, 503)
_NOT_DONE = 501


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back.

    Attributes:
        text: as the model wrote it, possibly empty.
        model: name the server gives it.
        sent, received: tokens, by the server's count; 0 when it gives none.
    """

    text: str
    model: str
    sent: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class Manner:
    """What a server was found to accept.

    Attributes:
        formats: ways to ask for JSON that are left, the strictest first.
        limits: names of the parameter that bounds an answer, likewise.
        settled: temperature and seed are accepted.
    """

    formats: tuple[str, ...] = _FORMATS
    limits: tuple[str, ...] = _LIMITS
    settled: bool = True

    def arguments(self, question: Question, tokens: int) -> dict[str, Any]:
        """Return what is sent beside the messages."""
        given: dict[str, Any] = {"temperature": 0, "seed": 0} if self.settled else {}
        if limit := self.limits[0]:
            given[limit] = tokens
        if self.formats[0] == "json_schema":
            schema = {"name": question.kind, "strict": True, "schema": dict(question.schema)}
            given["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif self.formats[0]:
            given["response_format"] = {"type": self.formats[0]}
        return given

    def without(self, said: str) -> Manner | None:
        """Return the manner less what a server refuses, by its own words or else what servers refuse most.

        None when nothing is left to give up.
        """
        said, ways = said.lower(), self._ways()
        named = [way for words, way in ways if way is not None and any(word in said for word in words)]
        return next(iter([*named, *(way for _, way in ways[::-1] if way is not None)]), None)

    def _ways(self) -> list[tuple[tuple[str, ...], Manner | None]]:
        return [
            (("max_completion_tokens", "max_tokens"), self._less("limits")),
            (("temperature", "seed"), replace(self, settled=False) if self.settled else None),
            (("response_format", "json", "schema", "grammar"), self._less("formats")),
        ]

    def _less(self, name: str) -> Manner | None:
        left = getattr(self, name)[1:]
        return replace(self, **{name: left}) if left else None


class Server:
    """A server that speaks the OpenAI protocol."""

    def __init__(self, address: str, model: str, key: str, seconds: float) -> None:
        """Talk to the model at `address`.

        Args:
            address: of the protocol's root, as `http://localhost:11434/v1`.
            model: as the server names it.
            key: its secret, empty when it asks for none.
            seconds: that a whole answer may take.
        """
        self.model, self._manner, self._lock = model, Manner(), threading.Lock()
        client = _Bounded(
            timeout=httpx2.Timeout(seconds, connect=min(seconds, 20.0)), event_hooks={"request": [_discreet]}
        )
        self._client = openai.OpenAI(
            api_key=key or "none",
            base_url=address,
            max_retries=_RETRIES,
            http_client=client,
            organization="",
            project="",
        )

    def __enter__(self) -> Self:
        """Return the server: its connections are closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self._client.close()

    def answer(self, question: Question, tokens: int) -> Answered:
        """Return what the model answers.

        Args:
            question: what is asked.
            tokens: that the answer may take.

        Raises:
            MinilabsError: `reader.unreachable`, `reader.certificate`, `reader.key`, `reader.no_model`, `reader.busy`,
                `reader.slow`, `reader.refused`.
        """
        while True:
            manner = self._manner
            try:
                return self._asked(question, manner.arguments(question, tokens))
            except openai.APIStatusError as why:
                self._give_up(why, manner)

    def _give_up(self, why: openai.APIStatusError, used: Manner) -> None:
        """Change the manner that a server refused, unless another call has already."""
        said = str(why)
        less = used.without(said) if why.status_code in _REFUSED and not _about_more(said) else None
        if less is None:
            raise _sentence(why, self.model) from None
        with self._lock:
            if self._manner is used:
                self._manner = less

    def vectors(self, texts: Sequence[str], model: str) -> list[list[float]]:
        """Return the vector of each text, in order.

        Args:
            texts: none is empty.
            model: that gives vectors, as the server names it.

        Raises:
            MinilabsError: as `answer`, or `reader.vectors` when what comes back is not one vector of numbers a text.
        """
        try:
            found = self._client.embeddings.create(model=model, input=list(texts), encoding_format="float")
            rows = {row.index: [float(value) for value in row.embedding] for row in found.data or ()}
        except openai.OpenAIError as why:
            raise _unvectored(why, model) or _sentence(why, model) from None
        except (ValueError, TypeError, AttributeError):  # a body of another shape than the protocol's
            rows = {}
        if sorted(rows) != list(range(len(texts))):
            raise MinilabsError("reader.vectors", model=model, why="la réponse n'a pas un vecteur pour chaque texte")
        return [rows[place] for place in range(len(texts))]

    def _asked(self, question: Question, arguments: dict[str, Any]) -> Answered:
        messages: Any = [
            {"role": "system", "content": question.instruction},
            {"role": "user", "content": question.data},
        ]
        try:
            reply = self._client.chat.completions.create(model=self.model, messages=messages, **arguments)
        except openai.APIStatusError:
            raise
        except openai.OpenAIError as why:
            raise _sentence(why, self.model) from None
        except (ValueError, TypeError, AttributeError):  # a body of another shape than the protocol's
            return Answered("", self.model)
        return _read(reply, self.model)


def _read(reply: object, model: str) -> Answered:
    choices = getattr(reply, "choices", None)
    message = getattr(choices[0], "message", None) if isinstance(choices, list) and choices else None
    text, named, usage = getattr(message, "content", None), getattr(reply, "model", None), getattr(reply, "usage", None)
    counts = [getattr(usage, name, 0) for name in ("prompt_tokens", "completion_tokens")]
    sent, received = (count if isinstance(count, int) else 0 for count in counts)
    known = _file_apart(named) if isinstance(named, str) else model
    return Answered(text if isinstance(text, str) else "", known, sent, received)


def _file_apart(named: str) -> str:
    """Return the name of a model; of a file, as llama.cpp gives it, without the folders of the server's machine."""
    return named.replace("\\", "/").rpartition("/")[2] if _FILE.match(named) else named


_FILE = re.compile(r"[/~.]|[A-Za-z]:[/\\]|\\\\")


_CONTEXT = (
    "context length",
    "context size",
    "context window",
    "too long",
    "too large",
    "exceeds the available context",
)
_NO_MODEL = ("model not found", "no such model", "does not exist", "model_not_found", "not found, try pulling")


def _about_more(said: str) -> bool:
    """Tell whether a refusal is not about the manner: a text too long, a model that is not there."""
    return any(words in said.lower() for words in (*_CONTEXT, *_NO_MODEL))


def _sentence(why: openai.OpenAIError, model: str) -> MinilabsError:
    """Return the error for people; what the server wrote is never quoted: it may hold a text or a key."""
    said = str(why).lower()
    if isinstance(why, openai.APIConnectionError):
        return _unreached(why, model)
    if isinstance(why, openai.AuthenticationError | openai.PermissionDeniedError):
        return MinilabsError("reader.key")
    if isinstance(why, openai.NotFoundError) or any(words in said for words in _NO_MODEL):
        return MinilabsError("reader.no_model", model=model)
    if any(words in said for words in _CONTEXT):
        return MinilabsError("reader.context")
    status = getattr(why, "status_code", "réponse illisible")
    return MinilabsError("reader.busy") if status in _BUSY else MinilabsError("reader.refused", status=status)


def _unvectored(why: openai.OpenAIError, model: str) -> MinilabsError | None:
    """Return the error of a server that gives no vector, as llama.cpp does when it was not started for them."""
    if getattr(why, "status_code", 0) != _NOT_DONE:
        return None
    said = "ce serveur n'en donne pas, ou pas avec ce modèle (llama.cpp : relancez-le avec « --embeddings »)"
    return MinilabsError("reader.vectors", model=model, why=said)


def _unreached(why: openai.APIConnectionError, model: str) -> MinilabsError:
    if isinstance(why, openai.APITimeoutError):
        return MinilabsError("reader.slow", model=model)
    causes = list(_chain(why))
    untrusted = any(isinstance(cause, ssl.SSLError) or "CERTIFICATE" in str(cause).upper() for cause in causes)
    return MinilabsError("reader.certificate") if untrusted else MinilabsError("reader.unreachable")


def _chain(why: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = why
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _discreet(request: httpx2.Request) -> None:
    """Take away what the client library tells of this machine."""
    for name in [name for name in request.headers if name.lower().startswith(("x-stainless", "openai-"))]:
        del request.headers[name]
    request.headers["user-agent"] = "minilabs"


class _Bounded(httpx2.Client):
    """A client that follows no redirection, and whose whole answers take at most so many seconds and bytes."""

    def send(self, request: httpx2.Request, *, stream: bool = False, **more: Any) -> httpx2.Response:  # noqa: ANN401
        """Return the answer of the server, its body bounded."""
        more["follow_redirects"] = False
        end = time.monotonic() + (self.timeout.read or 0.0)
        response = super().send(request, stream=True, **more)
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Stream(response.stream, end)
        try:
            if not stream:
                response.read()
        except BaseException:
            response.close()
            raise
        return response


class _Stream(httpx2.SyncByteStream):
    def __init__(self, inner: httpx2.SyncByteStream, end: float) -> None:
        self._inner, self._end = inner, end

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for chunk in self._inner:
            read += len(chunk)
            if time.monotonic() > self._end or read > _LONGEST:
                raise httpx2.ReadTimeout("the whole answer took too long")
            yield chunk

    def close(self) -> None:
        self._inner.close()
