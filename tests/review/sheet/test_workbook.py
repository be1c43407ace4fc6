"""The workbook: what is unchanged decides nothing, what is changed becomes acts, what cannot be is named."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.errors import MinilabsError
from pipeline.messages import sentence
from pipeline.review.entering.typed import resolved
from pipeline.review.outcome.tables import state_of
from pipeline.review.replaying.decisions import Decision
from pipeline.review.replaying.engine import replay
from pipeline.review.replaying.state import State
from pipeline.review.sheet.returned import Act, read_workbook
from pipeline.review.sheet.workbook import IDEAS, NONE, THEMES, theme_cell, to_workbook
from tests.review.candidates import CANDIDATES

START = state_of(*CANDIDATES)
TEXTS = {idea: (f"Titre {idea}", f'=SOMME("{idea}") & <b>') for idea in START.places}
OFFICE = shutil.which("soffice") or shutil.which("soffice", path="/Applications/LibreOffice.app/Contents/MacOS")


def _bytes() -> bytes:
    return to_workbook(START, TEXTS, {}, sorted(START.places))


def _edited(change: Callable[[Workbook], object], content: bytes | None = None) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content or _bytes()))
    change(book)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _set(book: Workbook, sheet: str, key: str, column: str, value: str | None) -> None:
    """Fill one cell as a person does: by looking for the row and the column."""
    rows: Worksheet = book[sheet]
    header = [cell.value for cell in rows[1]]
    number = next(row[0].row for row in rows.iter_rows() if row[header.index("N°")].value == key)
    rows.cell(int(number or 0), header.index(column) + 1).value = value


def _acts(content: bytes, state: State = START) -> list[Act]:
    return read_workbook(content, "revue.xlsx", state, {})


def test_untouched_workbook_decides_nothing() -> None:
    """Export then import: no act."""
    assert _acts(_bytes()) == []


def test_changed_cells_become_acts() -> None:
    """Each kind of change gives its act, with the reason typed beside it; new themes come first and merges last."""

    def change(book: Workbook) -> None:
        _set(book, IDEAS, "I01", "Thème", "T02 – Titre de T02")
        _set(book, IDEAS, "I01", "Raison", "plutôt là")
        _set(book, IDEAS, "I03", "Thème", NONE)
        _set(book, IDEAS, "I05", "Second thème", "T03 – Titre de T03")
        _set(book, IDEAS, "I06", "Second thème", None)
        _set(book, IDEAS, "I09", "À discuter", "Oui")
        _set(book, THEMES, "T01", "Titre", "Ménage")
        _set(book, THEMES, "T01", "Nature", "Communauté de métier")
        _set(book, THEMES, "T03", "Réunir avec", "T02 – Titre de T02")
        book[THEMES].cell(9, 2).value = "Vélo"

    assert _acts(_edited(change)) == [
        ("define", "Vélo", "", ""),
        ("rename", "T01", "Ménage", ""),
        ("kind", "T01", "communaute_metier", ""),
        ("assign", "I01", "T02", "plutôt là"),
        ("weak", "I03", "", ""),
        ("remove", "I06", "T01", ""),
        ("also", "I05", "T03", ""),
        ("discuss", "I09", "", ""),
        ("merge", "T03", "T02", ""),
    ]


def test_sorting_adding_rows_and_columns_changes_nothing() -> None:
    """Rows go by their number and columns by their title."""

    def change(book: Workbook) -> None:
        sheet = book[IDEAS]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value
        sheet.insert_cols(3)
        sheet.cell(1, 3).value = "Mes notes"
        sheet.cell(4, 3).value = "à revoir"
        sheet.insert_rows(2)
        _set(book, IDEAS, "I01", "Thème", "T02 – Titre de T02")

    assert _acts(_edited(change)) == [("assign", "I01", "T02", "")]


def test_cells_that_cannot_be_are_all_named() -> None:
    """A value outside the list, an unknown row, a repeated number: each cell is named as a spreadsheet does."""

    def change(book: Workbook) -> None:
        _set(book, IDEAS, "I02", "Thème", "Un autre")
        _set(book, THEMES, "T01", "Réunir avec", "T01 – Titre de T01")
        book[IDEAS].cell(20, 4).value = "T02 – Titre de T02"
        _set(book, IDEAS, "I12", "N°", "I11")

    with pytest.raises(MinilabsError) as raised:
        _acts(_edited(change))
    told = sentence(raised.value)
    assert all(cell in told for cell in ("cellule D3", "cellule D2", "cellule D20", "cellule A13"))


def test_stale_cell_is_refused_only_where_two_people_changed_it() -> None:
    """Somebody else's decision since the export refuses a cell changed otherwise here, and lets the rest pass."""
    since = replay(START, [Decision(1, "2024-03-01", "cd", "assign", "I01", "T03")]).state
    other = _edited(lambda book: _set(book, IDEAS, "I02", "Thème", "T03 – Titre de T03"))
    assert _acts(other, since) == [("assign", "I02", "T03", "")]
    same = _edited(lambda book: _set(book, IDEAS, "I01", "Thème", "T03 – Titre de T03"))
    assert _acts(same, since) == []
    stale = _edited(lambda book: _set(book, IDEAS, "I01", "Thème", "T02 – Titre de T02"))
    with pytest.raises(MinilabsError) as raised:
        _acts(stale, since)
    said = sentence(raised.value)
    assert "cellule D2 (I01)" in said
    assert "quelqu’un y a mis «\u202fT03 – Titre de T03\u202f»" in said


