"""What decisions teach: ideas that are alike follow, people's decisions stay, confidence means what it says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.review import review
from pipeline.review.learning.attraction import attraction
from pipeline.review.learning.beliefs import drawn, prior
from pipeline.review.learning.confidence import FROM_GROUPS, FROM_TEXTS, scale, shares, signs
from pipeline.review.learning.learn import _placed, alone, believe, learn
from pipeline.review.learning.learner import SELF_TAUGHT, Answers, _self_taught, fit, left_out
from pipeline.review.learning.space import DENSE, Space, build
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.decisions import Decision, new_theme_id
from pipeline.review.replaying.engine import replay
from pipeline.review.replaying.state import Place, State, Theme
from pipeline.review.stage import decide
from tests.review.candidates import tables

PER_THEME = 15
IDS = [f"I{number:02}" for number in range(3 * PER_THEME)]
TRUTH = np.repeat([0, 1, 2], PER_THEME)


def _vectors(seed: int = 0, spread: float = 0.7) -> np.ndarray:
    """Return three clouds of points around three directions."""
    noise = np.random.default_rng(seed).normal(0, spread, (len(IDS), 12))
    rows = np.eye(12)[TRUTH] * 3 + noise
    return np.asarray(rows - rows.mean(axis=0))


def _space(seed: int = 0, guided: dict[str, int] | None = None) -> Space:
    rows = _vectors(seed)
    near = {theme: {"words": rows[:, column]} for theme, column in (guided or {}).items()}
    return build(IDS, rows, guided=near)


def _acts(*rows: tuple[str, str, str]) -> list[Decision]:
    return [Decision(seq, "2024-03-01", "ab", *row) for seq, row in enumerate(rows, start=1)]


def _confused() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Candidates in which the first two themes were found as one, and the third is right."""
    names = np.array(["T01", "T01", "T03"])[TRUTH]
    return tables([(idea, name, 0.5, None) for idea, name in zip(IDS, names, strict=True)])


DEFINE = ("define", "Vélo", "Venir à vélo")
BIKE = new_theme_id(_acts(DEFINE)[0])


def test_ideas_alike_follow_a_split() -> None:
    """Five ideas split off teach the rest of their kind, and leave the others alone."""
    act = _acts(("split", "T01", "|".join(IDS[PER_THEME : PER_THEME + 5])))
    state = decide(state_of(*_confused()), act, _space()).state
    homes = np.array([state.places[idea].home == new_theme_id(act[0]) for idea in IDS])
    assert homes[TRUTH == 1].sum() >= 10
    assert homes[TRUTH != 1].sum() == 0


def test_without_decision_nothing_is_learnt() -> None:
    """No decision, no change: learning starts from what people say only."""
    assert learn(state_of(*_confused()), _space()) is None


def test_guided_theme_finds_its_ideas_from_its_text_alone() -> None:
    """A theme defined beforehand takes the ideas its words are near, before any answer."""
    themes, places = tables([(idea, "T01", 0.1, None) for idea in IDS])
    state = decide(state_of(themes, places), _acts(DEFINE, ("reject", "T01", "")), _space(guided={BIKE: 1})).state
    nearest = {idea for idea in IDS if state.places[idea].theme == BIKE}
    assert {idea for idea, truth in zip(IDS, TRUTH, strict=True) if truth == 1} <= nearest


def test_idea_taken_out_is_not_put_back() -> None:
    """An idea that a person took out of a theme never comes back to it, however alike."""
    rows = [("assign", idea, "T03") for idea in IDS[-6:]] + [("remove", IDS[-7], "T03")]
    state = decide(state_of(*_confused()), _acts(*rows), _space()).state
    assert state.places[IDS[-7]].home != "T03"


