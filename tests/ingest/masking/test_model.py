"""What the language model said of a place is recalled, and is the same whether it is or not."""

from __future__ import annotations

from pipeline.ingest.masking.find import finder
from pipeline.ingest.masking.spans import Span
from pipeline.recalled import Answers, remembering

_TEXTS = [
    "Voir avec Maëlys Kerbrat pour la clef du local à vélos.",
    "Le projet de Naoufel Zerhouni mérite un essai.",
    "Une borne au siège, près de la Halle Tivoli.",
]


def _found(texts: list[str], memory: Answers) -> list[list[Span]]:
    with remembering(memory):
        return finder([], _TEXTS).find(texts)


def test_answers_are_the_same_recalled_or_asked() -> None:
    """The same people are found without a memory, with an empty one, with a full one, and with that of another text."""
    fresh = finder([], _TEXTS).find(_TEXTS)
    empty, partial = Answers({}), Answers({})
    assert _found(_TEXTS, empty) == fresh
    _found(_TEXTS[:1], partial)
    assert _found(_TEXTS, Answers(empty.asked)) == fresh
    assert _found(_TEXTS, Answers(partial.asked)) == fresh
    assert 0 < len(partial.asked) < len(empty.asked)


def test_the_memory_holds_no_name() -> None:
    """What is kept of a place is its hash and where people stand in it, no word of it."""
    memory = Answers({})
    _found(_TEXTS, memory)
    kept = b"".join([*map(str.encode, memory.asked), *memory.asked.values()])
    assert memory.asked
    assert not any(word in kept for text in _TEXTS for word in map(str.encode, text.split()) if len(word) > 2)
