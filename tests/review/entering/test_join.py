"""Two people's files made one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.review.entering.join import join
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.decisions import Decision, new_theme_id
from pipeline.review.replaying.engine import in_force, replay
from pipeline.words.actions import FRENCH
from tests.review.candidates import CANDIDATES

START = state_of(*CANDIDATES)


def _file(who: str, *rows: tuple[str, str, str, str]) -> list[Decision]:
    return [Decision(seq, when, who, *row) for seq, (when, *row) in enumerate(rows, start=1)]


SHARED = _file("ab", ("2024-03-01", "rename", "T01", "Ménage"), ("2024-03-02", "weak", "I03", ""))


def test_later_version_of_the_same_file_is_kept_as_it_is() -> None:
    """Joining a file with a later version of itself gives the later version, both ways."""
    later = [*SHARED, Decision(3, "2024-03-03", "ab", "undo", "2")]
    assert join(SHARED, later).decisions == join(later, SHARED).decisions == tuple(later)


def test_undo_follows_its_decision_to_its_new_number() -> None:
    """Each person's `undo` still takes back that person's decision."""
    ours = _file("ab", ("2024-03-05", "weak", "I01", ""), ("2024-03-06", "undo", "1", ""))
    theirs = _file("cd", ("2024-03-01", "weak", "I02", ""), ("2024-03-02", "weak", "I03", ""))
    joined = join(ours, theirs).decisions
    assert [d.seq for d in joined] == [1, 2, 3, 4]
    assert {d.target for d in in_force(joined)} == {"I02", "I03"}


def test_contradictions_are_listed() -> None:
    """One idea in two themes, two titles, a theme one rejected and the other filled: each pair is named."""
    ours = _file(
        "ab",
        ("2024-03-01", "assign", "I01", "T01"),
        ("2024-03-01", "rename", "T02", "Vélo"),
        ("2024-03-01", "reject", "T03", ""),
    )
    theirs = _file(
        "cd",
        ("2024-03-02", "assign", "I01", "T02"),
        ("2024-03-02", "rename", "T02", "Train"),
        ("2024-03-02", "assign", "I05", "T03"),
    )
    found = {(c.first.action, c.second.action) for c in join(ours, theirs).contradictions}
    assert found == {("assign", "assign"), ("rename", "rename"), ("reject", "assign")}


SPLIT = ("split", "T01", "I01|I02")
_MADE = new_theme_id(Decision(1, "2024-03-01", "ab", *SPLIT))
DISAGREE = [
    (SPLIT, ("assign", "I01", "T03")),
    (SPLIT, ("split", "T01", "I02|I03")),
    (SPLIT, ("weak", "I02", "")),
    (SPLIT, ("remove", "I01", _MADE)),
    (SPLIT, ("reject", _MADE, "")),
    (SPLIT, ("merge", _MADE, "T03")),
    (("reject", "T01", ""), SPLIT),
    (("pin", "T01", "I01|I02"), ("assign", "I01", "T02")),
    (("pin", "T01", "I01|I02"), SPLIT),
    (("pin", "T01", "I01|I02"), ("merge", "T02", "T01")),
    (("pin", "T01", "I01|I02"), ("merge", "T01", "T02")),
    (("merge", "T01", "T02"), ("rename", "T01", "Vélo")),
    (("merge", "T01", "T02"), ("attract", "T01", "Vélo")),
    (("merge", "T01", "T02"), ("merge", "T01", "T03")),
    (("merge", "T01", "T02"), ("merge", "T02", "T01")),
    (("merge", "T01", "T02"), ("reject", "T02", "")),
    (("also", "I01", "T02"), ("weak", "I01", "")),
    (("also", "I01", "T02"), ("also", "I01", "T03")),
    (("also", "I01", "T02"), ("remove", "I01", "T02")),
    (("assign", "I01", "T02"), ("weak", "I01", "")),
    (("together", "I01", "I02"), ("apart", "I02", "I01")),
    (("define", "Vélo", "Garages"), ("define", "velo", "Pistes")),
]


@pytest.mark.parametrize(("one", "other"), DISAGREE)
def test_two_acts_that_cannot_both_hold_are_listed(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    """Whoever came first, in either file, the pair is named once, in French words."""
    for first, second in ((one, other), (other, one)):
        joined = join(_file("ab", ("2024-03-01", *first)), _file("cd", ("2024-03-02", *second)))
        assert [(c.first.action, c.second.action) for c in joined.contradictions] == [(first[0], second[0])]
        assert FRENCH[second[0]] in str(joined.contradictions[0])


AGREE = [
    (SPLIT, SPLIT),
    (SPLIT, ("assign", "I01", _MADE)),
    (SPLIT, ("assign", "I05", "T01")),
    (("pin", "T01", "I01|I02"), ("assign", "I01", "T01")),
    (("merge", "T01", "T02"), ("rename", "T02", "Vélo")),
    (("merge", "T01", "T02"), ("assign", "I05", "T02")),
    (("assign", "I01", "T02"), ("also", "I01", "T03")),
    (("rename", "T01", "Vélo"), ("describe", "T01", "Garages")),
    (("rename", "T01", "Vélo"), ("rename", "T02", "Train")),
    (("define", "Vélo", ""), ("define", "velo", "Pistes")),
    (("define", "Vélo", "Garages"), ("define", "Train", "Gares")),
    (("reject", "T01", ""), ("merge", "T02", "T03")),
    (("reject", "T01", ""), ("describe", "T02", "Gares")),
]


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_two_acts_that_both_hold_are_no_disagreement(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    """What two people both want, or want of two things, needs nobody's time."""
    for first, second in ((one, other), (other, one)):
        joined = join(_file("ab", ("2024-03-01", *first)), _file("cd", ("2024-03-02", *second)))
        assert joined.contradictions == ()


