"""Rows say what they say: ideas, people, and what is no idea at all."""

from __future__ import annotations

import pickle

import pytest

from pipeline.ingest.columns.mapping import Mapped, map_columns
from pipeline.ingest.reading.grids import to_grid
from pipeline.ingest.rows.records import AUTHOR, CONTINUED, JOINED, Person, Row
from pipeline.ingest.rows.said import idea_rows, link_rows, person_rows

TEXT = "Une proposition assez longue pour être le texte d’une idée, avec des mots et une phrase entière."


def table(*lines: str) -> Mapped:
    """Return the understood table of lines cut at "|", header first."""
    grid = to_grid(lambda: enumerate([line.split("|") for line in lines], start=1), "x.csv")
    assert grid is not None
    return map_columns(grid)


def ideas(*lines: str) -> list[Row]:
    """Return the rows of a table of ideas."""
    return list(idea_rows(table(*lines)))


def test_parts_keep_their_headings() -> None:
    """Several columns make one text, each under its heading; a single one has none."""
    (row,) = ideas("Titre|Constat|Proposition", f"A|{TEXT}|{TEXT}")
    assert row.description == f"Constat : {TEXT}\n\nProposition : {TEXT}"
    assert row.body == f"{TEXT}\n\n{TEXT}"
    (row,) = ideas("Titre|Constat|Proposition", f"A||{TEXT}")
    assert row.description == TEXT


def test_repeated_header_total_and_remark() -> None:
    """Rows that are no idea come out empty, each with its reason."""
    found = ideas("N°|Titre|Description|Votes", f"1|A|{TEXT}|3", "N°|Titre|Description|Votes", "Total|||3",
                  "Source : la plateforme interne|||")  # fmt: skip
    assert [row.notes for row in found[1:]] == [("en-tête répété",), ("ligne de total",), ("remarque hors du tableau",)]
    assert all(row.is_empty and not row.idea_id for row in found[1:])


def test_an_idea_about_totals_is_one() -> None:
    """A title that begins like a total, with a text, is an idea."""
    (row,) = ideas("N°|Titre|Description", f"1|Total des déchets|{TEXT}")
    assert row.title == "Total des déchets"


def test_people_alone_join_the_idea_above() -> None:
    """A row with nothing but people repeats the idea above with them as co-holders."""
    first, second = ideas("Titre|Description|Porteur", f"A|{TEXT}|Léa ROY", "||Paul KLEIN")
    assert (second.title, second.notes) == (first.title, (CONTINUED,))
    assert [(p.given_name, p.role) for p in second.people] == [("Paul", JOINED)]


@pytest.mark.parametrize("line", ["7|||Paul KLEIN|", "|||Paul KLEIN|12/03/2020"])
def test_an_empty_idea_is_no_continuation(line: str) -> None:
    """A row with a number or a date of its own is an idea without text, not more people for the one above."""
    rows = ideas("N°|Titre|Description|Porteur|Date", f"1|A|{TEXT}|Léa ROY|", line)
    assert rows[1].is_empty


def test_numbers_of_a_spreadsheet() -> None:
    """A column of "12.0" is one of whole numbers; a single one among others is left."""
    assert [row.idea_id for row in ideas("N°|Titre", "12.0|A b c", "13.0|C d e")] == ["12", "13"]
    assert [row.idea_id for row in ideas("N°|Titre", "12.0|A b c", "12.1|C d e")] == ["12.0", "12.1"]


def test_answered_question_is_a_status() -> None:
    """A column "Primée ?" answered "oui" gives the status "primee"."""
    assert [row.status for row in ideas("Titre|Primée ?", "A b|Oui", "C d|non")] == ["primee", "non"]


def test_a_set_of_columns_for_each_person() -> None:
    """Columns "Nom 2" and "Prénom 2" are the second person's, who joined; so is an address with that number only."""
    header = "Titre|Nom porteur 1|Prénom porteur 1|Nom porteur 2|Prénom porteur 2|E-mail porteur 2"
    (row,) = ideas(header, "Un titre|Roy|Léa|Klein|Paul|p@exemple.fr")
    assert [(p.family_name, p.given_name, p.email, p.role) for p in row.people] == [
        ("Roy", "Léa", "", ""), ("Klein", "Paul", "p@exemple.fr", JOINED),
    ]  # fmt: skip


def test_a_second_address_is_no_second_person() -> None:
    """A column "E-mail 2" without a second name is left aside."""
    (row,) = ideas("Titre|Nom|Prénom|E-mail|E-mail 2", "Un titre|ROY|Léa|a@exemple.fr|b@exemple.fr")
    assert [person.email for person in row.people] == ["a@exemple.fr"]


def test_people_and_links() -> None:
    """Tables of people and of links are read; incomplete links are left out."""
    (person,) = person_rows(table("Matricule|Nom|Prénom|Direction", "A1|ROY|Léa|DSI"))
    assert (person.holder_id, person.directorate, person.role) == ("A1", "DSI", "")
    links = list(link_rows(table("Idée|Matricule|Rôle", "G1|A1|porteur", "G2||", "|A1|")))
    assert [(link.number, link.idea_id, link.role) for link in links] == [(2, "G1", AUTHOR)]


def test_rows_are_copied_whole() -> None:
    """A row kept aside comes back equal."""
    row = Row("t", 1, "G1", "A", (("h", "x"),), "", "", "", people=(Person("A1", "Roy"),), notes=("n",), votes=3)
    assert pickle.loads(pickle.dumps(row)) == row  # noqa: S301 - just written


def test_the_number_of_a_question_is_no_person() -> None:
    """Columns called Q3 and Q4 that the analyst names tell of one person: not of a third and a fourth."""
    lines = ("N°|Q1|Q2|Q3|Q4", f"1|Vélos|{TEXT}|Lycées|Durand Anne")
    grid = to_grid(lambda: enumerate([line.split("|") for line in lines], start=1), "x.csv")
    assert grid is not None
    decided = {"Q1": "title", "Q2": "part", "Q3": "directorate", "Q4": "person"}
    (row,) = idea_rows(map_columns(grid, decided))
    (person,) = row.people
    assert (person.given_name, person.family_name, person.directorate) == ("Anne", "Durand", "Lycées")
