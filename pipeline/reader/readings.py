"""The record and the texts → what was read: a codebook, a place for each idea, verdicts on pairs, words for themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.reader.model import SAME, Answer, Coding, Settings, Subject, Text
from pipeline.reader.questions import coding, pairs, subjects, words
from pipeline.reader.questions.instructions import Instructions
from pipeline.reader.record import Record


@dataclass(frozen=True, slots=True)
class Readings:
    """What a reader read.

    Attributes:
        model: name of the model, as its server gave it; several, joined.
        book: the subjects.
        places: idea → where the reader puts it; ideas left open are absent.
        same: pairs of ideas that make the same proposal.
        judged: pairs that were looked at.
        words: number of a subject from 1 → its words.
        day: ISO, of the last answer; empty when none is noted.
    """

    model: str
    book: tuple[Subject, ...]
    places: Mapping[str, Coding]
    same: frozenset[tuple[str, str]]
    judged: frozenset[tuple[str, str]]
    words: Mapping[int, Answer]
    day: str = ""


def readings(
    record: Record,
    texts: Sequence[Text],
    alike: Sequence[tuple[str, str]],
    settings: Settings,
    instructions: Instructions,
) -> Readings | None:
    """Return what the record says of the texts there are now; None when it holds no codebook for them."""
    book = codebook_in_force(record, texts)
    if book is None:
        return None
    places = coded(record, texts, book, settings, instructions)
    told = words_of(record, texts, book, settings, instructions)
    by_id = {text.idea: text for text in texts}
    there = [(by_id[a], by_id[b]) for a, b in candidates(alike, told) if a in by_id and b in by_id]
    judged = _verdicts(record, there, settings, instructions)
    return Readings(
        model=", ".join(sorted({entry.model for entry in record.entries if entry.answer is not None})),
        book=book,
        places=places,
        same=frozenset(pair for pair, verdict in judged.items() if verdict == SAME),
        judged=frozenset(judged),
        words=told,
        day=max((entry.day for entry in record.entries), default=""),
    )


def _verdicts(
    record: Record, there: Sequence[tuple[Text, Text]], settings: Settings, instructions: Instructions
) -> dict[tuple[str, str], object]:
    """Return pair of ideas → what the record says of it; pairs it says nothing of are absent."""
    answers = {(a.idea, b.idea): record.answer(pairs.key_of((a, b), settings, instructions)) for a, b in there}
    return {pair: answer["verdict"] for pair, answer in answers.items() if answer}


def words_of(
    record: Record,
    texts: Sequence[Text],
    book: Sequence[Subject],
    settings: Settings,
    instructions: Instructions,
) -> dict[int, Answer]:
    """Return subject → the words read for its theme; themes without are absent."""
    themes = themes_read(coded(record, texts, book, settings, instructions), texts)
    found = {theme: record.answer(words.key_of(members, settings, instructions)) for theme, members in themes.items()}
    return {theme: answer for theme, answer in found.items() if answer}


def candidates(alike: Sequence[tuple[str, str]], told: Mapping[int, Answer]) -> list[tuple[str, str]]:
    """Return the pairs to judge: those that look alike, and those that the reader found near within a theme."""
    near = [tuple(sorted(pair)) for answer in told.values() if answer for pair in answer["proches"]]
    return sorted({tuple(sorted(pair)) for pair in alike} | set(near))  # type: ignore[arg-type] # pairs


def codebook_in_force(record: Record, texts: Sequence[Text]) -> tuple[Subject, ...] | None:
    """Return the codebook made from most of the texts there are now: of several, the one that saw most of them."""
    there = {text.idea for text in texts}
    made = [entry for entry in record.of_kind("merge") if subjects.stands(entry.ideas, texts)]
    best = max(made, key=lambda entry: (len(there.intersection(entry.ideas)), entry.key), default=None)
    return subjects.codebook(best.answer) if best is not None and best.answer is not None else None


def coded(
    record: Record,
    texts: Sequence[Text],
    book: Sequence[Subject],
    settings: Settings,
    instructions: Instructions,
) -> dict[str, Coding]:
    """Return idea → its place by both readings; ideas that neither placed are absent."""
    found = {}
    for text in texts:
        both = [record.answer(coding.key_of(text, book, order, settings, instructions)) for order in coding.ORDERS]
        if (place := coding.agreed(*both)) is not None and place.subject <= len(book) and place.second <= len(book):
            found[text.idea] = place
    return found


def themes_read(places: Mapping[str, Coding], texts: Sequence[Text]) -> dict[int, list[Text]]:
    """Return subject → the texts that the reader puts in it, in order of number."""
    themes: dict[int, list[Text]] = {}
    for text in sorted(texts, key=lambda text: text.idea):
        place = places.get(text.idea)
        if place is not None and place.subject:
            themes.setdefault(place.subject, []).append(text)
    return themes
