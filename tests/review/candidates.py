"""A small run of the chain's first stages: 12 ideas in 3 themes, one of them a weak signal."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.schema import IDEA_THEMES, THEMES

WEAK = 0.2


def theme_row(theme_id: str, members: list[str]) -> dict[str, object]:
    """Return a candidate theme."""
    return {
        "theme_id": theme_id,
        "label": f"Titre de {theme_id}",
        "summary": "",
        "key_phrases": [f"mot {theme_id}", f"expression {theme_id}"],
        "kind": "minilab",
        "kind_reason": "",
        "size": len(members),
        "stability": 0.9,
        "found_in": 18,
        "draws": 20,
        "transversality": 0.5,
        "transversality_chance": 0.6,
        "typical": members[:2],
        "borderline": members[-1:],
        "nearest_theme": "T02" if theme_id == "T01" else "T01",
        "difference": ["autre chose"],
    }


def idea_row(idea: str, theme: str, membership: float, second: str | None = None) -> dict[str, object]:
    """Return a candidate place."""
    return {
        "idea_id": idea,
        "theme_id": theme,
        "membership": membership,
        "theme_id_2": second,
        "membership_2": 0.3 if second else None,
        "weak_signal": membership < WEAK,
        "decided_by": "pipeline",
        "why": f"Proche de {theme}.",
        "shared": [] if membership < WEAK else ["mot"],
        "neighbours": [],
    }


PLACES = [
    ("I01", "T01", 0.9, None), ("I02", "T01", 0.8, "T02"), ("I03", "T01", 0.7, None), ("I04", "T01", 0.5, "T03"),
    ("I05", "T02", 0.9, None), ("I06", "T02", 0.8, "T01"), ("I07", "T02", 0.7, None), ("I08", "T02", 0.6, None),
    ("I09", "T03", 0.9, None), ("I10", "T03", 0.8, None), ("I11", "T03", 0.4, "T02"), ("I12", "T03", 0.1, None),
]  # fmt: skip


def tables(places: Sequence[tuple[str, str, float, str | None]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the candidate tables of given places."""
    idea_themes = IDEA_THEMES.check(pd.DataFrame([idea_row(*place) for place in places]))
    homes = {
        theme: [p[0] for p in places if p[1] == theme and p[2] >= WEAK] for theme in sorted({p[1] for p in places})
    }
    return THEMES.check(pd.DataFrame([theme_row(*home) for home in homes.items()])), idea_themes


CANDIDATES = tables(PLACES)
"""Candidate themes and places."""
