"""What holds whatever people decide and whatever the next run finds: nothing lost, nothing silent, no order effect."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.review.learning.space import Space, build
from pipeline.review.outcome.identity import members_of, recognise, remember
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.engine import Replayed, in_force, replay
from pipeline.review.replaying.state import State
from pipeline.review.stage import decide, recognised
from pipeline.schema import IDEA_THEMES, THEMES
from tests.review.candidates import CANDIDATES, idea_row, theme_row

IDS = [f"I{number:02}" for number in range(1, 13)]
FOUND = ("T01", "T02", "T03")
checked = settings(max_examples=60, deadline=None, derandomize=True)

one_each = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(["assign", "weak", "remove", "also"]), st.sampled_from(FOUND)),
    unique_by=lambda act: act[0],
    max_size=8,
)
"""At most one act on each idea."""
partitions = st.lists(st.integers(0, 4), min_size=len(IDS), max_size=len(IDS))
"""Any grouping of the ideas in at most five themes, none or all of them like the former ones."""


def _acts(rows: list[tuple[str, str, str]]) -> list[Decision]:
    return [
        Decision(seq, "2024-03-01", "ab", action, idea, "" if action == "weak" else theme)
        for seq, (idea, action, theme) in enumerate(rows, start=1)
    ]


def _candidates(groups: list[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = {group: f"T{place:02}" for place, group in enumerate(sorted(set(groups)), start=1)}
    homes = [names[group] for group in groups]
    rows = [idea_row(idea, home, 0.6) for idea, home in zip(IDS, homes, strict=True)]
    themes = [theme_row(name, [i for i, h in zip(IDS, homes, strict=True) if h == name]) for name in names.values()]
    frame = pd.DataFrame(themes)
    missing = ~frame["nearest_theme"].isin(set(names.values()))
    frame["nearest_theme"] = frame["nearest_theme"].mask(missing, None)
    return THEMES.check(frame), IDEA_THEMES.check(pd.DataFrame(rows))


def _again(groups: list[int]) -> State:
    """Return the state that a new run gives to people who decided on the former candidates."""
    known = remember(*CANDIDATES, {})
    return state_of(*recognised(*_candidates(groups), known), known)


def _holds(state: State, act: Decision) -> bool:
    """Say whether an act shows in the state."""
    place, theme = state.places[act.target], state.current(act.value)
    return {
        "assign": place.home == theme and place.by == act.seq,
        "weak": place.weak and place.by == act.seq,
        "remove": theme not in (place.home, place.second),
        "also": theme in (place.theme, place.second),
    }[act.action]


def _space(seed: int) -> Space:
    return build(IDS, np.random.default_rng(seed).normal(size=(len(IDS), 5)))


@checked
@given(one_each, partitions)
def test_every_decision_applies_to_a_new_run_or_is_reported(rows: list[tuple[str, str, str]], new: list[int]) -> None:
    """Themes split, merged, renumbered or gone: each decision shows in the result, or is among the conflicts."""
    acts = _acts(rows)
    replayed = replay(_again(new), acts)
    reported = {conflict.decision.seq for conflict in replayed.conflicts}
    for act in acts:
        assert _holds(replayed.state, act) or act.seq in reported
        assert act.action == "remove" or not (_holds(replayed.state, act) and act.seq in reported)
    assert all(conflict.problem for conflict in replayed.conflicts)


@checked
@given(one_each, partitions, st.integers(0, 3))
def test_what_people_said_survives_learning(rows: list[tuple[str, str, str]], new: list[int], seed: int) -> None:
    """What is learnt on top of a replay moves no idea that a person placed, on any run."""
    acts = _acts(rows)
    before = replay(_again(new), acts)
    after = decide(_again(new), acts, _space(seed))
    for idea, place in before.state.places.items():
        if place.by is not None:
            assert after.state.places[idea] == place
    assert after.conflicts == before.conflicts


@checked
@given(one_each.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))), st.integers(0, 3))
def test_independent_decisions_may_come_in_any_order(
    both: tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]], seed: int
) -> None:
    """Acts on different ideas give the same places in any order, what they teach included."""
    one, other = (decide(state_of(*CANDIDATES), _acts(rows), _space(seed)) for rows in both)
    assert _seen(one) == _seen(other)


def _seen(replayed: Replayed) -> Mapping[str, tuple[object, ...]]:
    return {
        idea: (p.theme, round(p.membership, 4), p.second, p.weak, p.by is None, p.second_by is None)
        for idea, p in replayed.state.places.items()
    }


@checked
@given(one_each, st.integers(0, 3), st.data())
def test_undoing_restores_what_was_learnt_too(rows: list[tuple[str, str, str]], seed: int, data: st.DataObject) -> None:
    """Taking any decision back gives the result of a file without it."""
    acts = _acts(rows)
    if not acts:
        return
    taken = data.draw(st.sampled_from(acts))
    undone = [*acts, Decision(len(acts) + 1, "2024-03-02", "cd", "undo", str(taken.seq), "")]
    rest = [act for act in acts if act != taken]
    assert taken not in in_force(undone)
    start, space = state_of(*CANDIDATES), _space(seed)
    with_undo, without = decide(start, undone, space).state, decide(start, rest, space).state
    assert with_undo.themes == without.themes
    if rest:
        assert with_undo.places == without.places


@checked
@given(partitions, partitions)
def test_theme_ids_are_never_given_to_another_theme(first: list[int], second: list[int]) -> None:
    """Over three runs, ids stay distinct, and a new theme never takes the number of one that is gone."""
    known = remember(*CANDIDATES, {})
    for groups in (first, second):
        tables = recognised(*_candidates(groups), known)
        lasting = set(tables[0]["theme_id"])
        assert len(lasting) == len(set(groups))
        fresh = lasting - set(known)
        assert all(int(theme[1:]) > max(int(k[1:]) for k in known) for theme in fresh)
        known = remember(*tables, known)


@checked
@given(partitions, st.permutations(range(len(IDS))))
def test_the_same_themes_keep_their_ids_whatever_the_numbering(groups: list[int], order: list[int]) -> None:
    """Candidates numbered anew, rows shuffled: the same groups of ideas keep the same lasting ids."""
    known = remember(*CANDIDATES, {})
    _, places = _candidates(groups)
    names = {f"T{n:02}": f"T{(n + 2) % 5 + 10:02}" for n in range(1, 6)}
    other = places.iloc[order].assign(theme_id=lambda frame: frame["theme_id"].map(names))
    found, again = (members_of(frame) for frame in (places, other))
    one, two = recognise(found, known), recognise(again, known)
    kept = {ideas: one[theme] for theme, ideas in found.items() if one[theme] in known}
    assert {ideas: two[theme] for theme, ideas in again.items() if two[theme] in known} == kept or _tied(found)


def _tied(found: Mapping[str, frozenset[str]]) -> bool:
    """Say whether two groups overlap a former theme as much: which of them keeps its id is then a matter of order."""
    known = members_of(CANDIDATES[1])
    for was in known.values():
        overlaps = [len(was & now) / len(was | now) for now in found.values()]
        if len({round(value, 9) for value in overlaps if value}) < sum(value > 0 for value in overlaps):
            return True
    return False
