"""The starting list, as an analyst edits it in a spreadsheet: bytes in, themes given beforehand out."""

from __future__ import annotations

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.spreadsheet import Columns, Row, read_sheet
from pipeline.french import fold
from pipeline.params import GuidedTheme

_COLUMNS: Columns = {
    "titre": ("sujet", "theme"),
    "description": (),
    "active": ("actif", "retenu"),
    "source": (),
    "exemples": ("exemple",),
}
_ON, _OFF = {"", "oui", "o", "x", "1", "vrai", "true"}, {"non", "n", "0", "faux", "false"}


def read_grille(content: bytes, path: str) -> dict[str, GuidedTheme]:
    """Return the subjects that are on, by identifier: L and the number of their line, whichever others are on.

    Args:
        content: see `spreadsheet.read_sheet`; columns `titre`, `description`, `active` and `exemples` (proposals that
            belong there, a bar between two), others are for people.
        path: of the file, for errors.

    Raises:
        MinilabsError: `sheet.*`; `cluster.grille_title`, `cluster.grille_active`, `cluster.grille_twice`, all at once.
    """
    rows = read_sheet(content, path, _COLUMNS)
    raise_all(_errors(rows, path))
    return {
        f"L{row.line - 1:02d}": GuidedTheme(
            title=row.cells["titre"], description=row.cells["description"], examples=_examples(row.cells["exemples"])
        )
        for row in rows
        if fold(row.cells["active"]) in _ON
    }


def _examples(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (" ".join(one.split()) for one in cell.split("|"))))


def _errors(rows: list[Row], path: str) -> list[MinilabsError]:
    errors, seen = [], set[str]()
    for row in rows:
        active, title = row.cells["active"], " ".join(fold(row.cells["titre"]).split())
        if not title:
            errors.append(MinilabsError("cluster.grille_title", path=path, line=row.line))
        elif title in seen:
            told = {"line": row.line, "title": row.cells["titre"][:60]}
            errors.append(MinilabsError("cluster.grille_twice", path=path, **told))
        if fold(active) not in _ON | _OFF:
            errors.append(MinilabsError("cluster.grille_active", path=path, line=row.line, value=active[:40]))
        seen.add(title)
    return errors
