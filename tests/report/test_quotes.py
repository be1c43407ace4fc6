"""Summaries made of sentences of ideas are shown as quotations; a person's words are left as they are."""

from __future__ import annotations

from pipeline.report.quotes import as_read

TEXTS = ["Réserver une salle sans appeler l'accueil. Et vite !", "Le dossier « divers » est plein. On n'y trouve rien."]


def _plain(text: str) -> str:
    return text.replace("\u202f", " ")


def test_sentences_of_ideas_are_quoted() -> None:
    """Two sentences from two ideas stand between guillemets, without their full stops."""
    said = _plain(as_read("Réserver une salle sans appeler l’accueil. On n’y trouve rien.", TEXTS))
    assert said == "On y lit : « Réserver une salle sans appeler l’accueil » et « On n’y trouve rien »."


def test_sentences_that_follow_one_another_stay_together() -> None:
    """A run of sentences of one idea is one quotation."""
    said = _plain(as_read("Réserver une salle sans appeler l’accueil. Et vite !", TEXTS))
    assert said == "On y lit : « Réserver une salle sans appeler l’accueil. Et vite ! »."


def test_quotation_marks_inside_are_of_the_second_level() -> None:
    """« » inside a quotation become “ ”."""
    assert "« Le dossier “divers” est plein »" in _plain(as_read("Le dossier « divers » est plein.", TEXTS))


def test_a_persons_summary_is_left_as_it_is() -> None:
    """Words that no idea holds are the publisher's: no quotation marks; nothing stays nothing."""
    assert as_read("Tout ce qui touche aux salles.", TEXTS) == "Tout ce qui touche aux salles."
    assert as_read("Réserver une salle sans appeler l’accueil. Et autre chose.", TEXTS).startswith("Réserver")
    assert as_read("", TEXTS) == ""
