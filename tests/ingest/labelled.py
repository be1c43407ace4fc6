"""The labelled sentences of the tests: text, and the spans that a person marked in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.ingest.masking.find import finder
from pipeline.ingest.masking.measure import Quality, measure
from pipeline.ingest.masking.spans import Span

SETS = {"sentences": "labelled_sentences.txt", "hard_sentences": "labelled_hard.txt"}
"""Name of a set in `measured.csv` → its file."""
_MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\]")
_HOLDER = "# holder:"


@dataclass(frozen=True)
class Labelled:
    """A set of sentences.

    Attributes:
        holders: (family name, given name) of the people the program knows.
        sentences: text, spans.
    """

    holders: list[tuple[str, str]]
    sentences: list[tuple[str, list[Span]]]

    def quality(self, part: slice = slice(None), *, use_model: bool = True) -> dict[str, Quality]:
        """Return recall and precision by kind on a part of the sentences, the program having read them all."""
        texts = [text for text, _ in self.sentences]
        found = finder(self.holders, texts, use_model=use_model).find(texts)
        pairs = [(truth, spans) for (_, truth), spans in zip(self.sentences, found, strict=True)]
        return measure(pairs[part])


def labelled(name: str) -> Labelled:
    """Return a set by its name, see `SETS`."""
    holders, sentences = [], []
    for line in Path(__file__).with_name(SETS[name]).read_text(encoding="utf-8").splitlines():
        if line.startswith(_HOLDER):
            family, given = line.removeprefix(_HOLDER).split("|")
            holders.append((family.strip(), given.strip()))
        elif line and not line.startswith("#"):
            sentences.append(_unmarked(line))
    return Labelled(holders, sentences)


def _unmarked(line: str) -> tuple[str, list[Span]]:
    text, spans, position = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[position : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark[2]), mark[1], "étiquette"))
        text += mark[2]
        position = mark.end()
    return text + line[position:], spans
