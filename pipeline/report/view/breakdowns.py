"""Agents mobilised by directorate, kind of site and department, small counts withheld; and the steps of the review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from pipeline.french import counted, typeset
from pipeline.report.facts.follow_up import ANSWERED, STEPS
from pipeline.report.facts.frames import Tables
from pipeline.report.facts.ideas import one_line
from pipeline.report.facts.progress import Noted, progress
from pipeline.report.facts.tallies import Breakdown, Count, Review
from pipeline.report.facts.words import capital, department, sort_key
from pipeline.report.withheld.suppression import hidden_line
from pipeline.schema import named
from pipeline.words.kinds import NAMELESS

_BY = (
    ("directorate", "Agents mobilisés par direction"),
    ("site_type", "Agents mobilisés par type de site"),
    ("department", "Agents mobilisés par département"),
)


WITHOUT_NAME = typeset("Une idée déposée sans nom compte pour un agent.")


def review(
    tables: Tables, threshold: int, reached: Mapping[str, int] | None, hosted_themes: Iterable[str], noted: Noted
) -> Review:
    """Return the figures of the review.

    Args:
        tables: ideas, themes, idea_themes, idea_holders, holders.
        threshold: counts below it are withheld.
        reached: step of the follow-up table → ideas; None when none is kept.
        hosted_themes: themes that have a working group.
        noted: figures of former reviews.
    """
    ideas, placed = tables["ideas"], tables["idea_themes"]
    inside = placed[~placed["weak_signal"].astype(bool)]
    mixed = int(inside["theme_id"].isin(_nameless(tables["themes"])).sum())
    steps = [
        Count("Idées reçues", len(ideas)),
        Count("Idées analysées", int(ideas["analysed"].sum())),
        Count("Idées rattachées à un thème", len(inside) - mixed),
        *([Count("Idées à départager", mixed)] if mixed else []),
        Count("Idées accueillies dans un groupe de travail", int(inside["theme_id"].isin(list(hosted_themes)).sum())),
    ]
    decided = sum((reached or {}).get(step, 0) for step in ANSWERED)
    if reached is not None:
        steps.append(Count("Idées dont la suite est décidée", decided))
    holders = tables["holders"]
    active = holders[holders["holder_id"].isin(tables["idea_holders"]["holder_id"])]
    nameless = len(active) - len(named(active))
    shown = tuple(
        breakdown(values, title, threshold, nameless=nameless > 0)
        for column, title in _BY
        if ((values := active[column].fillna("")) != "").any()
    )
    return Review(
        tuple(steps), _outcomes(reached or {}), shown, progress(noted, steps), nameless=nameless, decided=decided
    )


def _nameless(themes: pd.DataFrame) -> pd.Series[str]:
    """Return the themes that no title holds together: their ideas are in no theme yet."""
    return themes.loc[themes["kind_because"].isin(NAMELESS), "theme_id"]


def _outcomes(reached: Mapping[str, int]) -> tuple[Count, ...]:
    told = {**STEPS, "": "Suite non encore connue"}
    return tuple(Count(label, reached[step]) for step, label in told.items() if reached.get(step))


def breakdown(column: pd.Series[str], title: str, threshold: int, *, nameless: bool = False) -> Breakdown:
    """Return the counts of a column's values, small ones withheld with as many others as it takes.

    Args:
        column: a value an agent.
        title: of the table.
        threshold: counts below it are withheld.
        nameless: whether some of the agents are ideas filed without a name, which the note then says.
    """
    sizes = column.where(column != "", "non renseigné").value_counts().sort_index()
    labels, values = [str(label) for label in sizes.index], np.asarray(sizes, dtype=np.int64)
    mask = hidden_line(values, threshold)
    naming = department if column.name == "department" else capital
    counts = [
        Count(naming(one_line(label)), None if withheld else int(value))
        for label, value, withheld in zip(labels, values, mask, strict=True)
    ]
    counts.sort(key=lambda count: (-(count.value or 0), sort_key(count.label)))
    return Breakdown(
        str(column.name),
        typeset(title),
        int(values.sum()),
        tuple(counts),
        " ".join(note for note in (_note(mask, threshold), WITHOUT_NAME * nameless) if note),
    )


def _note(mask: np.ndarray, threshold: int) -> str:
    if not mask.any():
        return ""
    return typeset(
        f"n. c. : non communiqué ({counted(int(mask.sum()), 'ligne')}). Un effectif inférieur à {threshold} pourrait"
        " désigner une personne ; d’autres lignes sont tues avec lui pour qu’on ne puisse pas le retrouver par"
        " soustraction."
    )
