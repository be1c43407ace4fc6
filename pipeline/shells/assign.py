"""Assign: themes and holders → labs, assignments, waiting list and the ledger of what was proven."""

from __future__ import annotations

import pandas as pd

from pipeline.assign import Given, assign
from pipeline.files.given_file import content_of
from pipeline.french import number
from pipeline.pace import Progress
from pipeline.params import Params
from pipeline.schema import named
from pipeline.shells.kept import answers_kept
from pipeline.stages import Figures
from pipeline.store import load, save, write_json
from pipeline.words.outside import outside, told
from pipeline.words.seats import line_reason, seat_reason, with_reasons
from pipeline.workspace import Workspace

_TABLES = {"themes": "review", "idea_themes": "review", "holders": "ingest", "idea_holders": "ingest"}


def tables(workspace: Workspace) -> dict[str, pd.DataFrame]:
    """Return the tables of the chain that assign reads, without holders whom nothing names: nobody can invite them."""
    found = {name: load(workspace, name, stage=stage) for name, stage in _TABLES.items()}
    return {name: named(frame) if "holder_id" in frame else frame for name, frame in found.items()}


_FILES = ("people", "labs", "announced", "balance")
"""Keys of the files that people fill in, in the order of `Given`."""


def given(workspace: Workspace, params: Params) -> Given:
    """Return what people filled in; a file that is not there says nothing."""
    names = [getattr(params.assign, key) for key in _FILES]
    return Given(*(content_of(workspace.given(name), name) for name in names))


def with_nameless(agents: pd.DataFrame, holders: pd.DataFrame) -> pd.DataFrame:
    """Return the people with the holders whom nothing names: their ideas count for their directorates."""
    return pd.concat([agents, holders.drop(named(holders).index)]).sort_values("holder_id", ignore_index=True)


def run(workspace: Workspace, params: Params, progress: Progress) -> Figures:
    """Write the composition of the groups; return what the summary shows."""
    progress(0, 1)
    with answers_kept(workspace, "assign", ("numpy", "scipy")):
        result = assign(tables(workspace), params.assign, params.seed, given(workspace, params))
    save(workspace, "agents", with_nameless(result.agents, load(workspace, "holders", stage="ingest")))
    save(workspace, "labs", result.labs)
    save(workspace, "assignments", with_reasons(result.assignments, result.labs, seat_reason))
    save(workspace, "waiting_list", with_reasons(result.waiting_list, result.labs, line_reason))
    write_json(workspace.path("data/interim/ledger.json"), result.ledger)
    progress(1, 1)
    status = result.assignments.drop_duplicates("holder_id")["status"].value_counts()
    beyond = outside(result.assignments)
    return {
        "groupes ouverts": number(int((result.labs["placed"] > 0).sum())),
        "personnes placées": number(int(status.get("placed", 0))),
        "en attente": number(int(status.get("waiting", 0))),
    } | ({"hors des groupes": told(beyond)} if beyond else {})
