"""Which themes become a group, with which seats and trades, and why others do not."""

from __future__ import annotations

import pandas as pd

from pipeline.assign.inputs.labs import labs_of, without_group
from pipeline.assign.inputs.problem import Lab
from pipeline.params import AssignParams
from pipeline.words.kinds import ANSWER, COMMUNITY, FEW, MINILAB, MIXED, UNTITLED

THEMES = pd.DataFrame(
    {
        "theme_id": ["T05", "T02", "T01", "T03", "T04", "T06"],
        "label": ["Vélo", "Archives", "Paie", "Divers", "Sans titre", "Rare"],
        "kind": [MINILAB, COMMUNITY, ANSWER, "", "", ""],
        "trade": [["cuisinier"], ["documentaliste", "archiviste"], [], [], [], []],
        "kind_because": ["spread", "trade", "directorate", MIXED, UNTITLED, FEW],
    }
)


def test_a_theme_becomes_a_group_of_its_kind() -> None:
    """Sorted by id; each kind has its seats; only a trade community keeps others out, its trades in order."""
    params = AssignParams(min_seats=3, max_seats=9, community_min_seats=4, community_max_seats=40)
    assert labs_of(THEMES, params) == (
        Lab("lab-T02", "T02", "Archives", COMMUNITY, 4, 40, admits=("archiviste", "documentaliste")),
        Lab("lab-T05", "T05", "Vélo", MINILAB, 3, 9),
    )


def test_a_theme_without_a_group_says_why() -> None:
    """Answered by a directorate, without a title, or not decided yet."""
    assert without_group(THEMES) == {"T01": "direction", "T03": "nameless", "T04": "nameless", "T06": "undecided"}
    assert without_group(THEMES.drop(columns="kind_because"))["T03"] == "undecided"
