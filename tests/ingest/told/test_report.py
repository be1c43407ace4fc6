"""The report that documents are made from says nothing that the order of the rows changes."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import SourceFile, ingest
from pipeline.ingest.told.report import by_row, without_rows
from pipeline.params import IngestParams
from tests.ingest.masking.test_bystanders import table

HEAD = ("N°", "Titre", "Texte", "Nom", "Prénom", "Direction", "Date", "Votes", "Statut", "Suivi par")
ROWS = (
    ("1", "Vélos", "Acheter des vélos pour tous.", "Durand", "Anne", "Lycées", "12/03/2020", "4", "", "Paul Roy"),
    ("1", "Vélos", "Acheter des vélos pour tous.", "Leroy", "Marc", "Achats", "12/03/2020", "4", "", ""),
    ("2", "Papier", "Imprimer recto verso par défaut.", "Leroy", "Marc", "Achats", "hier", "deux", "", "Paul Roy"),
    ("3", "Repos", "Une salle calme à chaque étage.", "", "", "Lycées", "14/03/2020", "1", "primée", ""),
    ("4", "test", "", "Petit", "Julie", "", "", "", "", ""),
    ("5", "", "", "", "", "", "", "", "", ""),
    ("6", "Salle", "Une salle calme à chaque étage.", "Weber", "Luc", "Lycées", "11/03/2020", "x", "", ""),
    ("7", "Courriels", "Moins de courriels le soir.", "Dupont", "Anne", "DSI", "12/03/2020", "2", "", ""),
    ("8", "Courriers", "Moins de courriers en double.", "Dupond", "Anne", "DSI", "12/03/2020", "2", "", ""),
    ("Total", "", "", "", "", "", "", "13", "", ""),
)  # fmt: skip


@given(st.permutations(ROWS))
@settings(max_examples=25, deadline=None)
def test_row_order_changes_nothing_of_the_report(rows: list[tuple[str, ...]]) -> None:
    """Whatever the order of the rows, the report is the same to the byte; what names rows is in the other file."""
    report, expected = (
        ingest([SourceFile("export.csv", table(HEAD, *order))], IngestParams(language_model=False)).report
        for order in (rows, ROWS)
    )
    assert json.dumps(without_rows(report)) == json.dumps(without_rows(expected))
    assert report.keys() == {*without_rows(report), *by_row(report)}
    assert "row" not in json.dumps([*map(list, without_rows(report)["accounting"])])
    assert sorted(entry["row"] for entry in by_row(report)["problems"]) == sorted(
        number for number, row in enumerate(rows, start=2) for cell in ("hier", "deux", "x") if cell in row
    )
