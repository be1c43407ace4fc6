"""How far a table reaches: cells beside it are told, a separator inside a text is refused."""

from __future__ import annotations

import pytest

from pipeline.errors import MinilabsError
from pipeline.ingest.reading.extent import beside_cells, letters, survey, table_width

HEADER = ["id", "titre"]
ROWS = [(n, ["1", "a"]) for n in range(2, 9)]


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16_383, "XFD")])
def test_columns_are_named_as_in_spreadsheets(place: int, name: str) -> None:
    """Positions become letters."""
    assert letters(place) == name


def test_a_note_after_an_empty_column() -> None:
    """It is beside the table, in a text as in a workbook, and named by its place."""
    rows = [*ROWS, (9, ["1", "a", "", "note"])]
    assert table_width(HEADER, survey(rows), "x.csv", is_text=True) == (2, True)
    assert list(beside_cells(rows, 2)) == ["D9"]


def test_cells_just_beyond_the_header() -> None:
    """A few are a note in a workbook, a separator too many in a text; many are a column without a name."""
    few, many = [*ROWS, (9, ["1", "a", "b"])], [(n, ["1", "a", "b"]) for n in range(2, 9)]
    assert table_width(HEADER, survey(few), "x.xlsx", is_text=False) == (2, True)
    assert table_width(HEADER, survey(many), "x.csv", is_text=True) == (3, False)
    with pytest.raises(MinilabsError) as why:
        table_width(HEADER, survey(few), "x.csv", is_text=True)
    assert why.value.code == "ingest.ragged"
