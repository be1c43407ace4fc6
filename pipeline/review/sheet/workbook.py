"""The workbook an analyst fills in: what is on the desk → xlsx bytes.

Three sheets to read (instructions, ideas, themes) and one hidden (`EXPORTED`) that keeps what each cell held when the
workbook was written, so that only what a person changed becomes a decision (see `returned`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.french import typeset
from pipeline.review.replaying.state import State
from pipeline.words import kinds

IDEAS, THEMES, HELP, EXPORTED = "Idées", "Thèmes", "Mode d’emploi", "_export"
NONE = "(aucun thème : signal faible)"
YES = "oui"
KINDS = {names.title: code for code, names in kinds.KINDS.items()}

IDEA_COLUMNS = ("N°", "Titre", "Texte", "Thème", "Second thème", "À discuter", "Raison", "Pourquoi ce thème")
THEME_COLUMNS = ("N°", "Titre", "Nature", "Réunir avec", "Attirer", "Raison", "Idées", "Exemples")
EDITABLE = {
    IDEAS: ("Thème", "Second thème", "À discuter", "Raison"),
    THEMES: ("Titre", "Nature", "Réunir avec", "Attirer", "Raison"),
}
_WIDTHS = {
    "N°": 13,
    "Titre": 42,
    "Texte": 80,
    "Pourquoi ce thème": 50,
    "Exemples": 60,
    "Idées": 8,
    "À discuter": 11,
    "Attirer": 11,
}
_SPARE_ROWS = 30
_LONGEST = 32_000
_LINE, _MOST_LINES = 15, 25

_LISTED = "Choisissez une valeur de la liste."
_TITLED = "Cette valeur n'est pas dans la liste. Gardez-la si c'est le titre d'un thème de la feuille « Thèmes »."

_LINES = (
    "Ce classeur sert à décider. Seules les cellules jaunes se modifient ; une cellule inchangée ne change rien.",
    """Feuille « Idées » : choisissez un autre thème dans la liste, un second thème s'il y en a un, « oui » dans
    « À discuter » pour en parler à plusieurs. La colonne « Raison » garde vos mots.""",
    """Feuille « Thèmes » : changez le titre ou la nature ; « Réunir avec » verse toutes les idées dans un autre thème.
    Un nouveau titre ne déplace aucune idée : « oui » dans « Attirer » y range celles qui ressemblent au titre.
    Pour un nouveau thème, écrivez son titre sur une ligne vide, en bas : il attire les idées qui lui ressemblent.
    Partout, un thème se désigne par son numéro ou par son titre, celui d'un nouveau thème compris.""",
    """Vous pouvez trier, filtrer, ajouter des lignes et des colonnes : les colonnes se reconnaissent à leur titre, les
    lignes à leur numéro. Pour trier, ôtez d'abord la protection de la feuille (sans mot de passe).""",
    "Quand vous avez fini : enregistrez au format xlsx ou ods, puis lancez « minilabs review import FICHIER ».",
)


@dataclass(frozen=True, slots=True)
class Cells:
    """What the cells a person may change hold.

    Attributes:
        ideas: idea id → (theme, second theme, to discuss), as shown.
        themes: theme id → (title, kind, ""), as shown.
    """

    ideas: Mapping[str, tuple[str, str, str]]
    themes: Mapping[str, tuple[str, str, str]]


def shown(state: State) -> Cells:
    """Return what the cells of a state hold."""
    natures = {code: french for french, code in KINDS.items()}
    ideas = {
        idea: (theme_cell(state, place.home), theme_cell(state, place.second) if place.second else "",
               YES if idea in state.discussed else "")
        for idea, place in state.places.items()
    }  # fmt: skip
    themes = {key: (theme.label, natures.get(theme.kind, ""), "") for key, theme in state.themes.items()}
    return Cells(ideas, themes)


def theme_cell(state: State, theme: str | None) -> str:
    """Return how a theme is shown in a list: its id, then its title."""
    return f"{theme} – {state.themes[theme].label}" if theme is not None and theme in state.themes else NONE


