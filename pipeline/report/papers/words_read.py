"""What a second reader wrote for a first session: its question and its tensions, where they still are of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from pipeline.french import counted, typeset
from pipeline.report.facts.frames import rows, texts
from pipeline.report.facts.ideas import Idea
from pipeline.report.papers.questions import Question
from pipeline.report.papers.tensions import Tension

_STILL = 0.8
"""Share of a theme's ideas that a question has to have been read from, and that has to be left of those it was."""


def asked(own: Question, ideas: Sequence[Idea], table: pd.DataFrame) -> Question:
    """Return the question that the reader wrote for a theme of these ideas, with who wrote it; `own` without one.

    Args:
        own: made of the ideas' own words; its ways to begin serve both.
        ideas: of the theme.
        table: schema `words_read`.
    """
    here = {idea.idea_id for idea in ideas}
    for row in rows(table[table["kind"] == "question"]):
        read = set(texts(row["ideas"]))
        if len(here & read) >= _STILL * max(len(here), len(read)):
            by = f"Écrite par le second lecteur ({row['model']}), un modèle de langue"
            return replace(own, text=row["text"], sources=(), by=typeset(f"{by}, pour {counted(len(read), 'idée')}."))
    return own


def opposed(own: Sequence[Tension], ideas: Sequence[Idea], table: pd.DataFrame) -> tuple[Tension, ...]:
    """Return the tensions that the reader found among these ideas, with who found them, then the other ones of `own`.

    Args:
        own: found in the ideas' own words.
        ideas: of the theme.
        table: schema `words_read`.
    """
    by_id = {idea.idea_id: idea for idea in ideas}
    found = []
    for row in rows(table[table["kind"] == "tension"]):
        pair = [by_id[idea] for idea in texts(row["ideas"]) if idea in by_id]
        if len(pair) == 2:  # noqa: PLR2004 - a pair
            why = typeset(f"{row['text']} (d’après le second lecteur, {row['model']}, un modèle de langue).")
            found.append(Tension(pair[0], pair[1], why))
    known = {frozenset((one.first.idea_id, one.second.idea_id)) for one in found}
    return (*found, *(one for one in own if frozenset((one.first.idea_id, one.second.idea_id)) not in known))
