"""Affinities and groups, from small tables worked out by hand."""

from __future__ import annotations

import pandas as pd

from pipeline.assign.inputs.affinity import holder_affinity, idea_memberships
from pipeline.assign.inputs.problem import SCALE
from pipeline.assign.inputs.seats import _wished
from pipeline.assign.inputs.wishes import Wish


def ideas() -> pd.DataFrame:
    """Return three ideas: two themes, one theme, a weak signal."""
    return pd.DataFrame(
        {
            "idea_id": ["I1", "I2", "I3"],
            "theme_id": ["T1", "T1", "T2"],
            "membership": [0.6, 0.5, 0.4],
            "theme_id_2": ["T2", None, None],
            "membership_2": [0.3, None, None],
            "weak_signal": [False, False, True],
            "decided_by": ["pipeline", "pipeline", "pipeline"],
            "shared": [["vélo"], [], []],
        }
    )


def test_affinity_adds_up_ideas() -> None:
    """Two ideas of a theme weigh more than one, a weak signal counts a quarter."""
    holders = pd.DataFrame({"idea_id": ["I1", "I2", "I3", "I3"], "holder_id": ["A", "A", "A", "B"]})
    found = holder_affinity(idea_memberships(ideas(), 0.25), holders)
    affinity = {(row["holder_id"], row["theme_id"]): row["affinity"] for row in found.to_dict("records")}
    assert affinity == {("A", "T1"): 800, ("A", "T2"): 100, ("B", "T2"): 100}
    first = found[(found["holder_id"] == "A") & (found["theme_id"] == "T1")]
    assert first["ideas"].tolist() == [["I1", "I2"]]


def test_a_second_theme_counts_where_a_person_gave_it() -> None:
    """The program's own second theme leads to no seat, one a person gave leads to one as surely as a first theme."""
    holders = pd.DataFrame({"idea_id": ["I1"], "holder_id": ["A"]})
    given = ideas().assign(decided_by=["analyst", "pipeline", "pipeline"], membership_2=[1.0, *[float("nan")] * 2])
    moved = ideas().assign(decided_by="analyst")  # a person gave the first theme, the program the second
    for table, themes in ((ideas(), ["T1"]), (moved, ["T1"]), (given, ["T1", "T2"])):
        found = holder_affinity(idea_memberships(table, 0.25), holders).set_index("theme_id")
        assert found.index.tolist() == themes
    assert (found["affinity"]["T2"], found["near"]["T2"], found["silent"]["T2"]) == (1000, [], [])


def test_what_no_word_says_is_silent() -> None:
    """A weak signal is near; an idea without a word of its theme is silent, unless people said."""
    holders = pd.DataFrame({"idea_id": ["I1", "I2", "I3"], "holder_id": "A"})

    def links(table: pd.DataFrame) -> dict[str, tuple[list[str], list[str]]]:
        found = holder_affinity(idea_memberships(table, 0.25), holders).set_index("theme_id")
        return {str(theme): (found["near"][theme], found["silent"][theme]) for theme in found.index}

    assert links(ideas()) == {"T1": ([], ["I2"]), "T2": (["I3"], [])}
    decided = ideas().assign(decided_by="analyst")
    assert links(decided)["T1"] == ([], [])


def test_a_first_wish_weighs_more_than_a_second() -> None:
    """Half for the first wish, a quarter for the second, a sixth for the third, of what is missing to a whole."""
    seats = _wished({}, Wish(1, "A1", wishes=("L1", "L2", "L3")), 0.5)
    found = {lab: (seat.wish, round(seat.affinity / SCALE, 3)) for (_, lab), seat in seats.items()}
    assert found == {"L1": (1, 0.5), "L2": (2, 0.25), "L3": (3, 0.167)}


def test_equal_ideas_come_in_the_order_of_their_ids() -> None:
    """Whatever the order of rows: the strongest first, then by id; weak signals are near, others silent."""
    holders = pd.DataFrame({"idea_id": ["I3", "I2", "I1", "I4"], "holder_id": ["A"] * 4})
    memberships = pd.DataFrame(
        {
            "idea_id": ["I4", "I3", "I2", "I1"],
            "theme_id": ["T1"] * 4,
            "membership": [0.9, 0.5, 0.5, 0.5],
            "weak": [False, True, False, False],
            "silent": [False, True, True, False],
        }
    )
    for order in ([0, 1, 2, 3], [3, 1, 0, 2]):
        row = holder_affinity(memberships.iloc[order], holders.iloc[order[::-1]]).to_dict("records")[0]
        assert (row["ideas"], row["near"], row["silent"]) == (["I4", "I1", "I2", "I3"], ["I3"], ["I2"])
