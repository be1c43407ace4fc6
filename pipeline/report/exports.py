"""The public exports: tables that other programs read, with these file names and at least these columns."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

NAMES = {
    "themes": "Thèmes", "idea_themes": "Thème de chaque idée", "hierarchy": "Familles et sous-thèmes",
    "assignments": "Composition des groupes", "waiting_list": "Listes d’attente",
}  # fmt: skip
"""Tables exported, each as `<name>.csv`, with their titles."""


def exports(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the frames to export by name: the tables as they are."""
    return {name: tables[name] for name in NAMES}
