"""An analyst's year, from where `test_afternoon` stops: call, registrations, sessions, answers, ends, review, close.

Everything is typed as a person types it, in a copy of the afternoon's workspace; `Year` keeps what documents said
before the contest was closed.
"""

from __future__ import annotations

import csv
import html
import io
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from pipeline.commands.app import app
from pipeline.files.csv_file import csv_bytes
from pipeline.store import load, write_bytes
from pipeline.words.kinds import MINILAB
from pipeline.workspace import Workspace
from tests.test_afternoon import Afternoon

DAYS = ("2021-01-12", "2021-03-09", "2021-06-08")
TOLD, REVIEWED = "2021-09-20", "2021-11-15"
FEW = 5
"""Fewer people than this are not told apart."""
NEWCOMERS = [f"Zwindelbart-{letter}" for letter in "ABCDEFGH"]
"""Family names of volunteers, found nowhere else."""
_MARKS = re.compile(r"(?s)<(style|script)\b.*?</\1>|<[^>]+>")
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Year:
    """What was done, and what documents said of it before the end.

    Attributes:
        workspace: closed.
        lab: group that newcomers asked for and that met three times.
        ended: another, that was closed.
        left: holder who registered to give a place up.
        answered: idea → directorate that answered.
        said: command → what it printed.
        seats: of the groups, after the registrations.
        letters: number of a person → text.
        pages: path → text without marks.
        figures: of the review.
        names: of holders and volunteers.
        holders: idea → its holders.
    """

    workspace: Workspace
    lab: str
    ended: str
    left: str
    answered: Mapping[str, str]
    said: Mapping[str, str]
    seats: pd.DataFrame
    letters: Mapping[str, str]
    pages: Mapping[str, str]
    figures: Mapping[str, str]
    names: frozenset[str]
    holders: Mapping[str, frozenset[str]]


def typed(workspace: Workspace, *words: str) -> str:
    """Type a command and return what it answers, with ordinary spaces."""
    result = CliRunner().invoke(app, [*words, "--workspace", str(workspace.root)])
    assert result.exception is None, (words, result.exception)
    return result.output.replace("\u202f", " ").replace("\u00a0", " ")


