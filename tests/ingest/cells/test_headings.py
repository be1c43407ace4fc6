"""A header means its head noun: what an idea is called only says whose number, date or author it is."""

from __future__ import annotations

import pytest

from pipeline.ingest.cells.headings import hints, is_aside, other_languages


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Auteur de la proposition", "person"), ("Direction de l'auteur de la proposition", "directorate"),
        ("Date de la contribution", "submitted_on"), ("N° de la fiche", "idea_id"), ("ID de la réponse", "idea_id"),
        ("Texte du projet", "part"), ("Titre du dossier", "title"), ("Nom de la direction", "directorate"),
        ("proposal_author_username", "person"), ("author/id", "holder_id"), ("author/name", "person"),
        ("category/name/fr", "category"), ("title[fr]", "title"), ("proposal_createdAt", "submitted_on"),
        ("author_postal_code", "place"), ("Q3. Votre direction", "directorate"), ("idea-id", "idea_id"),
    ],
)  # fmt: skip
def test_the_head_tells(header: str, field: str) -> None:
    """French heads stand first, English ones last, paths are read like English."""
    assert hints(header)[0].field == field


@pytest.mark.parametrize(
    "header", ["comment-id", "category/id", "author/url", "answer/fr", "Commentaire du jury", "N° de téléphone", "zzz"]
)
def test_nothing_of_the_idea(header: str) -> None:
    """The number of something else, an address, a jury's words and unknown words suggest nothing."""
    assert hints(header) == ()


def test_words_of_others_are_known_as_such() -> None:
    """What is not of the idea is told from what is only unknown."""
    assert is_aside("Motivation du jury")
    assert not is_aside("Que changer dans nos locaux ?")


def test_french_comes_first() -> None:
    """Of one column in several languages French is read, failing that English."""
    assert other_languages(["id", "title/en", "title/fr", "body/de", "body/en"]) == {"title/en", "body/de"}


def test_a_very_long_header_takes_no_time() -> None:
    """A header of a hundred thousand digits or brackets means nothing, and is read in one pass (it took hours)."""
    for piece in ("9", "(", "a1[", "a "):
        assert hints(piece * 100_000) == ()
