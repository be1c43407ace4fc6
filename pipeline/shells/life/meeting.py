"""Sessions: attendance sheets out and back, then participation, who never came, and what groups made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from pipeline.files.csv_file import csv_bytes
from pipeline.files.given_file import content_of
from pipeline.french import counted, long_date, typeset
from pipeline.identifiers import anchor
from pipeline.life.attendance import (
    MADE,
    MINUTES,
    joined,
    never,
    participation,
    presence_rows,
    read_notes,
    read_presences,
    read_sheet_back,
    said_of,
    seats_of,
    settled,
    sheet_of,
)
from pipeline.registered import with_registered
from pipeline.report.render.workbook import Sheet, workbook
from pipeline.shells.life.answering import rows_of
from pipeline.shells.life.calling import SESSIONS, finder, sessions
from pipeline.store import load, write_bytes
from pipeline.workspace import Workspace

PRESENCES = "data/review/presences.csv"
NOTES = "data/review/comptes_rendus.csv"
DELIVERABLES = "data/review/livrables.csv"
SHEETS = "reports/private/presences"
FIGURES = "reports/participation.xlsx"
NEVER = "reports/private/jamais_venus.csv"
_BY = {"directorate": "Par direction", "site_type": "Par type de site", "occupation": "Par métier"}


def _seats(workspace: Workspace) -> dict[str, set[str]]:
    return seats_of(load(workspace, "assignments", stage="assign"))


def hand_out(workspace: Workspace) -> list[str]:
    """Write an attendance sheet a group that has sessions, and what the tables tell; return what was written.

    Raises:
        MinilabsError: `life.*`, `sheet.*`; a table to mend.
    """
    labs, seats = load(workspace, "labs", stage="assign"), _seats(workspace)
    met = sessions(workspace, labs)
    known = read_presences(content_of(workspace.path(PRESENCES), PRESENCES), PRESENCES)
    people = with_registered(workspace, load(workspace, "identities")).set_index("holder_id")
    names = {
        str(p): (str(given), str(family))
        for p, given, family in zip(people.index, people["given_name"], people["family_name"], strict=True)
    }
    written = []
    for lab in sorted({session.lab_id for session in met}):
        own = [session for session in met if session.lab_id == lab]
        members = [(agent, *names.get(agent, ("", ""))) for agent in sorted(seats.get(lab, ()))]
        path = f"{SHEETS}/{anchor('presences', lab)}.xlsx"
        sheet = sheet_of(own, members, [p for p in known if p.lab_id == lab])
        write_bytes(workspace.path(path), sheet, private=True)
        written.append(path)
    undated = [] if met else [typeset(f"Aucune séance n'a de date : remplissez « {SESSIONS} », puis recommencez.")]
    return [*undated, *written, *_figures(workspace, labs, seats)]


def take_back(workspace: Workspace, files: Sequence[Path]) -> list[str]:
    """Put what returned sheets say in the table of attendance, without names; return what to say.

    Where two of them contradict each other nothing is taken, and both are told.

    Raises:
        MinilabsError: `report.workbook`, `life.presence_*`; nothing is then written.
    """
    seats = _seats(workspace)
    known = read_presences(content_of(workspace.path(PRESENCES), PRESENCES), PRESENCES)
    found, doubtful = settled(p for file in files for p in read_sheet_back(rows_of(file), file.name, seats))
    table = joined(known, found)
    write_bytes(workspace.path(PRESENCES), csv_bytes(presence_rows(table)))
    said = counted(len(found), "présence ou absence lue", "présences ou absences lues")
    against = [
        typeset(f"Feuilles en désaccord, rien n'est retenu : {p.lab_id}, {long_date(p.day)}, agent {p.agent_id}.")
        for p in doubtful
    ]
    return [typeset(f"{said}, {len(table)} dans « {PRESENCES} »."), *against, *hand_out(workspace)]


def _figures(workspace: Workspace, labs: pd.DataFrame, seats: dict[str, set[str]]) -> list[str]:
    """Write participation and what groups made; who never came, privately."""
    known = read_presences(content_of(workspace.path(PRESENCES), PRESENCES), PRESENCES)
    agents = load(workspace, "agents", stage="assign").set_index("holder_id")
    threshold = workspace.params().report.threshold
    books: dict[str, Sheet] = {}
    ids = agents.index.astype(str)
    for column, title in _BY.items():
        shares = participation(known, seats, dict(zip(ids, agents[column].astype(str), strict=True)), threshold)
        rows = [(s.value, s.members, s.came) for s in shares]
        books[title] = ((title.removeprefix("Par ").capitalize(), "Membres", "Venus au moins une fois"), rows)
    labels = dict(zip(labs["lab_id"], labs["label"], strict=True))
    group, names = finder(labs), ", ".join(labs["lab_id"])
    for title, path, columns, heads in (
        ("Comptes rendus", NOTES, MINUTES, ("Groupe", "Date", "Décidé", "Avancé", "Suite")),
        ("Livrables", DELIVERABLES, MADE, ("Groupe", "Titre", "Résumé", "Lien")),
    ):
        notes = read_notes(content_of(workspace.path(path), path), path, columns, group, names)
        books[title] = (heads, [(labels[note.lab_id], *said_of(note)) for note in notes])
    write_bytes(workspace.path(FIGURES), workbook(books, "Participation et travaux des groupes"))
    write_bytes(workspace.path(NEVER), csv_bytes([("minilab", "agent_id"), *never(known, seats)]), private=True)
    return [FIGURES, NEVER]
