"""What the line of a group is, in words."""

from __future__ import annotations

from pipeline.words.lines import line_state
from tests.words.test_seats import CAP, plain


def test_free_seats_and_people_who_wait_read_as_what_it_is() -> None:
    """13 members, 9 waiting, 12 free seats: the rule that binds, what would lift it, what to change."""
    row = {"lab_id": "lab-T01", "label": "Vélo", "minimum": 8, "maximum": 25, "placed": 13, "waiting": 9, **CAP}
    assert plain(line_state(row)) == (
        "« Vélo » : 13 places prises sur 25, 9 personnes attendent. La part des personnes de « Mer » y est limitée à"
        " 40 % et atteinte (5 sur 13) : 1 autre agent permettrait d'en accueillir une de plus ; ou relever cette part"
        " (labs.csv, colonne « part_max_direction »)."
    )
    assert "complet" in line_state({**row, "bound": "maximum", "placed": 25})
    assert "Il est complet. La part" in plain(line_state({**row, "placed": 25, "bound_size": 25, "bound_count": 10}))
    assert line_state({**row, "waiting": 0}) == ""
    for bound in ("", "minimum", "at_least", "alone", "slots", "announced"):
        assert line_state({**row, "bound": bound, "placed": 0}).endswith(".")