def test_a_theme_renamed_since_the_export_is_still_the_same() -> None:
    """A new title makes no cell stale; what another person does to the cell itself does, a cell emptied included."""
    renamed = [Decision(1, "2024-03-01", "cd", "rename", "T01", "Vélo")]
    moved = _edited(lambda book: _set(book, IDEAS, "I01", "Thème", "T02 – Titre de T02"))
    assert _acts(moved, replay(START, renamed).state) == [("assign", "I01", "T02", "")]
    second = _edited(lambda book: _set(book, IDEAS, "I02", "Second thème", "T03 – Titre de T03"))
    emptied = [*renamed, Decision(2, "2024-03-01", "cd", "remove", "I02", "T02")]
    with pytest.raises(MinilabsError) as raised:
        _acts(second, replay(START, emptied).state)
    assert "quelqu’un l’a vidée" in sentence(raised.value)


@pytest.mark.parametrize(
    "damage",
    [
        lambda book: book.remove(book["_export"]),
        lambda book: book[IDEAS].delete_cols(1),
        lambda book: book["_export"].delete_rows(1, 100),
    ],
)
def test_damaged_workbook_is_refused(damage: Callable[[Workbook], object]) -> None:
    """A workbook that lost a sheet, a column or its memory is refused with what to do."""
    with pytest.raises(MinilabsError, match=r"review\.workbook") as raised:
        _acts(_edited(damage))
    assert "minilabs review export" in sentence(raised.value)


def test_other_files_are_refused() -> None:
    """A file that is no workbook at all is one sentence."""
    with pytest.raises(MinilabsError, match=r"review\.workbook"):
        _acts(b"not a workbook")


