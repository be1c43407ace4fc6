"""Replies of holders to their letters: the table to fill in, and the acts that it asks for when it comes back."""

from __future__ import annotations

from pathlib import Path

from pipeline.french import counted, fold, typeset
from pipeline.life.replies import Reply, read_replies, replies_workbook
from pipeline.params import Params
from pipeline.report.facts.model import Report
from pipeline.report.facts.themes import Theme
from pipeline.shells.life.answering import FOLDER, rows_of
from pipeline.shells.report import gathered, identities, letters_of
from pipeline.store import write_bytes
from pipeline.workspace import Workspace

TABLE = f"{FOLDER}/porteurs.xlsx"


def hand_out(workspace: Workspace, params: Params) -> str:
    """Write the table of the ideas that letters ask about; return what to say.

    Raises:
        MinilabsError: see `shells.report.run`.
    """
    material = gathered(workspace, params)
    written = letters_of(workspace, params, material, identities(workspace))
    asked = {question for letter in written for question in letter.asked}
    write_bytes(workspace.path(TABLE), replies_workbook(asked, [theme.label for theme in _named(material.report)]))
    return typeset(f"{TABLE} : {counted(len(asked), 'idée')} à confirmer par les porteurs")


def acts_of_replies(workspace: Workspace, params: Params, file: Path) -> tuple[Reply, ...]:
    """Return the acts that a table filled in asks for.

    Raises:
        MinilabsError: `report.workbook`, `sheet.*`, `life.reply_*`.
    """
    report = gathered(workspace, params).report
    themes = {fold(key): theme.theme_id for theme in _named(report) for key in (theme.theme_id, theme.label)}
    return read_replies(rows_of(file), file.name, set(report.idea), themes)


def _named(report: Report) -> list[Theme]:
    return [theme for theme in report.themes if not theme.nameless]
