"""Near-duplicates: pairs that stand out for both texts, whatever the hubs, once each, and few enough to be read."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cluster.grouping import duplicates
from pipeline.cluster.grouping.neighbours import Neighbours
from pipeline.cluster.grouping.views import WEIGHTS
from tests.cluster import made

WORDS = made.words("vélo/vélo/NOUN")


def candidates(size: int, seed: int = 0) -> Neighbours:
    """Return texts alike by chance only."""
    near, _ = made.blocks([1] * size, noise=1.0, seed=seed)
    return near


def raised(near: Neighbours, changes: dict[tuple[int, int], float], only: frozenset[str] | None = None) -> Neighbours:
    """Return the candidates with some pairs made more alike, in all views or in those of `only`."""
    similarity = {name: rows.copy() for name, rows in near.similarity.items()}
    for (one, other), more in changes.items():
        for here, there in ((one, other), (other, one)):
            place = int(np.flatnonzero(near.index[here] == there)[0])
            for name, rows in similarity.items():
                rows[here, place] += more if only is None or name in only else 0.0
    return Neighbours(near.index, similarity)


def test_a_hub_is_nobody_s_double() -> None:
    """A text near to all others comes after a pair that is near to each other only, though less so."""
    near = candidates(20)
    hub = raised(near, {(0, other): 6.0 for other in range(1, 20)} | {(5, 6): 5.5})
    found = duplicates.pairs(made.corpus([WORDS] * 20), hub, 0.0)
    assert found[0][:2] == ("i005", "i006")


def test_the_same_subject_counts_and_the_same_letters_do_not() -> None:
    """Two texts about one thing in other words are a pair; two texts of the same letters about two things are none."""
    near = candidates(20)
    letters = raised(near, {(3, 4): 40.0}, frozenset({"letters", "matching"}))
    both = raised(letters, {(5, 6): 6.0}, frozenset({"text", "subjects"}))
    texts = made.corpus([WORDS] * 20)
    assert duplicates.pairs(texts, letters, 0.0) == duplicates.pairs(texts, near, 0.0)
    assert duplicates.pairs(texts, both, 0.0)[0][:2] == ("i005", "i006")


def test_pairs_of_nearly_the_same_score_keep_their_order() -> None:
    """Two sure pairs are shown with scores of three decimals, and the surer one is still first."""
    near = candidates(30)
    found = duplicates.pairs(made.corpus([WORDS] * 30), raised(near, {(1, 2): 12.0, (8, 9): 14.0}), 0.5)
    assert [pair[:2] for pair in found[:2]] == [("i008", "i009"), ("i001", "i002")]
    assert all(score == round(score, 3) < 1 for *_, score in found)


def test_scores_lie_between_zero_and_one_and_only_equal_texts_have_one() -> None:
    """Two ideas of the same text score 1; the most alike of different texts score less."""
    near = candidates(12)
    texts = made.corpus([WORDS] * 12)
    texts.ids[3].append("i900")
    found = duplicates.pairs(texts, raised(near, {(0, 1): 50.0}), 0.0)
    assert found[0] == ("i003", "i900", 1.0)
    assert found[1][:2] == ("i000", "i001")
    assert all(0 < score < 1 for *_, score in found[1:])


def test_texts_hardly_alike_are_not_listed() -> None:
    """Among texts no pair of which is nearer than usual, none is given as saying the same."""
    near = candidates(12)
    flat = Neighbours(near.index, {name: np.zeros_like(rows) for name, rows in near.similarity.items()})
    assert duplicates.pairs(made.corpus([WORDS] * 12), flat, 0.0) == []


@settings(deadline=None, derandomize=True, max_examples=20)
@given(st.integers(3, 40), st.integers(0, 99), st.floats(0, 1))
def test_pairs_are_listed_once_best_first(size: int, seed: int, threshold: float) -> None:
    """Whatever the likenesses, a pair appears once, in order of score, above the threshold, in a list that is short."""
    near = candidates(size, seed)
    found = duplicates.pairs(made.corpus([WORDS] * size), near, threshold)
    assert len({pair[:2] for pair in found}) == len(found) <= max(5, round(0.08 * size))
    assert [score for *_, score in found] == sorted((score for *_, score in found), reverse=True)
    assert all(one < other and score >= threshold for one, other, score in found)


def test_candidates_that_are_not_mutual_are_left_out() -> None:
    """In a large corpus a pair is looked at only when each is among the nearest of the other."""
    index = np.array([[1, 2], [2, 3], [1, 3], [1, 2]])
    near = Neighbours(index, {name: np.full((4, 2), 3.0) for name in WEIGHTS})
    kept = {(one, other) for one, other, _ in duplicates.mutual(near)}
    assert kept <= {(1, 2), (1, 3), (2, 3)}
    assert (0, 1) not in kept
