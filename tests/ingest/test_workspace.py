"""In a workspace: who may read what, what lasts, erasing a person, and proving where identities are."""

from __future__ import annotations

import csv
import stat
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from pipeline.errors import MinilabsError
from pipeline.initialise import initialise
from pipeline.params import render
from pipeline.run import locked, run_stage, up_to_date
from pipeline.shells.ingest import run, source_files, told
from pipeline.shells.persons.forgetting import forget, to_forget
from pipeline.shells.persons.privacy import audit
from pipeline.shells.proposal import write_proposal
from pipeline.stages import BY_NAME
from pipeline.store import load, read_json, save_parts, write_text
from pipeline.workspace import Workspace

IDEAS = """id;titre;description;statut
G1;Composteur;Voir avec Soizic Ravaudet ou Paul Obernesser au 03 53 01 44 18.;non primée
G2;Salle;La salle est trop petite, dit Firmin.;non primée
"""
AGENTS = """matricule;nom;prénom;courriel;direction
A1;RAVAUDET;Soizic;s.ravaudet@exemple.fr;DSI
A2;OBERNESSER;Paul;p.obernesser@exemple.fr;DRH
A3;RAVAUDET;Marc;m.ravaudet@exemple.fr;DRH
"""
LINKS = "idée;matricule;rôle\nG1;A1;porteur\nG1;A2;co-porteur\nG2;A3;porteur\n"
NO_MODEL = "ingest:\n  language_model: false\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace with a small export, ingested."""
    initialise(tmp_path / "contest")
    place = Workspace(tmp_path / "contest")
    write_text(place.path("params.yaml"), NO_MODEL)
    for name, content in (("idees.csv", IDEAS), ("agents.csv", AGENTS), ("liens.csv", LINKS)):
        write_text(place.path(f"data/raw/{name}"), content)
    ingested(place)
    return place


def ingested(place: Workspace) -> dict[str, str]:
    """Run the stage and return what it tells."""
    return run(place, place.params(), lambda done, total: None)  # noqa: ARG005 - nobody watches


def mode(path: Path) -> int:
    """Return the permissions of a file."""
    return stat.S_IMODE(path.stat().st_mode)


