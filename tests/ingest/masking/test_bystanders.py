"""People whom an export names though they hold no idea: their names are masked in texts as holders' names are."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import Ingested, SourceFile, ingest, names_apart
from pipeline.ingest.columns.understanding import understood
from pipeline.ingest.erasing import Erased, erase
from pipeline.initialise import initialise
from pipeline.params import IngestParams, SourceParams
from pipeline.shells import ingest as shell
from pipeline.shells.persons.privacy import BESIDE, audit
from pipeline.workspace import Workspace

GIVEN = ("Anne", "Zvezdana", "Jean-Luc", "Ysoline", "Karim")
SAID = (
    "Vu avec {given} {family}, qui est d'accord.", "Demander à {family} {given}.", "{family} le demande aussi.",
    "Merci à {initial}. {family} pour son aide.", "Mme {family} suit le dossier.",
)  # fmt: skip
"""How a text writes somebody."""
PLACES = ("joined", "set aside", "left out", "halves")
STARTS, MIDDLES, ENDS = ("Ker", "Vassi", "Ostro", "Quilli"), ("va", "lo", "zi", "mou"), ("dec", "roux", "wski", "vic")
FAMILIES = st.builds("{}{}{}".format, *map(st.sampled_from, (STARTS, MIDDLES, ENDS)))


def table(*rows: Sequence[str]) -> bytes:
    """Return a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


def export(place: str, family: str, given_name: str, said: str) -> list[SourceFile]:
    """Return an export that names somebody at a place, and whose second idea writes that name."""
    header = ["N°", "Titre", "Description", "Nom", "Prénom"]
    rows = [["1", "Vélos", "Acheter des vélos.", "Durand", "Anne"], ["2", "Papier", said, "Leroy", "Marc"]]
    if place == "left out":
        header, rows = [*header, "Suivi par"], [[*row, f"{given_name} {family.upper()}"] for row in rows]
    if place == "halves":
        header = [*header, "Nom de l'instructeur", "Prénom de l'instructeur"]
        rows = [[*row, family.upper(), given_name] for row in rows]
    files = [SourceFile("idees.csv", table(header, *rows))]
    if place in {"joined", "set aside"}:
        comments = table(["Idée ID", "Commentaire", "Auteur"], ["1", f"Oui. {said}", f"{given_name} {family}"])
        files.append(SourceFile("commentaires.csv", comments))
    return files


def load(files: Sequence[SourceFile], *, join: bool = False) -> Ingested:
    """Return what the stage makes of an export, its comments joined or not."""
    decided = {"commentaires.csv": SourceParams(join=True)} if join else {}
    return ingest(files, IngestParams(language_model=False, files=decided))


@given(place=st.sampled_from(PLACES), family=FAMILIES, given_name=st.sampled_from(GIVEN), said=st.sampled_from(SAID))
@settings(max_examples=60, deadline=None)
def test_no_name_beside_is_left_in_a_text(place: str, family: str, given_name: str, said: str) -> None:
    """Wherever the export names somebody who holds no idea, no text keeps the family name, and nobody is a holder."""
    text = said.format(family=family, given=given_name, initial=given_name[0])
    result = load(export(place, family, given_name, text), join=place == "joined")
    words = " ".join([*result.ideas["title"], *result.ideas["description"], *result.ideas["text"]])
    assert family not in words
    assert set(result.identities["family_name"]) == {"Durand", "Leroy"}


def test_comments_joined_keep_their_words() -> None:
    """Masking what a joined comment names leaves what it says, under the heading of its column."""
    files = export("joined", "Kervadec", "Zvezdana", "Voir Kervadec.")
    assert "Commentaire : Oui. Voir [nom masqué]." in load(files, join=True).ideas["description"][0]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Lycée", ["Lycée Jean Moulin", "Lycée Marie Curie"]),
        ("Remarque", ["Paul est en congé cette semaine", "Appeler Anne demain matin"]),
        ("Circuit", ["Validé", "À revoir"]),
        ("Instructeur", ["-", "anonyme"]),
    ],
)
def test_what_is_not_a_person_is_no_name(header: str, cells: Sequence[str]) -> None:
    """Places called after people, sentences and steps are not taken for names beside."""
    rows = [["1", "Vélos", "Acheter."], ["2", "Papier", "Imprimer."]]
    content = table(["N°", "Titre", "Description", "Nom", "Prénom", header],
                    *([*row, "Durand", "Anne", cell] for row, cell in zip(rows, cells, strict=True)))  # fmt: skip
    assert not names_apart([SourceFile("idees.csv", content)], IngestParams(language_model=False))


@pytest.mark.parametrize("said", ["Vu avec Anne Durand.", "Oui. Demander à Paul Roy", "Merci à Anne et Paul !"])
def test_a_sentence_that_names_people_is_no_column_of_people(said: str) -> None:
    """A text of one short sentence with a first name in it stays a text."""
    result = load([SourceFile("idees.csv", table(["N°", "Titre", "Texte"], ["1", "Vélos", said]))])
    assert len(result.ideas["description"][0]) > len("Oui.")
    assert result.identities.empty


def test_a_nameless_column_of_people_is_the_holders() -> None:
    """Where no header says who holds the ideas, the column whose cells are people's names does, and it is said."""
    people = ("Anne DURAND", "Marc LEROY", "Julie PETIT")
    rows = ([str(i), f"Titre {i}", f"Texte {i}.", who] for i, who in enumerate(people))
    result = load([SourceFile("idees.csv", table(["N°", "Titre", "Texte", "De la part"], *rows))])
    assert set(result.identities["family_name"]) == {"DURAND", "LEROY", "PETIT"}
    assert "« De la part » (porteur(s))" in " ".join(result.report["sentences"]).replace("\u202f", " ").replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize("place", PLACES)
def test_a_name_beside_goes_when_its_person_is_forgotten(place: str) -> None:
    """Erasing a person also empties the columns left out and the authors of comments that name them."""
    files = export(place, "Kervadec", "Zvezdana", "Voir Zvezdana Kervadec.")
    tables = understood(files, IngestParams(language_model=False))
    person = Erased("A009", "Kervadec", "Zvezdana", "")
    for file in files:
        written = erase(file, [t for t in tables if t.grid.file == file.name], person, SourceParams())
        assert written is not None
        assert b"kervadec" not in written.lower()


def test_the_audit_looks_for_names_beside(tmp_path: Path) -> None:
    """The audit counts those whom the export names beside holders, passes a run, and finds one written elsewhere."""
    initialise(tmp_path)
    for file in export("left out", "Kervadec", "Zvezdana", "Demander à Zvezdana Kervadec."):
        (tmp_path / "data/raw" / file.name).write_bytes(file.content)
    workspace = Workspace(tmp_path)
    shell.run(workspace, workspace.params(), lambda _done, _total: None)
    clean = audit(workspace, workspace.params())
    assert (clean.identities, clean.leaks) == (3, [])
    (tmp_path / "reports").mkdir(exist_ok=True)
    (tmp_path / "reports" / "note.md").write_text("Suivi par Zvezdana Kervadec.", encoding="utf-8")
    (leak,) = audit(workspace, workspace.params()).leaks
    assert (leak.path, leak.holder_ids) == ("reports/note.md", (BESIDE,))
