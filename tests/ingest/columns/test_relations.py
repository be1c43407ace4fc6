"""Tables that comment on another's ideas are set aside or joined; decisions follow the shape of a header."""

from __future__ import annotations

import pytest

from pipeline.errors import MinilabsError
from pipeline.ingest import Ingested, SourceFile, ingest
from pipeline.ingest.columns.proposal import propose
from pipeline.ingest.columns.understanding import understood
from pipeline.params import IngestParams, SourceParams
from tests.ingest.kinds import Rows, workbook

IDEAS: Rows = [
    ("ID", "Nom", "Prénom", "Intitulé de l'idée", "Description de l'idée"),
    (101, "Durand", "Anne", "Vélos", "Acheter des vélos."), (102, "Leroy", "Marc", "Papier", "Imprimer moins."),
]  # fmt: skip
OPINIONS: Rows = [
    ("Dossier ID", "Question", "Réponse", "Instructeur"),
    (101, "Que pensez-vous de cette idée ?", "Avis favorable, sous réserve du budget de la direction.", "Agnès Dupuis"),
]
COMMENTS = (
    "id;created_at;body;author/name;commentable_id;commentable_type\n"
    "1;2024-03-01;Très bonne idée, je soutiens.;Agnès Dupuis;102;Proposal\n"
    "2;2024-03-02;Pas convaincu du tout par ce projet.;Paul Roy;101;Proposal\n"
)
ANSWERS = (
    "N°;Direction;Qu'est-ce qui vous fait perdre du temps ?;Que changer dans nos locaux ?\n"
    "1;Lycées;Les réunions sans ordre du jour, chaque semaine.;Une salle de repos calme à chaque étage.\n"
    "2;Achats;Les courriels envoyés à tous, à trier le matin.;\n"
)


def load(*files: tuple[str, bytes], **decided: SourceParams) -> Ingested:
    """Return what the stage makes of files."""
    params = IngestParams(language_model=False, files={name.replace("__", "."): said for name, said in decided.items()})
    return ingest([SourceFile(name, content) for name, content in files], params)


def told(result: Ingested) -> str:
    """Return the account with plain spaces."""
    return " ".join(result.report["sentences"]).replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("order", [("Dossiers", "Avis"), ("Avis", "Dossiers")])
def test_opinions_are_set_aside(order: tuple[str, str]) -> None:
    """A sheet that refers to the numbers of another has no ideas of its own, and is named."""
    content = workbook({name: {"Dossiers": IDEAS, "Avis": OPINIONS}[name] for name in order})
    result = load(("dossiers.xlsx", content))
    assert list(result.ideas["idea_id"]) == ["101", "102"]
    assert set(result.identities["family_name"]) == {"Durand", "Leroy"}
    assert "« dossiers.xlsx [Avis] », laissé de côté : commente les idées de « Dossiers »" in told(result)


def test_opinions_are_joined_when_asked() -> None:
    """What the opinions say becomes a part of the text of their idea, under its heading."""
    content = workbook({"Dossiers": IDEAS, "Avis": OPINIONS})
    ideas = load(("dossiers.xlsx", content), dossiers__xlsx=SourceParams(join=True)).ideas.set_index("idea_id")
    assert "Réponse : Avis favorable" in str(ideas.loc["101", "description"])
    assert "favorable" not in str(ideas.loc["102", "description"])


def test_comments_with_numbers_of_their_own() -> None:
    """A file of comments has numbers of its own beside those of the ideas, and may share some by chance."""
    ideas = b"id;title;body\n101;Velos;Acheter des velos.\n102;Papier;Imprimer moins.\n1;Repos;Une salle calme.\n"
    result = load(("proposals.csv", ideas), ("comments.csv", COMMENTS.encode()))
    assert set(result.ideas["idea_id"]) == {"101", "102", "1"}
    assert result.identities.empty


def test_sheets_of_the_same_columns_are_both_ideas() -> None:
    """Two sheets with the same numbers and columns are two lists of ideas."""
    rows: Rows = [("N°", "Titre", "Texte"), (1, "Vélos", "Acheter des vélos.")]
    other: Rows = [("N°", "Titre", "Texte"), (1, "Papier", "Imprimer moins.")]
    assert len(load(("export.xlsx", workbook({"Lycées": rows, "Finances": other}))).ideas) == 2


def test_an_idea_a_column_when_asked() -> None:
    """The proposal offers both; said so, each answer is an idea numbered by its column, of the row's directorate."""
    params = IngestParams(language_model=False)
    table = understood([SourceFile("r.csv", ANSWERS.encode())], params)
    assert "ou idea (une idée par colonne)" in propose(table, params)
    assert len(load(("r.csv", ANSWERS.encode())).ideas) == 2
    columns = dict.fromkeys(ANSWERS.splitlines()[0].split(";")[2:], "idea")
    result = load(("r.csv", ANSWERS.encode()), r__csv=SourceParams(columns=columns))
    assert list(result.ideas["idea_id"]) == ["1-1", "1-2", "2-1"]
    assert list(result.holders["directorate"].sort_values()) == ["Achats", "Lycées", "Lycées"]


def test_decisions_follow_the_columns() -> None:
    """Next month's file with the same columns is read as was decided; the old name is no error."""
    table = b"Objet;Intitul\xc3\xa9;Texte\nA;V\xc3\xa9los;Acheter.\n"
    decided = SourceParams(columns={"Objet": "category", "Intitulé": "title", "Texte": "part"})
    result = load(("avril.csv", table), mars__csv=decided)
    assert list(result.ideas["category"]) == ["A"]
    with pytest.raises(MinilabsError) as why:
        load(("avril.csv", b"Titre;Texte\nA;B\n"), mars__csv=decided)
    assert why.value.code == "ingest.unknown_file"
