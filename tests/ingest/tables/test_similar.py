"""Nearly equal texts are found by what they share, without comparing all with all."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.tables.similar import overlap, similar_pairs

WORDS = [f"mot{i}" for i in range(400)]


def pairs(texts: list[str]) -> list[tuple[str, str]]:
    """Return the pairs found, by position."""
    ids = [f"{i:03d}" for i in range(len(texts))]
    return [(pair.idea_a, pair.idea_b) for pair in similar_pairs(ids, texts.__getitem__)]


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the three-word sequences of a text."""
    words = text.split()
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def test_finds_what_a_full_comparison_finds() -> None:
    """Of 150 texts and 60 changed copies, the pairs are those of the definition, but one in a hundred at the most."""
    draw = random.Random(4)  # noqa: S311 - test data
    texts = [" ".join(draw.sample(WORDS, draw.randint(10, 120))) for _ in range(150)]
    for text in texts[:60]:
        words = text.split()
        for _ in range(draw.randint(0, max(1, len(words) // 8))):
            words[draw.randrange(len(words))] = "autre"
        texts.append(" ".join(words))
    sets = [shingles(text) for text in texts]
    wanted = {
        (f"{i:03d}", f"{j:03d}")
        for i in range(len(texts))
        for j in range(i + 1, len(texts))
        if overlap(sets[i], sets[j]) >= 0.6
    }
    found = set(pairs(texts))
    assert len(wanted) > 30
    assert found <= wanted
    assert len(wanted - found) <= 0.02 * len(wanted) + 1


@given(st.permutations(range(6)))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_order_changes_nothing(order: list[int]) -> None:
    """Texts given in another order make the same pairs."""
    base = " ".join(WORDS[:40])
    texts = [base, base + " fin", " ".join(WORDS[50:90]), "trop court", base + " autre fin", ""]
    ids = [f"{i}" for i in order]
    found = similar_pairs(ids, lambda place: texts[order[place]])
    assert {(pair.idea_a, pair.idea_b) for pair in found} == {("0", "1"), ("0", "4"), ("1", "4")}


def test_a_crowd_of_equals_costs_nothing() -> None:
    """A text that a crowd repeats makes no pairs: it is a form, not a likeness."""
    assert pairs([" ".join(WORDS[:30])] * 60) == []


def test_overlap() -> None:
    """The share in common is that of Jaccard; nothing has nothing in common with nothing."""
    assert overlap({1, 2, 3}, {2, 3, 4}) == 0.5
    assert overlap(set(), set()) == 0.0
