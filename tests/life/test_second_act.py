"""The sample's fictional second act: its files are read by the commands' own readers, and it is played apart."""

from __future__ import annotations

import csv
import re

import pytest

from pipeline.errors import MinilabsError
from pipeline.files.given_file import content_of
from pipeline.ingest import SourceFile
from pipeline.life.answers import HEADS, STEPS, read_returned
from pipeline.life.forms import key, read_form
from pipeline.life.sessions import read_sessions
from pipeline.report.facts.follow_up import ENDINGS
from pipeline.shells.life.second_act import FOLDER, GIVEN, play
from pipeline.store import write_text
from pipeline.workspace import Workspace
from tests.conftest import ROOT

ACT = ROOT / GIVEN
GROUPS = {key(f"L{number:02d}"): f"lab-L{number:02d}" for number in range(1, 21)}
"""The subjects of the starting list: a number of theirs stays whatever the themes found."""


def _rows(name: str) -> list[dict[str, str]]:
    with (ACT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("name", "rows"), [("inscriptions.csv", 37), ("inscriptions_tardives.csv", 46)])
def test_registrations_are_read_whole(name: str, rows: int) -> None:
    """Every row is an answer or told, every wish names a group, and the late export holds the first one."""
    form = read_form(SourceFile(name, content_of(ACT / name, name)), GROUPS)
    assert form.rows == rows
    assert len(form.answers) == rows - 1
    assert [cell.column for cell in form.unread] == [""]
    first = {tuple(row.values()) for row in _rows("inscriptions.csv")}
    assert first <= {tuple(row.values()) for row in _rows(name)}


def test_what_groups_and_directorates_say_is_read() -> None:
    """Sessions, minutes, deliverables, ends and answers are in the shapes that the tables take."""
    found = read_sessions(content_of(ACT / "seances.csv", "x"), "x", lambda name: GROUPS.get(key(name), ""), "")
    days = {(session.lab_id, session.day) for session in found}
    assert all((GROUPS[key(row["minilab"])], row["date"]) in days for row in _rows("comptes_rendus.csv"))
    assert all(key(row["minilab"]) in GROUPS and row["titre"] for row in _rows("livrables.csv"))
    assert {row["step"] for row in _rows("suites.csv")} == set(ENDINGS)
    answers = _rows("reponses.csv")
    lines = [["Finances", r["cible"], "", r["reponse"], r["qui"], r["pour_quand"], r["precisions"]] for r in answers]
    read = read_returned([list(HEADS), *lines], "x", {"Finances": [row["cible"] for row in answers]})
    assert len(read) == len(answers)
    assert {answer.answer for answer in read} == set(STEPS)


def test_nobody_is_real() -> None:
    """Addresses are of the domain set aside for examples; no phone number is there."""
    text = "\n".join((ACT / name).read_text(encoding="utf-8") for name in ("inscriptions_tardives.csv", "LISEZMOI.md"))
    assert set(re.findall(r"@([\w.-]+\w)", text)) == {"exemple.fr"}
    assert not re.search(r"0\d([ .]\d\d){4}", text)


def test_it_is_played_on_the_sample_alone(workspace: Workspace) -> None:
    """Away from the sample, or where the folder holds something else, nothing is written and it is told."""
    with pytest.raises(MinilabsError, match=r"life\.no_second_act"):
        list(play(workspace, workspace.params()))
    params = workspace.params()
    params = params.model_copy(update={"ingest": params.ingest.model_copy(update={"source": "./data/sample/"})})
    write_text(workspace.path(f"{GIVEN}/LISEZMOI.md"), "ici")
    write_text(workspace.path(f"{FOLDER}/notes.txt"), "à moi")
    with pytest.raises(MinilabsError, match=r"life\.not_second_act"):
        list(play(workspace, params))
    assert [path.name for path in workspace.path(FOLDER).iterdir()] == ["notes.txt"]
