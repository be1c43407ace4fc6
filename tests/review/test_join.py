"""Two people's files made one."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.review.decisions import Decision
from pipeline.review.engine import in_force
from pipeline.review.join import join


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


def test_one_persons_change_of_mind_is_no_contradiction() -> None:
    """Two acts of the same file follow each other; the later one counts."""
    ours = _file("ab", ("2024-03-01", "assign", "I01", "T01"), ("2024-03-02", "assign", "I01", "T02"))
    assert join(ours, []).contradictions == ()


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
