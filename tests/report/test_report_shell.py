"""The stage in a workspace: files written, the same bytes twice, missing figures tolerated."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest

from pipeline.errors import MinilabsError
from pipeline.messages import sentence
from pipeline.params import Params, ReportParams
from pipeline.schema import TABLES
from pipeline.shells.report import preview, run, run_only, validate
from pipeline.stages import BY_NAME
from pipeline.store import save, write_json
from pipeline.workspace import Workspace
from tests.report.conftest import Tables, sample_quality, sample_tables
from tests.report.papers.test_techniques import ONE


def _workspace(root: Path, tables: Tables) -> Workspace:
    workspace = Workspace(root)
    for name, frame in tables.items():
        save(workspace, "agents" if name == "holders" else name, frame)
    return workspace


def _silent(done: int, total: int) -> None:
    assert 0 < done <= total


def test_the_stage_writes_what_it_declares(tmp_path: Path, tables: Tables) -> None:
    """Every declared output is there, and running again changes no byte."""
    workspace = _workspace(tmp_path, tables)
    write_json(workspace.path("data/interim/quality.json"), sample_quality())
    figures = run(workspace, Params(), _silent)
    assert figures["thèmes"] == "12"
    assert all(workspace.path(path).exists() for path in BY_NAME["report"].writes)
    before = {p: p.read_bytes() for p in (tmp_path / "reports").rglob("*") if p.is_file()}
    run(workspace, Params(), _silent)
    assert before == {p: p.read_bytes() for p in (tmp_path / "reports").rglob("*") if p.is_file()}


def test_a_run_after_a_change_gives_the_bytes_of_a_first_run(tmp_path: Path, tables: Tables) -> None:
    """Documents recalled from the run before are those that a workspace without one makes; the others are left alone.

    One that somebody changed or removed since is made again.
    """
    known, new = _workspace(tmp_path / "known", tables), _workspace(tmp_path / "new", tables)
    run(known, Params(), _silent)
    printed = sorted((tmp_path / "known/reports").rglob("*.pdf"))
    index = known.path(".minilabs/documents.json").read_bytes()
    run_only(known, Params(), _silent, "theme:restauration_lycees")
    assert known.path(".minilabs/documents.json").read_bytes() == index
    printed[0].unlink()
    printed[1].write_bytes(b"of another hand")
    before = {path: path.stat().st_ino for path in printed[2:]}
    themes = tables["themes"].assign(summary=[*tables["themes"]["summary"][:-1], "Ce que dit ce thème."])
    for workspace in (known, new):
        save(workspace, "themes", themes)
        run(workspace, Params(), _silent)
    told = [
        {p.relative_to(root): p.read_bytes() for p in (root / "reports").rglob("*") if p.is_file()}
        for root in (tmp_path / "known", tmp_path / "new")
    ]
    assert told[0] == told[1]
    left = [path for path, node in before.items() if path.stat().st_ino == node]
    assert 0 < len(left) < len(before)


def test_every_document_can_be_reached_from_the_index(tmp_path: Path, tables: Tables) -> None:
    """Each link of the index leads to a file, each file but replies is linked, and pages link to files that exist."""
    workspace = _workspace(tmp_path, tables)
    run(workspace, Params(), _silent)
    reports = tmp_path / "reports"
    linked = {page: _links(page) for page in reports.rglob("*.html")}
    assert [(page.name, link) for page, links in linked.items() for link in links if not link.exists()] == []
    private = {path.parent if path.parent.name == "reponses" else path for path in reports.rglob("*.*")}
    assert {path.resolve() for path in private} - linked[reports / "index.html"] == {(reports / "index.html").resolve()}


def _links(page: Path) -> set[Path]:
    found = re.findall(r'href="([^"#:]+)"', page.read_text(encoding="utf-8"))
    return {(page.parent / unquote(link)).resolve() for link in found}


def test_missing_figures_shorten_the_report(tmp_path: Path, tables: Tables) -> None:
    """Without quality figures the report is written and says less."""
    workspace = _workspace(tmp_path, tables)
    run(workspace, Params(), _silent)
    page = workspace.path("reports/rapport.html").read_text(encoding="utf-8")
    assert "Accord avec une lecture humaine" not in page


def test_a_missing_table_names_the_stage_to_run(tmp_path: Path) -> None:
    """In an empty workspace the error says which stage to run, and nothing is written."""
    with pytest.raises(MinilabsError) as caught:
        run(Workspace(tmp_path), Params(), _silent)
    assert caught.value.facts["stage"] == "ingest"
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("count", [0, 1, 5])
def test_any_size_gives_documents(tmp_path: Path, tables: Tables, count: int) -> None:
    """With no idea, one or five, and no theme, every document is written and says so."""
    few = set(tables["ideas"].loc[tables["ideas"]["analysed"], "idea_id"][:count])
    kept = {
        name: frame[frame["idea_id"].isin(few)] if "idea_id" in frame else frame.head(0)
        for name, frame in tables.items()
    }
    kept["holders"] = tables["holders"][tables["holders"]["holder_id"].isin(kept["idea_holders"]["holder_id"])]
    kept["idea_themes"] = kept["idea_themes"].assign(theme_id=None, theme_id_2=None, weak_signal=True)
    kept = {name: TABLES[name].empty() if frame.empty else frame for name, frame in kept.items()}
    workspace = _workspace(tmp_path, kept)
    figures = run(workspace, Params(), _silent)
    assert (figures["thèmes"], figures["idées"]) == ("0", str(count))
    assert all(workspace.path(path).exists() for path in BY_NAME["report"].writes)


def test_names_stay_in_the_private_folder(tmp_path: Path, tables: Tables, people: pd.DataFrame) -> None:
    """Kits and replies are the only files with names; their folder and files are the owner's alone."""
    workspace = _workspace(tmp_path, tables)
    save(workspace, "identities", people[people["holder_id"].isin(tables["assignments"]["holder_id"][:8])])
    run(workspace, Params(), _silent)
    private = tmp_path / "reports" / "private"
    assert private.stat().st_mode & 0o077 == 0
    assert len(list((private / "reponses").glob("*.pdf"))) == 8
    assert all(path.stat().st_mode & 0o077 == 0 for path in private.rglob("*.*"))
    pages = [path for path in (tmp_path / "reports").rglob("*.html") if path.parent.name != "kits"]
    open_texts = [path.read_text(encoding="utf-8") for path in pages]
    assert not [name for name in people["family_name"][:8] for text in open_texts if f" {name}" in text]


