"""Replaying decisions: each action, what no longer applies, and the invariants."""

from __future__ import annotations

import itertools
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.decisions import ACTIONS, Decision, decision_bytes, new_theme_id, read_decisions
from pipeline.review.replaying.engine import Replayed, apply_one, in_force, replay
from pipeline.review.replaying.state import Remembered, State
from tests.review.candidates import CANDIDATES, PLACES, tables

WHEN = "2024-03-01"
START = state_of(*CANDIDATES)


def acts(*rows: tuple[str, str, str]) -> list[Decision]:
    """Return decisions numbered from 1."""
    return [Decision(seq, WHEN, "ab", *row) for seq, row in enumerate(rows, start=1)]


def after(*rows: tuple[str, str, str]) -> Replayed:
    """Return what decisions make of the start."""
    return replay(START, acts(*rows))


def test_assign_moves_one_idea_only() -> None:
    """An assigned idea is surely in its theme; all others stay."""
    state = after(("assign", "I01", "T02")).state
    assert (state.places["I01"].home, state.places["I01"].membership, state.places["I01"].by) == ("T02", 1.0, 1)
    assert {i: p for i, p in state.places.items() if i != "I01"} == {
        i: p for i, p in START.places.items() if i != "I01"
    }


def test_assign_to_its_second_theme_leaves_one_theme() -> None:
    """The same theme is never first and second."""
    place = after(("assign", "I02", "T02")).state.places["I02"]
    assert (place.theme, place.second) == ("T02", None)


def test_also_gives_a_second_theme_and_refuses_a_third() -> None:
    """Two themes at the most; the third is a conflict that says what to take back."""
    replayed = after(("also", "I01", "T02"), ("also", "I01", "T03"))
    assert replayed.state.places["I01"].second == "T02"
    assert "T02" in replayed.conflicts[0].problem


def test_also_on_a_weak_signal_is_its_main_theme() -> None:
    """An idea that fitted nowhere gets the theme as its main one."""
    assert after(("also", "I12", "T02")).state.places["I12"].home == "T02"


def test_remove_promotes_the_second_theme_or_frees_the_idea() -> None:
    """Out of its theme, an idea goes to its second one, else it fits nowhere; it stays banned from the theme."""
    state = after(("remove", "I02", "T01"), ("remove", "I01", "T01")).state
    assert state.places["I02"].home == "T02"
    assert state.places["I01"].weak
    assert state.banned["I01"] == {"T01"}


def test_weak_keeps_the_nearest_theme() -> None:
    """A weak signal keeps its former theme as a suggestion."""
    place = after(("weak", "I01", "")).state.places["I01"]
    assert (place.weak, place.theme, place.home) == (True, "T01", None)


def test_merge_moves_ideas_suggestions_and_second_themes() -> None:
    """After a merge nothing points to the lost theme; an idea in both is in one."""
    state = after(("merge", "T01", "T02")).state
    assert set(state.themes) == {"T02", "T03"}
    assert all("T01" not in (p.theme, p.second) for p in state.places.values())
    assert state.places["I02"].second is None


def test_placement_follows_a_merge_and_a_title_does_not() -> None:
    """Assigning to a merged theme puts in the kept one; renaming it is a conflict that names the kept one."""
    replayed = after(("merge", "T01", "T02"), ("assign", "I09", "T01"), ("rename", "T01", "Autre"))
    assert replayed.state.places["I09"].home == "T02"
    assert [c.decision.seq for c in replayed.conflicts] == [3]
    assert "T02" in replayed.conflicts[0].problem


def test_split_makes_a_theme_of_the_listed_ideas() -> None:
    """The new theme holds the listed ideas that exist; a missing one is told."""
    (decision,) = acts(("split", "T01", "I01|I03|I99"))
    replayed = replay(START, [decision])
    assert replayed.state.members(new_theme_id(decision)) == ["I01", "I03"]
    assert "I99" in replayed.conflicts[0].problem


