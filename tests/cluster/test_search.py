"""The search for themes: views, neighbours, consensus, cut, stability, membership."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cluster import effort
from pipeline.cluster.grouping import consensus, corpus, membership, neighbours, partition, stability, views
from pipeline.cluster.grouping.neighbours import Neighbours
from pipeline.params import ClusterParams
from tests.cluster import made

WANTED = partition.Wanted(None, 2, 8)


def test_texts_that_differ_by_spaces_or_composition_are_one() -> None:
    """An accent written in two ways and a doubled space make no other text."""
    assert corpus.canonical("  Un  e\u0301te\u0301 ") == corpus.canonical("Un été")


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.integers(30, 60), st.integers(0, 99))
def test_length_leaves_no_trace(texts: int, seed: int) -> None:
    """What a text's length explains is taken away: vectors made of length alone come out null."""
    lengths = np.random.default_rng(seed).integers(1, 300, texts).astype(float)
    rows = np.outer(np.log1p(lengths), [1.0, -2.0, 0.5]) + 3
    assert np.abs(views.without_length(rows, lengths)).max() < 1e-6


def test_views_of_real_ideas(tables: dict[str, pd.DataFrame]) -> None:
    """Vectors are of length one or null, matching is symmetric and whole for a text with itself."""
    texts = corpus.build(tables["ideas"], tables["vectors"], tables["tokens"], tables["word_vectors"])
    seen = views.build(texts)
    for rows in seen.vectors.values():
        lengths = np.linalg.norm(rows, axis=1)
        assert ((np.abs(lengths - 1) < 1e-6) | (lengths == 0)).all()
    square = seen.matching.block(slice(None))
    assert square == pytest.approx(square.T)
    assert np.diag(square) == pytest.approx(np.ones(len(texts)), abs=1e-6)
    left, right = np.arange(10), np.arange(10, 20)
    assert seen.matching.pairs(left, right) == pytest.approx(square[left, right])


def test_large_corpora_keep_the_nearest(tables: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch) -> None:
    """The path of large corpora gives the same similarities on the candidates it keeps, which are the nearest."""
    texts = corpus.build(tables["ideas"], tables["vectors"], tables["tokens"], tables["word_vectors"])
    seen = views.build(texts)
    whole = neighbours.find(seen)
    monkeypatch.setattr(neighbours, "DENSE", 10)
    monkeypatch.setattr(neighbours, "CANDIDATES", 30)
    few = neighbours.find(seen)
    assert few.index.shape == (len(texts), 30)
    for name in views.WEIGHTS:
        where = [list(whole.index[row]).index(few.index[row, 0]) for row in range(len(texts))]
        expected = whole.similarity[name][np.arange(len(texts)), where]
        assert np.corrcoef(expected, few.similarity[name][:, 0])[0, 1] > 0.999
    best = [whole.index[row, np.argmax(whole.fused(views.WEIGHTS)[row])] in few.index[row] for row in range(len(texts))]
    assert np.mean(best) > 0.95


def test_main_directions_keep_who_is_near() -> None:
    """On far fewer columns, the texts of a group are still nearer to one another than to the others."""
    draw = np.random.default_rng(0)
    truth = np.repeat(np.arange(6), 40)
    rows = (draw.standard_normal((6, 900))[truth] + draw.standard_normal((240, 900))).astype(np.float32)
    few = neighbours._main_directions(rows)
    assert few.shape == (240, 192)
    assert few.dtype == np.float32
    likeness = few @ few.T
    np.fill_diagonal(likeness, -np.inf)
    assert (truth[likeness.argsort(axis=1)[:, -39:]] == truth[:, None]).mean() > 0.99
    assert (few == neighbours._main_directions(rows)).all()


def test_few_columns_stay_as_many() -> None:
    """Rows narrower than the directions wanted lose one column at most."""
    assert neighbours._main_directions(np.eye(8, 5, dtype=np.float32)).shape == (8, 4)


def test_plain_groups_are_found() -> None:
    """Groups that anyone would see are found, whatever the seed."""
    near, truth = made.blocks([12, 10, 8, 6])
    for seed in (1, 2):
        found = partition.cut(consensus.draw(near, 32, seed), np.arange(len(truth)), partition.Wanted(4, 2, 8))
        assert stability.best_overlaps(truth, found, 4) == pytest.approx(np.ones(4))


