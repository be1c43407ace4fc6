"""What is known of people, once the export and what people filled in are read together."""

from __future__ import annotations

import pandas as pd

from pipeline.assign.inputs.rules import everyone
from pipeline.assign.inputs.wishes import ATTRIBUTES, Wish


def test_a_column_that_only_the_export_gives_stays() -> None:
    """A service is kept, empty for a volunteer; one that the export lacks is not made up; what people said is taken."""
    columns = {"holder_id": ["A1", "A2"], **dict.fromkeys(ATTRIBUTES.values(), "")}
    known = pd.DataFrame(columns).assign(directorate="Lycées", service=["Paie", ""])
    wishes = [Wish(2, "A1", attributes={"directorate": "Santé"}), Wish(3, "V1", volunteer=True)]
    found = everyone(known, wishes)
    assert found["service"].to_dict() == {"A1": "Paie", "A2": "", "V1": ""}
    assert found["directorate"].to_dict() == {"A1": "Santé", "A2": "Lycées", "V1": ""}
    for nothing in (None, ""):
        lacking = known.assign(service=nothing)
        assert list(everyone(lacking, wishes).columns) == list(ATTRIBUTES.values())
    assert list(everyone(known.iloc[:0].assign(service=None), wishes[1:]).columns) == list(ATTRIBUTES.values())
