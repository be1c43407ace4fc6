"""What the model reads of an idea: title and parts joined, without form headings, masks or acronyms to guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.files.spreadsheet import Columns, read_sheet
from pipeline.french import fold

_POLITE = re.compile(
    r"(?:(?:bonjour|bonsoir|salut|madame|monsieur|mesdames|messieurs|chere?s? (?:collegues?|tous)|hello)"
    r"(?: (?:a tou(?:te)?s|madame|monsieur|et|les collegues|mesdames|messieurs))*"
    r"|(?:bien )?cordialement|bien a vous|salutations|(?:en )?vous remerciant|merci(?: d'avance| beaucoup)?"
    r"|bonne (?:journee|reception|lecture)|respectueusement|sinceres salutations|cdt|slts)[ ,.!]*"
)
_GLOSSARY: Columns = {"acronym": ("sigle", "acronyme"), "expansion": ("developpement", "signification")}
_MOST_ROWS = 0.4
_FEWEST_ROWS = 5
_MOST_LINES = 100_000
_LONGEST_LINE = 400
_SHOUTED = 0.7
_SHORT = 20
_ENDS = (".", "!", "?", "…", ":", ";")


@dataclass(frozen=True)
class Glossary:
    """Administrative acronyms and what they stand for.

    Attributes:
        expansions: acronym as written (case counts) → its words.
    """

    expansions: Mapping[str, str]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest_first = sorted(self.expansions, key=lambda acronym: (-len(acronym), acronym))
        return (
            re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])") if longest_first else None
        )

    def expand(self, text: str) -> str:
        """Return `text` with each acronym replaced by its words."""
        return self._pattern.sub(lambda match: self.expansions[match[0]], text) if self._pattern else text


def read_glossary(content: bytes, name: str) -> Glossary:
    """Return the glossary of a CSV with the columns `acronym` and `expansion`.

    Raises:
        MinilabsError: `sheet.*`.
    """
    rows = read_sheet(content, name, _GLOSSARY, needed=tuple(_GLOSSARY))
    pairs = ((row.cells["acronym"], row.cells["expansion"]) for row in rows)
    return Glossary({acronym: words for acronym, words in pairs if acronym and words})


def boilerplate(texts: Sequence[str]) -> dict[str, int]:
    """Return folded line → in how many texts it stands, for lines of the form that most authors left in place.

    A line counts from 4 texts in 10 and 5 texts on: a heading to fill in, a signature of the platform.
    """
    lines = CommonLines()
    for text in texts:
        lines.add(text)
    return lines.result()


class CommonLines:
    """Counts lines text after text, in bounded memory; see `boilerplate`.

    Beyond a number of different lines, one is taken off each count (Misra and Gries 1982, "Finding repeated elements"):
    a line of the form cannot be lost, and what its count misses is known.
    """

    def __init__(self, most: int = _MOST_LINES) -> None:
        """Start from nothing; `most` different lines are held at a time."""
        self._most, self._texts, self._missed = most, 0, 0
        self._counts: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Count the lines of a text, each once."""
        self._texts += 1
        self._counts.update({line for raw in text.split("\n") if (line := _key(raw))})
        if len(self._counts) > self._most:
            self._missed += 1
            self._counts = Counter({line: count - 1 for line, count in self._counts.items() if count > 1})

    def result(self) -> dict[str, int]:
        """Return line → count, exact unless lines were too many, too low by some units then."""
        needed = max(_FEWEST_ROWS, _MOST_ROWS * self._texts)
        return {line: count for line, count in sorted(self._counts.items()) if count + self._missed >= needed}


def analysis_text(parts: Iterable[str], lines: Mapping[str, int], glossary: Glossary) -> str:
    """Return the text that is encoded: parts as paragraphs, form lines and greetings left out, acronyms in words.

    A part that nothing ends gets a full stop: read with what follows, a title is half of a sentence that means nothing
    (AMI of found themes: .500 → .514 on the hospital of the benchmarks, .352 → .374 on a consultation with titles).

    Args:
        parts: title first, masked without labels.
        lines: from `boilerplate`.
        glossary: acronyms.
    """
    kept = [_without_lines(part, lines) for part in parts]
    joined = "\n\n".join(part if part.endswith(_ENDS) else f"{part}." for part in kept if part)
    expanded = glossary.expand(joined)
    return _quiet(re.sub(r"[ \t]+", " ", expanded)).strip()


def _key(line: str) -> str:
    if len(line) > _LONGEST_LINE:
        return ""  # a paragraph, not a heading
    return " ".join(re.findall(r"[a-z0-9']+", fold(line)))


def _without_lines(text: str, lines: Mapping[str, int]) -> str:
    kept = [line for line in text.split("\n") if _key(line) not in lines and not _POLITE.fullmatch(fold(line).strip())]
    body = "\n".join(kept).strip()
    opening = re.match(r"(?:bonjour|bonsoir|salut)(?: a tous| a toutes et (?:a )?tous)?\s*[,.!]\s*", fold(body))
    return body[opening.end() :] if opening and len(fold(body)) == len(body) else body


def _quiet(text: str) -> str:
    """Return a shouted text in lower case: capitals would hide it from the model."""
    capitals = sum(map(str.isupper, text))
    if capitals < len(text) / 4:  # most texts: the letters need not be counted
        return text
    letters = sum(map(str.isalpha, text))
    return text.lower() if letters > _SHORT and capitals >= _SHOUTED * letters else text
