"""Why a form of answer is suggested, as far as it may be told: a share of agents is a count in disguise."""

from __future__ import annotations

from pipeline.french import typeset
from pipeline.report.facts.frames import Row, text
from pipeline.report.withheld.disclosure import Disclosure
from pipeline.words.kinds import KINDS

_MOSTLY = 2 / 3
"""Part of the holders of a theme from one directorate above which a MiniLab would hardly be mixed."""
ONE_SIDED = (
    "La plupart de ses porteurs relèvent d’une même direction : pour un MiniLab, inviter des agents des autres ; sinon,"
    " lui confier la réponse."
)


def one_sided(theme_id: str, known: Disclosure, threshold: int) -> bool:
    """Return whether nearly all who hold a theme are of one directorate, which is not named.

    Said of themes of twice the threshold at least: of fewer agents it would bound counts that are kept back.
    """
    counts = known.by_theme.counts
    if theme_id not in counts.index:
        return False
    held = counts.loc[theme_id].to_numpy()
    return bool(held.sum() >= 2 * threshold and held.max() >= _MOSTLY * held.sum())


def kind_reason(row: Row, agents: int, known: Disclosure, threshold: int) -> str:
    """Return the reason, or the same without figures when these would give a small count of agents.

    Args:
        row: of the theme: theme_id, kind, kind_reason, and the facts it was written from, kind_value and kind_share.
        agents: who hold its ideas.
        known: what may be said of them.
        threshold: a count below it is never given, nor one that leaves fewer others.
    """
    share = row.get("kind_share")
    if share is None or _may_be_told(
        float(share), text(row.get("kind_value")), row["theme_id"], agents, known, threshold
    ):
        return typeset(row["kind_reason"])
    return typeset(KINDS[row["kind"]].reason if row["kind"] in KINDS else "")


def _may_be_told(share: float, value: str, theme_id: str, agents: int, known: Disclosure, threshold: int) -> bool:
    if value in known.by_theme.counts.columns:
        return known.by_theme.cell(theme_id, value) is not None
    counted = round(share * agents)
    return counted >= threshold and (counted >= agents or agents - counted >= threshold)
