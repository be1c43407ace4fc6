"""A proposal → its figures, to set the one that starts from a list beside the one that does without."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.cluster.tables import Tables
from pipeline.schema import PROPOSALS

WITH, WITHOUT = "list", "none"
"""Names of the two proposals."""


def compared(proposals: Mapping[str, Tables], drawn: float) -> pd.DataFrame:
    """Return the table `proposals`, no row unless both are there.

    Args:
        proposals: by name.
        drawn: part of the ideas that the list draws.
    """
    rows = [
        {
            "proposal": name,
            "themes": len(found.themes),
            "listed": int((found.themes["origin"] == "list").sum()),
            "largest": int(found.themes["size"].max()),
            "drawn": drawn if name == WITH else None,
            "weak_signals": int(found.idea_themes["weak_signal"].sum()),
            "stability": None if found.themes["stability"].isna().all() else float(found.themes["stability"].mean()),
            "titles": list(found.themes.sort_values("size", ascending=False, kind="stable")["label"]),
        }
        for name, found in proposals.items()
        if not found.themes.empty
    ]
    return pd.DataFrame(rows if len(rows) > 1 else [], columns=list(PROPOSALS.arrow.names))
