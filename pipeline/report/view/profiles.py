"""What each idea may show of its holders (see `disclosure`), in words, never a name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import astuple

import pandas as pd

from pipeline.french import typeset
from pipeline.report.facts.ideas import Held, one_line
from pipeline.report.facts.words import capital, department, sort_key
from pipeline.report.withheld.disclosure import LEVELS, WEAK, Disclosure


def profiles(known: Disclosure, idea_holders: pd.DataFrame, theme_of: dict[str, str]) -> dict[str, tuple[Held, ...]]:
    """Return what each idea shows of its holders, each combination once, sorted; nothing where all is withheld.

    Args:
        known: what may be said.
        idea_holders: who filed what.
        theme_of: idea_id → theme_id, `WEAK` for a weak signal.
    """
    columns = ["holder_id", "theme_id", *LEVELS]
    shown = {(h, t): _named(*said) for h, t, *said in known.shown[columns].itertuples(index=False, name=None)}
    found: defaultdict[str, set[Held]] = defaultdict(set)
    for idea, holder in idea_holders[["idea_id", "holder_id"]].itertuples(index=False, name=None):
        said = shown.get((holder, theme_of.get(idea, WEAK)))
        if idea in theme_of and said and any(astuple(said)):
            found[idea].add(said)
    return {idea: tuple(sorted(held, key=_order)) for idea, held in found.items()}


def _named(directorate: str, site: str, place: str) -> Held:
    return Held(typeset(one_line(directorate)), capital(one_line(site)), department(one_line(place)))


def _order(held: Held) -> tuple[tuple[str, str], ...]:
    return tuple(map(sort_key, astuple(held)))
