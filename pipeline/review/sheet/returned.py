"""The workbook that comes back: only the cells a person changed become acts; what cannot be is named, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.errors import MinilabsError, raise_all
from pipeline.files.book_apart import UnreadableError, read_apart
from pipeline.french import fold
from pipeline.review.replaying.state import State
from pipeline.review.sheet.workbook import EDITABLE, EXPORTED, IDEAS, KINDS, NONE, THEMES, YES, Cells, shown

_OPTIONAL = {"Raison", "Attirer"}
"""Columns that may be absent."""

_Book = Mapping[str, list[list[Any]]]
"""Sheet → its rows."""
Act = tuple[str, str, str, str]
"""Action, target, value, reason."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet, by column title.

    Attributes:
        sheet: its title.
        number: as the spreadsheet shows it.
        key: idea or theme id; empty on a row that a person added.
        cells: column title → text.
        places: column title → letter.
    """

    sheet: str
    number: int
    key: str
    cells: Mapping[str, str]
    places: Mapping[str, str]

    def refused(self, column: str, why: str) -> MinilabsError:
        """Return the error that names the cell of `column`."""
        line = f" ({self.key})" if self.key else ""
        return MinilabsError("review.cell", sheet=self.sheet, cell=f"{self.places[column]}{self.number}{line}", why=why)


def read_workbook(content: bytes, name: str, state: State, discussed: Mapping[str, int]) -> list[Act]:
    """Return the acts of the cells that a person changed, in the order in which they apply.

    Args:
        content: xlsx or ods.
        name: of the file, for errors.
        state: of the desk now.
        discussed: idea id → number of the decision that put it up for discussion.

    Raises:
        MinilabsError: `review.workbook` when it is not one of ours or lost a sheet or a column; `review.cell` for each
            cell that holds what it cannot, or that somebody else changed since the export.
    """
    book = _opened(content, name)
    exported, current = _exported(book, name), shown(state)
    errors: list[MinilabsError] = []
    themes, ideas = _rows(book, THEMES, name), _rows(book, IDEAS, name)
    titles = _called(themes, exported)
    errors += [*_repeated(themes), *_repeated(ideas)]
    acts = [
        *_theme_acts(themes, exported, current, titles, errors),
        *_idea_acts(ideas, exported, current, titles, discussed, errors),
    ]
    raise_all(errors)
    ranks = ("define", "rename", "kind", "attract", "assign", "weak", "remove", "also", "discuss", "undo", "merge")
    return sorted(acts, key=lambda act: ranks.index(act[0]))


def _opened(content: bytes, name: str) -> _Book:
    try:
        book = {sheet: rows for sheet, _, rows in read_apart(content)}
    except UnreadableError as why:
        raise MinilabsError("review.workbook", path=name, why="le fichier n'est pas un classeur lisible") from why
    if missing := [sheet for sheet in (IDEAS, THEMES, EXPORTED) if sheet not in book]:
        raise MinilabsError("review.workbook", path=name, why=f"feuilles manquantes : {', '.join(missing)}")
    return book


def _table(book: _Book, sheet: str) -> list[list[str]]:
    return [[_text(cell) for cell in row] for row in book[sheet]]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _exported(book: _Book, name: str) -> Cells:
    held: dict[str, dict[str, tuple[str, str, str]]] = {"idea": {}, "theme": {}}
    for row in _table(book, EXPORTED):
        kind, key, one, two, three = (*row, "", "", "", "", "")[:5]
        if kind in held and key:
            held[kind][key] = (one, two, three)
    if not held["idea"] or not held["theme"]:
        raise MinilabsError("review.workbook", path=name, why=f"la feuille cachée « {EXPORTED} » a été vidée")
    return Cells(held["idea"], held["theme"])


def _rows(book: _Book, sheet: str, name: str) -> list[Row]:
    table = _table(book, sheet)
    start = next((n for n, row in enumerate(table) if "N°" in row), len(table))
    top, *rows = table[start:] or [[]]
    header = set(top)
    if missing := [title for title in ("N°", *EDITABLE[sheet]) if title not in header | _OPTIONAL]:
        why = f"colonnes manquantes dans « {sheet} » : {', '.join(missing)}"
        raise MinilabsError("review.workbook", path=name, why=why)
    places = {title: n for n, title in enumerate(top) if title}
    return [_row(sheet, number, row, places) for number, row in enumerate(rows, start=start + 2)]


def _row(sheet: str, number: int, row: Sequence[str], places: Mapping[str, int]) -> Row:
    cells = {title: row[n] if n < len(row) else "" for title, n in places.items()}
    return Row(sheet, number, cells["N°"], cells, {title: _letter(n) for title, n in places.items()})


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _called(rows: Sequence[Row], exported: Cells) -> dict[str, str]:
    """Return what a theme may be called in a cell (folded) → its id, or the title of one that the workbook opens.

    As the list has it, by its number, or by its title, those of the workbook included; what two share calls none.
    """
    named = [(text, t) for t, held in exported.themes.items() for text in (f"{t} – {held[0]}", t, held[0])]
    named += [(row.cells["Titre"], row.key or row.cells["Titre"]) for row in rows if row.cells["Titre"]]
    found: dict[str, set[str]] = {}
    for text, theme in named:
        found.setdefault(fold(_text(text)), set()).add(theme)
    return {text: next(iter(themes)) for text, themes in found.items() if len(themes) == 1}


def _repeated(rows: Sequence[Row]) -> Iterator[MinilabsError]:
    seen: dict[str, int] = {}
    for row in rows:
        if row.key in seen:
            yield row.refused("N°", f"le numéro {row.key} est déjà à la ligne {seen[row.key]}")
        elif row.key:
            seen[row.key] = row.number


def _changed(row: Row, column: str, exported: str, now: str | None, errors: list[MinilabsError]) -> bool:
    """Say whether a person changed the cell; note when somebody else did too, to something else.

    In a title every letter counts: « Vélo » for « Velo » is a change.
    """
    read = str if column == "Titre" else fold
    cell, was = row.cells[column], _text(exported)
    if read(cell) == read(was):
        return False
    if now is not None and read(_text(now)) == read(cell):
        return False
    if now is None or read(_text(now)) != read(was):
        since = (
            "ce thème n'est plus là"
            if now is None
            else f"quelqu'un y a mis « {_text(now)} »"
            if now
            else "quelqu'un l'a vidée"
        )
        errors.append(row.refused(column, f"depuis l'export, {since} ; exportez de nouveau le classeur"))
        return False
    return True


def _theme_acts(
    rows: Sequence[Row], exported: Cells, current: Cells, titles: Mapping[str, str], errors: list[MinilabsError]
) -> Iterator[Act]:
    for row in rows:
        reason = row.cells.get("Raison", "")
        if not row.key:
            yield from _new_theme(row, reason)
        elif row.key not in exported.themes:
            errors.append(row.refused("N°", f"aucun thème {row.key} dans l'export"))
        else:
            was, now = exported.themes[row.key], current.themes.get(row.key, (None, None, None))
            if _changed(row, "Titre", was[0], now[0], errors):
                yield from _title(row, reason, errors)
            if _changed(row, "Nature", was[1], now[1], errors):
                yield from _kind(row, reason, errors)
            yield from _attract(row, reason, errors)
            yield from _merge(row, reason, titles, errors)


def _new_theme(row: Row, reason: str) -> Iterator[Act]:
    if row.cells["Titre"]:
        yield ("define", row.cells["Titre"], "", reason)


def _title(row: Row, reason: str, errors: list[MinilabsError]) -> Iterator[Act]:
    if row.cells["Titre"]:
        yield ("rename", row.key, row.cells["Titre"], reason)
    else:
        errors.append(row.refused("Titre", "un thème garde un titre ; pour le fermer, réunissez-le à un autre"))


def _attract(row: Row, reason: str, errors: list[MinilabsError]) -> Iterator[Act]:
    if (cell := fold(row.cells.get("Attirer", ""))) == YES:
        yield ("attract", row.key, "", reason)
    elif cell:
        errors.append(row.refused("Attirer", "écrivez « oui », ou laissez vide"))


def _merge(row: Row, reason: str, titles: Mapping[str, str], errors: list[MinilabsError]) -> Iterator[Act]:
    if not row.cells["Réunir avec"]:
        return
    kept = titles.get(fold(row.cells["Réunir avec"]))
    if kept is None or kept == row.key:
        errors.append(row.refused("Réunir avec", "choisissez un autre thème de la liste"))
    else:
        yield ("merge", row.key, kept, reason)


def _kind(row: Row, reason: str, errors: list[MinilabsError]) -> Iterator[Act]:
    kinds = {fold(french): code for french, code in KINDS.items()}
    if (code := kinds.get(fold(row.cells["Nature"]))) is None:
        errors.append(row.refused("Nature", f"valeurs possibles : {', '.join(KINDS)}"))
    else:
        yield ("kind", row.key, code, reason)


def _idea_acts(
    rows: Sequence[Row],
    exported: Cells,
    current: Cells,
    titles: Mapping[str, str],
    discussed: Mapping[str, int],
    errors: list[MinilabsError],
) -> Iterator[Act]:
    for row in rows:
        if row.key not in exported.ideas:
            errors += _unknown_idea(row)
            continue
        was = exported.ideas[row.key]
        now = tuple(map(_as_exported, was, current.ideas.get(row.key, (None, None, None))))
        reason = row.cells.get("Raison", "")
        if _changed(row, "Thème", was[0], now[0], errors):
            yield from _home(row, was[0], reason, titles, errors)
        if _changed(row, "Second thème", was[1], now[1], errors):
            yield from _second(row, was[1], reason, titles, errors)
        if _changed(row, "À discuter", was[2], now[2], errors):
            yield from _discuss(row, reason, discussed, errors)


def _as_exported(was: str, now: str | None) -> str | None:
    """Return what the cell holds now; as it was written when it is the same theme, renamed since."""
    number, dash, _ = was.partition(" – ")
    return was if now and dash and now.startswith(f"{number} – ") else now


def _unknown_idea(row: Row) -> list[MinilabsError]:
    """Return an error when a person filled a row that is no idea's: a row added for notes is none."""
    filled = [column for column in EDITABLE[IDEAS] if row.cells.get(column)]
    return [row.refused(filled[0], "cette ligne n'a pas de numéro d'idée connu")] if filled else []


