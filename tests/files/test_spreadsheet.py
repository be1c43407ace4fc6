"""The one reader of tables that people fill in: whatever a spreadsheet saves, and what is wrong by line and column."""

from __future__ import annotations

import codecs
import csv
import io
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.files.csv_file import csv_bytes
from pipeline.files.spreadsheet import bare, day, harmless, open_sheet, read_sheet, whole
from pipeline.messages import sentence

COLUMNS = {"numero": ("agent_id",), "metier": (), "remarque": ()}
TEXT = "numéro;métier;remarque\nA1;chargé d’études;à voir\nA2;;\n"
READ = [
    {"numero": "A1", "metier": "chargé d’études", "remarque": "à voir"},
    {"numero": "A2", "metier": "", "remarque": ""},
]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("cp1252"),
        TEXT.encode("mac_roman"),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace(";", "|").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        ("sep=;\r\n" + TEXT).encode(),
        ("\n\n" + TEXT.replace("A2", "\n;;\nA2")).encode(),
        TEXT.replace("numéro", '"Agent ID"').replace("à voir", '" à voir "').encode(),
        TEXT.replace("remarque\n", "remarque;;\n").replace("voir\n", "voir;;\n").encode(),
        TEXT.rstrip("\n").encode(),
        csv_bytes(csv.reader(io.StringIO(TEXT), delimiter=";")),
    ],
)
def test_whatever_a_spreadsheet_saves_is_the_same_table(content: bytes) -> None:
    """Encodings, marks, separators, line ends, empty lines and cells do not change what is read."""
    assert [row.cells for row in read_sheet(content, "t.csv", COLUMNS)] == READ


@pytest.mark.parametrize("content", [b"", b"\n \n", codecs.BOM_UTF8, b"numero;metier\n"])
def test_nothing_filled_in_is_no_row(content: bytes) -> None:
    """An empty file, a file of blank lines and a header alone hold no row, without an error."""
    assert read_sheet(content, "t.csv", COLUMNS) == []


def test_a_separator_inside_the_header_is_no_separator() -> None:
    """The separator is the one that gives the known columns, not the one that is there most."""
    content = b'numero;"remarque, ou note, ou mot"\nA1;x\n'
    assert read_sheet(content, "t.csv", COLUMNS)[0].cells["numero"] == "A1"


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b'numero;metier\nA1;"ouvert\nA2;x\n', "sheet.quote", 2),
        (b"numero;metier\nA1;x\nA2;x;y\n", "sheet.cells", 3),
        (b"metier;remarque\nx;y\n", "sheet.columns", None),
        (b"numero;agent_id\nx;y\n", "sheet.twice", None),
        (b"numero;age\nx;y\n", "sheet.unknown", None),
        (b"PK\x03\x04\x00\x00\x08", "base.no_text", None),
        (b"\xff\xfe\x00\xd8", "base.no_text", None),
        (b"numero\n\x00\n", "base.no_text", None),
    ],
)
def test_what_is_wrong_is_told(content: bytes, code: str, line: int | None) -> None:
    """A quote left open, a cell too many, a column missing, unknown or twice and a file that is no text are refused."""
    with pytest.raises(MinilabsError) as caught:
        read_sheet(content, "t.csv", COLUMNS, strict=True)
    assert (caught.value.code, caught.value.facts.get("line")) == (code, line)
    assert "t.csv" in sentence(caught.value)


def test_all_lines_with_too_many_cells_are_told_at_once() -> None:
    """Lines are numbered as a spreadsheet does, after a cell on two lines and an empty line too."""
    with pytest.raises(SeveralErrors) as caught:
        read_sheet(b'numero;metier\n"A\n1";x\n\nA2;x;y\nA3;x;y\n', "t.csv", COLUMNS)
    assert [error.facts["line"] for error in caught.value.errors] == [4, 5]


def test_a_first_line_that_is_no_header_is_not_shown() -> None:
    """A list without header may begin with somebody's name: an error does not repeat it."""
    with pytest.raises(MinilabsError) as caught:
        read_sheet("Élodie Grandjean;agente\n".encode(), "t.csv", COLUMNS, strict=True)
    assert "Grandjean" not in sentence(caught.value)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.binary(max_size=200) | st.text(alphabet="numero;,\t|\"\r\n\0²é='", max_size=120).map(str.encode))
@example(b'numero;metier\rA1;"x\r')
@example(b"\r")
def test_any_bytes_are_read_or_refused_in_a_sentence(content: bytes) -> None:
    """No file of whatever bytes ends in an unforeseen error."""
    with suppress(MinilabsError):
        assert all(set(row.cells) == set(COLUMNS) for row in read_sheet(content, "t.csv", COLUMNS, strict=True))


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", '=HYPERLINK("x")'])
def test_a_formula_is_written_as_text(cell: str) -> None:
    """Every CSV the program writes keeps formulas from running, whatever hides their sign."""
    (written,) = csv.reader(io.StringIO(csv_bytes([[cell]]).decode(), newline=""))
    assert written[0].startswith("'")


@pytest.mark.parametrize("cell", ["\tmot", "\rmot", "\nmot", "'\tmot"])
def test_what_a_spreadsheet_drops_before_a_word_is_kept(cell: str) -> None:
    """A tab or a line end that begins a cell, which some spreadsheets drop to run the rest, takes an apostrophe too."""
    assert harmless(cell) == (f"'{cell}" if cell[0] != "'" else cell)


@pytest.mark.parametrize("cell", ["-3", "+12,5", "-", "12", "A-1", "l’idée", ""])
def test_what_is_no_formula_is_left_alone(cell: str) -> None:
    """Figures, a lone sign and words are written as they are."""
    assert harmless(cell) == cell


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("=+-@' \t\n\ra1") | st.characters(exclude_categories=["C"]), max_size=12))
def test_an_apostrophe_that_is_added_is_taken_away(cell: str) -> None:
    """What is written and read back is the cell, spaces around it aside; written once more, the same bytes."""
    content = csv_bytes([["numero", "remarque"], ["A1", cell]])
    (row,) = read_sheet(content, "t.csv", COLUMNS)
    assert row.cells["remarque"] == cell.strip()
    again = open_sheet(content, "t.csv", COLUMNS)
    assert csv_bytes([map(bare, again.header), map(bare, again.records[0])]) == csv_bytes(
        [["numero", "remarque"], ["A1", cell.strip()]]
    )


def test_control_characters_are_no_part_of_a_cell() -> None:
    """A sequence that would move a terminal's cursor or colour its text is not kept."""
    (row,) = read_sheet("numero\nA\x1b[31m1\x9b2J\n".encode(), "t.csv", COLUMNS)
    assert row.cells["numero"] == "A[31m12J"


@pytest.mark.parametrize(
    ("cell", "number"), [(" 12 ", 12), ("²", None), ("-1", None), ("١٢", None), ("9" * 5000, None), ("", None)]
)
def test_whole_numbers(cell: str, number: int | None) -> None:
    """Ordinary figures are a number; a superscript, other digits and thousands of digits are none."""
    assert whole(cell) == number


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2024-03-01", "2024-03-01"), ("1/3/2024", "2024-03-01"), ("01/03/2024", "2024-03-01"), ("20240301", None),
        ("2024-W01-1", None), ("2024-02-30", None), ("31/02/2024", None), ("hier", None), ("0000-01-01", None),
    ],
)  # fmt: skip
def test_dates(cell: str, iso: str | None) -> None:
    """A date is read as typed or as a French spreadsheet shows it again; an impossible one is none."""
    assert day(cell) == iso
