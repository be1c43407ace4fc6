"""The record: one line of JSON an answer, added and never rewritten, but to forget."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.errors import MinilabsError
from pipeline.reader.model import Answer

_TRIES = 2
"""Times that a thing is asked before it is left open."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer.

    Attributes:
        key: what was asked, of whom.
        kind: of question.
        ideas: numbers of the ideas it is about.
        model: that answered, by the name its server gave.
        answer: checked; None when nothing could be kept.
        day: ISO, when it was asked; empty when it was not noted.
    """

    key: str
    kind: str
    ideas: tuple[str, ...]
    model: str
    answer: Answer
    day: str = ""

    @property
    def line(self) -> str:
        """The entry as it is kept."""
        content = {
            "key": self.key,
            "kind": self.kind,
            "ideas": list(self.ideas),
            "model": self.model,
            "answer": self.answer,
        } | ({"day": self.day} if self.day else {})
        return json.dumps(content, ensure_ascii=False) + "\n"


class Record:
    """The answers there are, by key; the order of lines changes nothing."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Take entries: of one key, an answer beats none, and answers are ordered by their text."""
        self.entries: tuple[Entry, ...] = tuple(entries)
        self._answers: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._answers.setdefault(entry.key, []).append(entry)

    def answer(self, key: str) -> Answer:
        """Return the answer under a key, None when there is none."""
        found = sorted(entry.line for entry in self._answers.get(key, []) if entry.answer is not None)
        answer: Answer = json.loads(found[0])["answer"] if found else None
        return answer

    def settled(self, key: str) -> bool:
        """Tell whether there is nothing more to ask: an answer, or as many tries as are made."""
        entries = self._answers.get(key, [])
        return any(entry.answer is not None for entry in entries) or len(entries) >= _TRIES

    def of_kind(self, kind: str) -> list[Entry]:
        """Return the entries of a kind that hold an answer, in the order of their keys."""
        return sorted((e for e in self.entries if e.kind == kind and e.answer is not None), key=lambda e: e.line)

    def without(self, ideas: Collection[str]) -> Record:
        """Return the record without what was said of some ideas or made of their texts; codebooks name them no more."""
        gone = frozenset(ideas)
        kept = (entry for entry in self.entries if entry.kind == "merge" or not gone.intersection(entry.ideas))
        return Record(_unnamed(entry, gone) if entry.kind == "merge" else entry for entry in kept)

    def __add__(self, entries: Iterable[Entry]) -> Record:
        """Return the record with more entries."""
        return Record((*self.entries, *entries))


def _unnamed(entry: Entry, gone: frozenset[str]) -> Entry:
    answer: dict[str, Any] = dict(entry.answer or {})
    answer["sujets"] = [
        {**row, "idees": [idea for idea in row["idees"] if idea not in gone]} for row in answer.get("sujets", [])
    ]
    kept = tuple(idea for idea in entry.ideas if idea not in gone)
    return Entry(entry.key, entry.kind, kept, entry.model, answer if entry.answer is not None else None, entry.day)


def read(content: bytes, name: str) -> Record:
    """Return the record of a file; a last line without its end, cut by a kill, is passed over.

    Args:
        content: UTF-8, one JSON object a line.
        name: of the file, for errors.

    Raises:
        MinilabsError: `reader.record`: the first line that is no entry.
    """
    lines = content.split(b"\n")[:-1]
    return Record(_entry(line, name, rank) for rank, line in enumerate(lines, start=1) if line.strip())


def _entry(line: bytes, name: str, rank: int) -> Entry:
    try:
        row = json.loads(line.decode("utf-8"))
        answer = row["answer"]
        _shape(row, answer)
        return Entry(
            row["key"], row["kind"], tuple(map(str, row["ideas"])), row["model"], answer, str(row.get("day", ""))
        )
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError) as why:
        raise MinilabsError("reader.record", path=name, line=rank) from why


_NEEDED: Mapping[str, Mapping[str, type]] = {
    "subjects": {"sujets": list},
    "merge": {"sujets": list},
    "coding": {"sujet": int, "second": int, "certitude": str, "citation": str},
    "pairs": {"verdict": str},
    "words": {"titre": str, "affirmations": list, "question": str, "tensions": list, "proches": list},
}
"""Kind of entry → what its answer holds."""


def _shape(row: Mapping[str, Any], answer: Answer) -> None:
    """Raise nothing when a line holds what an entry of its kind does.

    Raises:
        KeyError: something is missing.
        TypeError: something is of another type.
    """
    held: list[tuple[Mapping[str, Any], Mapping[str, type]]] = [
        (row, {"key": str, "kind": str, "model": str, "ideas": list})
    ]
    if answer is not None:
        held.append((answer, _NEEDED[row["kind"]]))
        subject: dict[str, type] = {**dict.fromkeys(("titre", "definition", "comprend", "exclut"), str), "idees": list}
        held += [(each, subject) for each in answer.get("sujets", [])]
    for place, needed in held:
        for name, wanted in needed.items():
            if not isinstance(place[name], wanted):
                raise TypeError(name)
