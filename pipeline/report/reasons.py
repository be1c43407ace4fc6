"""Why a form of answer is suggested, as far as it may be told: a share of agents is a count in disguise."""

from __future__ import annotations

import re

from pipeline.french import typeset
from pipeline.report.disclosure import Disclosure

_SHARE = re.compile(r"(\d+)\s*%")
_WITHOUT_FIGURES = {
    "minilab": "Les porteurs viennent de plusieurs directions.",
    "communaute_metier": "Un même métier, ou des métiers voisins, s’y retrouvent sur plusieurs sites.",
    "reponse_direction": "La plupart des porteurs relèvent d’une seule direction.",
}


def kind_reason(reason: str, kind: str, theme_id: str, agents: int, known: Disclosure, threshold: int) -> str:
    """Return the reason, or the same without figures when these would give a small count of agents.

    Args:
        reason: as the pipeline or a person wrote it.
        kind: minilab, communaute_metier or reponse_direction.
        theme_id: of the theme.
        agents: who hold its ideas.
        known: what may be said of them.
        threshold: a count below it is never given, nor one that leaves fewer others.
    """
    share = _SHARE.search(reason)
    if share is None or _may_be_told(reason, int(share[1]), theme_id, agents, known, threshold):
        return typeset(reason)
    return typeset(_WITHOUT_FIGURES.get(kind, ""))


def _may_be_told(reason: str, percent: int, theme_id: str, agents: int, known: Disclosure, threshold: int) -> bool:
    said = typeset(reason)
    named = [name for name in known.by_theme.counts.columns if name and typeset(str(name)) in said]
    if named:
        return all(known.by_theme.cell(theme_id, name) is not None for name in named)
    counted = round(percent * agents / 100)
    return counted >= threshold and (percent >= 100 or agents - counted >= threshold)  # noqa: PLR2004 - a percentage