def rows(path: Path) -> list[list[str]]:
    """Return the rows of a CSV of ours."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        separator = ";" if ";" in file.readline() else ","
        file.seek(0)
        return list(csv.reader(file, delimiter=separator))


def test_private_files_are_the_owners_only(workspace: Workspace) -> None:
    """Identities and the list of masked spans can be read by their owner and nobody else."""
    assert mode(workspace.path("data/private/identities.parquet")) == 0o600
    assert mode(workspace.path("data/private/masking.csv")) == 0o600


def test_folders_of_personal_data_are_closed(workspace: Workspace) -> None:
    """Who proposed what, by number, is not for other accounts of the machine: folders, files and caches."""
    for folder in ("data/interim", "data/private"):
        assert mode(workspace.path(folder)) == 0o700
    assert {mode(path) for path in workspace.path("data/interim").iterdir()} == {0o600}
    cache = workspace.path(".dvc/cache")
    cache.mkdir(parents=True)
    with locked(workspace):
        assert (mode(cache), mode(workspace.path(".minilabs"))) == (0o700, 0o700)


def test_no_identities_no_file(workspace: Workspace) -> None:
    """Without people in the export there is no file of identities, and a former one goes."""
    for name in ("agents.csv", "liens.csv"):
        workspace.path(f"data/raw/{name}").unlink()
    ingested(workspace)
    assert not workspace.path("data/private/identities.parquet").exists()
    assert load(workspace, "identities").empty


def test_list_given_back_by_a_spreadsheet(workspace: Workspace) -> None:
    """Decisions typed in the private list last, whatever the spreadsheet did to the file, and hold no name."""
    path = workspace.path("data/private/masking.csv")
    listed = rows(path)
    first = next(row for row in listed if row[5] == "Firmin")
    first[-1] = "rétablir"
    added = ["G2", "", "", "", "nom", "trop petite", "", "", "masquer"]
    path.write_bytes("\r\n".join(";".join(row) for row in [*listed, added]).encode("cp1252"))
    ingested(workspace)
    assert (
        load(workspace, "ideas").set_index("idea_id")["description"]["G2"] == "La salle est [nom masqué], dit Firmin."
    )
    kept = workspace.path("data/review/masking.csv").read_text(encoding="utf-8")
    assert "Firmin" not in kept
    assert "trop" not in kept
    before = load(workspace, "ideas")
    path.unlink()
    ingested(workspace)
    assert load(workspace, "ideas").equals(before)


def test_emptied_cell_takes_the_decision_back(workspace: Workspace) -> None:
    """A decision whose cell is emptied in the list is no longer one."""
    path = workspace.path("data/private/masking.csv")
    for word, shown in (("rétablir", True), ("", False)):
        listed = rows(path)
        for row in listed:
            row[-1] = word if row[5] == "Firmin" else row[-1]
        path.write_text("\n".join(";".join(row) for row in listed), encoding="utf-8")
        ingested(workspace)
        assert ("Firmin" in load(workspace, "ideas").set_index("idea_id")["description"]["G2"]) is shown


def test_a_decision_follows_its_words(workspace: Workspace) -> None:
    """After the author edits an idea, what was masked and restored by hand stays so; what is gone is told by number."""
    path = workspace.path("data/private/masking.csv")
    listed = [[*row[:-1], "rétablir"] if row[5] == "Firmin" else row for row in rows(path)]
    listed.append(["G2", "", "", "", "nom", "trop petite", "", "", "masquer"])
    path.write_text("\n".join(";".join(row) for row in listed), encoding="utf-8")
    ingested(workspace)
    ideas = workspace.path("data/raw/idees.csv")
    before = ideas.read_text(encoding="utf-8")
    ideas.write_text(before.replace("La salle", "Depuis toujours, la grande salle"), encoding="utf-8")
    ingested(workspace)
    told = load(workspace, "ideas").set_index("idea_id")["description"]["G2"]
    assert told == "Depuis toujours, la grande salle est [nom masqué], dit Firmin."
    ideas.write_text(before.replace("trop petite", "très bien"), encoding="utf-8")
    ingested(workspace)
    assert load(workspace, "ideas").set_index("idea_id")["description"]["G2"] == "La salle est très bien, dit Firmin."
    report = read_json(workspace.path("data/interim/ingest_report.json"))
    assert [one["idea_id"] for one in report["masking"]["unused_decisions"]] == ["G2"]
    told_ = read_json(workspace.path("data/interim/ingest_rows.json"))
    assert "ne s’applique plus" in " ".join(told_["sentences"])


def test_unknown_word_in_the_list_is_refused(workspace: Workspace) -> None:
    """A word that is no decision is refused by row, and nothing is overwritten."""
    path = workspace.path("data/private/masking.csv")
    content = path.read_text(encoding="utf-8").rstrip("\n").removesuffix('""') + '"peut-être"\n'
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MinilabsError) as why:
        ingested(workspace)
    assert why.value.code == "ingest.list_word"
    assert path.read_text(encoding="utf-8") == content


def test_proposal_in_params(workspace: Workspace) -> None:
    """The proposal is written into params.yaml, comments kept, and reading again by it changes nothing."""
    write_text(workspace.path("params.yaml"), render())
    before = load(workspace, "ideas")
    assert write_proposal(workspace, workspace.params())[1] == 0
    text = workspace.path("params.yaml").read_text(encoding="utf-8")
    assert '"matricule": holder_id  # numéro de l\'agent' in text
    assert "# graine unique" in text
    ingested(workspace)
    assert load(workspace, "ideas").equals(before)


def test_forgotten_person_is_nowhere(workspace: Workspace) -> None:
    """Nothing in the workspace names an erased person; namesakes and co-holders stay; a new run leaves them out."""
    write_text(workspace.path("reports/rapport.html"), "<p>Soizic <b>Ravaudet</b></p>")
    write_text(workspace.path("data/review/decisions.csv"), "seq,reason\n1,demande de s.ravaudet@exemple.fr\n")
    done = forget(workspace, workspace.params(), "A1", date(2026, 1, 2))
    assert done.remaining == ["data/review/decisions.csv"]
    assert done.ideas == 1
    assert not workspace.path("reports/rapport.html").exists()
    everything = "".join(p.read_text(encoding="utf-8") for p in workspace.path("data/raw").iterdir())
    assert "Soizic" not in everything
    assert "RAVAUDET;Marc".replace(";", '";"') in everything
    ingested(workspace)
    assert set(load(workspace, "holders")["holder_id"]) == {"A2", "A3"}
    assert rows(workspace.path("data/review/forgotten.csv"))[1] == ["A1", "2026-01-02"]
    assert len(load(workspace, "ideas")) == 2


def test_every_spelling_of_a_person_is_forgotten(workspace: Workspace) -> None:
    """A person whom the analyst found under two spellings is erased under both, from the texts too, and stays away."""
    for name in ("agents.csv", "liens.csv", "idees.csv"):
        workspace.path(f"data/raw/{name}").unlink()
    flat = "id;titre;description;porteur\nG8;Vélos;Acheter des vélos, dit Soizic Ravaudez;RAVAUDET Soizic\n"
    write_text(workspace.path("data/raw/export.csv"), flat + "G9;Thé;Servir du thé;Soizic Ravaudez\n")
    write_text(workspace.path("data/review/persons.csv"), "person_a,person_b,decision\nG8:1,G9:1,same\n")
    ingested(workspace)
    holder = load(workspace, "identities")["holder_id"].item()
    assert "[nom masqué]" in load(workspace, "ideas")["description"].iloc[0]
    forget(workspace, workspace.params(), holder, date(2026, 1, 2))
    assert "Soizic" not in workspace.path("data/raw/export.csv").read_text(encoding="utf-8")
    ingested(workspace)
    assert load(workspace, "identities").empty


def test_numbered_holders_are_forgotten_alone(workspace: Workspace) -> None:
    """Of several people with columns of their own, one is erased and the others stay."""
    for name in ("agents.csv", "liens.csv", "idees.csv"):
        workspace.path(f"data/raw/{name}").unlink()
    header = "id;titre;description;Nom porteur 1;Prénom porteur 1;Nom porteur 2;Prénom porteur 2\n"
    row = "G1;Vélos;Acheter des vélos;Ravaudet;Soizic;Obernesser;Paul\n"
    write_text(workspace.path("data/raw/export.csv"), header + row)
    ingested(workspace)
    people = load(workspace, "identities").set_index("given_name")["holder_id"]
    assert set(people.index) == {"Soizic", "Paul"}
    forget(workspace, workspace.params(), people["Paul"], date(2026, 1, 2))
    assert rows(workspace.path("data/raw/export.csv"))[1] == [
        "G1", "Vélos", "Acheter des vélos", "Ravaudet", "Soizic", "", "",
    ]  # fmt: skip


def test_wishes_go_with_the_person(workspace: Workspace) -> None:
    """Rows that analysts keep by number (wishes, announced seats) go with the person they are about."""
    write_text(workspace.path("data/review/announced.csv"), "agent_id;minilab;remarque\nA1;L1;\nA2;L1;\n")
    done = forget(workspace, workspace.params(), "A1", date(2026, 1, 2))
    assert "data/review/announced.csv" in done.rewritten
    assert rows(workspace.path("data/review/announced.csv")) == [["agent_id", "minilab", "remarque"], ["A2", "L1", ""]]


def test_a_list_saved_with_semicolons_still_erases(workspace: Workspace) -> None:
    """A list of erased people that a French spreadsheet saved again keeps its people when another one is added."""
    forget(workspace, workspace.params(), "A1", date(2026, 1, 2))
    ingested(workspace)
    workspace.path("data/review/forgotten.csv").write_bytes(b"\xef\xbb\xbfholder_id;forgotten_on\r\nA1;02/01/2026\r\n")
    forget(workspace, workspace.params(), "A2", date(2026, 1, 3))
    listed = rows(workspace.path("data/review/forgotten.csv"))
    assert listed == [["holder_id", "forgotten_on"], ["A1", "02/01/2026"], ["A2", "2026-01-03"]]


AWKWARD = (
    ("Æbersold", "Lætitia"), ("O’Brien-d’Aubigné", "Seán"), ("de La Tour du Pin", "Marie-Ange"), ("Œuvrard", "Zoé"),
    ("NGUYỄN", "Thị Hương"), ("Müller-Straße", "Jürgen"), ("Παπαδόπουλος", "Γιώργος"), ("Łukasiewicz", "Øyvind"),
    ("Dupont--Martin", "Anne"), ("ﬁlippi", "Éloïse"), ("D'Hondt", "Rose"), ("Čapek", "Božena"), ("N’Diaye", "Aïssatou"),
    ("İnönü", "İsmet"), ("Grand", "Petit"),
)  # fmt: skip


def test_awkward_names_are_masked_and_forgotten(workspace: Workspace) -> None:
    """Ligatures, other alphabets, particles, double hyphens and words: masked in every form, and erased."""
    for name in ("agents.csv", "liens.csv", "idees.csv"):
        workspace.path(f"data/raw/{name}").unlink()
    lines = ["id;titre;description;nom;prenom;email"]
    for i, (family, given) in enumerate(AWKWARD):
        forms = (f"{given} {family}", f"{family.upper()} {given}", f"{given[0]}. {family}", f"{given} {family}".upper())
        text = f"Vélos numéro {i} : {' puis '.join(forms)}, écrire à p{i}@exemple.fr pour les trajets."
        lines.append(f"G{i};Des vélos, projet {i};{text};{family};{given};p{i}@exemple.fr")
    write_text(workspace.path("data/raw/export.csv"), "\n".join([*lines, ""]))
    ingested(workspace)
    assert audit(workspace, workspace.params()).leaks == []
    shown = load(workspace, "ideas")["description"]
    assert not [family for family, _ in AWKWARD if shown.str.contains(family, case=False, regex=False).any()]
    for holder in list(load(workspace, "identities")["holder_id"])[:3]:
        assert forget(workspace, workspace.params(), holder, date(2026, 1, 2)).remaining == []
        ingested(workspace)
    assert len(load(workspace, "identities")) == len(AWKWARD) - 3


def test_a_forgotten_person_stops_no_composition(workspace: Workspace) -> None:
    """The person goes out of the cells that name several people, by their number; other cells stay as they are."""
    content = "agent_id;avec;sans;remarque\nA2;A1 | A3;A1;voir A1\nA3;A2;;\n"
    write_text(workspace.path("data/review/people.csv"), content)
    forget(workspace, workspace.params(), "A1", date(2026, 1, 2))
    assert rows(workspace.path("data/review/people.csv"))[1:] == [["A2", "A3", "", "voir A1"], ["A3", "A2", "", ""]]


def test_what_was_filled_in_by_hand_outlives_an_erasure(workspace: Workspace) -> None:
    """In the private folder the person's rows go; those of others, and other files, stay for their owner alone."""
    balance, notes = workspace.path("data/private/equilibre.csv"), workspace.path("data/private/notes.txt")
    write_text(balance, "agent_id;groupe\nA1;x\nA2;y\nA3;x\n")
    write_text(notes, "Rappeler Soizic Ravaudet")
    done = forget(workspace, workspace.params(), "A1", date(2026, 1, 2))
    assert rows(balance) == [["agent_id", "groupe"], ["A2", "y"], ["A3", "x"]]
    assert mode(balance) == 0o600
    assert done.remaining == ["data/private/notes.txt"]
    assert not workspace.path("data/private/identities.parquet").exists()
    assert not workspace.path("data/private/masking.csv").exists()


