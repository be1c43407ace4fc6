"""Decisions that one person recorded in one gesture: a page confirmed, several ideas moved; taken back together."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.engine import undone

Gesture = tuple[Decision, ...]
"""Decisions of one gesture, the latest first."""


def gestures(decisions: Sequence[Decision]) -> list[Gesture]:
    """Return the decisions that nobody took back, gesture by gesture, the latest first.

    Those that follow each other with one action, author, moment and reason are of one gesture, whatever door they came
    through.
    """
    gone = undone(decisions)
    found: list[list[Decision]] = []
    for one in sorted((one for one in decisions if one.seq not in gone), key=lambda one: -one.seq):
        if found and _together(one, found[-1][-1]):
            found[-1].append(one)
        else:
            found.append([one])
    return [tuple(gesture) for gesture in found]


def _together(first: Decision, second: Decision) -> bool:
    """Return whether two decisions are of one gesture; a day without an hour is no moment."""
    return _signature(first) == _signature(second) and "T" in first.when and first.seq == second.seq - 1


def _signature(decision: Decision) -> tuple[str, ...]:
    return decision.action, decision.who, decision.when, decision.reason
