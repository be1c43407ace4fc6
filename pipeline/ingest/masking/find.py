"""Parts of ideas → where they identify someone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.french import fold
from pipeline.ingest.masking.known import KnownNames, known_names, known_spans
from pipeline.ingest.masking.model import Model
from pipeline.ingest.masking.patterns import pattern_spans
from pipeline.ingest.masking.persons import Chunk, person_spans
from pipeline.ingest.masking.spans import Span, show, without_overlap
from pipeline.ingest.rows.spool import Spool
from pipeline.pace import Progress, part, silent

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
        """Return the spans of each text; see `search`."""
        return list(self.search(texts, len(texts), progress))

    def search(self, texts: Iterable[str], total: int, progress: Progress = silent) -> Iterator[list[Span]]:
        """Yield the spans of each text, in order, none overlapping; all texts are read before the first is told.

        Args:
            texts: parts of ideas, gone through once and not kept.
            total: how many they are.
            progress: told how far the search is.
        """
        seen: Spool[tuple[int, list[Span], list[Chunk]]] = Spool()  # most texts have neither
        model = Model()
        rules, asking = part(progress, 0, 80), part(progress, 80, 100)
        for place, text in enumerate(texts):
            sure, left = self._by_rules(text)
            if self.use_model:
                model.note(text, left)
            if sure or left:
                seen.append((place, sure, left))
            rules(place + 1, total)
        model.ask(asking)
        return self._in_order(seen, model, total)

    def _by_rules(self, text: str) -> tuple[list[Span], list[Chunk]]:
        fixed = [*pattern_spans(text), *known_spans(text, self.names)]
        guessed, left = person_spans(text, self.common)
        sure = [s for s in fixed + guessed if not self._is_kept(text, s)]
        return sure, [c.alone() for c in left if not _covered(c, fixed)]

    def _is_kept(self, text: str, span: Span) -> bool:
        return bool(self.keep) and fold(text[span.start : span.end]) in self.keep

    def _in_order(
        self, seen: Iterable[tuple[int, list[Span], list[Chunk]]], model: Model, total: int
    ) -> Iterator[list[Span]]:
        done = 0
        for place, sure, left in seen:
            for _ in range(place - done):
                yield []
            said = [span for piece, span in model.spans(left) if fold(piece) not in self.keep]
            yield without_overlap([*sure, *said])
            done = place + 1
        for _ in range(total - done):
            yield []


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
    written: set[str] = set()
    for text in bare:
        written.update(_LOWER.findall(text))
    common = frozenset(map(fold, written))
    return Finder(known_names(people, common), common, frozenset(map(fold, keep)), use_model)


def _covered(chunk: Chunk, spans: Iterable[Span]) -> bool:
    return any(s.start < chunk.words[-1].end and chunk.words[0].start < s.end for s in spans)