PAGE = (
    '<html><meta charset="{charset}"><table><tr><th>matricule</th><th>nom</th><th>prénom</th></tr>'
    "<tr><td>A1</td><td>Ravaudet</td><td>Soizic</td></tr><tr><td>A2</td><td>Obernesser</td><td>Paul</td></tr></table>"
    "<table><tr><td>Établi par Soizic Ravaudet &amp; l’été</td></tr></table></html>"
)


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
def test_forgetting_in_a_page_named_as_a_workbook(workspace: Workspace, charset: str) -> None:
    """A web page under the name of a workbook stays one, reads the same, and does not name the person."""
    workspace.path("data/raw/agents.csv").unlink()
    page = workspace.path("data/raw/agents.xls")
    page.write_bytes(PAGE.format(charset=charset).encode(charset))
    ingested(workspace)
    done = forget(workspace, workspace.params(), "A1", date(2026, 1, 2))
    assert "data/raw/agents.xls" in done.rewritten
    assert done.remaining == []
    text = page.read_bytes().decode(charset)
    assert "Soizic" not in text
    assert "Ravaudet" not in text
    assert "&amp; l’été" in text
    ingested(workspace)
    assert list(load(workspace, "identities")["given_name"]) == ["Paul"]


def test_forgetting_in_a_file_of_mixed_encodings(workspace: Workspace) -> None:
    """A file put together from two others, in two encodings, is rewritten whole in one."""
    path = workspace.path("data/raw/idees.csv")
    path.write_bytes(
        path.read_bytes() + "G7;Été;Ravaudet l’a dit, à l’école\n".encode() * 3 + "G9;Thé;Dîner\n".encode("cp1252")
    )
    ingested(workspace)
    forget(workspace, workspace.params(), "A1", date(2026, 1, 2))
    assert "Dîner" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("step", ["_remember", "_erase_sources", "_erase_wishes", "_remove_derived", "_left"])