def test_defined_theme_takes_ideas() -> None:
    """A guided theme exists at once and can be given ideas."""
    (define,) = acts(("define", "Vélo", "Venir à vélo."))
    replayed = after(("define", "Vélo", "Venir à vélo."), ("assign", "I01", new_theme_id(define)))
    assert replayed.state.members(new_theme_id(define)) == ["I01"]
    assert replayed.state.themes[new_theme_id(define)].summary == "Venir à vélo."


def test_a_theme_defined_again_takes_other_words() -> None:
    """With another description its words change; without one it stays as it is."""
    made = new_theme_id(acts(("define", "Vélo", "Venir à vélo."))[0])
    for again, told in (("Garages.", "Garages."), ("", "Venir à vélo.")):
        theme = after(("define", "Vélo", "Venir à vélo."), ("define", "Vélo", again)).state.themes[made]
        assert (theme.summary, theme.words[0].description) == (told, told)


def test_rename_describe_and_kind_change_the_theme_only() -> None:
    """Words change; places do not."""
    state = after(
        ("rename", "T01", "Ménage"), ("describe", "T01", "Tout le ménage."), ("kind", "T01", "communaute_metier")
    ).state
    theme = state.themes["T01"]
    assert (theme.label, theme.summary, theme.kind) == ("Ménage", "Tout le ménage.", "communaute_metier")
    assert state.places == START.places


def test_reject_frees_ideas_and_later_acts_say_so() -> None:
    """Ideas of a rejected theme go to their second theme or fit nowhere; placing into it is a conflict."""
    replayed = after(("reject", "T01", ""), ("assign", "I09", "T01"))
    assert replayed.state.places["I02"].home == "T02"
    assert replayed.state.places["I01"].weak
    assert "a été écarté par la décision" in replayed.conflicts[0].problem.replace("\xa0", " ")
    assert "décision 1" in replayed.conflicts[0].problem.replace("\xa0", " ")


def test_pinned_theme_takes_no_other_idea() -> None:
    """An idea the pipeline adds to a pinned theme leaves it; one that a person adds stays."""
    replayed = after(("pin", "T01", "I01|I02|I03"), ("assign", "I09", "T01"))
    assert replayed.state.members("T01") == ["I01", "I02", "I03", "I09"]
    assert replayed.state.places["I04"].home == "T03"


def test_pinned_theme_comes_back_when_not_found_again() -> None:
    """A pinned theme that a new run lost is made again, with its title."""
    lost = State(
        {k: v for k, v in START.themes.items() if k != "T01"},
        START.places,
        START.found,
        remembered={"T01": Remembered("Ménage", frozenset({"I01"}))},
    )
    state = replay(lost, acts(("pin", "T01", "I01|I02"))).state
    assert (state.themes["T01"].label, state.members("T01")) == ("Ménage", ["I01", "I02"])


def test_together_follows_the_decided_idea() -> None:
    """Of two ideas wanted together, the one nobody placed goes where the other was put, whatever the order."""
    for rows in itertools.permutations([("together", "I01", "I09"), ("assign", "I01", "T02")]):
        assert after(*rows).state.places["I09"].home == "T02"


def test_together_goes_through_chains() -> None:
    """Wanted together is transitive."""
    state = after(("together", "I01", "I05"), ("together", "I05", "I09"), ("assign", "I09", "T03")).state
    assert {state.places[i].home for i in ("I01", "I05", "I09")} == {"T03"}


def test_together_goes_where_most_is_believed() -> None:
    """Nobody placed any of them: they go to the theme where their memberships add up to most, the first of equals."""
    for first, other, home in (("I01", "I05", ("T01", "T02")), ("I09", "I01", ("T03", "T01"))):
        both = START.places[first], START.places[other]
        assert (both[0].home, both[1].home) == home
        for here, there, wanted in ((0.8, 0.5, home[0]), (0.5, 0.8, home[1]), (0.6, 0.6, min(home))):
            sure = {first: replace(both[0], membership=here), other: replace(both[1], membership=there)}
            settled = replay(START.with_places(sure), acts(("together", first, other))).state
            assert {settled.places[first].home, settled.places[other].home} == {wanted}


