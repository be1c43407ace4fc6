"""Tables of the chain that are read together: those of one export."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.errors import MinilabsError
from pipeline.store import load
from pipeline.workspace import Workspace

_BY_IDEA = ("vectors", "idea_themes")
"""Tables with a row for each analysed idea."""


def load_together(workspace: Workspace, wanted: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Return tables by name, `ideas` among them: what was made of another export than the one read last is refused.

    Args:
        workspace: where to look.
        wanted: name → the stage that makes it, named where it is missing.

    Raises:
        MinilabsError: `review.stale`, or a missing or damaged table.
    """
    found = {name: load(workspace, name, stage=stage) for name, stage in wanted.items()}
    for name in _BY_IDEA:
        if name in found:
            same_ideas(found["ideas"], found[name])
    return found


def same_ideas(ideas: pd.DataFrame, others: pd.DataFrame) -> None:
    """Refuse a table of another export than the ideas read last: what is decided on must be what is there.

    Raises:
        MinilabsError: `review.stale`.
    """
    differing = set(ideas.loc[ideas["analysed"], "idea_id"]) ^ set(others["idea_id"])
    if differing:
        raise MinilabsError("review.stale", count=len(differing))
