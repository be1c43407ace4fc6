"""What the reader works with: texts, subjects, questions and readings; all frozen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Answer = dict[str, Any] | None
"""What is kept of an answer: checked JSON, or None when the reader was asked and left it open."""

SURE = ("sûr", "probable", "douteux")
"""How sure a reader says it is, from the surest."""
SAME, ALIKE, NEITHER = "même proposition", "même sujet", "aucun"
VERDICTS = (SAME, ALIKE, NEITHER)
"""What a reader may say of two ideas."""


def digest(*parts: object) -> str:
    """Return a short name for the parts: equal parts, equal name, on every machine."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:24]


TEXT, WHOLE, LIST = ({"type": kind} for kind in ("string", "integer", "array"))
NUMBERS: dict[str, Any] = {**LIST, "items": TEXT}


def shape(**fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON schema of an object that holds these fields, all of them and nothing else."""
    return {"type": "object", "properties": fields, "required": [*fields], "additionalProperties": False}


def listing(**fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON schema of a list of such objects."""
    return {**LIST, "items": shape(**fields)}


@dataclass(frozen=True, slots=True)
class Settings:
    """What changes an answer: the reader and how much it is given at once.

    Attributes:
        model: name of the model, as its server knows it.
        context: tokens that a question and its answer may take together.
        least: subjects wanted at the least.
        most: subjects wanted at the most.
    """

    model: str
    context: int = 16_000
    least: int = 8
    most: int = 14


@dataclass(frozen=True)
class Text:
    """A masked idea, as a reader sees it."""

    idea: str
    text: str

    @cached_property
    def mark(self) -> str:
        """What changes when the idea or its text does."""
        return digest(self.idea, self.text)

    @property
    def line(self) -> str:
        """The idea as one line of JSON: whatever the text holds, it stays a string."""
        return json.dumps({"id": self.idea, "texte": self.text}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of the codebook."""

    title: str
    definition: str = ""
    includes: str = ""
    excludes: str = ""
    ideas: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The subject in one line, for an instruction."""
        more = [f"Comprend : {self.includes}" * bool(self.includes), f"Exclut : {self.excludes}" * bool(self.excludes)]
        return " ".join([f"{self.title}. {self.definition}", *filter(None, more)]).strip()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked: the answer is kept under its key.

    Attributes:
        key: from the instruction, the model and what is asked about.
        name: how the question and its answer name it (an idea's number, a pair's rank).
        ideas: the ideas it is about.
    """

    key: str
    name: str
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One call: an instruction, data, and what is asked.

    Attributes:
        kind: subjects, merge, coding, pairs or words.
        instruction: in French.
        data: lines of JSON.
        items: what is asked, each answered apart.
        schema: JSON schema of the answer, for servers that hold a model to one.
        facts: what checking the answer needs besides.
    """

    kind: str
    instruction: str
    data: str
    items: tuple[Item, ...]
    schema: Mapping[str, Any]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coding:
    """Where a reader puts an idea.

    Attributes:
        subject: number in the codebook from 1; 0 for none of them.
        second: another one that it truly touches, 0 without.
        sure: one of `SURE`.
        quote: the idea's own words, empty when those given are not in it.
        hesitant: two readings in two orders do not agree.
    """

    subject: int
    second: int
    sure: str
    quote: str
    hesitant: bool
