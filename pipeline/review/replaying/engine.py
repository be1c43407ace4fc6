"""Replaying decisions: apply one, apply all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.review.replaying.actions import ACTS
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.problems import nothing_to_undo
from pipeline.review.replaying.settle import settle
from pipeline.review.replaying.state import State


@dataclass(frozen=True, slots=True)
class Conflict:
    """A decision that does not apply, or only in part.

    Attributes:
        decision: the act.
        problem: why, and what it would need, in French.
    """

    decision: Decision
    problem: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """What decisions made of a state.

    Attributes:
        state: after them.
        conflicts: in order of `seq`.
    """

    state: State
    conflicts: tuple[Conflict, ...]


def apply_one(state: State, decision: Decision) -> tuple[State, str | None]:
    """Return the state after one decision, and why it does not apply (None when it does).

    `undo` is not here: it acts on the list of decisions, see `in_force`.
    """
    return ACTS[decision.action](state, decision)


def apply_all(state: State, decisions: Sequence[Decision]) -> Replayed:
    """Return the state after all decisions in order of `seq`, and those that do not apply; pairs are not settled."""
    ordered = sorted(decisions, key=lambda decision: decision.seq)
    live = in_force(ordered)
    conflicts = [
        Conflict(d, nothing_to_undo(d.target)) for d in ordered if d.action == "undo" and not _known(d, ordered)
    ]
    for decision in live:
        state, problem = apply_one(state, decision)
        if problem:
            conflicts.append(Conflict(decision, problem))
    return Replayed(state, tuple(sorted(conflicts, key=lambda conflict: conflict.decision.seq)))


def replay(state: State, decisions: Sequence[Decision]) -> Replayed:
    """Return the state after all decisions, pairs settled and pinned themes closed, and what could not be done."""
    replayed = apply_all(state, decisions)
    settled, problems = settle(replayed.state)
    by_seq = {decision.seq: decision for decision in decisions}
    conflicts = [*replayed.conflicts, *(Conflict(by_seq[seq], problem) for seq, problem in problems)]
    return Replayed(settled, tuple(sorted(conflicts, key=lambda conflict: conflict.decision.seq)))


def in_force(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the acts that stand, in order: neither undone nor an `undo` themselves. Undoing an `undo` restores."""
    taken_back = undone(decisions)
    return [d for d in sorted(decisions, key=lambda d: d.seq) if d.action != "undo" and d.seq not in taken_back]


def undone(decisions: Sequence[Decision]) -> frozenset[int]:
    """Return the numbers of the decisions, `undo` included, that an `undo` in force takes back."""
    found: set[int] = set()
    for decision in sorted(decisions, key=lambda decision: -decision.seq):
        if decision.action == "undo" and decision.seq not in found and _known(decision, decisions):
            found.add(int(decision.target))
    return frozenset(found)


def _known(undo: Decision, decisions: Sequence[Decision]) -> bool:
    return any(decision.seq == int(undo.target) for decision in decisions if decision.seq < undo.seq)