def _home(row: Row, was: str, reason: str, titles: Mapping[str, str], errors: list[MinilabsError]) -> Iterator[Act]:
    cell = row.cells["Thème"]
    theme = titles.get(fold(cell))
    if cell == NONE or not cell:
        yield ("weak", row.key, "", reason)
    elif theme is not None and theme != titles.get(fold(_text(was))):
        yield ("assign", row.key, theme, reason)
    elif theme is None:
        errors.append(row.refused("Thème", f"« {cell[:60]} » n'est pas un thème de la liste"))


def _second(row: Row, was: str, reason: str, titles: Mapping[str, str], errors: list[MinilabsError]) -> Iterator[Act]:
    cell, former = row.cells["Second thème"], titles.get(fold(_text(was)))
    theme = titles.get(fold(cell))
    if cell and (theme is None or theme == titles.get(fold(row.cells["Thème"]))):
        errors.append(row.refused("Second thème", "choisissez un autre thème de la liste que le premier"))
        return
    if former is not None and former != theme:
        yield ("remove", row.key, former, reason)
    if theme is not None and theme != former:
        yield ("also", row.key, theme, reason)


def _discuss(row: Row, reason: str, discussed: Mapping[str, int], errors: list[MinilabsError]) -> Iterator[Act]:
    cell = fold(row.cells["À discuter"])
    if cell == YES:
        yield ("discuss", row.key, "", reason)
    elif not cell and row.key in discussed:
        yield ("undo", str(discussed[row.key]), "", reason)
    else:
        errors.append(row.refused("À discuter", "écrivez « oui », ou laissez vide"))
