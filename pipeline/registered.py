"""Names of the people who registered, from the private file of answers: for letters, kits and audits only."""

from __future__ import annotations

import pandas as pd

from pipeline.files.given_file import content_of
from pipeline.files.spreadsheet import read_sheet
from pipeline.schema import IDENTITIES
from pipeline.workspace import Workspace

ANSWERS = "data/private/inscriptions.csv"
DOUBTS = "data/private/inscriptions_doutes.csv"
"""People who may be one, for the analyst."""
WRITTEN = "data/private/inscriptions_ecrites.csv"
"""What registrations wrote in the file of people last time."""
_NAMES = ("agent_id", "nom", "prenom", "email")


def registered_identities(workspace: Workspace) -> pd.DataFrame:
    """Return number, name and address of the people who registered, one row for each way of writing them.

    Raises:
        MinilabsError: `sheet.*`.
    """
    rows = read_sheet(content_of(workspace.path(ANSWERS), ANSWERS), ANSWERS, dict.fromkeys(_NAMES, ()))
    told = dict.fromkeys(tuple(row.cells[name] for name in _NAMES) for row in rows)
    return pd.DataFrame([row for row in told if row[0]], columns=list(IDENTITIES.columns), dtype="str")


def with_registered(workspace: Workspace, identities: pd.DataFrame) -> pd.DataFrame:
    """Return the identities with those of the volunteers who registered: seats and letters are theirs too."""
    more = registered_identities(workspace)
    new = more[~more["holder_id"].isin(identities["holder_id"])].drop_duplicates("holder_id", keep="last")
    return IDENTITIES.check(pd.concat([identities, new], ignore_index=True))