def test_agreement_is_a_share() -> None:
    """How often two texts fall together is symmetric, between 0 and 1, and 1 with itself; means of groups agree."""
    near, truth = made.blocks([9, 7], noise=3)
    members = consensus.draw(near, 16, 5)
    together = members.together()
    assert together == pytest.approx(together.T)
    assert (np.diag(together) == 1).all()
    assert ((together >= 0) & (together <= 1)).all()
    mean = together[np.ix_(truth == 0, truth == 1)].mean()
    assert members.together(truth)[0, 1] == pytest.approx(mean)
    assert members.affinity(truth)[:, 1] == pytest.approx(together[:, truth == 1].mean(axis=1))


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.lists(st.integers(1, 12), min_size=2, max_size=6), st.integers(0, 50))
def test_no_tiny_theme(sizes: list[int], seed: int) -> None:
    """Whatever the groups, no theme has fewer than four texts, unless it is the only one."""
    near, truth = made.blocks(sizes, seed=seed)
    if len(truth) < 6:
        return
    found = partition.cut(consensus.draw(near, 16, seed), np.arange(len(truth)), WANTED)
    counts = np.bincount(found)
    assert len(counts) == 1 or counts.min() >= partition.SMALLEST
    assert (np.diff(counts) <= 0).all()


def test_number_of_themes_stays_in_the_range() -> None:
    """The number follows the size of the corpus between the bounds, and the analyst's number wins."""
    wanted = partition.Wanted(None, 6, 16)
    assert [partition.number_of_themes(n, wanted) for n in (12, 60, 244, 100_000)] == [2, 7, 12, 16]
    assert partition.number_of_themes(244, partition.Wanted(20, 6, 16)) == 20


def test_stable_themes_are_found_in_every_draw() -> None:
    """Plain groups come back in every draw; a draw is the same for the same seed."""
    near, truth = made.blocks([12, 10, 8])

    def search(part: Neighbours, _kept: np.ndarray, seed: int) -> np.ndarray:
        return partition.cut(consensus.draw(part, 16, seed), np.arange(len(part.index)), partition.Wanted(3, 2, 8))

    first = stability.measure(near, truth, search, 4, 7)
    assert list(first.found) == [4, 4, 4]
    assert first.overlap == pytest.approx(np.ones(3))
    assert stability.measure(near, truth, search, 4, 7).overlap.tobytes() == first.overlap.tobytes()


def test_a_draw_keeps_the_candidates_among_the_texts_kept() -> None:
    """After texts are left out, each remaining one has the same similarities with the other remaining ones."""
    near, _ = made.blocks([5, 4])
    kept = np.array([0, 2, 3, 7])
    part = stability.restrict(near, kept)
    assert part.index.shape == (4, 3)
    assert set(part.index[0]) == {1, 2, 3}
    place = list(near.index[2]).index(7)
    here = list(part.index[1]).index(3)
    assert part.similarity["text"][1, here] == near.similarity["text"][2, place]


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.integers(0, 50), st.floats(0, 5))
def test_memberships_are_shares(seed: int, noise: float) -> None:
    """Shares stay between 0 and 1, the second theme is another one, and obeys its rule."""
    near, truth = made.blocks([10, 8, 6], noise, seed)
    held = membership.measure(consensus.draw(near, 16, seed), truth, 0.3)
    assert ((held.share >= 0) & (held.share <= 1)).all()
    shown = held.second >= 0
    assert (held.second[shown] != held.theme[shown]).all()
    assert (held.second_share[shown] >= membership.SECOND * held.share[shown] - 1e-3).all()


def test_a_stray_text_is_a_weak_signal() -> None:
    """A text as near to each theme as to the others is held less firmly than any other."""
    near, truth = made.blocks([10, 10, 10])
    draw = np.random.default_rng(1)
    for rows in near.similarity.values():
        rows[0] = draw.normal(0, 0.1, 29)
        rows[1:, 0] = draw.normal(0, 0.1, 29)  # the first candidate of every other text is this one
    held = membership.measure(consensus.draw(near, 64, 3), truth, 0.3)
    assert held.share[0] < held.share[1:].min()


def test_effort_shrinks_for_very_large_corpora() -> None:
    """Up to 1,500 texts the parameters rule; far above, members and draws are fewer, never under the least."""
    assert effort(244, ClusterParams()) == (20, 512)
    assert effort(20_000, ClusterParams()) == (5, 38)
    assert effort(200_000, ClusterParams()) == (5, 32)
