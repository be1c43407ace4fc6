"""`minilabs ingest --propose`: reads the export, writes into `params.yaml` which column was taken for what."""

from __future__ import annotations

from pipeline.ingest.columns.proposal import insert, propose, undecided
from pipeline.ingest.columns.understanding import understood
from pipeline.params import Params, parse
from pipeline.shells.ingest import source_files
from pipeline.store import write_text
from pipeline.workspace import Workspace


def write_proposal(workspace: Workspace, params: Params) -> tuple[str, int]:
    """Write the proposed mapping into `params.yaml`; return its lines, and how many questions are open.

    Raises:
        MinilabsError: what cannot be read; `params.yaml` is then untouched.
    """
    section = undecided(params.ingest)
    tables = understood(source_files(workspace.given(section.source), section.source), section)
    path = workspace.path("params.yaml")
    block = propose(tables, section)
    text = insert(path.read_text(encoding="utf-8"), block)
    parse(text)
    write_text(path, text)
    return block, sum(len(table.questions) for table in tables if table.kind != "none")