def test_techniques_of_the_organisation_replace_ours(tmp_path: Path) -> None:
    """With a file of techniques in `params.yaml` the page holds its sheets and not ours; an empty file changes none."""
    workspace = _workspace(tmp_path, {name: TABLES[name].empty() for name in sample_tables()})
    own = tmp_path / "data" / "review" / "techniques.yaml"
    own.parent.mkdir(parents=True)
    pages = []
    for content in ("", ONE):
        own.write_text(content, encoding="utf-8")
        run(workspace, Params(report=ReportParams(techniques="data/review/techniques.yaml")), _silent)
        pages.append(workspace.path("reports/techniques.html").read_text(encoding="utf-8"))
    assert ["Brainwriting" in page for page in pages] == [True, False]
    assert ["Tour de table" in page for page in pages] == [False, True]


def test_only_writes_what_is_asked(tmp_path: Path, tables: Tables) -> None:
    """`--only` writes the documents of one directorate and nothing else; an unknown name lists what there is."""
    workspace = _workspace(tmp_path, tables)
    written = run_only(workspace, Params(), _silent, "direction:FINANCES")
    assert [Path(path).suffix for path in written] == [".html", ".pdf"]
    assert sorted(p.name for p in (tmp_path / "reports").rglob("*.*")) == sorted(Path(p).name for p in written)
    with pytest.raises(MinilabsError) as unknown:
        run_only(workspace, Params(), _silent, "direction:absente")
    assert "Direction des Finances" in sentence(unknown.value)
    with pytest.raises(MinilabsError, match="only_kind"):
        run_only(workspace, Params(), _silent, "agent:A001")


