"""The stage: candidate themes and decisions in, themes as people decided them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.review.decisions import Decision
from pipeline.review.engine import replay
from pipeline.review.tables import conflicts_of, idea_themes_of, state_of, themes_of


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the stage makes.

    Attributes:
        themes: schema `themes`.
        idea_themes: schema `idea_themes`.
        conflicts: schema `conflicts`.
    """

    themes: pd.DataFrame
    idea_themes: pd.DataFrame
    conflicts: pd.DataFrame


def review(themes: pd.DataFrame, idea_themes: pd.DataFrame, decisions: Sequence[Decision]) -> Reviewed:
    """Return themes and places after the decisions, unchanged without any, and the decisions that no longer apply.

    Args:
        themes: candidate themes (schema `themes`).
        idea_themes: candidate places (schema `idea_themes`).
        decisions: from `decisions.read_decisions`.
    """
    before = state_of(themes, idea_themes)
    replayed = replay(before, decisions)
    reasons = {decision.seq: decision.reason for decision in decisions}
    return Reviewed(
        themes_of(before, replayed.state, themes),
        idea_themes_of(before, replayed.state, idea_themes, reasons),
        conflicts_of(replayed.conflicts),
    )
