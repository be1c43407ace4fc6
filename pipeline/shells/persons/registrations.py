"""Taking a person out of the private files of registrations."""

from __future__ import annotations

from pipeline.files.csv_file import csv_bytes
from pipeline.files.given_file import content_of
from pipeline.files.spreadsheet import Columns, bare, open_sheet
from pipeline.life.registrations import read_answers
from pipeline.registered import ANSWERS, DOUBTS, WRITTEN
from pipeline.store import write_bytes
from pipeline.workspace import Workspace

_NUMBERED: Columns = {"agent_id": ()}
_PAIRED: Columns = {"person_a": ("repère A",), "person_b": ("repère B",)}


def forget_registered(workspace: Workspace, number: str) -> list[str]:
    """Take a person out of the private files of registrations; return those that changed."""
    answers = read_answers(content_of(workspace.path(ANSWERS), ANSWERS), ANSWERS)
    gone = {number, *(answer.ref for answer in answers if answer.agent_id == number)}
    changed = []
    for name, columns in ((ANSWERS, _NUMBERED), (WRITTEN, _NUMBERED), (DOUBTS, _PAIRED)):
        sheet = open_sheet(content_of(workspace.path(name), name), name, columns)
        rows = [[*map(bare, cells)] for cells in sheet.records]
        about = [i for i, column in enumerate(sheet.names) if column]
        kept = [row for row in rows if not gone & {row[i] for i in about if i < len(row)}]
        if kept != rows:
            content = csv_bytes([map(bare, sheet.header), *kept], sheet.separator)
            write_bytes(workspace.path(name), content, private=True)
            changed.append(name)
    return changed
