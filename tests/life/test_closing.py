"""The end: a page for the register, an archive without persons, nothing left that names anybody."""

from __future__ import annotations

import zipfile

import pandas as pd

from pipeline.shells.persons.closing import ARCHIVE, REGISTER, close, told
from pipeline.shells.persons.privacy import audit
from pipeline.store import save
from pipeline.workspace import Workspace


def _filled(workspace: Workspace) -> None:
    columns = ["holder_id", "family_name", "given_name", "email"]
    save(workspace, "identities", pd.DataFrame([["A001", "Zirkelmann", "Anatole", "az@exemple.fr"]], columns=columns))
    for path, text in (
        ("data/raw/idees.csv", "Titre;Nom\nBancs;Zirkelmann\n"),
        ("reports/private/lettre.html", "Bonjour Anatole Zirkelmann"),
        ("reports/rapport.html", "<p>Des bancs</p>"),
        ("reports/fuite.html", "<p>Anatole Zirkelmann</p>"),
        (".minilabs/state.json", "{}"),
        (".dvc/cache/files/aa", "Anatole Zirkelmann"),
        ("data/review/people.csv", '"agent_id","voeux"\n"A001","lab-1"\n'),
    ):
        workspace.path(path).parent.mkdir(parents=True, exist_ok=True)
        workspace.path(path).write_text(text, encoding="utf-8")


def test_nothing_goes_before_it_is_confirmed(workspace: Workspace) -> None:
    """Shown first: the page for the register says what is held and why, without any name, and every file stays."""
    _filled(workspace)
    done = close(workspace, workspace.params(), confirmed=False)
    page = workspace.path(REGISTER).read_text(encoding="utf-8")
    assert {holding.path for holding in done.held} >= {"data/raw", "data/private", "data/interim", ".dvc/cache"}
    assert "Base légale" in page
    assert "Zirkelmann" not in page
    assert workspace.path("data/raw/idees.csv").is_file()
    assert "Rien n’est encore supprimé" in told(done, confirmed=False)[-1]


def test_closing_leaves_no_name(workspace: Workspace) -> None:
    """Exports, tables, caches and letters go; what may stay is archived; a document that names somebody is told."""
    _filled(workspace)
    done = close(workspace, workspace.params(), confirmed=True)
    for gone in ("data/raw/idees.csv", "data/private/identities.parquet", "data/interim/ideas.parquet"):
        assert not workspace.path(gone).exists()
    for gone in ("reports/private/lettre.html", ".dvc/cache/files", "data/review/people.csv"):
        assert not workspace.path(gone).exists()
    archived = set(zipfile.ZipFile(workspace.path(ARCHIVE)).namelist())
    assert "reports/rapport.html" in archived
    assert "data/review/decisions.csv" in archived
    assert not archived & {"reports/fuite.html", "data/review/people.csv", "reports/private/lettre.html"}
    assert done.remaining == ("reports/fuite.html",)
    workspace.path("reports/fuite.html").unlink()
    columns = ["holder_id", "family_name", "given_name", "email"]
    save(workspace, "identities", pd.DataFrame([["A001", "Zirkelmann", "Anatole", "az@exemple.fr"]], columns=columns))
    assert audit(workspace, workspace.params()).leaks == []