def test_several_lukewarm_ideas_outweigh_a_sure_one() -> None:
    """The memberships in a theme add up: two ideas at .5 draw one at .9."""
    sure = {"I01": 0.5, "I02": 0.5, "I05": 0.9}
    start = START.with_places({i: replace(START.places[i], membership=chance) for i, chance in sure.items()})
    settled = replay(start, acts(("together", "I01", "I02"), ("together", "I02", "I05"))).state
    assert {settled.places[i].home for i in sure} == {"T01"}


def test_together_against_two_placements_is_a_conflict() -> None:
    """A person's placement never moves: the wish is reported instead."""
    replayed = after(("assign", "I01", "T01"), ("assign", "I09", "T03"), ("together", "I01", "I09"))
    assert (replayed.state.places["I01"].home, replayed.state.places["I09"].home) == ("T01", "T03")
    assert [c.decision.seq for c in replayed.conflicts] == [3]


def test_apart_moves_the_less_sure() -> None:
    """Of two ideas wanted apart, the less sure one leaves for its second theme."""
    state = after(("apart", "I01", "I04")).state
    assert (state.places["I01"].home, state.places["I04"].home) == ("T01", "T03")


def test_apart_against_two_placements_is_a_conflict() -> None:
    """Two ideas that people put in one theme stay; the wish is reported."""
    replayed = after(("assign", "I01", "T01"), ("assign", "I03", "T01"), ("apart", "I01", "I03"))
    assert [c.decision.seq for c in replayed.conflicts] == [3]


def test_lost_theme_says_where_its_ideas_went() -> None:
    """A decision on a theme not found again names it and the theme most of its ideas are in."""
    remembered = {"T09": Remembered("Navettes", frozenset({"I05", "I06", "I01"}))}
    start = State(START.themes, START.places, START.found, remembered=remembered)
    (conflict,) = replay(start, acts(("assign", "I12", "T09"))).conflicts
    assert "Navettes" in conflict.problem
    assert "T02 (2 sur 3)" in conflict.problem


def test_merge_with_a_theme_found_as_one_is_already_done() -> None:
    """When the new run found both themes as one, the merge stands, and placements into either follow it."""
    start = State(
        START.themes, START.places, START.found, remembered={"T09": Remembered("Navettes", frozenset({"I05", "I06"}))}
    )
    for rows in ([("merge", "T09", "T02")], [("merge", "T02", "T09")]):
        replayed = replay(start, acts(*rows, ("assign", "I01", "T09")))
        assert not replayed.conflicts
        assert replayed.state.places["I01"].home == "T02"


def test_undo_of_nothing_is_a_conflict() -> None:
    """Undoing a number that is not there is reported."""
    assert len(after(("undo", "7", "")).conflicts) == 1


ideas = st.sampled_from([place[0] for place in PLACES] + ["I99"])
_DIVIDED = ("split", "T01", "I01|I02")
_OPENED = ("define", "Vélo", "")
_MADE = [new_theme_id(Decision(1, WHEN, "ab", *act)) for act in (_DIVIDED, _OPENED)]
themes = st.sampled_from(["T01", "T02", "T03", "T09", "D-xxxxxx", *_MADE])
lists = st.lists(ideas, min_size=1, max_size=4).map("|".join)
any_act = st.one_of(
    st.tuples(st.sampled_from(["assign", "also", "remove"]), ideas, themes),
    st.tuples(st.sampled_from(["weak", "discuss"]), ideas, st.just("")),
    st.tuples(st.just("kind"), themes, st.sampled_from(["minilab", "communaute_metier"])),
    st.tuples(st.just("attract"), themes, st.sampled_from(["", "Vélo | garages"])),
    st.sampled_from([_DIVIDED, _OPENED]),
    st.tuples(st.sampled_from(["together", "apart"]), ideas, ideas).filter(lambda act: act[1] != act[2]),
    st.tuples(st.just("merge"), themes, themes).filter(lambda act: act[1] != act[2]),
    st.tuples(st.sampled_from(["split", "pin"]), themes, lists),
    st.tuples(st.sampled_from(["rename", "describe"]), themes, st.sampled_from(["Un titre", "=1+1"])),
    st.tuples(st.just("reject"), themes, st.just("")),
    st.tuples(st.just("define"), st.sampled_from(["Vélo", "Cantine"]), st.just("")),
    st.tuples(st.just("undo"), st.integers(1, 9).map(str), st.just("")),
)
sequences = st.lists(any_act, max_size=9)
checked = settings(max_examples=400, deadline=None, derandomize=True)


