"""The account of an ingestion in French sentences, ready for a report: figures in, words out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.french import agree, counted, enumeration, typeset

Report = Mapping[str, Any]


def sentences(report: Report) -> list[str]:
    """Return what a reader should know: rows and ideas, files, people, doubtful cells, masking.

    Args:
        report: the sections of the ingest report (see `report`).
    """
    said = [_rows(report["counts"]), *_files(report), *_doubts(report), *_masked(report["masking"])]
    return [typeset(sentence) for sentence in said]


def _rows(counts: Report) -> str:
    rest = [f"{counted(n, 'idée')} de côté ({reason})" for reason, n in counts["set_aside"].items()]
    rest += _some(counts["merged"], "ligne réunie à une autre", "lignes réunies à d'autres")
    rest += _some(counts["without_content"], "ligne sans contenu")
    left = f" ; {enumeration(rest)}" if rest else ""
    return f"{counted(counts['rows'], 'ligne lue')} : {counted(counts['kept'], 'idée')} à analyser{left}."


def _files(report: Report) -> list[str]:
    used = [file for file in report["files"] if file["used_as"] != "none"]
    unused = {file["file"] for file in report["files"]} - {file["file"] for file in used}
    said = [f"Ces lignes viennent de {enumeration(sorted({file['file'] for file in used}))}."]
    if unused:
        said.append(f"N'ont pas servi : {enumeration(sorted(unused))}.")
    return said


def _doubts(report: Report) -> list[str]:
    said = []
    if cells := report["problems"]:
        said.append(f"{counted(len(cells), 'cellule illisible', 'cellules illisibles')}, laissées vides.")
    if near := report["near_duplicates"]:
        said.append(f"{counted(len(near), 'paire')} d'idées presque identiques, gardées toutes deux.")
    if links := report["unknown_links"]:
        said.append(f"{counted(len(links), 'lien')} vers une personne ou une idée absente de l'export.")
    if doubtful := report["persons"]["doubtful"]:
        verb = agree(doubtful, "est", "sont")
        said.append(f"{counted(doubtful, 'rapprochement')} de personnes {verb} à confirmer.")
    return said


def _masked(masking: Report) -> list[str]:
    total = sum(masking["counts"].values())
    if not total:
        return [masking["notice"]]
    where = f"dans {counted(masking['ideas'], 'idée')}"
    return [f"{counted(total, 'passage masqué', 'passages masqués')} {where}.", masking["notice"]]


def _some(count: int, singular: str, plural: str | None = None) -> list[str]:
    return [counted(count, singular, plural)] if count else []
