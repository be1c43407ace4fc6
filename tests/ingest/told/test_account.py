"""The account of an export says in French, to people who do not program, what became of every row."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.ingest import SourceFile, ingest
from pipeline.ingest.told.account import sentences
from pipeline.params import IngestParams

PARAMS = IngestParams(language_model=False)


def account(*files: tuple[str, str]) -> str:
    """Return what is told of files given as (name, text), with plain spaces."""
    sources = [SourceFile(name, text.encode()) for name, text in files]
    said = "\n".join(ingest(sources, PARAMS).report["sentences"])
    return said.replace("\u202f", " ").replace("\u00a0", " ")


IDEAS = "id;titre;description;date;votes\n1;Vélos;Acheter des vélos;12/03/2020;3\n"


def test_rows_and_reasons() -> None:
    """The first sentence adds up: rows read, ideas to analyse, and the rest by reason."""
    more = "2;test;test;;\n3;Vélos;Acheter des vélos;;\n3;Vélos;Acheter des vélos;;\n;;;;\nTotal;;;;3\n"
    assert account(("a.csv", IDEAS + more)).splitlines()[0] == (
        "5 lignes lues : 1 idée à analyser ; 1 idée mise de côté (ligne d’essai),"
        " 1 idée mise de côté (même texte qu’une autre), 1 ligne réunie à une autre et 1 ligne sans idée."
    )


def test_files() -> None:
    """Files used, tables that are about something else and files that are no tables are each named."""
    said = account(("a.csv", IDEAS), ("prix.csv", "montant\n12\n"), ("photo.jpg", "x"), ("LISEZMOI.txt", "x"))
    assert "Lu dans le fichier « a.csv »." in said
    assert "Sans rapport avec les idées ni les personnes : « prix.csv »." in said
    assert "Pas des tableaux, laissés de côté : « photo.jpg »." in said
    assert "LISEZMOI" not in said


def test_unreadable_cells_are_placed() -> None:
    """The first unreadable cells are told by row and column, with what was expected; the others are counted."""
    bad = "".join(f"{i};Titre {i};Un texte {i};32/13/2020;beaucoup\n" for i in range(2, 6))
    said = account(("a.csv", IDEAS + bad))
    assert "8 cellules illisibles, laissées vides." in said
    assert "À corriger dans l’export : a.csv, ligne 3, « date » (attendu : une date comme 12/03/2020)," in said
    assert "et 5 autres." in said
    assert "beaucoup" not in said


@pytest.mark.parametrize(
    ("section", "value", "told"),
    [
        ("near_duplicates", [{}], "1 paire d’idées presque identiques, gardées toutes deux."),
        ("unknown_links", [{}, {}], "2 liens vers une personne ou une idée absente de l’export."),
        ("persons", {"doubtful": 2, "forgotten": 0}, "2 rapprochements de personnes sont à confirmer."),
        ("persons", {"doubtful": 0, "forgotten": 1}, "1 personne a été effacée à sa demande."),
    ],
)
def test_what_is_left_to_look_at(section: str, value: Any, told: str) -> None:  # noqa: ANN401 - a section of JSON
    """Doubts are told, each in its sentence."""
    report = {**ingest([SourceFile("a.csv", IDEAS.encode())], PARAMS).report, section: value}
    assert told in "\n".join(sentences(report)).replace("\u202f", " ").replace("\u00a0", " ")
