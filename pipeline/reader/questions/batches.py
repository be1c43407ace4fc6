"""Texts that go together in one question, as many as the reader can hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pipeline.reader.model import Text, digest

_LETTERS = 3.0
"""Letters of French that make a token at the worst of the tokenizers in use (the best take 4)."""
_KEPT = 400
"""Tokens left for what a server adds of its own."""

T = TypeVar("T")


def tokens(text: str) -> int:
    """Return about how many tokens a text takes, rather too many."""
    return int(len(text) / _LETTERS) + 1


def batches(lines: Sequence[tuple[T, str]], room: int, answer: int) -> list[list[T]]:
    """Return items in groups of even size whose lines and answers fit in `room` tokens; one too long stands alone.

    Args:
        lines: items and what is sent of each.
        room: tokens for the data and the answer.
        answer: tokens that the answer to one item takes.
    """
    costs = [tokens(line) + answer for _, line in lines]
    usable = max(1, room - _KEPT)
    groups = max(1, -(-sum(costs) // usable))
    while True:
        cut = _even(costs, groups)
        if groups >= len(costs) or all(sum(costs[a:b]) <= usable or b - a == 1 for a, b in cut):
            return [[item for item, _ in lines[a:b]] for a, b in cut if b > a]
        groups += 1


def _even(costs: Sequence[int], groups: int) -> list[tuple[int, int]]:
    total, done, cuts = sum(costs), 0, [0]
    for place, cost in enumerate(costs):
        if len(cuts) < groups and done >= len(cuts) * total / groups and place > cuts[-1]:
            cuts.append(place)
        done += cost
    return list(zip(cuts, [*cuts[1:], len(costs)], strict=True))


def shuffled(texts: Sequence[Text], order: int) -> list[Text]:
    """Return the texts in the order number `order`: neither that of the export nor of the rows."""
    return sorted(texts, key=lambda text: (digest(order, text.idea), text.idea))


def shortened(text: str, room: int) -> str:
    """Return a text cut at a word so that it takes at most `room` tokens."""
    most = max(1, int(room * _LETTERS))
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " […]"
