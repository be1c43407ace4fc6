"""Columns are found by name, then by content; what is open is asked."""

from __future__ import annotations

import pytest

from pipeline.ingest.columns.mapping import choose, map_columns
from pipeline.ingest.columns.proposal import insert, propose
from pipeline.ingest.reading.grid import Grid
from pipeline.ingest.reading.grids import to_grid
from pipeline.params import IngestParams, Params, parse, render

TEXT = "Une proposition assez longue pour être le texte d’une idée, avec des mots et une phrase entière."


def grid(header: str, *rows: str, file: str = "x.csv") -> Grid:
    """Return a grid from lines cut at "|"."""
    names = header.split("|")
    found = to_grid(lambda: enumerate([names, *(row.split("|") for row in rows)], start=1), file)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("N°", "idea_id"), ("Intitulé de l'idée", "title"), ("Votre idée en une phrase", "title"),
        ("CONSTAT", "part"), ("Proposition(s)", "part"), ("Gains attendus", "benefits"),
        ("Date de dépôt", "submitted_on"), ("Nom et prénom du porteur", "person"), ("Porteur(s)", "person"),
        ("Co-porteur(s)", "co_persons"), ("Adresse e-mail", "email"), ("Direction (ou pôle)", "directorate"),
        ("Thématique déclarée", "category"), ("Nombre de votes", "votes"), ("Submission date", "submitted_on"),
        ("Quels sont les bénéfices attendus ?", "benefits"), ("First name", "given_name"),
    ],
)  # fmt: skip
def test_names_in_french_and_english(header: str, field: str) -> None:
    """A column is known by its usual names, whatever the accents, case, articles and plural marks."""
    assert map_columns(grid(f"{header}|zzz", "a b|c")).fields.get(field) == (header,)


@pytest.mark.parametrize("header", ["Date de naissance", "Commentaire du jury", "Téléphone", "Sexe", "Prix"])
def test_other_columns_are_left(header: str) -> None:
    """A column that says something else is not used, and is reported as such."""
    mapped = map_columns(grid(f"Titre|{header}", "Un titre|x"))
    assert mapped.unused == (header,)


def test_parts_stay_in_order() -> None:
    """Constat and proposition are parts of one text, in the order of the table."""
    mapped = map_columns(grid("Titre|Constat|Proposition", f"A|{TEXT}|{TEXT}"))
    assert mapped.fields["part"] == ("Constat", "Proposition")


def test_usual_name_wins_over_vague_one() -> None:
    """Of "Objet" and "Titre" the second is the title; the loser is not used, without a question."""
    mapped = map_columns(grid("Objet|Titre", "a b|c d"))
    assert mapped.fields["title"] == ("Titre",)
    assert not mapped.questions


def test_a_service_stands_beside_a_direction_or_in_its_place() -> None:
    """With a column "Direction" the column "Service" is the service; alone it is the directorate."""
    both = map_columns(grid("Titre|Direction|Service", "a b|Finances|Paie")).fields
    assert (both["directorate"], both["service"]) == (("Direction",), ("Service",))
    alone = map_columns(grid("Titre|Service", "a b|Paie")).fields
    assert alone["directorate"] == ("Service",)
    assert "service" not in alone


def test_two_equal_claims_are_asked() -> None:
    """Two columns that claim one field with equal right are a question, unless they say the same."""
    assert map_columns(grid("Titre|Intitulé", "a b|c d")).questions[0].columns == ("Titre", "Intitulé")
    assert not map_columns(grid("Titre|Intitulé", "a b|a b")).questions


def test_nom_is_a_person_or_a_title() -> None:
    """A column "Nom" is the family name beside a first name, whole names when they look so, asked otherwise."""
    assert map_columns(grid("Titre|Nom|Prénom", "a b|DUPONT|Marie")).fields["family_name"] == ("Nom",)
    assert map_columns(grid("Titre|Nom", "Un vélo|Marie Dupont", "Un thé|Paul Martin")).fields["person"] == ("Nom",)
    assert map_columns(grid("Nom|Description", f"x|{TEXT}")).questions


def test_people_by_number() -> None:
    """A column "Porteur" that holds numbers refers to a table of people."""
    assert map_columns(grid("Titre|Porteur", "Un vélo|A001", "Un thé|A001")).fields["holder_id"] == ("Porteur",)


def test_other_tables_are_set_aside_with_the_reason() -> None:
    """A list of themes beside the ideas is not read as ideas."""
    ideas = map_columns(grid("id|titre|description", f"1|A|{TEXT}"))
    themes = map_columns(grid("theme|libelle|description", f"x|A|{TEXT}", file="themes.csv"))
    assert [(t.kind, bool(t.why)) for t in choose([ideas, themes])] == [("ideas", False), ("none", True)]


def test_proposal_is_valid_and_complete() -> None:
    """The proposal names every column, marks the open ones, keeps the rest of params.yaml, and is read back."""
    mapped = map_columns(grid("Titre|Intitulé|Description|zz", f'a "b"|c d|{TEXT}|1'))
    text = insert(render(), propose([mapped], IngestParams()))
    columns = parse(text).ingest.files["x.csv"].columns
    assert columns == {"Titre": "?", "Intitulé": "?", "Description": "part", "zz": "ignore"}
    assert insert(text, propose([mapped], IngestParams())) == text
    assert parse(insert("seed: 3\n", propose([mapped], IngestParams()))).seed == 3
    without = parse(text).model_copy(update={"ingest": IngestParams()})
    assert without == Params()
