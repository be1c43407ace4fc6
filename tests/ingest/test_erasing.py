"""What an erasure writes anew is told by content, before and after: the rest of the export is left whole and named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.commands.app import app
from pipeline.files.csv_file import csv_bytes
from pipeline.initialise import initialise
from pipeline.shells import ingest as shell
from pipeline.shells.persons.forgetting import forget, not_written
from pipeline.store import load
from pipeline.workspace import Workspace
from tests.ingest.kinds import workbook
from tests.ingest.make_awkward import open_document
from tests.ingest.more_awkward import archive
from tests.ingest.old_workbook import old_workbook

ROWS = [["Titre", "Description", "Porteurs"], ["Vélos", "Acheter des vélos.", "RAVAUDET Soizic"]]


def ingested(folder: Path, name: str, content: bytes) -> tuple[Workspace, str]:
    """Return a workspace whose export, of one file, is read, and the number of its one holder."""
    initialise(folder)
    workspace = Workspace(folder)
    workspace.path(f"data/raw/{name}").write_bytes(content)
    shell.run(workspace, workspace.params(), lambda _done, _total: None)
    (holder,) = load(workspace, "identities")["holder_id"]
    return workspace, holder


@pytest.mark.parametrize("name", ["export.ods", "export.xls", "export.xlsx", "export.zip"])
def test_a_file_that_is_not_written_anew_is_told_before_and_after(tmp_path: Path, name: str) -> None:
    """The trial names the file and what to do first; the erasure leaves it whole and says that it names the person."""
    made = {"export.ods": open_document([("Idées", ROWS)]), "export.zip": archive({"a.csv": csv_bytes(ROWS)})}
    content = made.get(name) or old_workbook({"Idées": ROWS})  # an old workbook under the name of a new one too
    workspace, holder = ingested(tmp_path, name, content)
    assert not_written(workspace, workspace.params()) == [name]
    trial = CliRunner().invoke(app, ["forget", "--holder", holder, "--workspace", str(workspace.root)]).output
    assert f"« {name} » ne peut pas être réécrit" in trial.replace("\u202f", " ").replace("\u00a0", " ")
    done = forget(workspace, workspace.params(), holder, date(2026, 1, 2))
    assert workspace.path(f"data/raw/{name}").read_bytes() == content
    assert [told for told in done.remaining if name in told] == done.remaining != []


def test_a_workbook_is_written_anew_whatever_its_name(tmp_path: Path) -> None:
    """What platforms export as xls is often an xlsx: it is one for erasing too."""
    workspace, holder = ingested(tmp_path, "export.xls", workbook({"Idées": ROWS}))
    assert not_written(workspace, workspace.params()) == []
    assert forget(workspace, workspace.params(), holder, date(2026, 1, 2)).remaining == []