def test_an_interrupted_erasure_is_finished(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Stopped before or after any step, the same command finishes; until then the export is not read again."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"pipeline.shells.persons.forgetting.{step}", stop)
    with pytest.raises(KeyboardInterrupt):
        forget(workspace, workspace.params(), "A1", date(2026, 1, 2))
    monkeypatch.undo()
    with pytest.raises(MinilabsError, match=r"privacy\.unfinished"):
        ingested(workspace)
    with pytest.raises(MinilabsError):
        forget(workspace, workspace.params(), "A2", date(2026, 1, 2))
    assert to_forget(workspace, "A1") == 1
    done = forget(workspace, workspace.params(), "A1", date(2026, 1, 3))
    assert (done.ideas, done.remaining) == (1, [])
    everything = "".join(p.read_text(encoding="utf-8") for p in workspace.path("data/raw").iterdir())
    assert "Soizic" not in everything
    assert not workspace.path("data/private/effacement.json").exists()
    ingested(workspace)
    assert set(load(workspace, "holders")["holder_id"]) == {"A2", "A3"}


def test_an_erasure_keeps_the_lock_it_holds(workspace: Workspace) -> None:
    """No other run can start while a person is erased: the lock is not among the caches removed."""
    with locked(workspace):
        forget(workspace, workspace.params(), "A1", date(2026, 1, 2))
        with pytest.raises(MinilabsError, match=r"base\.locked"), locked(workspace):
            pass


def test_every_cache_of_dvc_goes(workspace: Workspace, tmp_path: Path) -> None:
    """Old tables kept by DVC go with the person, where its settings put them; a cache outside is told, and audited."""
    inside, outside = workspace.path("ailleurs"), tmp_path / "dehors"
    for place in (workspace.path(".dvc/cache"), inside, outside):
        place.mkdir(parents=True)
        write_text(place / "00", "Paul Obernesser")
    write_text(workspace.path(".dvc/config"), "[core]\n    no_scm = true\n[cache]\n    dir = ../ailleurs\n")
    write_text(workspace.path(".dvc/config.local"), f"[cache]\n    dir = {outside}\n")
    leaks = {leak.path for leak in audit(workspace, workspace.params()).leaks}
    assert leaks == {".dvc/cache/00", "ailleurs/00", f"{outside}/00"}
    done = forget(workspace, workspace.params(), "A1", date(2026, 1, 2))
    assert not workspace.path(".dvc/cache").exists()
    assert not inside.exists()
    assert done.remaining == [f"{outside} (cache de DVC : videz-le)"]


def test_an_archive_is_left_to_the_user(workspace: Workspace) -> None:
    """A person inside an archive of the export cannot be erased by the program, which says so."""
    with zipfile.ZipFile(workspace.path("data/raw/export.zip"), "w") as packed:
        for path in sorted(workspace.path("data/raw").glob("*.csv")):
            packed.write(path, path.name)
            path.unlink()
    ingested(workspace)
    done = forget(workspace, workspace.params(), "A1", date(2026, 1, 2))
    assert done.remaining == ["data/raw/export.zip"]


def test_a_changed_list_makes_the_stage_run_again(workspace: Workspace) -> None:
    """A decision typed in a private list is taken by the next `minilabs run`, without asking for the stage."""
    stage = BY_NAME["ingest"]
    run_stage(stage, workspace, workspace.params(), lambda done, total: None)  # noqa: ARG005 - nobody watches
    assert up_to_date(stage, workspace, workspace.params())
    path = workspace.path("data/private/masking.csv")
    path.write_bytes(path.read_bytes().rstrip(b'""\n') + b'"";"masquer"\n')
    assert up_to_date(stage, workspace, workspace.params()) is None


def test_what_is_told_after_reading(workspace: Workspace) -> None:
    """The analyst is told what was read and what to do, with the files to open, and no name."""
    account, tasks = told(workspace)
    said = "\n".join([*account, *tasks])
    assert "2 lignes lues" in said.replace("\u00a0", " ")
    assert "data/private/masking.csv" in said
    assert "Ravaudet" not in said


def test_a_table_is_written_by_parts(workspace: Workspace) -> None:
    """Ideas written in several parts are read back as one table."""
    ideas = load(workspace, "ideas")
    save_parts(workspace, "ideas", [ideas.iloc[:1], ideas.iloc[1:]])
    assert load(workspace, "ideas").equals(ideas)


def test_forgetting_in_workbooks(workspace: Workspace) -> None:
    """A person is erased from a workbook's people, links and cells with several names."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Titre", "Description", "Porteurs"])
    sheet.append(["Vélos", "Acheter des vélos, dit Soizic Ravaudet", "RAVAUDET Soizic ; OBERNESSER Paul"])
    for old in list(workspace.path("data/raw").glob("*.csv")):
        old.unlink()
    book.save(workspace.path("data/raw/export.xlsx"))
    ingested(workspace)
    people = load(workspace, "identities").set_index("given_name")["holder_id"]
    forget(workspace, workspace.params(), people["Soizic"], date(2026, 1, 2))
    cells = [c.value for c in openpyxl.load_workbook(workspace.path("data/raw/export.xlsx")).active[2]]
    assert cells == ["Vélos", "Acheter des vélos, dit [personne effacée]", "OBERNESSER Paul"]
    ingested(workspace)
    assert list(load(workspace, "identities")["holder_id"]) == [people["Paul"]]


def test_unknown_person_cannot_be_forgotten(workspace: Workspace) -> None:
    """A number that nobody has is refused, and nothing is touched."""
    before = workspace.path("data/raw/agents.csv").read_bytes()
    with pytest.raises(MinilabsError) as why:
        forget(workspace, workspace.params(), "A9", date(2026, 1, 2))
    assert why.value.code == "privacy.unknown_holder"
    assert workspace.path("data/raw/agents.csv").read_bytes() == before


def test_clean_workspace_passes_the_audit(workspace: Workspace) -> None:
    """After ingestion names are in the export and the private files, and nowhere else."""
    found = audit(workspace, workspace.params())
    assert found.leaks == []
    assert found.identities == 3
    assert found.allowed >= 2


@pytest.mark.parametrize(
    "written", ["data/export", "data/export/", "./data/export", "data/../data/export", "{root}/data/export"]
)
def test_the_export_may_name_people_and_its_neighbour_may_not(workspace: Workspace, written: str) -> None:
    """However its folder is written, the export names people; a folder whose name begins like it must not."""
    workspace.path("data/raw").rename(workspace.root / "data/export")
    params = workspace.params()
    source = written.format(root=workspace.root)
    moved = params.model_copy(update={"ingest": params.ingest.model_copy(update={"source": source})})
    assert audit(workspace, moved).leaks == []
    write_text(workspace.root / "data/export-copie/agents.csv", AGENTS)
    write_text(workspace.root / "data/private2/agents.csv", AGENTS)
    leaks = {leak.path for leak in audit(workspace, moved).leaks}
    assert leaks == {"data/export-copie/agents.csv", "data/private2/agents.csv"}
    done = forget(workspace, moved, "A1", date(2026, 1, 2))
    assert set(done.rewritten) >= {"data/export/agents.csv"}
    assert set(done.remaining) == leaks


@pytest.mark.parametrize("kind", ["html", "json", "csv", "parquet", "xlsx", "zip", "log", "utf16", "pdf", "name"])
def test_audit_finds_a_name_in_any_format(workspace: Workspace, kind: str) -> None:
    """A name planted in a report, export, cache or log of any format is found, with the holder's number only."""
    path = workspace.path("reports/export") / f"planted.{kind}"
    path.parent.mkdir(parents=True, exist_ok=True)
    plant(path, kind)
    leaks = audit(workspace, workspace.params()).leaks
    assert {leak.path for leak in leaks} == {"reports/export/" + (NAMED if kind == "name" else path.name)}
    assert "A2" in leaks[0].holder_ids


NAMED = "paul-obernesser.txt"


def plant(path: Path, kind: str) -> None:
    """Write a file of the kind that names a holder."""
    name = "Paul Obernesser"
    if kind == "parquet":
        pd.DataFrame({"texts": [[f"vu avec {name}"]]}).to_parquet(path)
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        book.create_sheet("caché")["B7"] = name
        book.save(path)
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", f"<w:t>{name.upper()}</w:t>")
    elif kind == "pdf":
        import typst  # noqa: PLC0415 - one case only

        source = path.with_suffix(".typ")
        source.write_text(f"= Rapport\nVu avec {name}.", encoding="utf-8")
        path.write_bytes(typst.compile(str(source)))
        source.unlink()
    elif kind == "name":
        path.with_name(NAMED).write_text("rien", encoding="utf-8")
    else:
        texts = {
            "html": "<td>Paul&nbsp;<em>Obern&#101;sser</em></td>",
            "json": '{"qui": "Paul \\u004fbernesser"}',
            "csv": "id,qui\n1,p.obernesser@exemple.fr",
            "log": f"INFO {name} traité",
            "utf16": f"{name} et d'autres",
        }
        path.write_bytes(texts[kind].encode("utf-16" if kind == "utf16" else "utf-8"))


def test_files_left_by_spreadsheets_are_passed_over(tmp_path: Path) -> None:
    """Hidden and lock files beside the export are not read; a missing source is told."""
    for name in ("a.csv", ".~lock.a.csv#", "~$b.xlsx", ".DS_Store"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [file.name for file in source_files(tmp_path, "raw")] == ["a.csv"]
    with pytest.raises(MinilabsError) as why:
        source_files(tmp_path / "absent", "data/raw")
    assert why.value.code == "ingest.no_source"
