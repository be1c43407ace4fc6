"""Who registered, over several imports, and what of it reaches the file of people."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.assign.inputs.wishes import PEOPLE_COLUMNS
from pipeline.files.csv_file import csv_bytes
from pipeline.ingest.rows.records import Person
from pipeline.life.feeding import COLUMNS, fed, read_written, wanted, written_rows
from pipeline.life.registrations import COLUMNS as KEPT
from pipeline.life.registrations import Answer, Roster, added, answer_rows, read_answers, roster

IDENTITIES = pd.DataFrame(
    [["A001", "Aubervine", "Zoé", "zoe@exemple.fr"], ["A002", "Castelnoir", "Ugo", ""]],
    columns=["holder_id", "family_name", "given_name", "email"],
)
HOLDERS = pd.DataFrame(
    [["A001", "Direction des Ports"], ["A002", "Direction des Ports"]], columns=["holder_id", "directorate"]
)


def _answer(family: str, given_name: str, email: str = "", date: str = "", **said: object) -> Answer:
    who = Person(family_name=family, given_name=given_name, email=email, directorate="Direction des Ports")
    return Answer(line=2, date=date, person=who, **said)  # type: ignore[arg-type] # what is told


def _roster(*answers: Answer, decided: dict[frozenset[str], str] | None = None) -> Roster:
    return roster(answers, IDENTITIES, HOLDERS, decided or {})


def _people(content: bytes) -> dict[str, dict[str, str]]:
    return {row["agent_id"]: row for row in csv.DictReader(io.StringIO(content.decode()))}


def test_holders_are_recognised_and_others_are_volunteers() -> None:
    """A holder keeps their number, whatever the case and accents; somebody new gets the first free one."""
    found = _roster(_answer("AUBERVINE", "Zoe"), _answer("Dormelet", "Ines"))
    assert [(p.agent_id, p.known) for p in found.registrants] == [("A001", True), ("V001", False)]
    assert found.doubts == ()


def test_a_doubt_is_listed_then_settled() -> None:
    """An initial in place of a given name is a doubt; once decided, the volunteer becomes the holder."""
    answer = _answer("Castelnoir", "U.")
    open_ = _roster(answer)
    assert [(p.agent_id, p.known) for p in open_.registrants] == [("V001", False)]
    (doubt,) = open_.doubts
    settled = _roster(*open_.answers, decided={frozenset({doubt.ref_a, doubt.ref_b}): "same"})
    assert [(p.agent_id, p.known) for p in settled.registrants] == [("A002", True)]
    assert settled.doubts == ()


def test_the_latest_answer_counts() -> None:
    """A later answer replaces wishes, keeps the days it does not tell, and a withdrawal can be taken back."""
    first = _answer("Dormelet", "Ines", date="2026-12-01T", wishes=("lab-T01",), days=("mardi",))
    later = _answer("Dormelet", "Ines", date="2026-12-03T", wishes=("lab-T02",))
    gone = _answer("Dormelet", "Ines", date="2026-12-04T", withdrawn=True)
    (person,) = _roster(gone, later, first).registrants
    assert (person.wishes, person.days, person.withdrawn) == (("lab-T02",), ("mardi",), True)
    back = _answer("Dormelet", "Ines", date="2026-12-05T")
    assert not _roster(gone, later, first, back).registrants[0].withdrawn


_NAMES = st.sampled_from([("Aubervine", "Zoé"), ("Castelnoir", "Ugo"), ("Dormelet", "Ines"), ("Estravan", "Odile")])
_ANSWERS = st.lists(
    st.builds(
        lambda name, day, wishes, withdrawn: _answer(
            name[0], name[1], date=f"2026-12-{day:02d}T", wishes=tuple(wishes), withdrawn=withdrawn
        ),
        _NAMES, st.integers(1, 28), st.lists(st.sampled_from(["lab-T01", "lab-T02"]), unique=True), st.booleans(),
    ),
    max_size=8, unique_by=lambda a: (a.person, a.date),
)  # fmt: skip


@settings(max_examples=60)
@given(answers=_ANSWERS, cut=st.integers(0, 8), twice=st.booleans())
def test_imports_come_in_any_way(answers: list[Answer], cut: int, twice: bool) -> None:  # noqa: FBT001 - drawn
    """One import, several, one that holds the former ones again, in any order: the same people say the same things."""
    whole = added([], answers, "a.csv")
    parts = added([], answers[cut:], "b.csv")
    parts += added(parts, answers if twice else answers[:cut], "c.csv")
    assert len(parts) == len(whole) == len(answers)

    def said(found: Roster) -> set[object]:
        return {(p.person.family_name, p.wishes, p.withdrawn, p.answers) for p in found.registrants}

    assert said(_roster(*whole)) == said(_roster(*parts))


@settings(max_examples=60)
@given(answers=_ANSWERS)
def test_the_file_of_answers_comes_back_as_it_was(answers: list[Answer]) -> None:
    """Written and read again, answers are the same and numbers stay: nothing is lost, nothing doubled."""
    found = _roster(*answers)
    again = read_answers(csv_bytes([KEPT, *answer_rows(found.answers)]), "x.csv")
    assert again == list(found.answers)
    assert added(again, answers, "y.csv") == []
    assert _roster(*again) == found


@settings(max_examples=60)
@given(answers=_ANSWERS, more=_ANSWERS)
def test_feeding_keeps_what_people_wrote(answers: list[Answer], more: list[Answer]) -> None:
    """Fed twice, the file of people follows the answers; other rows and remarks written by hand are untouched."""
    by_hand = csv_bytes([list(PEOPLE_COLUMNS), ["A900", *[""] * (len(PEOPLE_COLUMNS) - 2), "à voir"]])
    first = wanted(_roster(*answers).registrants)
    content, kept = fed(by_hand, "people.csv", {}, first)
    assert kept == []
    assert fed(content, "people.csv", first, first)[0] == content
    both = _roster(*_roster(*answers).answers, *more)
    then = wanted(both.registrants)
    content, kept = fed(content, "people.csv", first, then)
    assert kept == []
    rows = _people(content)
    assert rows.pop("A900")["remarque"] == "à voir"
    assert {person: {c: row[c] for c in COLUMNS} for person, row in rows.items()} == then
    assert read_written(csv_bytes(written_rows(then)), "x.csv") == then


def test_a_cell_written_by_hand_stays() -> None:
    """An analyst's wish for a registrant stays when the person answers again, and is told."""
    first = wanted(_roster(_answer("Dormelet", "Ines", date="1", wishes=("lab-T01",))).registrants)
    content, _ = fed(b"", "people.csv", {}, first)
    changed = content.replace(b'"lab-T01"', b'"lab-T09"')
    later = _roster(_answer("Dormelet", "Ines", date="2", wishes=("lab-T02",)))
    content, kept = fed(changed, "people.csv", first, wanted(later.registrants))
    assert _people(content)["V001"]["voeux"] == "lab-T09"
    assert [(cell.person, cell.column) for cell in kept] == [("V001", "voeux")]


def test_a_volunteer_found_to_be_a_holder_leaves_no_row() -> None:
    """Once two people are one, the volunteer's row goes and the holder's row has the wishes."""
    first = _roster(_answer("Castelnoir", "U.", wishes=("lab-T01",)))
    content, _ = fed(b"", "people.csv", {}, wanted(first.registrants))
    (doubt,) = first.doubts
    then = _roster(*first.answers, decided={frozenset({doubt.ref_a, doubt.ref_b}): "same"})
    content, kept = fed(content, "people.csv", wanted(first.registrants), wanted(then.registrants))
    assert {p: row["voeux"] for p, row in _people(content).items()} == {"A002": "lab-T01"}
    assert kept == []


def test_numbers_stay_when_others_come() -> None:
    """A volunteer keeps the number given at the first import, whoever registers later."""
    first = _roster(_answer("Estravan", "Odile"))
    then = _roster(*first.answers, _answer("Dormelet", "Ines"), replace(_answer("Bramont", "Lou"), date="2020-01-01T"))
    numbers = {p.person.family_name: p.agent_id for p in then.registrants}
    assert numbers["Estravan"] == "V001"
    assert len(set(numbers.values())) == 3