def test_pinned_theme_learns_no_new_idea() -> None:
    """A theme that stays as it is takes no idea by likeness."""
    members = "|".join(IDS[2 * PER_THEME : 2 * PER_THEME + 5])
    state = decide(state_of(*_confused()), _acts(("pin", "T03", members)), _space()).state
    assert "|".join(state.members("T03")) == members


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(["T01", "T03"])), min_size=1, max_size=12))
def test_a_persons_decision_is_never_overridden(placed: list[tuple[str, str]]) -> None:
    """Whatever is learnt, an idea is where the last person put it."""
    state = decide(state_of(*_confused()), _acts(*(("assign", i, t) for i, t in placed)), _space()).state
    for idea, theme in dict(placed).items():
        assert (state.places[idea].home, state.places[idea].membership) == (theme, 1.0)


def test_ideas_together_stay_together_after_learning() -> None:
    """Pairs are settled on what was learnt too."""
    rows = [("together", IDS[0], IDS[-1]), ("apart", IDS[1], IDS[2]), ("assign", IDS[-1], "T03")]
    state = decide(state_of(*_confused()), _acts(*rows), _space()).state
    assert state.places[IDS[0]].home == "T03"
    assert state.places[IDS[1]].home != state.places[IDS[2]].home


def test_row_order_never_matters() -> None:
    """Shuffled ideas give the same tables, to the byte."""
    order = np.random.default_rng(1).permutation(len(IDS))
    shuffled = build([IDS[i] for i in order], _vectors()[order])
    acts = _acts(("assign", IDS[20], "T03"), ("weak", IDS[3], ""))
    pd.testing.assert_frame_equal(
        review(*_confused(), acts, _space()).idea_themes, review(*_confused(), acts, shuffled).idea_themes
    )


def test_left_out_scores_are_those_of_a_refit() -> None:
    """The short formula gives what fitting again without each answer gives."""
    space, prior = _space(), np.full((len(IDS), 3), 1 / 3)
    index = np.array([0, 5, 17, 30, 44])
    values = np.eye(3)[TRUTH[index]]
    short = left_out(space, prior, Answers(index, values))
    for row in range(len(index)):
        rest = Answers(np.delete(index, row), np.delete(values, row, axis=0))
        again = fit(space, prior, rest, self_training=False).scores
        assert again[index[row]] == pytest.approx(short[row], abs=1e-5)


def test_confidence_follows_what_answers_show() -> None:
    """When answers contradict what was believed, confidence falls; when they confirm it, it rises."""
    found = np.tile([0.35, 0.35], (30, 1))
    up, start, down = (
        float(curve.of(found)[0])
        for curve in (scale(found, np.ones(30), FROM_TEXTS), FROM_TEXTS, scale(found, np.zeros(30), FROM_TEXTS))
    )
    assert up > start + 0.1
    assert down < start - 0.1


def test_signs_are_those_of_the_chosen_theme() -> None:
    """The two signs of confidence are read at the theme that was chosen, in the idea and around it."""
    own, around = np.array([[0.7, 0.3], [0.4, 0.6]]), np.array([[0.9, 0.1], [0.2, 0.8]])
    assert signs(own, around, np.array([0, 1])).tolist() == [[0.7, 0.9], [0.6, 0.8]]