def to_workbook(
    state: State, texts: Mapping[str, tuple[str, str]], why: Mapping[str, str], order: Sequence[str]
) -> bytes:
    """Return the workbook.

    Args:
        state: after the decisions.
        texts: idea id → title and text.
        why: idea id → why it is in its theme.
        order: idea ids in reading order.
    """
    cells, book = shown(state), Workbook()
    book.remove(book.worksheets[0])
    guide = book.create_sheet(HELP)
    guide.column_dimensions["A"].width = 110
    for number, line in enumerate(_LINES, start=1):
        _write(guide, number * 2, 1, typeset(" ".join(line.split())))
    rows = [(i, *texts[i], *cells.ideas[i], "", why.get(i, "")) for i in order]
    ideas = _sheet(book, IDEAS, IDEA_COLUMNS, rows, spare=0)
    examples = {t: " ; ".join(texts[i][0] for i in state.members(t)[:3]) for t in state.themes}
    listed = [(t, *cells.themes[t], "", "", str(len(state.members(t))), examples[t]) for t in sorted(state.themes)]
    themes = _sheet(book, THEMES, THEME_COLUMNS, listed, spare=_SPARE_ROWS)
    _exported(book, cells, [theme_cell(state, theme) for theme in sorted(state.themes)])
    _lists(ideas, themes, len(state.themes), len(rows))
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _sheet(
    book: Workbook, name: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, spare: int
) -> Worksheet:
    sheet = book.create_sheet(name)
    for column, title in enumerate(columns, start=1):
        _write(sheet, 1, column, title).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(title, 30)
    for number in range(2, len(rows) + spare + 2):
        row = rows[number - 2] if number - 2 < len(rows) else [""] * len(columns)
        for column, (title, text) in enumerate(zip(columns, row, strict=True), start=1):
            cell = _write(sheet, number, column, text)
            if title in EDITABLE[name]:
                cell.protection = Protection(locked=False)
                cell.fill = PatternFill("solid", fgColor="FFF9DB")
        sheet.row_dimensions[number].height = _height(columns, row)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(len(rows), 1) + 1}"
    sheet.protection.sheet = True
    for allowed in ("sort", "autoFilter", "formatColumns", "formatRows", "insertColumns", "insertRows"):
        setattr(sheet.protection, allowed, False)  # in the file format, False means "not forbidden"
    return sheet


def _height(columns: Sequence[str], row: Sequence[str]) -> float:
    """Return the height, in points, that shows the row's texts: a spreadsheet does not fit rows it did not write."""
    lines = [
        sum(1 + len(line) // _WIDTHS.get(title, 30) for line in text.split("\n"))
        for title, text in zip(columns, row, strict=True)
    ]
    return float(min(max(lines), _MOST_LINES) * _LINE)


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = sheet.cell(row, column)
    cell.value = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)[:_LONGEST] or None
    if cell.value is not None:
        cell.data_type = "s"  # a text that begins with = is a text
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _exported(book: Workbook, cells: Cells, choices: Sequence[str]) -> None:
    sheet = book.create_sheet(EXPORTED)
    sheet.sheet_state = "hidden"
    rows = [("idea", idea, *held) for idea, held in sorted(cells.ideas.items())]
    rows += [("theme", theme, *held) for theme, held in sorted(cells.themes.items())]
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            _write(sheet, number, column, text)
    for number, choice in enumerate([*choices, NONE], start=1):
        _write(sheet, number, 7, choice)
    for number, kind in enumerate(KINDS, start=1):
        _write(sheet, number, 8, kind)


def _lists(ideas: Worksheet, themes: Worksheet, count: int, rows: int) -> None:
    every, some = f"={EXPORTED}!$G$1:$G${count + 1}", f"={EXPORTED}!$G$1:$G${max(count, 1)}"
    last, spare = max(rows + 1, 2), count + _SPARE_ROWS + 1
    for sheet, cells, source, asked in (
        (ideas, f"D2:D{last}", every, _TITLED),
        (ideas, f"E2:E{last}", some, _TITLED),
        (ideas, f"F2:F{last}", f'"{YES}"', _LISTED),
        (themes, f"C2:C{spare}", f"={EXPORTED}!$H$1:$H${len(KINDS)}", _LISTED),
        (themes, f"D2:D{spare}", some, _TITLED),
        (themes, f"E2:E{count + 1}", f'"{YES}"', _LISTED),
    ):
        style = "warning" if asked is _TITLED else "stop"
        choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True, errorStyle=style)
        choice.error, choice.errorTitle = typeset(asked), "MiniLabs"
        choice.add(cells)
        sheet.add_data_validation(choice)
