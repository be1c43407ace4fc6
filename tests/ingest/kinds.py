"""Small exports of the kinds that went wrong, each with what must come out: `shapes*.yaml`.

A case says only what it is about: how many ideas, their titles and texts, who holds what, what the account tells.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from pipeline.ingest import SourceFile

Rows = Sequence[Sequence[object]]
_WORDS = (
    "Vélos", "Papier", "Repos", "Cuisine", "Signature", "Délais", "Mobilier", "Toits", "Éclairage", "Courriels",
    "Parrains", "Annuaire", "Visites", "Jardin", "Covoiturage", "Composteur", "Gobelets", "Réunions", "Tutoriels",
    "Bourse",
)  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """One small export; what is empty is not checked.

    Attributes:
        kind: letter of the kind of trouble.
        name: of the case.
        files: of the export.
        ideas: how many are analysed.
        ids: of the ideas.
        titles: of the first ideas, in the order of their ids.
        texts: words that the first descriptions hold.
        people: "family name|given name" of the holders who have one.
        directorates: of the holders → how many.
        values: column of the ideas → its cells.
        places: of the holders.
        told: words that the account says.
        unsaid: words that neither titles nor texts may hold.
        refused: code of the error; empty when the export loads.
    """

    kind: str
    name: str
    files: tuple[SourceFile, ...]
    ideas: int | None = None
    ids: Sequence[str] = ()
    titles: Sequence[str] = ()
    texts: Sequence[str] = ()
    people: Sequence[str] | None = None
    directorates: Mapping[str, int] | None = None
    values: Mapping[str, Sequence[object]] = field(default_factory=dict)
    places: Sequence[str] | None = None
    told: Sequence[str] = ()
    unsaid: Sequence[str] = ()
    refused: str = ""


def shapes() -> list[Shape]:
    """Return every shape, by kind."""
    lists = sorted(Path(__file__).parent.glob("shapes*.yaml"))
    written = [case for path in lists for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return [Shape(files=_files(case), **case) for case in written]


def _files(case: dict[str, Any]) -> tuple[SourceFile, ...]:
    """Return the files of a case, taken out of it: a text, the sheets of a workbook, or several of either."""
    own = {case.pop("file"): case.pop("text", None) or case.pop("sheets")} if "file" in case else case.pop("files")
    return tuple(SourceFile(name, _content(said)) for name, said in own.items())


def _content(said: str | Mapping[str, Rows]) -> bytes:
    return repeated(said).encode() if isinstance(said, str) else workbook(said)


def repeated(text: str) -> str:
    """Return a text with its lines that hold {i} or {word} written twenty times, both changing."""
    lines = text.splitlines(keepends=True)
    places = [i for i, line in enumerate(lines) if "{i}" in line or "{word}" in line]
    if not places:
        return text
    row = "".join(lines[places[0] : places[-1] + 1])
    rows = [row.replace("{i}", str(i)).replace("{word}", word) for i, word in enumerate(_WORDS, start=1)]
    return "".join([*lines[: places[0]], *rows, *lines[places[-1] + 1 :]])


def workbook(sheets: Mapping[str, Rows], change: Callable[[Any], None] | None = None) -> bytes:
    """Return a workbook of the sheets, changed at will before it is written."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()