def test_texts_are_texts_and_only_some_cells_open() -> None:
    """A text that begins with = shows as typed; only the cells to decide in are open."""
    sheet = openpyxl.load_workbook(io.BytesIO(_bytes()))[IDEAS]
    assert (sheet["C2"].data_type, sheet["C2"].value) == ("s", TEXTS["I01"][1])
    assert sheet.protection.sheet
    assert [sheet.cell(2, column).protection.locked for column in range(1, 9)] == [True] * 3 + [False] * 4 + [True]
    assert len(sheet.data_validations.dataValidation) == 3


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_libreoffice_saves_what_we_read(tmp_path: Path, kind: str) -> None:
    """Opened and saved by the real LibreOffice, the workbook gives the same acts, and none when nothing changed."""
    assert OFFICE, "LibreOffice is missing: tests/system.sh installs it"

    def saved(content: bytes) -> bytes:
        source = tmp_path / "in.xlsx"
        source.write_bytes(content)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [str(OFFICE), profile, "--headless", "--convert-to", kind, "--outdir", f"{tmp_path}/out", str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (tmp_path / "out" / f"in.{kind}").read_bytes()

    assert _acts(saved(_bytes())) == []
    changed = _edited(lambda book: _set(book, IDEAS, "I01", "Thème", "T02 – Titre de T02"))
    assert _acts(saved(changed)) == [("assign", "I01", "T02", "")]


def test_titles_stand_for_numbers_new_ones_included() -> None:
    """A theme opened or renamed in the workbook is called by its title in other cells; so is one by its number."""

    def change(book: Workbook) -> None:
        _set(book, THEMES, "T01", "Titre", "Ménage")
        book[THEMES].cell(9, 2).value = "Vélo"
        _set(book, IDEAS, "I05", "Thème", "ménage")
        _set(book, IDEAS, "I06", "Thème", "Vélo")
        _set(book, IDEAS, "I07", "Thème", "T03")
        _set(book, IDEAS, "I08", "Thème", "Titre de T02")
        _set(book, IDEAS, "I09", "Second thème", "velo")
        _set(book, THEMES, "T03", "Réunir avec", "Vélo")

    typed = _acts(_edited(change))
    assert typed[2:] == [
        ("assign", "I05", "T01", ""),
        ("assign", "I06", "Vélo", ""),
        ("assign", "I07", "T03", ""),
        ("also", "I09", "Vélo", ""),
        ("merge", "T03", "Vélo", ""),
    ]
    made = resolved(START, [Decision(0, "2024-03-01", "ab", *act) for act in typed])
    assert {act.value[:2] for act in made if act.action in ("also", "merge")} == {"D-"}


def test_an_accent_is_a_change_of_title() -> None:
    """« Vélo » for « Velo » renames; the same title typed again, or by somebody else meanwhile, does not."""
    named = replay(START, [Decision(1, "2024-03-01", "cd", "rename", "T01", "Velo")]).state
    written = to_workbook(named, TEXTS, {}, sorted(named.places))
    changed = _edited(lambda book: _set(book, THEMES, "T01", "Titre", "Vélo"), written)
    assert _acts(changed, named) == [("rename", "T01", "Vélo", "")]
    since = replay(named, [Decision(2, "2024-03-01", "cd", "rename", "T01", "Vélo")]).state
    assert _acts(changed, since) == []
    assert _acts(_edited(lambda book: _set(book, THEMES, "T01", "Titre", " Velo"), written), named) == []


def test_attracting_is_asked_for_after_the_new_title() -> None:
    """« oui » in « Attirer » is an act of its own; another word names its cell."""

    def change(book: Workbook) -> None:
        _set(book, THEMES, "T01", "Titre", "Vélo")
        _set(book, THEMES, "T01", "Attirer", "Oui")

    assert _acts(_edited(change)) == [("rename", "T01", "Vélo", ""), ("attract", "T01", "", "")]
    with pytest.raises(MinilabsError, match="cell") as refused:
        _acts(_edited(lambda book: _set(book, THEMES, "T02", "Attirer", "peut-être")))
    assert "E3" in str(refused.value)


def test_a_second_theme_typed_again_decides_nothing() -> None:
    """The same theme under its title, in place of its number and title, takes nothing out and adds nothing."""
    typed = _edited(lambda book: _set(book, IDEAS, "I02", "Second thème", "Titre de T02"))
    assert _acts(typed) == []


def test_lists_hold_every_theme_and_none_beyond() -> None:
    """The list of an idea's theme ends with no theme, that of a second theme before it; an emptied cell is allowed."""
    book = openpyxl.load_workbook(io.BytesIO(_bytes()))
    kept = book["_export"]
    for place, wanted in (("D2", [f"{t} – Titre de {t}" for t in ("T01", "T02", "T03")] + [NONE]), ("E2", None)):
        (choice,) = (v for v in book[IDEAS].data_validations.dataValidation if place in v.sqref)
        cells = choice.formula1.partition("!")[2].replace("$", "")
        values = [row[0].value for row in kept[cells]]
        assert values == (wanted or values[:3])
        assert values[-1] == (NONE if wanted else "T03 – Titre de T03")
        assert (choice.allow_blank, choice.showErrorMessage) == (True, True)
    assert theme_cell(START, "T99") == theme_cell(START, None) == NONE