def returned(book: Path, outside: Path, cells: Callable[[Cells], Cells]) -> Path:
    """Return a copy of a workbook filled in: a line, by column → what somebody writes in it."""
    opened = openpyxl.load_workbook(book)
    sheet = opened.worksheets[0]
    heads = [str(cell.value) for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        line = {head: str(cell.value or "") for head, cell in zip(heads, row, strict=False)}
        for head, said in cells(line).items():
            row[heads.index(head)].value = said
    path = outside / book.name
    opened.save(path)
    return path


def registrations(workspace: Workspace, label: str, left: str) -> Path:
    """Write a form's export: eight volunteers who ask for one group, a holder who gives up, a row that names nobody."""
    people = load(workspace, "identities").set_index("holder_id")
    family, given, address = (str(people.loc[left, column]) for column in ("family_name", "given_name", "email"))
    head = ["Horodateur", "Nom", "Prénom", "Adresse électronique", "Direction", "Métier", "Vœu 1", "Désistement"]
    rows = [
        ["2020-12-02 09:00", name, "Ode", f"{name.lower()}@exemple.fr", f"Direction {place % 4}", "juriste", label, ""]
        for place, name in enumerate(NEWCOMERS)
    ]
    rows.append(["2020-12-03 10:00", family, given, address, "", "", "", "oui"])
    rows.append(["2020-12-03 11:00", "", "", "", "", "", label, ""])
    path = workspace.root.parent / "inscriptions.csv"
    write_bytes(path, csv_bytes([head, *rows]))
    return path


def table(workspace: Workspace, name: str, *rows: tuple[str, ...]) -> None:
    """Add lines to a table that a person fills in."""
    path = workspace.path(f"data/review/{name}.csv")
    lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    write_bytes(path, csv_bytes([*lines, *rows]))


def live(workspace: Workspace) -> Year:
    """Live the year with the program's commands, one after the other, and return what it left."""
    labs = load(workspace, "labs", stage="assign")
    room = (labs["maximum"] - labs["placed"] > len(NEWCOMERS)) & (labs["kind"] == MINILAB)
    lab = labs[room].sort_values(["placed", "lab_id"]).iloc[-1]
    seats = load(workspace, "assignments", stage="assign")
    left = min(seats.loc[(seats["lab_id"] == lab["lab_id"]) & (seats["status"] == "placed"), "holder_id"])
    ended = labs.loc[(labs["placed"] > 0) & (labs["lab_id"] != lab["lab_id"]), "lab_id"].min()
    names = frozenset({*load(workspace, "identities")["family_name"], *NEWCOMERS})
    said = {"call": typed(workspace, "call")}
    said["register"] = typed(workspace, "register", str(registrations(workspace, lab["label"], left)))
    typed(workspace, "assign")
    seats = load(workspace, "assignments", stage="assign")
    table(workspace, "seances", *((lab["label"], day, "9 h", "Metz", "") for day in DAYS), (ended, DAYS[0], "", "", ""))
    table(workspace, "comptes_rendus", (lab["lab_id"], DAYS[0], "Essayer en janvier", "Trois sites", "Mesurer"))
    table(workspace, "livrables", (lab["lab_id"], "Guide d’essai", "Quatre pages", ""))
    typed(workspace, "sessions")
    folder = workspace.path("reports/private/presences")
    away = workspace.root.parent
    sheets = [
        returned(book, away, lambda line: {"Présent": came(line["Agent"])}) for book in sorted(folder.glob("*.xlsx"))
    ]
    said["sessions"] = typed(workspace, "sessions", *map(str, sheets))
    typed(workspace, "answers", "--jour", TOLD)
    answered: dict[str, str] = {}

    def answer(line: Cells) -> Cells:
        answered[line["Numéro"]] = line["Direction"]
        return {"Réponse": "Réalisée", "Précisions": "fait au printemps"}

    book = returned(min(workspace.path("reports/suites").glob("*.xlsx")), away, answer)
    said["preview"] = typed(workspace, "answers", str(book), "--jour", TOLD)
    before = workspace.path("data/review/follow_up.csv").read_bytes()
    said["answers"] = typed(workspace, "answers", str(book), "--jour", TOLD, "--oui")
    assert before != workspace.path("data/review/follow_up.csv").read_bytes()
    table(workspace, "follow_up", (lab["lab_id"], "poursuivi", "2021-10-12", "", ""))
    table(workspace, "follow_up", (ended, "clos", "2021-10-12", "", "sujet réglé"))
    typed(workspace, "run")
    said["bilan"] = typed(workspace, "bilan", "--jour", REVIEWED)
    letters = pd.read_excel(workspace.path("reports/private/publipostage.xlsx"), dtype=str, keep_default_na=False)
    rows = csv.DictReader(io.StringIO(workspace.path("reports/bilan/bilan.csv").read_text(encoding="utf-8")))
    pages = sorted(workspace.path("reports").rglob("*.html"))
    kept = {page.relative_to(workspace.root).as_posix(): plain(page.read_text(encoding="utf-8")) for page in pages}
    figures = {row["chiffre"]: row["valeur"] for row in rows}
    links = load(workspace, "idea_holders", stage="ingest")
    holders = {str(idea): frozenset(own["holder_id"]) for idea, own in links.groupby("idea_id")}
    said["audit"] = typed(workspace, "audit-privacy")
    said["close"] = typed(workspace, "close", "--oui")
    by_person = {str(person): "\n".join(texts) for person, texts in letters.groupby("Agent")["Texte"]}
    return Year(
        workspace,
        lab=str(lab["lab_id"]),
        ended=str(ended),
        left=left,
        answered=answered,
        said=said,
        seats=seats,
        letters=by_person,
        pages=kept,
        figures=figures,
        names=names,
        holders=holders,
    )


def came(agent: str) -> str:
    """Return whether a person comes: two in three."""
    return "oui" if sum(map(ord, agent)) % 3 else "non"


def plain(page: str) -> str:
    """Return the text of a page."""
    return re.sub(r"\s+", " ", html.unescape(_MARKS.sub(" ", page)))


@pytest.fixture(scope="module")
def year(afternoon: Afternoon, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """Return the year, lived once."""
    folder = tmp_path_factory.mktemp("year") / "contest"
    shutil.copytree(afternoon.workspace.root, folder)
    return live(Workspace(folder))


def newcomers(year: Year) -> list[str]:
    """Return the numbers of the volunteers."""
    return [person for person in year.letters if person.startswith("V")]


def test_the_call_offers_what_is_open(year: Year) -> None:
    """Published: each group under its title, with places left, and nobody's name."""
    page = year.pages["reports/appel/appel.html"]
    assert "places libres" in page
    assert not [name for name in year.names if len(name) > 8 and name in page]


def test_registrations_become_seats_and_letters(year: Year) -> None:
    """Ten rows are accounted for; volunteers sit where they asked and are told so; who gave up has no place."""
    assert "10 lignes lues : 9 réponses nouvelles" in year.said["register"]
    assert "1 sans nom ni adresse" in year.said["register"]
    seated = year.seats[year.seats["lab_id"] == year.lab]
    assert len(newcomers(year)) == len(NEWCOMERS)
    assert set(newcomers(year)) <= set(seated.loc[seated["status"] == "volunteer", "holder_id"])
    assert year.left not in set(seated["holder_id"])
    assert all("place" in year.letters[person] for person in newcomers(year))
    assert "Une place vous est proposée" not in year.letters[year.left]


def test_attendance_is_counted(year: Year) -> None:
    """Sheets of both groups came back: the review says who came and who never did, from what they hold."""
    members = {lab: set(year.seats.loc[year.seats["lab_id"] == lab, "holder_id"]) for lab in (year.lab, year.ended)}
    everyone = members[year.lab] | members[year.ended]
    assert (
        f"{3 * len(members[year.lab]) + len(members[year.ended])} présences ou absences lues" in year.said["sessions"]
    )
    present = sum(came(agent) == "oui" for agent in everyone)
    assert year.figures["Séances tenues"] == "4"
    shown = [str(present), str(len(everyone) - present)] if min(present, len(everyone) - present) >= FEW else ["", ""]
    assert [year.figures["Membres venus au moins une fois"], year.figures["Membres jamais venus"]] == shown


def test_an_answer_reaches_letters_and_files(year: Year) -> None:
    """Previewed first, then recorded: the letter of the holder and the directorate's file tell it."""
    assert year.answered
    assert "Rien n’est encore enregistré" in year.said["preview"]
    assert f"{len(year.answered)} réponse" in year.said["answers"]
    ideas = [target for target in year.answered if target in year.holders]
    assert ideas
    for idea in ideas:
        for holder in year.holders[idea]:
            assert "fait au printemps" in re.sub(r"\s+", " ", year.letters[holder])
    files = [text for name, text in year.pages.items() if name.startswith("reports/directions/")]
    assert any("fait au printemps" in text for text in files)
    assert "fait au printemps" in year.pages["reports/rapport.html"]


def test_ends_reach_the_review(year: Year) -> None:
    """One group goes on and one is closed, whose ideas are answered; the overall report agrees."""
    assert (year.figures["Groupes poursuivis"], year.figures["Groupes clos"]) == ("1", "1")
    assert int(year.figures["Idées dont la suite est décidée"]) >= len(year.answered)
    page = year.pages["reports/bilan/bilan.html"]
    assert "Bilan d’étape" in page
    assert "Guide d’essai" in page
    decided = year.figures["Idées dont la suite est décidée"]
    assert f"Idées dont la suite est décidée {decided}" in year.pages["reports/rapport.html"]
    assert not [name for name in year.names if len(name) > 8 and name in page]


def test_closing_leaves_nobody(year: Year) -> None:
    """Nothing outside the places meant for names held one before; after the end no file of the workspace holds any."""
    assert "plus rien ne nomme quelqu’un" in year.said["close"]
    assert "Nomment quelqu’un" not in year.said["close"]
    rest = [path for path in year.workspace.root.rglob("*") if path.is_file()]
    assert {path.name for path in rest} >= {"archive.zip", "registre.html", "bilan.html", "decisions.csv"}
    for path in rest:
        content = path.read_bytes().decode("utf-8", errors="ignore")
        assert not [name for name in NEWCOMERS if name in content], path