def test_a_theme_that_is_gone_takes_its_sheet_away(tmp_path: Path, tables: Tables) -> None:
    """A sheet of a former run is removed when its theme no longer exists; files of people are left alone."""
    workspace = _workspace(tmp_path, tables)
    old = workspace.path("reports/themes/theme-ancien.pdf")
    old.parent.mkdir(parents=True)
    old.write_bytes(b"%PDF")
    note = workspace.path("reports/themes/note.txt")
    note.write_text("à moi", encoding="utf-8")
    run(workspace, Params(), _silent)
    assert not old.exists()
    assert note.exists()


def test_the_preview_shows_no_name(tmp_path: Path, tables: Tables, people: pd.DataFrame) -> None:
    """Three letters drawn with the seed, the same each time, with [Prénom] [Nom] for the person."""
    workspace = _workspace(tmp_path, tables)
    save(workspace, "identities", people)
    drawn = preview(workspace, Params(), 3)
    assert len(drawn) == 3
    assert drawn == preview(workspace, Params(), 3)
    assert all("Bonjour [Prénom] [Nom]" in letter for letter in drawn)


def test_a_validation_is_recorded_and_stamped(tmp_path: Path, tables: Tables) -> None:
    """`validate` adds a line; pages then say so, letters too, and a decision more is told as a change since."""
    workspace = _workspace(tmp_path, tables)
    run_only(workspace, Params(), _silent, "theme:menage")
    page = next(workspace.path("reports/themes").glob("*.html"))
    assert "que personne n’a encore relus" in page.read_text(encoding="utf-8")
    assert "validée par l’équipe le 2" in validate(workspace, Params(), "2020-03-02", "DIMAP")
    run_only(workspace, Params(), _silent, "theme:menage")
    assert "validée par l’équipe le 2" in page.read_text(encoding="utf-8")
    save(workspace, "themes", tables["themes"].assign(label="Autre titre"))
    run_only(workspace, Params(), _silent, "theme:menage_lycees")
    assert "modifiée depuis sa validation" in page.read_text(encoding="utf-8")
    with pytest.raises(MinilabsError):
        validate(workspace, Params(), "demain", "DIMAP")


def test_the_template_of_a_french_spreadsheet_is_read(tmp_path: Path, tables: Tables, people: pd.DataFrame) -> None:
    """A template saved in cp1252 gives the same letters as in UTF-8, accents included."""
    workspace = _workspace(tmp_path, tables)
    save(workspace, "identities", people)
    text = (files("pipeline.report") / "letters.txt").read_text(encoding="utf-8").replace("\u202f", " ")
    path = workspace.given("data/review/reponses.txt")
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode("utf-8"))
    expected = preview(workspace, Params(), 5)
    path.write_bytes(text.encode("cp1252"))
    assert preview(workspace, Params(), 5) == expected


def test_what_letters_lack_is_told(tmp_path: Path, tables: Tables) -> None:
    """Without a contact or a calendar the summary says which; with both, it says nothing of it."""
    workspace = _workspace(tmp_path, tables)
    said = run(workspace, Params(), _silent)["à compléter dans params.yaml (report)"]
    assert "contact" in said
    assert "calendar" in said
    known = Params(
        report=ReportParams(contact="x@exemple.fr", calendar={"lettre": "Le 3 mars.", "tous": "Réponse en mai."})
    )
    assert "à compléter dans params.yaml (report)" not in run(workspace, known, _silent)
