"""Weak signals: an idea that hesitates, an idea that stands alone; neither depends on the scale of likeness."""

from __future__ import annotations

import numpy as np

from pipeline.cluster.grouping import consensus, membership, weak
from pipeline.cluster.grouping.neighbours import Neighbours
from tests.cluster import made

SAME = np.ones((45, 3))
"""Texts all about the same."""


def with_stranger() -> tuple[Neighbours, np.ndarray]:
    """Return three groups, the last text of the last one far from every other."""
    near, truth = made.blocks([15, 15, 15], noise=0.5)
    similarity = {name: rows.copy() for name, rows in near.similarity.items()}
    for rows in similarity.values():
        rows[44] -= 2.5
        rows[:44, -1] -= 2.5
    return Neighbours(near.index, similarity), truth


def test_a_stranger_stands_alone() -> None:
    """The text far from all others is the most isolated, and few others are."""
    near, _ = with_stranger()
    assert weak.isolation(near, SAME).argmax() == 44
    assert weak.isolated(near, SAME[: len(near.index)])[44]
    assert weak.isolated(near, SAME[: len(near.index)]).sum() < 10


def test_isolation_does_not_depend_on_the_scale() -> None:
    """Likenesses multiplied and shifted give the same isolation."""
    near, _ = with_stranger()
    other = Neighbours(near.index, {name: 3 * rows + 1 for name, rows in near.similarity.items()})
    np.testing.assert_allclose(weak.isolation(near, SAME), weak.isolation(other, SAME), rtol=1e-2, atol=1e-2)


def test_who_stands_alone_is_a_weak_signal() -> None:
    """A text may be a weak signal for one reason or the other; its theme remains the nearest."""
    near, truth = with_stranger()
    members = consensus.draw(near, 16, 1)
    held = membership.measure(members, truth, 0.0, weak.isolated(near, SAME[: len(near.index)]))
    assert held.weak[44]
    assert list(held.weak) == list(held.alone) == list(weak.isolated(near, SAME[: len(near.index)]))
    assert not membership.measure(members, truth, 0.0).alone.any()
    assert membership.measure(members, truth, 1.1).weak.all()


def test_what_a_subject_draws_firmly_is_no_weak_signal() -> None:
    """A text alone that a given theme draws more than all else is held by it; drawn less, it is a weak signal."""
    near, truth = with_stranger()
    members = consensus.draw(near, 16, 1)
    drawn = np.eye(3)[truth] * 0.9
    for strength, firm in ((0.6, True), (0.4, False)):
        drawn[44, 2] = strength
        held = membership.measure(members, truth, 0.3, np.arange(45) == 44, drawn)
        assert (not held.weak[44], not held.alone[44]) == (firm, firm)


def test_texts_all_alike_have_no_stranger() -> None:
    """When every text resembles the others as much, none stands alone."""
    near, _ = made.blocks([8, 8], noise=0.0)
    assert not weak.isolated(near, SAME[: len(near.index)]).any()


def test_who_speaks_of_something_else_stands_alone() -> None:
    """A text with as many neighbours as the others, about what no other is about, is the most isolated."""
    near, _ = made.blocks([15, 15, 15], noise=0.5)
    about = np.random.default_rng(0).normal(1, 0.2, (45, 3))
    about[7] = [0.1, 0.1, -3.0]
    assert weak.isolation(near, about).argmax() == 7
    assert weak.isolated(near, about)[7]


def test_the_order_of_texts_has_no_effect() -> None:
    """Reversed texts have the same isolation, reversed."""
    near, _ = with_stranger()
    about = np.random.default_rng(1).normal(1, 0.3, (45, 4))
    back = Neighbours(44 - near.index[::-1], {name: rows[::-1] for name, rows in near.similarity.items()})
    np.testing.assert_allclose(weak.isolation(near, about), weak.isolation(back, about[::-1])[::-1], atol=1e-4)


def test_texts_of_which_no_subject_is_known_do_not_stand_alone() -> None:
    """Without subjects (another language), the nearest texts alone tell who stands alone."""
    near, _ = with_stranger()
    found = weak.isolated(near, np.zeros((45, 3)))
    assert found[44]
    assert found.sum() < 10
