"""A small contest whose numbers are easy to follow: six people, three groups."""

from __future__ import annotations

import pandas as pd

from pipeline.assign.inputs.problem import Lab
from pipeline.assign.inputs.rules import Given, Rules, read_rules
from pipeline.params import AssignParams
from tests.assign.decided import table

LABS = (
    Lab("lab-T01", "T01", "Vélo", "minilab", 2, 4),
    Lab("lab-T02", "T02", "Archives", "communaute_metier", 2, 6, admits=("archiviste",)),
    Lab("lab-T03", "T03", "Cantine", "minilab", 2, 4),
)
HOLDERS = pd.DataFrame(
    {
        "holder_id": ["A1", "A2", "A3", "A4", "A5", "A6"],
        "directorate": ["Nord", "Nord", "Nord", "Sud", "Sud", ""],
        "occupation": ["archiviste", "cuisinier", "cuisinier", "archiviste", "", "cuisinier"],
        "site_type": ["lycée", "siège", "lycée", "siège", "lycée", "siège"],
        "place": ["Metz", "Metz", "Nancy", "Nancy", "", "Reims"],
        "department": ["57", "57", "54", "54", "", "51"],
    }
)


def given(
    people: list[dict[str, str]] | None = None,
    labs: list[dict[str, str]] | None = None,
    announced: list[dict[str, str]] | None = None,
    private: list[dict[str, str]] | None = None,
) -> Given:
    """Return the four files."""
    return Given(*(table(*rows or []) for rows in (people, labs, announced, private)))


def rules(files: Given, params: AssignParams | None = None) -> Rules:
    """Return what the files decide."""
    return read_rules(files, LABS, HOLDERS, params or AssignParams())
