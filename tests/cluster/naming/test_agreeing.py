"""Which texts may speak for a theme: firmly there, among its own, near to it by their meaning."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.cluster.grouping.membership import Membership
from pipeline.cluster.naming.agreeing import doubts, speaking

LABELS = np.array([0, 0, 0, 1, 1, 1])
VECTORS = np.array([[1.0, 0.1], [1.0, 0.0], [0.9, -0.1], [-1.0, 0.1], [-1.0, 0.0], [-0.9, -0.1]])
NEAR = [[1, 2], [0, 2], [0, 1], [4, 5], [3, 5], [3, 4]]
HELD = Membership(
    LABELS, np.full(6, 0.9), np.full(6, -1), np.zeros(6), np.zeros(6, dtype=bool), np.zeros(6, dtype=bool), np.eye(6, 2)
)


def first(held: Membership, vectors: np.ndarray = VECTORS, near: list[list[int]] = NEAR) -> int:
    """Return how doubtful the first text is; the others of its theme never are."""
    found = doubts(vectors, held, near)
    assert not found[1]
    return int(found[0])


def test_a_text_that_every_look_puts_in_its_theme_leaves_no_doubt() -> None:
    """Held firmly, beside its own, of their meaning."""
    assert first(HELD) == 0


@pytest.mark.parametrize(
    ("shares", "doubt"), [((0.59, 0.0), 1), ((0.7, 0.7), 1), ((0.7, 0.6), 0)], ids=["faint", "contested", "firm"]
)
def test_a_faint_or_contested_place_leaves_one(shares: tuple[float, float], doubt: int) -> None:
    """Under the membership called firm, or with another theme that holds as much."""
    own, second = HELD.share.copy(), HELD.second_share.copy()
    own[0], second[0] = shares
    assert first(replace(HELD, share=own, second_share=second)) == doubt


def test_one_look_that_puts_it_elsewhere_leaves_more() -> None:
    """Its neighbours in another theme, or its meaning: each is enough; a weak signal has the most."""
    assert first(HELD, near=[[3, 4], *NEAR[1:]]) == 2
    assert first(HELD, np.vstack([[-1.0, 0.2], VECTORS[1:]])) == 2
    assert first(replace(HELD, weak=np.arange(6) == 0)) == 3


def test_those_without_a_doubt_speak_in_their_order_and_two_at_the_least() -> None:
    """With enough of them nobody else does; else those with the least doubt, never a weak signal."""
    assert speaking([4, 2, 0, 1], np.array([0, 2, 0, 0, 1])) == [2, 0]
    assert speaking([4, 2, 0, 1], np.array([0, 2, 2, 0, 1])) == [0, 4]
    assert speaking([1, 0], np.array([3, 0])) == [1]
