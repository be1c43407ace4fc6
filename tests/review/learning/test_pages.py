"""A page: undecided ideas of one theme, those that hold most doubt for the gestures they should take."""

from __future__ import annotations

import numpy as np

from pipeline.review.learning.learn import Learned, believe
from pipeline.review.learning.pages import _candidates, _worth, page
from pipeline.review.learning.space import Space, build
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.engine import replay
from pipeline.review.replaying.state import Place, State, Theme

IDS = [f"I{number:02}" for number in range(40)]
TRUTH = np.repeat([0, 1], 20)
THEMES = ("T01", "T02")


def _space(seed: int = 0) -> Space:
    return build(IDS, np.eye(6)[TRUTH] * 2 + np.random.default_rng(seed).normal(0, 0.6, (len(IDS), 6)))


def _believed(space: Space, decided: int = 0) -> Learned:
    places = {idea: Place(THEMES[home], 0.6) for idea, home in zip(IDS, TRUTH, strict=True)}
    acts = [Decision(n + 1, "2024-03-01", "ab", "assign", IDS[n], THEMES[TRUTH[n]]) for n in range(decided)]
    state = replay(State({theme: Theme(f"Titre de {theme}") for theme in THEMES}, places, places), acts).state
    believed = believe(state, space)
    assert believed is not None
    return believed


def test_a_page_holds_undecided_ideas_of_one_theme() -> None:
    """At most as many as asked for, none that a person placed, all where the program puts them."""
    space = _space()
    believed = _believed(space, decided=5)
    found = page(believed.state, believed, space, 8)
    assert found is not None
    assert 0 < len(found.ideas) <= 8
    assert not set(found.ideas) & set(IDS[:5])
    assert {believed.state.places[idea].theme for idea in found.ideas} == {found.theme}


def test_the_surest_come_first_and_the_reason_is_told() -> None:
    """People read from what is surely of the theme to what is not, and know how many are expected to be."""
    space = _space()
    believed = _believed(space)
    found = page(believed.state, believed, space, 8)
    assert found is not None
    chance = [believed.chance[space.ids.index(idea)] for idea in found.ideas]
    assert chance == sorted(chance, reverse=True)
    assert f"«\u202fTitre de {found.theme}\u202f»" in found.reason
    assert f"{round(sum(chance))} d’entre elles" in found.reason


def test_nothing_left_is_no_page() -> None:
    """When people placed every idea there is nothing to read."""
    space = _space()
    believed = _believed(space, decided=len(IDS))
    assert page(believed.state, believed, space) is None


def test_row_order_never_matters() -> None:
    """Ideas in another order give the same page."""
    order = np.random.default_rng(3).permutation(len(IDS))
    rows = np.eye(6)[TRUTH] * 2 + np.random.default_rng(0).normal(0, 0.6, (len(IDS), 6))
    one, other = build(IDS, rows), build([IDS[i] for i in order], rows[order])
    pages = [page(_believed(space).state, _believed(space), space, 8) for space in (one, other)]
    assert pages[0] == pages[1]


def test_the_page_that_settles_most_is_taken() -> None:
    """No page that could be made, of any theme, is worth more."""
    for seed in range(6):
        space = _space(seed)
        believed = _believed(space)
        found = page(believed.state, believed, space, 8)
        assert found is not None
        best = believed.shares.argmax(axis=1)
        made = [one for t in range(2) for one in _candidates(space, believed, np.flatnonzero(best == t), 8)]
        assert found.worth == max(_worth(believed.shares[rows]) for rows in made)


def test_ideas_surely_of_one_theme_take_one_gesture() -> None:
    """Two ideas that are surely right are worth a little reading and one gesture; of two themes, two gestures."""
    assert abs(_worth(np.array([[1.0, 0.0], [1.0, 0.0]])) - 0.2) < 0.001
    assert abs(_worth(np.array([[1.0, 0.0], [0.0, 1.0]])) - 0.1) < 0.001
