"""A workbook that comes back and would fill the memory is refused in one sentence; its rewriting is bounded too."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from pipeline.errors import MinilabsError
from pipeline.files import native
from pipeline.files.book_apart import UnreadableError, read_apart
from pipeline.ingest import SourceFile
from pipeline.ingest.columns.understanding import understood
from pipeline.ingest.erasing import Erased, erase
from pipeline.messages import sentence
from pipeline.params import IngestParams, SourceParams
from pipeline.review.outcome.tables import state_of
from pipeline.review.sheet.returned import read_workbook
from tests.ingest.kinds import Rows, workbook
from tests.ingest.test_bounded import cell, with_row
from tests.review.candidates import CANDIDATES

ROWS: Rows = [("Numéro", "Titre", "Texte"), ("1", "Vélos", "Acheter."), ("2", "Papier", "Imprimer.")]
_PIECE = 10_000_000


def heavy() -> bytes:
    """Return a workbook whose one part too many unpacks to more than is read, and weighs next to nothing."""
    written = io.BytesIO(workbook({"Feuil1": ROWS}))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as book, book.open("xl/media/a.xml", "w") as part:
        for _ in range(native.MOST_BYTES // _PIECE + 1):
            part.write(bytes(_PIECE))
    return written.getvalue()


@pytest.mark.parametrize("reference", ["XFD1048576", "XFD1048575", "XFD9999"])
def test_a_far_cell_of_a_returned_workbook(reference: str) -> None:
    """A table of billions of empty cells is refused, and whoever asks for the workbook says so in one sentence."""
    content = with_row(cell(reference))
    with pytest.raises(UnreadableError):
        read_apart(content)
    with pytest.raises(MinilabsError) as why:
        read_workbook(content, "retour.xlsx", state_of(*CANDIDATES), {})
    assert "retour.xlsx" in sentence(why.value)
    assert "\n" not in sentence(why.value)


def test_a_returned_workbook_that_unpacks_to_too_much() -> None:
    """What a workbook unpacks to is checked before anything is unpacked; one that is no archive is damaged."""
    content = heavy()
    assert len(content) < native.MOST_BYTES // 100
    with pytest.raises(UnreadableError):
        read_apart(content)
    with pytest.raises(UnreadableError):
        read_apart(content[: len(content) // 2])


def test_cells_keep_their_place_within_bounds() -> None:
    """A cell in the last column of an ordinary sheet keeps its place, and so do the others."""
    ((_, _, rows),) = read_apart(with_row(cell("XFD5")))
    assert (rows[4][16_383], rows[1][:3], rows[3][0]) == ("x", ["1", "Vélos", "Acheter des vélos."], "")


def test_erasing_costs_what_is_there() -> None:
    """A person is erased from a workbook with a cell in its very last place, which stays where it is."""
    named: Rows = [
        ("Numéro", "Titre", "Texte", "Nom", "Prénom"),
        (1, "Vélos", "Vu avec Anne Durand.", "Durand", "Anne"),
    ]
    content = workbook({"Feuil1": named, "Notes": [("Vu par Anne Durand",)]}, lambda made: _far(made.worksheets[0]))
    file = SourceFile("export.xlsx", content)
    tables = understood([file], IngestParams(language_model=False))
    written = erase(file, tables, Erased("A001", "Durand", "Anne", ""), SourceParams())
    assert written is not None
    book = openpyxl.load_workbook(io.BytesIO(written))
    assert [book.worksheets[0].cell(2, place).value for place in range(1, 6)] == [
        1, "Vélos", "Vu avec [personne effacée].", None, None,
    ]  # fmt: skip
    assert book.worksheets[0]["XFD1048576"].value == "loin"
    assert book.worksheets[1]["A1"].value == "Vu par [personne effacée]"


def _far(sheet: object) -> None:
    sheet["XFD1048576"] = "loin"  # type: ignore[index]
