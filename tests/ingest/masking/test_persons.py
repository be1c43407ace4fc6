"""The rules about names: what is a person, what is a place, what is left to the language model."""

from __future__ import annotations

import pytest

from pipeline.ingest.masking.persons import person_spans

COMMON = frozenset({"bureau", "salle", "machine"})


def names(text: str) -> list[str]:
    """Return the names that the rules find."""
    return [text[span.start : span.end] for span in person_spans(text, COMMON)[0]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Voir avec Sandrine Vautrinot demain", "Sandrine Vautrinot"),
        ("Voir avec VAUTRINOT Sandrine demain", "VAUTRINOT Sandrine"),
        ("La note de Mme Vautrinot", "Vautrinot"),
        ("Merci à Sandrine de la Tourette", "Sandrine de la Tourette"),
        ("ma collègue sandrine le sait", "sandrine"),
        ("Selon Sandrine, ça marche", "Sandrine"),
        ("D'après Rose, ça marche", "Rose"),
        ("Le vélo que Rose a réparé", "Rose"),
        ("MERCI DE VOIR AVEC SANDRINE", "SANDRINE"),
    ],
)
def test_somebody(text: str, name: str) -> None:
    """A given name with its family name in any order, after a civility, alone, in capitals or without."""
    assert names(text) == [name]


def test_a_list_of_given_names() -> None:
    """A nickname in a list of given names is one of them."""
    assert names("Sandrine et Mumu se relaient") == ["Sandrine", "Mumu"]


@pytest.mark.parametrize(
    "text",
    ["Le lycée Victor Hugo", "la salle Jean Moulin", "LE LYCÉE ARTHUR RIMBAUD EST LOIN", "rue Pasteur",
     "Les lycées Jean Moulin, Marie Curie et Louis Armand", "On se voit à Schuman", "une visite à Florence",
     "En Avril et en Mai", "Acheter des Bosch", "La Rose des vents", "le Bureau et la Salle"],
)  # fmt: skip
def test_nobody(text: str) -> None:
    """Places named after people, towns, months, brands and common words are left."""
    assert names(text) == []


def test_what_is_left_to_the_model() -> None:
    """An unknown capitalised word within a sentence is left open; a known one is not."""
    _, left = person_spans("Le dossier de Vautrinot est au Bureau", COMMON)
    assert [word.text for chunk in left for word in chunk.words] == ["Vautrinot"]
