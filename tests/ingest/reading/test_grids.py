"""Files are read whatever their encoding, separator, quoting or format, and the user can decide otherwise."""

from __future__ import annotations

import csv
import io
from typing import Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.files.encoding import guess
from pipeline.ingest import SourceFile, ingest
from pipeline.ingest.reading.delimited import recognise
from pipeline.ingest.reading.encoding import decode
from pipeline.ingest.reading.grids import read_grids
from pipeline.ingest.reading.sheet import as_text
from pipeline.params import IngestParams, SourceParams

FRENCH = (
    "Réduire les déchets à la cantine dès la rentrée, où l’élève goûte, et prévoir ça en août.",
    "Après le départ des aînés, le maître-nageur a dû fermer la piscine : c’était prévisible.",
    "Équiper les agents de vélos à assistance électrique, dont le coût baisse déjà.",
)
CELLS = st.text(st.characters(codec="cp1252", exclude_categories=("Cc", "Cf", "Cs")), max_size=20)


def written(rows: list[list[str]], separator: str, end: str, quoting: Literal[0, 1]) -> str:
    """Return rows as delimited text."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"), ("utf-32", "utf-32"), ("cp1252", "cp1252"), ("mac_roman", "mac_roman"),
    ],
)  # fmt: skip
@given(st.lists(st.sampled_from(FRENCH), min_size=1, max_size=4))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_french_text_comes_back(encoding: str, expected: str, lines: list[str]) -> None:
    """French text written in any of the encodings is read as it was, and the encoding is named."""
    text = "\r\n".join(lines)
    decoded = decode(text.encode(encoding), "f.csv")
    assert decoded.text == text
    assert decoded.encoding == expected


@pytest.mark.parametrize("encoding", ["iso-8859-15", "cp850"])
@pytest.mark.parametrize("line", [text.replace("’", "'") for text in FRENCH])
def test_old_encodings_come_back(encoding: str, line: str) -> None:
    """French text in latin-9 or DOS encoding is read as it was (latin-9 and Windows agree on these letters)."""
    assert decode(line.encode(encoding), "f.csv").text == line


def test_euro_and_ligature_tell_latin_9() -> None:
    """A euro sign and an œ in latin-9 are not taken for the currency sign and a fraction."""
    assert guess(io.BytesIO("Deux œufs à 3 € dès l'été".encode("iso-8859-15"))) == "iso-8859-15"


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=6),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_table_comes_back(rows: list[list[str]], separator: str, end: str) -> None:
    """A table of any cells, wholly quoted, comes back cell by cell, whatever the separator and line end."""
    assume(all(any(row) for row in rows))
    table = [["id", "titre", "description"], *rows]
    assert list(recognise(written(table, separator, end, csv.QUOTE_ALL)).records()) == table


@given(st.integers(2, 8), st.sampled_from([";", ",", "\t", "|", "^", "~"]))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_separator_is_found(width: int, separator: str) -> None:
    """The separator that cuts every line evenly is found, not one that happens to be in the texts."""
    rows = [
        [f"colonne {i}" for i in range(width)],
        *([f"Oui : un, deux ; v{r}" for _ in range(width)] for r in range(5)),
    ]
    assert recognise(written(rows, separator, "\n", csv.QUOTE_MINIMAL)).dialect.separator == separator


def test_user_decides() -> None:
    """Encoding, separator and columns given in params.yaml are taken, even against appearances."""
    content = "a:b\nÉté, hiver:Fermer plus tôt le soir".encode("cp1252")
    decided = SourceParams(encoding="cp1252", separator=":", columns={"a": "title", "b": "part"})
    result = ingest([SourceFile("x.csv", content)], IngestParams(files={"x.csv": decided}, language_model=False))
    assert list(result.ideas["title"]) == ["Été, hiver"]
    file = result.report["files"][0]
    assert (file["encoding"], file["separator"], file["rows"]) == ("cp1252", ":", 1)


def test_wrong_decisions_are_all_told() -> None:
    """An encoding that does not fit, a file and a column that do not exist are told at once, by name."""
    files = {
        "a.csv": SourceParams(encoding="utf-8"),
        "b.csv": SourceParams(columns={"inconnue": "title"}),
        "c.csv": SourceParams(),
    }
    sources = [SourceFile("a.csv", b"titre\n\xe9t\xe9"), SourceFile("b.csv", b"titre\nx")]
    with pytest.raises(SeveralErrors) as why:
        ingest(sources, IngestParams(files=files))
    assert {e.code for e in why.value.errors} == {"ingest.encoding", "ingest.column", "ingest.unknown_file"}


def test_field_left_open_is_refused() -> None:
    """A "?" of the proposal that nobody decided is refused by name."""
    params = IngestParams(files={"a.csv": SourceParams(columns={"x": "?"})})
    with pytest.raises(MinilabsError) as why:
        ingest([SourceFile("a.csv", b"x\ny")], params)
    assert why.value.code == "ingest.field"
    assert why.value.facts["column"] == "x"


def test_header_below_a_preamble() -> None:
    """Lines above the header are passed over, and the rows keep the number they have in the file."""
    grid = read_grids(SourceFile("x.csv", b"Export du jour;;\n\nTitre;Description;Votes\nA;B;1\n"), SourceParams())[0]
    assert (grid.header_row, grid.preamble, [number for number, _ in grid.records()]) == (3, 1, [4])


@pytest.mark.parametrize(
    ("cell", "text"), [(12.0, "12"), (2.5, "2.5"), (True, "oui"), ("#REF!", ""), ("G1ID-001", "G1ID-001")]
)
def test_cells_of_workbooks(cell: object, text: str) -> None:
    """A cell is read as a person sees it."""
    assert as_text(cell) == text


def test_bytes_that_are_no_text_are_told_as_such() -> None:
    """A program named .csv looks like UTF-16 by its zero bytes: the sentence is about the file, not about a setting."""
    content = b"\x00\x7f\x00E" * 200 + b"\x00\xd8" + b"\xdc\x00\x00"
    with pytest.raises(MinilabsError) as why:
        decode(content, "ideas.csv")
    assert why.value.code == "ingest.format"
    with pytest.raises(MinilabsError) as why:
        decode(content, "ideas.csv", "utf-16-be")
    assert why.value.code == "ingest.encoding"
