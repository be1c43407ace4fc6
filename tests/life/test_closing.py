"""The end: a page for the register, an archive without persons, nothing left that names anybody."""

from __future__ import annotations

import zipfile

import pandas as pd
import pytest

from pipeline.life.closing import register_page
from pipeline.params import CloseParams
from pipeline.report.render.workbook import workbook
from pipeline.shells.persons.closing import ARCHIVE, REGISTER, close, told
from pipeline.shells.persons.privacy import audit
from pipeline.store import save, write_text
from pipeline.workspace import Workspace

PEOPLE = pd.DataFrame(
    [["A001", "Zirkelmann", "Anatole", "az@exemple.fr"]],
    columns=["holder_id", "family_name", "given_name", "email"],
)


def _filled(workspace: Workspace) -> None:
    save(workspace, "identities", PEOPLE)
    book = workbook({"Réponses": (("Qui",), [["Anatole Zirkelmann"]])}, "Réponses")
    workspace.path("reports/suites").mkdir(parents=True)
    workspace.path("reports/suites/ports.xlsx").write_bytes(book)
    for path, text in (
        ("data/raw/idees.csv", "Titre;Nom\nBancs;Zirkelmann\n"),
        ("reports/private/lettre.html", "Bonjour Anatole Zirkelmann"),
        ("reports/rapport.html", "<p>Des bancs</p>"),
        ("reports/fuite.html", "<p>Anatole Zirkelmann</p>"),
        (".minilabs/state.json", "{}"),
        (".dvc/cache/files/aa", "Anatole Zirkelmann"),
        ("data/review/people.csv", '"agent_id","voeux"\n"A001","lab-T01"\n'),
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
    """Exports, tables, caches, letters and whatever names somebody go; what may stay is archived, and it is proved."""
    _filled(workspace)
    done = close(workspace, workspace.params(), confirmed=True)
    for gone in ("data/raw/idees.csv", "data/private/identities.parquet", "data/interim/ideas.parquet"):
        assert not workspace.path(gone).exists()
    for gone in ("reports/private/lettre.html", ".dvc/cache/files", "data/review/people.csv", *done.named):
        assert not workspace.path(gone).exists()
    archived = set(zipfile.ZipFile(workspace.path(ARCHIVE)).namelist())
    assert {"reports/rapport.html", "data/review/decisions.csv", "params.yaml"} <= archived
    assert not archived & {"data/review/people.csv", "reports/private/lettre.html", *done.named}
    assert done.named == ("reports/fuite.html", "reports/suites/ports.xlsx")
    assert done.remaining == ()
    assert "1 personne cherchée" in " ".join(told(done, confirmed=True)).replace("\u00a0", " ")
    save(workspace, "identities", PEOPLE)
    assert audit(workspace, workspace.params()).leaks == []


def test_what_would_go_and_stay_is_told_before(workspace: Workspace) -> None:
    """Without confirmation the same files are named as go with it, and what a person has to clear by hand."""
    _filled(workspace)
    workspace.path("notes.txt").write_text("Rappeler Anatole Zirkelmann", encoding="utf-8")
    before = close(workspace, workspace.params(), confirmed=False)
    assert all(workspace.path(name).exists() for name in (*before.named, "data/raw/idees.csv", "notes.txt"))
    assert not workspace.path(ARCHIVE).exists()
    after = close(workspace, workspace.params(), confirmed=True)
    assert (before.named, before.remaining, before.archived) == (after.named, after.remaining, after.archived)
    assert after.remaining == ("notes.txt",)


@pytest.mark.parametrize("source", [".", "data", "data/export"])
def test_decisions_outlive_any_place_of_the_export(workspace: Workspace, source: str) -> None:
    """Where the export lies in a folder that holds the decisions too, that folder is not emptied."""
    _filled(workspace)
    params = workspace.params()
    odd = params.model_copy(update={"ingest": params.ingest.model_copy(update={"source": source})})
    workspace.path("data/export").mkdir()
    workspace.path("data/export/idees.csv").write_text("Titre\nBancs\n", encoding="utf-8")
    close(workspace, odd, confirmed=True)
    assert workspace.path("data/review/decisions.csv").is_file()
    assert workspace.path("data/export/idees.csv").is_file() == (source != "data/export")


@pytest.mark.parametrize("written", ["./data/raw", "data/raw/", "{root}/data/raw", "./data/private/export"])
def test_a_place_is_told_once_however_it_is_written(workspace: Workspace, written: str) -> None:
    """The register has one line for the export, named from the root; one inside a place held already has none."""
    _filled(workspace)
    write_text(workspace.path("data/private/export/idees.csv"), "Titre;Nom\nBancs;Zirkelmann\n")
    params, source = workspace.params(), written.format(root=workspace.root)
    odd = params.model_copy(update={"ingest": params.ingest.model_copy(update={"source": source})})
    done = close(workspace, odd, confirmed=True)
    assert [holding.path for holding in done.held if "raw" in holding.path or "export" in holding.path] == ["data/raw"]
    assert len({holding.path for holding in done.held}) == len(done.held)
    assert done.remaining == ()


def test_the_register_says_what_the_parameters_say(workspace: Workspace) -> None:
    """Each line of the section `close` is on the page, and a second reader is told with its address."""
    params = workspace.params()
    said = CloseParams(controller="Région Nord", purpose="trier <vite>", basis="mission", rights="dpo@exemple.fr")
    reader = params.reader.model_copy(update={"address": "https://lecteur.exemple.fr/v1"})
    page = register_page(params.model_copy(update={"close": said, "reader": reader}), 12, [])
    for words in (
        "Région Nord",
        "trier &lt;vite&gt;",
        "dpo@exemple.fr",
        "12\u00a0personnes",
        "https://lecteur.exemple.fr",
    ):
        assert words in page
    assert "à compléter" in register_page(params, 0, [])
    assert "lecteur" not in register_page(params, 0, [])
