"""Sessions: attendance sheets out and back, participation that singles nobody out, what groups made."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.life.attendance import (
    SHEET,
    Presence,
    joined,
    never,
    participation,
    presence_rows,
    read_presences,
    read_sheet_back,
    settled,
    sheet_of,
)
from pipeline.life.sessions import Session
from pipeline.messages import sentence
from pipeline.shells.life.meeting import FIGURES, NEVER, PRESENCES, hand_out, take_back
from pipeline.store import load
from pipeline.workspace import Workspace

MEMBERS = [("A1", "Zoé", "Aubervine"), ("A2", "Ugo", "Castelnoir"), ("A3", "Ines", "Dormelet")]
DAYS = ("2027-01-12", "2027-02-16")
_TABLE = st.lists(
    st.builds(
        Presence, st.just("lab-T01"), st.sampled_from(DAYS), st.sampled_from([m[0] for m in MEMBERS]), st.booleans()
    ),
    unique_by=lambda p: (p.day, p.agent_id),
)


def _rows(content: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


@settings(max_examples=40)
@given(_TABLE)
def test_a_round_trip_loses_nothing(table: list[Presence]) -> None:
    """Written in a sheet, read back and joined, the table is the same: nothing lost, nothing doubled."""
    sessions = [Session("lab-T01", day, "", "") for day in DAYS]
    back = read_sheet_back(_rows(sheet_of(sessions, MEMBERS, table)), "x.xlsx", {"lab-T01": ["A1", "A2", "A3"]})
    assert set(back) == set(table)
    assert joined(table, back) == joined([], table)
    assert set(read_presences(csv_bytes(presence_rows(table)), "x.csv")) == set(table)


_PEOPLE = st.lists(st.tuples(st.sampled_from(["", "Ports", "Forêts", "Routes"]), st.booleans()), max_size=40)


@settings(max_examples=100)
@given(_PEOPLE)
def test_participation_shows_no_small_count(people: list[tuple[str, bool]]) -> None:
    """No line tells of fewer than five who came or did not, and nothing is left out that a total would give away."""
    presences = [Presence("lab-T01", DAYS[0], f"A{i}", came) for i, (_, came) in enumerate(people)]
    seats = {"lab-T01": [p.agent_id for p in presences]}
    shares = participation(presences, seats, {f"A{i}": value for i, (value, _) in enumerate(people)}, 5)
    assert all(count == 0 or count >= 5 for share in shares for count in (share.came, share.members - share.came))
    assert not shares or sum(share.members for share in shares) == len(people)


def test_who_never_came() -> None:
    """Of a group that noted who came, those who did not once are listed; a group without any note lists nobody."""
    presences = [Presence("lab-T01", DAYS[0], "A1", True), Presence("lab-T01", DAYS[0], "A2", False)]  # noqa: FBT003 - a flag of the table
    seats = {"lab-T01": {"A1", "A2", "A3"}, "lab-T02": {"A4"}}
    assert never(presences, seats) == [("lab-T01", "A2"), ("lab-T01", "A3")]


@given(st.lists(_TABLE, max_size=3))
def test_sheets_that_disagree_are_told_and_not_taken(sheets: list[list[Presence]]) -> None:
    """Of several returned sheets, what all say is taken once; a person said there and not there is told, once."""
    said = [presence for sheet in sheets for presence in sheet]
    kept, doubtful = settled(said)
    places = {(p.day, p.agent_id) for p in said}
    assert {(p.day, p.agent_id) for p in kept} | {(p.day, p.agent_id) for p in doubtful} == places
    assert len(kept) + len(doubtful) == len(places)
    assert all({p.present for p in said if (p.day, p.agent_id) == (k.day, k.agent_id)} == {k.present} for k in kept)


def test_wrong_lines_are_told() -> None:
    """A person without a seat and a cell that is neither oui nor non are told by line, without any name."""
    head = ["Groupe", "Date", "Agent", "Prénom", "Nom", "Présent"]
    rows = [head, ["lab-T01", DAYS[0], "A9", "Lou", "Bramont", "bof"]]
    with pytest.raises(MinilabsError) as caught:
        read_sheet_back(rows, "x.xlsx", {"lab-T01": ["A1"]})
    assert sentence(caught.value).count("ligne 2") == 2
    assert "Bramont" not in sentence(caught.value)


def test_a_session_of_a_workspace(workspace: Workspace) -> None:
    """A sheet goes out, comes back filled, and gives participation, who never came, minutes and deliverables."""
    label = str(load(workspace, "labs")["label"][0])
    workspace.path("data/review/seances.csv").write_text(f'minilab,date\n"{label}",12/01/2027\n', encoding="utf-8")
    made = f'minilab,titre,resume,lien\n"{label}",Un guide,Deux pages,https://exemple.fr\n'
    workspace.path("data/review/livrables.csv").write_text(made, encoding="utf-8")
    written = hand_out(workspace)
    book = openpyxl.load_workbook(workspace.path(written[0]))
    sheet = book[SHEET]
    last = sheet.max_row
    for line in range(2, last):
        sheet[f"F{line}"] = "oui"
    sheet[f"F{last}"] = "non"
    filled = Path(workspace.root / "rempli.xlsx")
    book.save(filled)
    take_back(workspace, [filled])
    assert len(read_presences(workspace.path(PRESENCES).read_bytes(), PRESENCES)) == last - 1
    assert str(sheet[f"C{last}"].value) in workspace.path(NEVER).read_text(encoding="utf-8")
    figures = openpyxl.load_workbook(workspace.path(FIGURES))
    assert [cell.value for cell in figures["Livrables"][2]] == [label, "Un guide", "Deux pages", "https://exemple.fr"]
    assert figures.sheetnames[:3] == ["Par direction", "Par type de site", "Par métier"]
