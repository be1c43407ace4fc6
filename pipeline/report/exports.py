"""The public exports: tables that other programs read, with these file names and at least these columns."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

NAMES = {
    "themes": "Thèmes", "idea_themes": "Thème de chaque idée", "hierarchy": "Familles et sous-thèmes",
    "assignments": "Composition des groupes", "waiting_list": "Listes d’attente",
}  # fmt: skip
"""Tables exported, each as `<name>.csv`, with their titles."""

_WHY = ("reason_code", "causes", "first_lab", "cost", "bound")
_PUBLIC = {
    "assignments": ("holder_id", "lab_id", "status", "affinity", "rank", *_WHY, "reason"),
    "waiting_list": ("holder_id", "lab_id", "place_in_line", "affinity", "rank", "enters", "cost", "bound", "reason"),
}
"""Columns that are public, where others are the team's: which ideas a person has in a group, counts of its members."""


def exports(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the frames to export by name: what is public of the tables, as it is."""
    return {name: tables[name][list(_PUBLIC.get(name, tables[name].columns))] for name in NAMES}
