"""Two ideas are confronted only when they would do opposite things to one object."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.report import Report
from pipeline.report.papers.tensions import tensions


def confronted(report: Report, *texts: str) -> list[str]:
    """Return why ideas with these texts are confronted."""
    ideas = [replace(report.ideas[n], title="", description=text) for n, text in enumerate(texts)]
    return [pair.why.replace("\u202f", " ") for pair in tensions(ideas)]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Ouvrir le gymnase le soir.", "Il faut fermer les gymnases.", "« gymnase », la première dit « ouvrir »"),
        ("Plus de réunions d’équipe.", "Moins de réunions !", "« reunion », la première dit « plus de »"),
        ("Supprimer les badges.", "Garder les badges à l’accueil.", "« badge », la première dit « supprimer »"),
    ],
)
def test_opposite_acts_on_one_object_are_confronted(report: Report, one: str, other: str, why: str) -> None:
    """The object and both words are told."""
    assert why in confronted(report, one, other)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ouvrir le gymnase le soir.", "Fermer les fenêtres du gymnase."),  # two objects
        ("Ouvrir le gymnase.", "Ne pas fermer le gymnase."),  # they agree
        ("Acheter du papier recyclé.", "Passer au numérique."),  # words about two things
        ("Plus de réunions courtes.", "Plus de réunions."),
        ("Ouvrir le gymnase le matin, fermer le gymnase le soir.", "Fermer le gymnase."),  # says both
        ("Ouvrir le gymnase.", "Ouvrir la salle au lieu de fermer le gymnase."),
    ],
)
def test_what_does_not_contradict_is_left_alone(report: Report, one: str, other: str) -> None:
    """Two objects, a negation, one direction, an idea that says both: no tension."""
    assert confronted(report, one, other) == []
