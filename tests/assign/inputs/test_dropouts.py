"""People give up their seats: files completed, nothing else touched, least disturbance; on a real workspace."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from pipeline.assign.inputs.dropouts import with_dropout
from pipeline.assign.inputs.wishes import PEOPLE_COLUMNS
from pipeline.files.spreadsheet import read_sheet
from pipeline.initialise import initialise
from pipeline.store import load, save
from pipeline.workspace import Workspace

Tables = dict[str, pd.DataFrame]
FILES = ("data/review/people.csv", "data/review/announced.csv", "data/interim/assignments.parquet")


@pytest.mark.parametrize(
    ("before", "cells"),
    [
        (b"", {"A017": "oui"}),
        (b'"agent_id","voeux"\n"A001","lab-T01"\n', {"A001": "", "A017": "oui"}),
        (b"agent_id;indisponible;minilab_fixe\nA017;;lab-T03\nA018;;lab-T04\n", {"A017": "oui", "A018": ""}),
    ],
)
def test_a_drop_out_is_added_to_the_file(before: bytes, cells: dict[str, str]) -> None:
    """The person becomes unavailable and fixed nowhere; other lines keep their cells and order."""
    rows = read_sheet(with_dropout(before, "people.csv", "A017"), "people.csv", PEOPLE_COLUMNS)
    assert {row.cells["agent_id"]: row.cells["indisponible"] for row in rows} == cells
    fixed = {row.cells["agent_id"]: row.cells["minilab_fixe"] for row in rows}
    assert fixed["A017"] == ""
    assert fixed.get("A018", "lab-T04") == "lab-T04"


@pytest.fixture
def workspace(tmp_path: Path, tables: Tables) -> Workspace:
    """A workspace whose themes are known, as after the review stage."""
    initialise(tmp_path / "concours")
    params = tmp_path / "concours" / "params.yaml"
    params.write_text(params.read_text(encoding="utf-8").replace("explained: 300", "explained: 3"), encoding="utf-8")
    made = Workspace(tmp_path / "concours")
    themes = tables["themes"].assign(
        summary="", kind_reason="", size=1, stability=0.9, found_in=18, draws=20, transversality=0.8,
        transversality_chance=0.7, nearest_theme=None,
    )  # fmt: skip
    for column in ("key_phrases", "typical", "borderline", "difference"):
        themes[column] = [[] for _ in range(len(themes))]
    ideas = tables["idea_themes"].assign(decided_by="pipeline", why="")
    for column in ("shared", "neighbours"):
        ideas[column] = [[] for _ in range(len(ideas))]
    save(made, "themes", themes)
    save(made, "idea_themes", ideas)
    save(made, "holders", tables["holders"])
    save(made, "idea_holders", tables["idea_holders"])
    return made


def minilabs(workspace: Workspace, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command in its own process and return what it said."""
    command = [sys.executable, "-m", "pipeline", "assign", *words, "--workspace", str(workspace.root)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def contents(workspace: Workspace) -> list[bytes]:
    """Return the files that a composition and its decisions are in."""
    return [workspace.path(name).read_bytes() for name in FILES if workspace.path(name).exists()]


def test_the_command_composes_tries_announces_and_replaces(workspace: Workspace) -> None:
    """From a first composition to a replacement: each step writes what it says and nothing else."""
    done = minilabs(workspace)
    assert done.returncode == 0, done.stderr
    assert "personnes placées : 256" in " ".join(done.stdout.replace("\u202f", " ").split())
    before = contents(workspace)

    trial = minilabs(workspace, "--try", "fix A017 in lab-outils_numeriques_demat")
    assert "Rien n’a été écrit" in trial.stdout
    assert contents(workspace) == before

    composition = load(workspace, "assignments")
    gone = str(composition.loc[composition["lab_id"] == "lab-environnement_ecogestes", "holder_id"].iloc[0])
    dropped = minilabs(workspace, "--drop", gone)
    assert dropped.returncode == 0, dropped.stderr
    after = load(workspace, "assignments")
    joined = composition.merge(after, on="holder_id", suffixes=("_before", "_after"))
    moved = joined[joined["lab_id_before"] != joined["lab_id_after"]]
    assert len(moved) == 2
    assert set(moved["lab_id_after"]) == {"", "lab-environnement_ecogestes"}
    assert gone in workspace.path("data/review/people.csv").read_text(encoding="utf-8")

    drawn = minilabs(workspace, "--pictures", "reports/composition")
    assert drawn.returncode == 0, drawn.stderr
    moves = (workspace.root / "reports/composition/changements.svg").read_text(encoding="utf-8")
    assert "sans place" in moves

    again = minilabs(workspace, "--announce")
    assert "annoncée" in again.stdout
    waiting = str(after.loc[after["status"] == "waiting", "holder_id"].iloc[0])
    seated = str(after.loc[after["status"] == "placed", "holder_id"].iloc[0])
    listed = minilabs(workspace, "--take-back", seated)
    assert "Rien n’a été écrit" in listed.stdout
    assert f"à reprendre\u202f: {seated} (" in listed.stdout
    assert seated in workspace.path("data/review/announced.csv").read_text(encoding="utf-8")

    assert minilabs(workspace, "--drop", waiting).returncode == 0
    lab = str(after.loc[after["holder_id"] == seated, "lab_id"].iloc[0])
    partner = str(after.loc[after["lab_id"] == lab, "holder_id"].iloc[1])
    with workspace.path("data/review/people.csv").open("a", encoding="utf-8") as people:
        cells = {"agent_id": seated, "minilab_fixe": lab, "avec": partner}
        people.write(",".join(cells.get(column, "") for column in PEOPLE_COLUMNS))
    gives_up = minilabs(workspace, "--drop", partner)
    assert gives_up.returncode == 0, gives_up.stderr
    stay = after[~after["holder_id"].isin([waiting, partner])]
    now = load(workspace, "assignments").set_index("holder_id")["lab_id"]
    told = stay[stay["lab_id"] != ""]
    assert (now[told["holder_id"]].to_numpy() == told["lab_id"].to_numpy()).all()
    after = load(workspace, "assignments")

    same = minilabs(workspace)
    assert same.returncode == 0
    pd.testing.assert_frame_equal(
        load(workspace, "assignments")[["holder_id", "lab_id"]], after[["holder_id", "lab_id"]]
    )


def test_bad_input_changes_nothing(workspace: Workspace) -> None:
    """A mistake in people.csv is one French sentence and exit code 2; the former composition stays."""
    assert minilabs(workspace).returncode == 0
    people = workspace.path("data/review/people.csv")
    people.write_text("agent_id,minilab_fixe\nZ999,lab-x\n", encoding="utf-8")
    before = contents(workspace)
    refused = minilabs(workspace)
    assert refused.returncode == 2
    assert "ligne 2" in refused.stderr
    assert "Z999" in refused.stderr
    assert contents(workspace) == before
    assert minilabs(workspace, "--drop", "Z998").returncode == 2
    assert contents(workspace) == before


def test_only_the_two_cells_of_that_person_change() -> None:
    """Their other cells, the other lines and the order of columns are as they were; a new person gets a line."""
    content = b"agent_id;voeux;minilab_fixe;remarque\nA1;T01;T02;note\nA2;T03;T01;autre\n"
    assert with_dropout(content, "p.csv", "A1").decode("utf-8-sig").replace(chr(34), "").splitlines() == [
        "agent_id;voeux;minilab_fixe;remarque;indisponible", "A1;T01;;note;oui", "A2;T03;T01;autre",
    ]  # fmt: skip
    assert with_dropout(content, "p.csv", "A9").decode("utf-8-sig").replace(chr(34), "").splitlines()[-1] == "A9;;;;oui"
