"""How firmly a text holds to each theme, given and found ones beside each other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.cluster.grouping import membership

PULLS = arrays(np.float64, (12, 4), elements=st.floats(0, 1, width=16))


def test_a_lone_found_theme_shares_what_the_list_leaves() -> None:
    """A text that a given theme draws by .8 is not held more by the only found theme, which shares with no other."""
    affinity = np.array([[0.8, 0.1, 0.5], [0.1, 0.05, 0.6]])
    held = membership.of(affinity, np.array([0, 2]), 0.0, given=2)
    assert held.share.tolist() == [0.849, 0.775]
    assert held.second_share.tolist() == [0.3, 0.122]


@given(PULLS, arrays(np.float64, (12, 1), elements=st.floats(0, 1, width=16)))
def test_no_lone_found_theme_is_above_the_given_theme_that_draws_most(pulls: np.ndarray, found: np.ndarray) -> None:
    """Where one given theme draws a text by half or more, a found theme never holds it more than that theme does."""
    pull = pulls / np.maximum(pulls.sum(axis=1, keepdims=True), 1)
    labels = pull.argmax(axis=1)
    held = membership.of(np.hstack([pull, found]), labels, 0.0, given=4)
    firm = pull.max(axis=1) >= 0.5
    assert not (firm & (held.second == 4) & (held.second_share > held.share)).any()
