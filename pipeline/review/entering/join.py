"""Two people's decisions files made one, and what they disagree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace

from pipeline.french import typeset
from pipeline.review.entering.disagreements import against
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.engine import in_force
from pipeline.words.actions import FRENCH


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two acts in force, one from each file, that cannot both be what people want; the later one counts.

    Attributes:
        first: the earlier act.
        second: the later act.
    """

    first: Decision
    second: Decision

    def __str__(self) -> str:
        """Return the disagreement as one French sentence."""
        one, two = (f"{act.who} ({_said(act)})" for act in (self.first, self.second))
        return typeset(f"Désaccord : {one} et {two}. La décision {self.second.seq} compte.")


def _said(act: Decision) -> str:
    return f"{act.seq}, {' '.join(filter(None, (FRENCH[act.action], act.target, act.value)))}"


@dataclass(frozen=True, slots=True)
class Joined:
    """Two files made one.

    Attributes:
        decisions: of both, each once, renumbered in order of date.
        contradictions: to be settled by people.
    """

    decisions: tuple[Decision, ...]
    contradictions: tuple[Contradiction, ...]


def join(ours: Sequence[Decision], theirs: Sequence[Decision]) -> Joined:
    """Return both files as one: what they share first, as it is, then the rest by date, each file in its own order.

    What is shared is the longest common beginning, so that joining a file with a later version of itself gives that
    version, and numbers people know do not move. An act that both hold (same date, author and content) is kept once;
    an `undo` follows its decision to its new number.
    """
    shared = _shared(ours, theirs)
    joined = list(ours[:shared])
    numbers = [{decision.seq: decision.seq for decision in joined} for _ in range(2)]
    sides: dict[int, set[int]] = {}
    for decision, origin in _by_date(ours[shared:], theirs[shared:]):
        moved = _renumbered(decision, numbers[origin])
        seq = _twin(moved, origin, joined, sides)
        if seq is None:
            seq = max((known.seq for known in joined), default=0) + 1
            joined.append(replace(moved, seq=seq))
        numbers[origin][decision.seq] = seq
        sides.setdefault(seq, set()).add(origin)
    return Joined(tuple(joined), tuple(_contradictions(joined, sides)))


def _shared(ours: Sequence[Decision], theirs: Sequence[Decision]) -> int:
    pairs = enumerate(zip(ours, theirs, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(ours), len(theirs)))


def _by_date(ours: Sequence[Decision], theirs: Sequence[Decision]) -> Iterator[tuple[Decision, int]]:
    """Both lists as one; within a list the order never changes, dates or not: the later line counts."""
    mine, others = list(ours), list(theirs)
    while mine or others:
        first = bool(mine) and (not others or mine[0].when <= others[0].when)
        yield (mine.pop(0), 0) if first else (others.pop(0), 1)


def _renumbered(decision: Decision, numbers: Mapping[int, int]) -> Decision:
    """An `undo` of a decision that its own file does not have must not take back one of the other file's."""
    if decision.action != "undo":
        return decision
    return replace(decision, target=str(numbers.get(int(decision.target), 0)))


def _twin(decision: Decision, origin: int, joined: Sequence[Decision], sides: Mapping[int, set[int]]) -> int | None:
    content = astuple(decision)[1:]
    others = (known.seq for known in joined if astuple(known)[1:] == content)
    return next((seq for seq in others if seq in sides and origin not in sides[seq]), None)


def _contradictions(joined: Sequence[Decision], sides: Mapping[int, set[int]]) -> Iterator[Contradiction]:
    fresh = [decision for decision in in_force(joined) if decision.seq in sides]
    for position, later in enumerate(fresh):
        for earlier in fresh[:position]:
            across = {*sides[earlier.seq], *sides[later.seq]} == {0, 1} and sides[earlier.seq] != sides[later.seq]
            if across and against(earlier, later):
                yield Contradiction(earlier, later)