@checked
@given(sequences)
def test_replay_keeps_every_idea_and_points_to_themes_that_exist(rows: list[tuple[str, str, str]]) -> None:
    """Whatever the sequence: no idea lost, no dangling theme, never twice the same theme, the same result twice."""
    replayed = after(*rows)
    state = replayed.state
    assert set(state.places) == set(START.places)
    for place in state.places.values():
        assert place.theme is None or place.theme in state.themes or place.weak
        assert place.second is None or place.second in state.themes
        assert place.second is None or place.second != place.theme
        assert place.weak or place.theme is not None
    assert not state.themes.keys() & state.gone.keys()
    for theme in state.gone:
        end = state.current(theme)
        assert end in state.themes or state.gone[end].into is None
    assert after(*rows) == replayed
    assert replay(START, read_decisions(decision_bytes(acts(*rows)), "d.csv")) == replayed


@checked
@given(sequences)
def test_conflicts_change_nothing(rows: list[tuple[str, str, str]]) -> None:
    """A decision that does not apply at all leaves the state as it was, object for object."""
    state = START
    for decision in in_force(acts(*rows)):
        new, problem = apply_one(state, decision)
        if problem and decision.action not in ("split", "pin"):
            assert new is state
        state = new


@checked
@given(sequences, any_act.filter(lambda act: act[0] != "undo"))
def test_undo_restores(rows: list[tuple[str, str, str]], last: tuple[str, str, str]) -> None:
    """Deciding then undoing gives the state before; undoing the undo gives the decision back."""
    before = acts(*rows)
    done = acts(*rows, last)
    undo = Decision(len(done) + 1, WHEN, "ab", "undo", str(done[-1].seq), "")
    redo = Decision(len(done) + 2, WHEN, "ab", "undo", str(undo.seq), "")
    assert replay(START, [*done, undo]).state == replay(START, before).state
    assert replay(START, [*done, undo, redo]).state == replay(START, done).state


ONE_OF_EACH = {
    "assign": ("I01", "T02"), "also": ("I01", "T02"), "remove": ("I02", "T01"), "weak": ("I01", ""),
    "discuss": ("I01", ""), "together": ("I01", "I05"), "apart": ("I01", "I03"), "merge": ("T01", "T02"),
    "split": ("T01", "I01|I02"), "rename": ("T01", "Vélo"), "describe": ("T01", "Garages"), "kind": ("T01", "minilab"),
    "pin": ("T01", "I01|I09"), "reject": ("T01", ""), "define": ("Vélo", "Garages"), "attract": ("T01", "Vélo"),
}  # fmt: skip


@pytest.mark.parametrize("action", [action for action in ACTIONS if action != "undo"])
def test_each_action_is_undone_whole(action: str) -> None:
    """Each action changes something; taken back it leaves nothing, restored it does the same again."""
    act = (action, *ONE_OF_EACH[action])
    assert after(act).state != START
    assert after(act, ("undo", "1", "")).state == START
    assert after(act, ("undo", "1", ""), ("undo", "2", "")).state == after(act).state


independent = st.permutations(
    [("assign", "I01", "T02"), ("weak", "I05", ""), ("rename", "T03", "Accueil"), ("kind", "T02", "minilab"),
     ("together", "I07", "I08"), ("define", "Vélo", ""), ("remove", "I02", "T01"), ("also", "I10", "T02")]
)  # fmt: skip


