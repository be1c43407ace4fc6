"""Consent: who agreed, when, that masked texts be sent to which server and which models, and what for."""

from __future__ import annotations

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.files.given_file import content_of
from pipeline.files.spreadsheet import read_sheet
from pipeline.params import Params
from pipeline.shells.reading.reader import place_of
from pipeline.store import write_bytes
from pipeline.workspace import Workspace

CONSENT = "consentement.csv"
CONSENT_COLUMNS = ("when", "who", "server", "model", "purpose")
PURPOSE = "proposer des sujets, des thèmes, des mots et des ressemblances à partir des textes masqués"


def models_of(params: Params) -> str:
    """Return the models that are asked: the one that reads, the one that gives vectors; empty for none."""
    return " et ".join(filter(None, (params.reader.model.strip(), params.embed.served)))


def consented(workspace: Workspace, params: Params) -> bool:
    """Tell whether somebody agreed to send masked texts to this server and this model.

    Raises:
        MinilabsError: `reader.consent_file`.
    """
    rows = _consents(workspace, params)
    asked = (params.reader.address.strip(), models_of(params))
    return bool(rows) and tuple(rows[-1][2:4]) == asked


def _consents(workspace: Workspace, params: Params) -> list[tuple[str, ...]]:
    name = f"{params.reader.folder}/{CONSENT}"
    content = content_of(place_of(workspace, params, CONSENT), name)
    rows = read_sheet(content, name, dict.fromkeys(CONSENT_COLUMNS, ()), needed=CONSENT_COLUMNS)
    for row in rows:
        if not all(row.cells.values()):
            raise MinilabsError("reader.consent_file", path=name, line=row.line)
    return [tuple(row.cells[column] for column in CONSENT_COLUMNS) for row in rows]


def consent(workspace: Workspace, params: Params, who: str, when: str) -> None:
    """Add a line to the consents: who agrees, when, to which server and model, what for.

    Raises:
        MinilabsError: `reader.who`, `base.disk`.
    """
    if not who.strip():
        raise MinilabsError("reader.who")
    path = place_of(workspace, params, CONSENT)
    given = (when, who.strip(), params.reader.address.strip(), models_of(params), PURPOSE)
    write_bytes(path, csv_bytes([CONSENT_COLUMNS, *_consents(workspace, params), given]))