def test_large_corpus_learns_without_all_pairs() -> None:
    """Above `DENSE` ideas the kernel is never whole, and likeness still teaches."""
    rng = np.random.default_rng(0)
    truth = np.repeat([0, 1], DENSE // 2 + 50)
    rows = rng.normal(0, 0.5, (len(truth), 6)) + np.eye(6)[truth]
    space = build([f"I{i:05}" for i in range(len(truth))], rows - rows.mean(axis=0))
    assert space.square is None
    index = np.array([0, 1, 2, -1, -2, -3]) % len(truth)
    prior = np.full((len(truth), 2), 0.5)
    scores = fit(space, prior, Answers(index, np.eye(2)[truth[index]]), self_training=True).scores
    assert (scores.argmax(axis=1) == truth).mean() > 0.85


def test_conflicts_are_those_of_the_replay() -> None:
    """Learning adds no conflict and hides none."""
    acts = _acts(("assign", "I99", "T03"), ("assign", IDS[0], "T03"))
    assert decide(state_of(*_confused()), acts, _space()).conflicts == replay(state_of(*_confused()), acts).conflicts


@pytest.mark.parametrize(("theme", "chance", "weak"), [("T01", 0.5, True), ("T01", 0.6, False), (None, 0.5, False)])
def test_an_idea_found_to_fit_nowhere_needs_more_to_be_placed(theme: str | None, chance: float, weak: bool) -> None:  # noqa: FBT001 - a case
    """What the search set aside is placed from .6 on; what decisions left without theme from less."""
    place = Place(theme, 0.1, weak=True)
    put = _placed(place, ("T01", "T02"), np.array([0.9, 0.1]), chance, np.array([True, True]))
    assert (put.theme, put.weak) == ("T01", weak)


def _found(groups: tuple[str, str, str]) -> State:
    """Return the three clouds, each found in a group with a membership of .9."""
    places = {idea: Place(groups[kind], 0.9) for idea, kind in zip(IDS, TRUTH, strict=True)}
    return State({name: Theme(name) for name in sorted(set(groups))}, places, places)


def test_words_of_one_theme_leave_other_ideas_where_they_were_found() -> None:
    """A theme told by its text draws the ideas that are near it; those of the other clouds stay in their group."""
    belief = prior(_space(guided={"T1": 0}), _found(("T2", "T2", "T2")), ["T1", "T2"])
    assert belief.sum(axis=1) == pytest.approx(np.ones(len(IDS)))
    assert (belief[TRUTH != 0, 1] > 0.5).all()
    assert belief[TRUTH == 0, 0].mean() > 3 * belief[TRUTH != 0, 0].mean()


def test_where_groups_have_words_both_count() -> None:
    """An idea found in a group that was then given words is believed for four fifths by its words, the rest by it."""
    space = _space(guided={"T1": 0, "T2": 1})
    mixed, worded = (prior(space, _found(groups), ["T1", "T2"]) for groups in (("T2", "T2", "T2"), ("T3", "T3", "T3")))
    assert mixed.sum(axis=1) == pytest.approx(np.ones(len(IDS)))
    assert mixed[:, 1] == pytest.approx(0.2 * (0.9 + 0.1 / 2) + 0.8 * worded[:, 1])


def test_confidence_before_answers_is_about_the_membership() -> None:
    """Of ideas found in groups with a membership of .6, told by their neighbours alike, about six in ten are right."""
    for membership in (0.3, 0.5, 0.6, 0.8, 0.9):
        assert FROM_GROUPS.of(np.array([[membership, membership]]))[0] == pytest.approx(membership, abs=0.06)


def test_the_fitted_curve_is_the_best_one() -> None:
    """Where the penalised likelihood is flat: answers pull the curve as much as the curve before answers holds it."""
    rng = np.random.default_rng(0)
    found = rng.uniform(0, 1, (40, 2))
    right = (found.sum(axis=1) + rng.normal(0, 0.4, 40) > 0.8).astype(float)
    curve = scale(found, right, FROM_TEXTS)
    pull = np.column_stack([found, np.ones(40)]).T @ (right - curve.of(found))
    hold = 8.0 * np.array(
        [curve.own - FROM_TEXTS.own, curve.around - FROM_TEXTS.around, curve.level - FROM_TEXTS.level]
    )
    assert pull == pytest.approx(hold, abs=1e-3)


def test_likeness_alone_does_not_hear_what_was_said_of_the_idea_itself() -> None:
    """An idea that a person put elsewhere is still, by likeness alone, with those it resembles; the others agree."""
    places = [(idea, "T01", 0.5, None) for idea in IDS]
    said = [("define", f"Sujet {n}", "") for n in range(3)]
    themes = [new_theme_id(act) for act in _acts(*said)]
    wrong = IDS[0]
    homes = [themes[(truth + 1) % 3 if idea == wrong else truth] for idea, truth in zip(IDS, TRUTH, strict=True)]
    acts = _acts(*said, *(("assign", idea, home) for idea, home in zip(IDS, homes, strict=True)))
    state = replay(state_of(*tables(places)), acts).state
    found = alone(replace(state, found=dict.fromkeys(IDS, Place(None, 0.0))), _space())
    assert [found[idea] for idea in IDS] == [themes[truth] for truth in TRUTH]


def test_a_second_theme_that_people_gave_stays_second() -> None:
    """Where what was learnt finds the second theme that a person added the likeliest, both stay as they said."""
    told = Place("T01", 0.5, "T02", 1.0, second_by=3)
    put = _placed(told, ("T01", "T02"), np.array([0.1, 0.9]), 0.7, np.array([True, True]))
    assert (put.theme, put.second, put.membership, put.second_by) == ("T01", "T02", 0.7, 3)


def test_a_close_second_theme_is_less_likely_than_the_first() -> None:
    """Shares of .5 and .4: the second is as much less likely than the first as its share is smaller."""
    put = _placed(Place("T01", 0.5), ("T01", "T02"), np.array([0.5, 0.4]), 0.5, np.array([True, True]))
    assert (put.theme, put.second, put.membership_2) == ("T01", "T02", 0.4)


def test_no_idea_is_its_own_neighbour() -> None:
    """What neighbours say of an idea is not what it says itself, with all pairs and above `DENSE` ideas alike."""
    large = np.random.default_rng(0).normal(0, 1, (DENSE + 1, 4))
    many = build([f"I{i:05}" for i in range(len(large))], large - large.mean(axis=0))
    assert not _space().graph.diagonal().any()
    assert not many.graph.diagonal().any()


def test_the_surest_ideas_teach_the_others() -> None:
    """After self-training more ideas are right, from words that say little of each."""
    space = _space(guided={"T1": 0, "T2": 1, "T3": 2})
    rng = np.random.default_rng(0)
    prior = np.clip(np.eye(3)[TRUTH] * 0.3 + rng.uniform(0, 1, (len(IDS), 3)), 0.01, None)
    prior /= prior.sum(axis=1, keepdims=True)
    fitted = fit(space, prior, Answers(np.array([0, 20, 40]), np.eye(3)[[0, 1, 2]]), self_training=True)
    taught, sober = ((scores.argmax(axis=1) == TRUTH).sum() for scores in (fitted.scores, fitted.sober))
    assert taught > sober


@pytest.mark.parametrize("only", [True, False])
def test_words_alone_draw_ideas_before_any_answer(only: bool) -> None:  # noqa: FBT001 - a case
    """Each cloud goes to the theme whose words it is near; all of an idea is drawn where it must go to one of them."""
    space = _space(guided={"T1": 0, "T2": 1, "T3": 2})
    pulled = attraction(space, ("T1", "T2", "T3"), {}, only=only)
    assert (pulled.argmax(axis=1) == TRUTH).all()
    assert (pulled.sum(axis=1) < 0.999).any() != only
    beside = drawn(space, ("T1", "T2", "T3"), only=only)
    assert beside.sum(axis=1) == pytest.approx(np.ones(len(IDS)))
    assert (beside[:, -1] > 0).all() != only


def test_memberships_that_say_too_much_keep_their_ratio() -> None:
    """.8 in one theme and .6 in another are four and three sevenths: an idea is believed once."""
    places = dict.fromkeys(IDS, Place("T1", 0.8, "T2", 0.6))
    state = State({name: Theme(name) for name in ("T1", "T2", "T3")}, places, places)
    assert prior(_space(), state, ["T1", "T2", "T3"])[0] == pytest.approx([4 / 7, 3 / 7, 0])


@pytest.mark.parametrize(("guided", "start"), [(True, FROM_TEXTS), (False, FROM_GROUPS)])
def test_confidence_starts_from_where_themes_come_from(guided: bool, start: object) -> None:  # noqa: FBT001 - a case
    """Before any answer, the curve of words where words gave the themes, that of groups where they were found."""
    space = _space(guided={"T1": 0, "T2": 1, "T3": 2} if guided else None)
    found = believe(_found(("T1", "T2", "T3")), space)
    assert found is not None
    words = fit(space, prior(space, _found(("T1", "T2", "T3")), found.themes), _NO_ANSWER, self_training=guided)
    signs_ = signs(shares(words.sober, _ANY), space.around(found.shares), found.shares.argmax(axis=1))
    assert found.chance == pytest.approx(start.of(signs_), abs=1e-6)  # type: ignore[attr-defined] # either curve


_ANY = np.ones((len(IDS), 3), dtype=bool)
_NO_ANSWER = Answers(np.zeros(0, dtype=np.int64), np.zeros((0, 3)))


def test_answers_that_confirm_raise_the_confidence_of_the_others() -> None:
    """Eighteen ideas confirmed where they were found leave the others surer than eighteen that were moved."""
    start, asked = state_of(*_confused()), [IDS[n] for n in range(len(IDS)) if n % 5 < 2]
    chances = []
    for there, other in (("T01", "T03"), ("T03", "T01")):
        homes = {idea: there if TRUTH[IDS.index(idea)] < 2 else other for idea in asked}
        state = replay(start, _acts(*(("assign", idea, home) for idea, home in homes.items()))).state
        found = believe(state, _space())
        assert found is not None
        chances.append(np.mean([found.chance[row] for row, idea in enumerate(IDS) if idea not in asked]))
    assert chances[0] > chances[1] + 0.1


def test_a_sign_that_misleads_counts_for_nothing() -> None:
    """Where ideas that seemed sure are wrong and the others right, sureness stops counting."""
    found = np.column_stack([np.tile([0.95, 0.05], 200), np.full(400, 0.5)])
    assert scale(found, np.tile([0.0, 1.0], 200), FROM_TEXTS).own == 0.0


@pytest.mark.parametrize(("shares_", "second"), [((0.9, 0.1), None), ((0.5, 0.4), "T02")])
def test_only_a_close_theme_is_a_second_one(shares_: tuple[float, float], second: str | None) -> None:
    """A theme with a ninth of the first one's share is no second theme."""
    put = _placed(Place("T01", 0.5), ("T01", "T02"), np.array(shares_), 0.5, np.array([True, True]))
    assert put.second == second


def test_self_training_asks_nothing_of_those_who_answered() -> None:
    """The surest of the ideas without answer are taught, each once, so many of each hundred of them."""
    found = np.random.default_rng(0).uniform(0, 1, (len(IDS), 3))
    given_ = Answers(np.argsort(-found.max(axis=1))[:15], np.eye(3)[[0] * 15])
    taught = _self_taught(found, given_)
    assert len(set(taught.index)) == len(taught.index) == 15 + int(SELF_TAUGHT * (len(IDS) - 15))
    assert (taught.values[:15] == given_.values).all()  # noqa: PD011 - no frame


def test_nearer_neighbours_weigh_more_and_two_ideas_are_each_others() -> None:
    """The graph follows likeness, not only who is near; two ideas alike are tied by one."""
    weights = _space().graph.toarray()
    assert len(set(np.round(weights[0][weights[0] > 0], 6))) > 1
    two = build(["a", "b"], np.array([[1.0, 0.1], [1.0, -0.1]]))
    assert two.graph.toarray() == pytest.approx(np.array([[0, 1], [1, 0]]), abs=1e-3)
    one = build(["a"], np.array([[1.0, 0.0]]), np.ones((1, 1)))
    assert one.square is not None
    assert np.isfinite(one.square).all()
