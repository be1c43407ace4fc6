"""Registrations in a workspace: from the export of a form tool to seats, and nothing left of who asks for it."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from pipeline.assign import assign
from pipeline.commands.app import app
from pipeline.errors import MinilabsError
from pipeline.registered import ANSWERS, DOUBTS, with_registered
from pipeline.shells.assign import given
from pipeline.shells.assign import tables as assign_tables
from pipeline.shells.life.registering import register, told
from pipeline.shells.persons.forgetting import forget
from pipeline.shells.persons.privacy import audit
from pipeline.store import load, save
from pipeline.workspace import Workspace

PEOPLE = "data/review/people.csv"
HEADS = ["Horodateur", "Nom", "Prénom", "Courriel", "Direction", "Métier", "Site", "Lieu", "Vœu 1", "Vœu 2", "Retrait"]


def _export(workspace: Workspace, name: str, rows: list[list[str]]) -> Path:
    path = workspace.root / name
    pd.DataFrame(rows, columns=HEADS).to_csv(path, index=False, sep=";", encoding="utf-8-sig")
    return path


def _label(workspace: Workspace) -> str:
    return str(load(workspace, "labs")["label"].iloc[0])


def _row(day: int, family: str, given_name: str, wish: str, withdrawn: str = "") -> list[str]:
    where = ["Direction des Ports", "grutier", "siège", "Metz"]
    return [f"{day:02d}/12/2026", family, given_name, "", *where, wish, "", withdrawn]


def _people(workspace: Workspace) -> dict[str, dict[str, str]]:
    with workspace.path(PEOPLE).open(encoding="utf-8") as file:
        return {row["agent_id"]: row for row in csv.DictReader(file)}


def _named(workspace: Workspace) -> str:
    first = str(load(workspace, "holders")["holder_id"].iloc[0])
    columns = ["holder_id", "family_name", "given_name", "email"]
    save(workspace, "identities", pd.DataFrame([[first, "Zirkel", "Anatole", ""]], columns=columns))
    return first


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_two_imports_seat_a_volunteer(workspace: Workspace) -> None:
    """A holder is recognised, a late volunteer takes a seat, a withdrawal gives it back; each row is accounted for."""
    first, label, params = _named(workspace), _label(workspace), workspace.params()
    register(workspace, params, _export(workspace, "a.csv", [_row(1, "ZIRKEL", "Anatole", label)]))
    assert _people(workspace)[first]["volontaire"] == ""
    rows = [_row(1, "ZIRKEL", "Anatole", label), _row(5, "Ostravin", "Lise", label)]
    second = register(workspace, params, _export(workspace, "b.csv", rows))
    assert "2 lignes lues : 1 réponse nouvelle, 1 déjà connue, 0 sans nom" in _plain(" ".join(told(second)))
    assert _people(workspace)["V001"]["volontaire"] == "oui"
    result = assign(assign_tables(workspace), params.assign, params.seed, given(workspace, params))
    assert result.assignments.set_index("holder_id").loc["V001", "status"] in {"volunteer", "waiting"}
    gone = register(workspace, params, _export(workspace, "c.csv", [_row(9, "Ostravin", "Lise", "", "oui")]))
    assert _people(workspace)["V001"]["indisponible"] == "oui"
    assert sum(p.withdrawn for p in gone.roster.registrants) == 1
    assert "Ostravin" not in " ".join(told(gone))
    again = assign(assign_tables(workspace), params.assign, params.seed, given(workspace, params))
    assert not again.assignments.query("holder_id == 'V001' and lab_id != ''").size


def test_names_stay_private_and_can_be_erased(workspace: Workspace) -> None:
    """A volunteer's name is in private files only; who asks for it leaves every file, others stay."""
    _named(workspace)
    label, params = _label(workspace), workspace.params()
    workspace.path("data/raw/idees.csv").write_text("Titre;Description\nBancs;Des bancs dehors\n", encoding="utf-8")
    export = _export(workspace, "a.csv", [_row(1, "Ostravin", "Lise", label), _row(2, "Pelvoran", "Abel", label)])
    register(workspace, params, export)
    export.unlink()
    known = with_registered(workspace, load(workspace, "identities"))
    assert {*known["family_name"]} == {"Zirkel", "Ostravin", "Pelvoran"}
    found = audit(workspace, params)
    assert found.identities == 3
    assert found.leaks == []
    done = forget(workspace, params, "V001", date(2026, 12, 31))
    assert done.remaining == []
    kept = workspace.path(ANSWERS).read_text(encoding="utf-8")
    assert ("Ostravin" in kept, "Pelvoran" in kept) == (False, True)
    assert "V001" not in _people(workspace)


def test_a_decision_in_the_list_of_doubts_is_kept(workspace: Workspace) -> None:
    """An initial is a doubt in the private list; decided there, the next run needs no export and gives no volunteer."""
    _named(workspace)
    params = workspace.params()
    register(workspace, params, _export(workspace, "a.csv", [_row(1, "Zirkel", "A.", _label(workspace))]))
    assert "V001" in _people(workspace)
    lines = workspace.path(DOUBTS).read_text(encoding="utf-8-sig").splitlines()
    decided = [lines[0], lines[1][:-2] + '"même personne"']
    workspace.path(DOUBTS).write_text("\n".join(decided) + "\n", encoding="utf-8")
    for _ in range(2):
        done = register(workspace, params, None)
        assert [p.known for p in done.roster.registrants] == [True]
        assert done.roster.doubts == ()
        assert "V001" not in _people(workspace)


def test_the_command(workspace: Workspace) -> None:
    """The command tells the account; a missing file is one sentence."""
    export = _export(workspace, "a.csv", [_row(1, "Ostravin", "Lise", _label(workspace))])
    result = CliRunner().invoke(app, ["register", str(export), "--workspace", str(workspace.root)])
    assert result.exit_code == 0, result.output
    assert "1 personne inscrite" in _plain(result.output)
    with pytest.raises(MinilabsError, match=r"life\.no_file"):
        register(workspace, workspace.params(), workspace.root / "absent.csv")
