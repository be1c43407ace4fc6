"""A theme without a title of its own: no group, and a true reason for its people."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.assign.inputs.labs import labs_of, without_group
from pipeline.assign.inputs.wishes import lab_named, names_of
from pipeline.errors import MinilabsError
from pipeline.params import AssignParams
from pipeline.words.seats import CAUSES


def test_no_group_is_made_of_a_theme_without_a_title_and_its_people_are_told_why() -> None:
    """The facts of naming decide, whatever the title says; a directorate's answer and an unknown kind stay apart."""
    themes = pd.DataFrame(
        {
            "theme_id": ["T1", "T2", "T3", "T4", "T5"],
            "label": ["Thème mêlé", "Vélos", "Cantines", "Menus", "Nouveau thème"],
            "kind": ["", "minilab", "reponse_direction", "", ""],
            "kind_because": ["mixed", "spread", "place", "unknown", "untitled"],
            "trade": [[]] * 5,
        }
    )
    assert [lab.theme_id for lab in labs_of(themes, AssignParams())] == ["T2"]
    why = without_group(themes)
    assert why == {"T1": "nameless", "T3": "direction", "T4": "undecided", "T5": "nameless"}
    assert "départager" in CAUSES[why["T1"]]


def test_an_unknown_group_is_answered_by_those_there_are_with_their_titles() -> None:
    """A number says little to who types it: each group is told by number and title."""
    themes = pd.DataFrame({"theme_id": ["T2", "L4"], "label": ["Vélos", "Menus"], "kind": "minilab", "trade": [[], []]})
    names = names_of(labs_of(themes, AssignParams()))
    assert lab_named(names, "velos") == lab_named(names, "2") == "lab-T2"
    with pytest.raises(MinilabsError) as caught:
        lab_named(names, "Autos", path="people.csv", line=2, column="voeu_1")
    assert caught.value.facts["allowed"] == "lab-L4 (« Menus »), lab-T2 (« Vélos »)"