@settings(max_examples=40, deadline=None, derandomize=True)
@given(independent)
def test_order_of_independent_decisions_changes_nothing(rows: list[tuple[str, str, str]]) -> None:
    """Acts on different ideas and themes give the same themes and places in any order, their numbers apart."""

    def seen(state: State) -> object:
        places = {i: (p.theme, p.membership, p.second, p.weak, p.by is None) for i, p in state.places.items()}
        return places, dict(state.themes), dict(state.banned)

    assert seen(after(*rows).state) == seen(after(*sorted(rows)).state)


@checked
@given(
    st.lists(st.tuples(ideas.filter(lambda i: i != "I99"), st.sampled_from(["T01", "T02", "T03"])), max_size=6),
    st.randoms(),
)
def test_decisions_survive_a_new_clustering(placed: list[tuple[str, str]], random: Random) -> None:
    """Whatever the new clustering says, an idea is where the last decision put it."""
    shuffled = [(i, random.choice(["T01", "T02", "T03"]), random.random(), None) for i, *_ in PLACES]
    start = State(START.themes, state_of(*tables(shuffled)).places, START.found)
    state = replay(start, acts(*(("assign", i, t) for i, t in placed))).state
    for idea, theme in dict(placed).items():
        assert state.places[idea].home == theme


def test_an_idea_put_back_is_no_longer_kept_out() -> None:
    """Taken out, then put in the same theme again: later acts may gather others there with it."""
    assert "T01" not in after(("remove", "I01", "T01"), ("assign", "I01", "T01")).state.banned.get("I01", ())


def test_an_idea_between_two_placements_moves_to_neither() -> None:
    """Wanted together with two ideas that people put in two themes, it stays, and each pair is a conflict or fits."""
    done = after(
        ("assign", "I01", "T02"), ("assign", "I03", "T03"), ("together", "I01", "I02"), ("together", "I02", "I03")
    )
    assert done.state.places["I02"].home == "T01"
    assert [conflict.decision.seq for conflict in done.conflicts] == [3, 4]


def test_conflicts_come_in_the_order_of_decisions() -> None:
    """Those of pairs, found last, too."""
    done = after(
        ("assign", "I01", "T02"), ("assign", "I03", "T03"), ("together", "I01", "I03"), ("assign", "I99", "T01")
    )
    assert [conflict.decision.seq for conflict in done.conflicts] == [3, 4]


def test_undo_of_itself_is_a_conflict() -> None:
    """An undo takes back what is before it, never itself."""
    assert len(after(("undo", "1", "")).conflicts) == 1


def test_a_theme_split_off_says_where_it_comes_from() -> None:
    """Its title names the theme that it was split from, until a person titles it."""
    made = new_theme_id(acts(("split", "T01", "I01|I02"))[0])
    assert after(("split", "T01", "I01|I02")).state.themes[made].label == "Nouveau thème, issu de T01"


def test_where_most_ideas_of_a_lost_theme_are_is_told() -> None:
    """The theme with most of them, whatever its number."""
    remembered = {"T09": Remembered("Navettes", frozenset({"I01", "I02", "I09"}))}
    start = State(START.themes, START.places, START.found, remembered=remembered)
    assert "T01 (2 sur 3)" in replay(start, acts(("assign", "I12", "T09"))).conflicts[0].problem


def test_pairs_without_an_idea_in_common_are_settled_apart() -> None:
    """Two pairs wanted together, of two themes, stay in their own."""
    state = after(("together", "I01", "I02"), ("together", "I09", "I10")).state
    assert [state.places[idea].home for idea in ("I01", "I02", "I09", "I10")] == ["T01", "T01", "T03", "T03"]


def test_members_are_in_the_order_of_their_numbers() -> None:
    """Whatever the order of the places."""
    places = dict(reversed(list(START.places.items())))
    assert State(START.themes, places, places).members("T02") == ["I05", "I06", "I07", "I08"]
