"""The announced composition as a file: written with people's notes, taken back by name."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.assign.inputs.problem import Lab
from pipeline.assign.telling.announcing import announced, gone_from, taken_back
from pipeline.errors import MinilabsError

LABS = [Lab("lab-T01", "T01", "Vélo", "minilab", 1, 9), Lab("lab-T02", "T02", "Cantine", "minilab", 1, 9)]
FORMER = "agent_id;minilab;remarque\nA1;lab-T01;appelée le 12\nA2;lab-T02;écrire à son chef\nA3;lab-T01;\n".encode()


def composition(*seats: tuple[str, str]) -> pd.DataFrame:
    """Return assignments with these seats."""
    return pd.DataFrame(seats, columns=["holder_id", "lab_id"]).assign(status="placed")


def test_notes_are_kept() -> None:
    """A note goes with its seat, or with the person who has another seat now."""
    made = announced(composition(("A1", "lab-T01"), ("A2", "lab-T01"), ("A4", "lab-T02"), ("A5", "")), FORMER, "a.csv")
    assert made.decode().splitlines() == [
        '"agent_id","minilab","remarque"',
        '"A1","lab-T01","appelée le 12"',
        '"A2","lab-T01","écrire à son chef"',
        '"A4","lab-T02",""',
    ]


def test_who_gave_up_is_no_longer_announced() -> None:
    """The seat of someone who leaves is not written; seats that are gone are listed."""
    now = composition(("A1", "lab-T01"), ("A2", "lab-T01"))
    assert b"A2" not in announced(now, FORMER, "a.csv", without=["A2"])
    assert gone_from(now, FORMER, "a.csv") == [("A2", "lab-T02"), ("A3", "lab-T01")]


@pytest.mark.parametrize(
    ("named", "seats"),
    [
        (["A1"], [("A1", "lab-T01")]),
        (["velo"], [("A1", "lab-T01"), ("A3", "lab-T01")]),
        (["T02", "A1"], [("A1", "lab-T01"), ("A2", "lab-T02")]),
        (["Tout"], [("A1", "lab-T01"), ("A2", "lab-T02"), ("A3", "lab-T01")]),
    ],
)
def test_seats_are_taken_back_by_person_or_group(named: list[str], seats: list[tuple[str, str]]) -> None:
    """A person, a group by number or title, or everything: those seats leave the file, the others stay as they were."""
    content, found = taken_back(FORMER, "a.csv", named, LABS)
    assert found == seats
    left = {line.split(",")[0].strip('"') for line in content.decode().splitlines()[1:]}
    assert left == {"A1", "A2", "A3"} - {person for person, _ in seats}


def test_a_name_without_an_announced_seat_is_said() -> None:
    """Each name that means nothing is told; nothing is taken back."""
    with pytest.raises(MinilabsError, match=r"assign\.not_announced"):
        taken_back(FORMER, "a.csv", ["A1", "Z9"], LABS)
