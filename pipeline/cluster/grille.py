"""The starting list, as an analyst edits it in a spreadsheet: bytes in, themes given beforehand out."""

from __future__ import annotations

import csv
import io

from pipeline.errors import MinilabsError, raise_all
from pipeline.french import fold
from pipeline.params import GuidedTheme
from pipeline.spreadsheet import decoded, separator

_ON, _OFF = {"", "oui", "o", "x", "1", "vrai", "true"}, {"non", "n", "0", "faux", "false"}


def read_grille(content: bytes, path: str) -> dict[str, GuidedTheme]:
    """Return the subjects that are on, by identifier: L and the number of their line, whichever others are on.

    Args:
        content: CSV with the columns `titre`, `description` and `active`; others are for people.
        path: of the file, for errors.

    Raises:
        MinilabsError: `cluster.grille_columns`; `cluster.grille_active` and `cluster.grille_twice`, all lines at once.
    """
    text = decoded(content)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator(text)))
    found = [
        {fold(name or "").strip(): (cell or "") for name, cell in row.items() if isinstance(cell, str)} for row in rows
    ]
    if found and "titre" not in found[0]:
        raise MinilabsError("cluster.grille_columns", path=path)
    lines = [(n, row) for n, row in enumerate(found, start=1) if row.get("titre", "").strip()]
    raise_all(_errors(lines, path))
    return {
        f"L{n:02d}": GuidedTheme(title=" ".join(row["titre"].split()), description=row.get("description", "").strip())
        for n, row in lines
        if fold(row.get("active", "")).strip() in _ON
    }


def _errors(lines: list[tuple[int, dict[str, str]]], path: str) -> list[MinilabsError]:
    errors, seen = [], set[str]()
    for number, row in lines:
        active, title = fold(row.get("active", "")).strip(), " ".join(fold(row["titre"]).split())
        if active not in _ON | _OFF:
            errors.append(MinilabsError("cluster.grille_active", path=path, line=number + 1, value=active[:40]))
        if title in seen:
            errors.append(MinilabsError("cluster.grille_twice", path=path, line=number + 1, title=row["titre"][:60]))
        seen.add(title)
    return errors
