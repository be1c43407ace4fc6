"""What the export was and what became of each row, out of ingest's report: small tables to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.french import counted, enumeration, number, typeset
from pipeline.ingest.cells.fields import FRENCH

Report = Mapping[str, Any]
"""Content of `data/interim/ingest_report.json`; `ingest_rows.json` for what names rows by their number."""

_KINDS = {"nom": "noms", "prenom": "prénoms", "email": "adresses électroniques", "telephone": "téléphones"}


def summary(report: Report) -> pd.DataFrame:
    """Return what was read, kept and set aside: columns Quoi, Combien."""
    counts = report.get("counts", {})
    rows = [
        ("lignes lues", counts.get("read", 0)),
        ("idées", counts.get("ideas", 0)),
        ("idées à analyser", counts.get("kept", 0)),
        *((f"mises de côté : {why}", count) for why, count in counts.get("set_aside", {}).items()),
        ("idées fusionnées, exactement répétées", counts.get("merged", 0)),
        ("agents porteurs ou co-porteurs", counts.get("holders", 0)),
        *((("idées sans nom de porteur", counts["nameless"]),) if counts.get("nameless") else ()),
        *(
            (f"passages masqués : {_KINDS.get(kind, kind)}", count)
            for kind, count in report.get("masking", {}).get("counts", {}).items()
        ),
    ]
    return pd.DataFrame([(what, number(count)) for what, count in rows], columns=["Quoi", "Combien"])


def columns_read(report: Report) -> pd.DataFrame:
    """Return what each column of each file was taken for: Fichier, Colonne, Comprise comme."""
    rows = []
    for file in report.get("files", []):
        if file.get("used_as") == "none":
            rows.append((file["file"], "(tout le fichier)", f"non lu : {file.get('why', '')}"))
            continue
        for field, names in file.get("columns", {}).items():
            guessed = " (d’après son contenu)" if field in file.get("guessed", []) else ""
            rows += [(file["file"], name, FRENCH.get(field, field) + guessed) for name in names]
        rows += [(file["file"], name, "non lue") for name in file.get("unused_columns", [])]
    return pd.DataFrame(rows, columns=["Fichier", "Colonne", "Comprise comme"])


def accounting(report: Report) -> pd.DataFrame:
    """Return every row that was changed, refused or set aside: Fichier, Ligne, Idée, Ce qui a été fait, Pourquoi."""
    rows = [tuple(row.get(name, "") for name in ("table", "row", "idea_id", "action", "why"))
            for row in report.get("accounting", [])]  # fmt: skip
    return pd.DataFrame(rows, columns=["Fichier", "Ligne", "Idée", "Ce qui a été fait", "Pourquoi"])


def verdict(report: Report) -> str:
    """Return one sentence on what is to be checked before going on."""
    doubts = [
        counted(count, singular, plural)
        for count, singular, plural in (
            (len(report.get("problems", [])), "cellule illisible", "cellules illisibles"),
            (len(report.get("unknown_links", [])), "porteur inconnu", "porteurs inconnus"),
            (report.get("persons", {}).get("doubtful", 0), "homonyme possible", "homonymes possibles"),
            (report.get("masking", {}).get("ideas", 0), "idée masquée à relire", "idées masquées à relire"),
        )
        if count
    ]
    said = (
        f"À vérifier avant de continuer : {enumeration(doubts)}." if doubts else "Rien à vérifier : l’export est net."
    )
    return typeset(said)