def test_one_persons_change_of_mind_is_no_contradiction() -> None:
    """Two acts of the same file follow each other; the later one counts."""
    ours = _file("ab", ("2024-03-01", "assign", "I01", "T01"), ("2024-03-02", "assign", "I01", "T02"))
    assert join(ours, []).contradictions == ()
    assert join(ours, ours).contradictions == ()


def _more(who: str) -> st.SearchStrategy[list[Decision]]:
    """Lists of acts that follow the shared ones."""
    act = st.tuples(st.sampled_from(["2024-03-01", "2024-03-02"]), st.sampled_from(["weak", "undo"]), st.integers(1, 4))
    return st.lists(act, max_size=5).map(
        lambda rows: [
            Decision(seq, when, who, action, f"{'' if action == 'undo' else 'I0'}{target}")
            for seq, (when, action, target) in enumerate(rows, start=3)
        ]
    )


@settings(max_examples=80, deadline=None, derandomize=True)
@given(_more("ab"), _more("cd"))
def test_nothing_is_lost_and_joining_is_stable(mine: list[Decision], yours: list[Decision]) -> None:
    """Acts of both files are all in the joined one, numbered 1 to n; what stands in each still stands."""
    files = [[*SHARED, *mine], [*SHARED, *yours]]
    joined = join(*files).decisions
    assert [d.seq for d in joined] == list(range(1, len(joined) + 1))
    assert len(joined) == len(SHARED) + len(mine) + len(yours)

    def standing(file: Sequence[Decision]) -> list[tuple[str, str, str, str]]:
        return sorted((d.when, d.who, d.action, d.target) for d in in_force(file) if d not in SHARED)

    assert standing(joined) == sorted(standing(files[0]) + standing(files[1]))


_IDEA, _THEME = st.sampled_from(["I01", "I02", "I03", "I05", "I09"]), st.sampled_from(["T01", "T02", "T03"])
_ACT = st.one_of(
    st.tuples(st.sampled_from(["assign", "also", "remove"]), _IDEA, _THEME),
    st.tuples(st.just("weak"), _IDEA, st.just("")),
    st.tuples(st.just("merge"), _THEME, _THEME).filter(lambda act: act[1] != act[2]),
    st.tuples(st.sampled_from(["split", "pin"]), _THEME, st.lists(_IDEA, min_size=1, max_size=3).map("|".join)),
    st.tuples(st.just("rename"), _THEME, st.sampled_from(["Vélo", "Cantine"])),
    st.tuples(st.just("reject"), _THEME, st.just("")),
)


def _dated(who: str, rows: Sequence[tuple[str, str, str]], moments: Sequence[int]) -> list[Decision]:
    return [
        Decision(seq, f"2024-03-01T10:{moment:02}:00", who, *row)
        for seq, (row, moment) in enumerate(zip(rows, moments, strict=False), start=1)
    ]


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(_ACT, max_size=4), st.lists(_ACT, max_size=4), st.permutations(range(8)))
def test_what_nobody_disagrees_on_holds_for_both(
    mine: list[tuple[str, str, str]], yours: list[tuple[str, str, str]], moments: list[int]
) -> None:
    """Either way round files join alike; with no disagreement, what each put somewhere is there, or in conflict."""
    one, other = _dated("ab", mine, sorted(moments[:4])), _dated("cd", yours, sorted(moments[4:]))
    joined = join(one, other)
    assert joined.decisions == join(other, one).decisions
    if joined.contradictions:
        return
    both = replay(START, joined.decisions)
    troubled = {conflict.decision.who for conflict in both.conflicts}
    for file in (one, other):
        for idea, place in replay(START, file).state.places.items():
            if place.by is not None and file[0].who not in troubled:
                assert both.state.places[idea].home == (place.home and both.state.current(place.home)), idea
