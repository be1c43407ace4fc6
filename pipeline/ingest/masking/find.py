"""Parts of ideas → where they identify someone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.french import fold
from pipeline.ingest.masking.known import KnownNames, known_names, known_spans
from pipeline.ingest.masking.model import model_spans
from pipeline.ingest.masking.patterns import pattern_spans
from pipeline.ingest.masking.persons import Chunk, person_spans
from pipeline.ingest.masking.spans import Span, show, without_overlap
from pipeline.ingest.pace import part, silent
from pipeline.stages import Progress

_LOWER = re.compile(r"(?<![\w-])[a-zà-öø-ÿœæ]{3,}(?![\w-])")


@dataclass(frozen=True, slots=True)
class Finder:
    """What is needed to find personal data.

    Attributes:
        names: of the known holders.
        common: folded words that the texts write in lower case.
        keep: folded expressions that are never masked.
        use_model: ask the language model about what the rules leave open.
    """

    names: KnownNames
    common: frozenset[str]
    keep: frozenset[str] = frozenset()
    use_model: bool = True

    def find(self, texts: Sequence[str], progress: Progress = silent) -> list[list[Span]]:
        """Return the spans of each text, in order, none overlapping.

        Args:
            texts: parts of ideas.
            progress: told how far the search is.
        """
        sure: list[list[Span]] = []
        left: list[Sequence[Chunk]] = []
        rules, model = part(progress, 0, 50), part(progress, 50, 100)
        for done, text in enumerate(texts, start=1):
            fixed = [*pattern_spans(text), *known_spans(text, self.names)]
            guessed, open_chunks = person_spans(text, self.common)
            sure.append(fixed + guessed)
            left.append([c for c in open_chunks if not _covered(c, fixed)])
            rules(done, len(texts))
        seen = model_spans(texts, left, model) if self.use_model else [[] for _ in texts]
        return [
            [span for span in without_overlap(a + b) if fold(text[span.start : span.end]) not in self.keep]
            for text, a, b in zip(texts, sure, seen, strict=True)
        ]


def finder(
    people: Iterable[tuple[str, str]], texts: Iterable[str], keep: Iterable[str] = (), *, use_model: bool = True
) -> Finder:
    """Return the finder for a corpus.

    Args:
        people: (family name, given name) of the known holders.
        texts: of the corpus: a word it writes in lower case is no family name by itself.
        keep: expressions that are never masked.
        use_model: ask the language model too.
    """
    bare = (show(text, without_overlap(pattern_spans(text)), {}) for text in texts)  # e-mails spell names in lower case
    common = frozenset(fold(word) for text in bare for word in _LOWER.findall(text))
    return Finder(known_names(people, common), common, frozenset(map(fold, keep)), use_model)


def _covered(chunk: Chunk, spans: Iterable[Span]) -> bool:
    return any(s.start < chunk.words[-1].end and chunk.words[0].start < s.end for s in spans)
