"""Workbooks and archives that would fill the memory are read to their real extent, or refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from pipeline.errors import MinilabsError
from pipeline.ingest import Ingested, SourceFile, ingest
from pipeline.messages import sentence
from pipeline.params import IngestParams
from tests.ingest.kinds import Rows, workbook
from tests.ingest.make_awkward import open_document
from tests.ingest.more_awkward import archive

PARAMS = IngestParams(language_model=False)
ROWS = [["Numéro", "Titre", "Texte"], ["1", "Vélos", "Acheter des vélos."], ["2", "Papier", "Imprimer recto verso."]]
SHEET = "xl/worksheets/sheet1.xml"


def load(content: bytes, name: str = "export.xlsx") -> Ingested:
    """Return what the stage makes of a file."""
    return ingest([SourceFile(name, content)], PARAMS)


def refused(content: bytes, name: str = "export.xlsx") -> str:
    """Return the code of the refusal of a file, whose sentence is one line."""
    with pytest.raises(MinilabsError) as why:
        load(content, name)
    assert name in sentence(why.value)
    assert "\n" not in sentence(why.value)
    return why.value.code


def told(result: Ingested) -> str:
    """Return the account, with plain spaces."""
    return " ".join(result.report["sentences"]).replace("\u202f", " ").replace("\u00a0", " ")


def changed(change: Callable[[str], str], part: str = SHEET, content: bytes | None = None) -> bytes:
    """Return a workbook with the XML of one part changed."""
    before, after = io.BytesIO(content or workbook({"Feuil1": ROWS})), io.BytesIO()
    with zipfile.ZipFile(before) as source, zipfile.ZipFile(after, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            held = source.read(info)
            target.writestr(info.filename, change(held.decode()) if info.filename == part else held)
    return after.getvalue()


def with_row(row: str) -> bytes:
    """Return a workbook with one more row of XML."""
    return changed(lambda xml: xml.replace("</sheetData>", f"{row}</sheetData>"))


def cell(reference: str) -> str:
    """Return a row with one cell."""
    number = "".join(c for c in reference if c.isdigit())
    return f'<row r="{number}"><c r="{reference}" t="str"><v>x</v></c></row>'


@pytest.mark.parametrize(("reference", "said"), [("XFD1048576", "XFD1048576"), ("XFD4", "XFD4"), ("AA4", "AA4")])
def test_a_far_cell_is_told(reference: str, said: str) -> None:
    """A cell far from the table changes nothing of it, and is named."""
    result = load(with_row(cell(reference)))
    assert list(result.ideas["idea_id"]) == ["1", "2"]
    assert said in told(result)


def test_the_last_row_is_one_row() -> None:
    """A cell in the last row of the sheet is one row more, set aside with the reason."""
    result = load(with_row(cell("A1048576")))
    assert int(result.ideas["analysed"].sum()) == 2
    assert result.report["counts"]["rows"] == 3


@pytest.mark.parametrize("reference", ["A0", "XFE1", "AAAA1", "1A", "A1048577", "A99999999999999999999"])
def test_a_reference_that_is_none(reference: str) -> None:
    """A workbook whose cells have no place is damaged."""
    assert refused(with_row(f'<row r="4"><c r="{reference}" t="str"><v>x</v></c></row>')) == "ingest.workbook"


def test_inline_text_and_numbers_out_of_range() -> None:
    """Texts inside the cells are read wherever they are written; a text that is not in the list is damage."""
    row = (
        '<row r="4"><c r="A4"><v>3</v></c><c r="B4" t="inlineStr"><v>Repos</v></c>'
        '<c r="C4" t="inlineStr"><is><r><t>Une </t></r><r><t>salle</t></r><rPh><t>x</t></rPh></is></c></row>'
    )
    ideas = load(with_row(row)).ideas.set_index("idea_id")
    assert (ideas.loc["3", "title"], ideas.loc["3", "description"]) == ("Repos", "Une salle")
    assert refused(with_row('<row r="4"><c r="A4" t="s"><v>9999</v></c></row>')) == "ingest.workbook"


def test_formulas_without_values() -> None:
    """A column of formulas that were never computed is refused with what to do; one below the table is told."""
    rows: Rows = [["Numéro", "Titre", "Texte"], *([i, f"Idée {i}", f'="Texte "&{i}'] for i in range(1, 5))]
    assert refused(workbook({"Feuil1": rows})) == "ingest.formulas"
    result = load(workbook({"Feuil1": [*ROWS, ["3", "Repos", "Aménager."], ["=1+1", "", ""]]}))
    assert "1 formule sans valeur : recalculez" in told(result)


@pytest.mark.parametrize(
    ("rows", "ideas"), [('table:number-rows-repeated="1048570"', 2), ('table:number-rows-repeated="2147483647"', 2)]
)
def test_repeated_rows(rows: str, ideas: int) -> None:
    """Rows that an OpenDocument sheet repeats without end cost nothing when empty, and are read once otherwise."""
    content = open_document([("Idées", ROWS)])
    empty = f"<table:table-row {rows}><table:table-cell/></table:table-row></table:table>"
    spread = changed(lambda xml: xml.replace("</table:table>", empty), "content.xml", content)
    assert len(load(spread, "export.ods").ideas) == ideas
    full = changed(lambda xml: xml[: (at := xml.rindex("<table:table-row>")) + 16] + f" {rows}" + xml[at + 16 :],
                   "content.xml", content)  # fmt: skip
    result = load(full, "export.ods")
    assert len(result.ideas) == ideas
    assert "lue une fois" in told(result)


def test_repeated_columns() -> None:
    """A cell repeated over all columns is told as standing beside the table."""
    content = open_document([("Idées", ROWS)])
    wide = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
    row = f"<table:table-row>{wide}</table:table-cell></table:table-row></table:table>"
    assert (
        len(load(changed(lambda xml: xml.replace("</table:table>", row), "content.xml", content), "e.ods").ideas) >= 2
    )


@pytest.fixture(scope="module")
def huge() -> bytes:
    """Return what zips to a megabyte and unpacks to more than is read."""
    return b"\0" * 450_000_000


def test_a_zip_that_unpacks_to_a_gigabyte(huge: bytes) -> None:
    """Sizes are looked at before anything is unpacked."""
    assert refused(archive({"idees.csv": huge}), "export.zip") == "ingest.too_large"
    assert refused(changed(lambda _: huge.decode())) == "ingest.too_large"


@pytest.mark.parametrize("name", ["export.xls", "export.xlsx"])
def test_an_old_workbook_that_breaks_its_reader(name: str) -> None:
    """What makes the reader of old workbooks fail, or crash, is a damaged workbook."""
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40, name) == "ingest.workbook"


def test_entities_that_multiply() -> None:
    """An XML that multiplies itself is damaged."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    xml = f"{bomb}]><worksheet><sheetData><row><c t='str'><v>&j;</v></c></row></sheetData></worksheet>"
    assert refused(changed(lambda _: xml)) == "ingest.workbook"


def test_cells_merged_downwards_say_the_same() -> None:
    """A directorate merged over its agents' rows is that of each; an idea merged over two holders is one idea."""
    rows: Rows = [
        ("Direction", "Agent", "Titre", "Texte"), ("Lycées", "DURAND Anne", "Vélos", "Acheter des vélos."),
        ("", "LEROY Marc", "Papier", "Imprimer moins."), ("Achats", "PETIT Julie", "Repos", "Une salle calme."),
        ("", "WEBER Luc", "", ""),
    ]  # fmt: skip
    result = load(workbook({"Feuil1": rows}, _merged))
    held = dict(zip(result.holders["holder_id"], result.holders["directorate"], strict=True))
    names = result.identities.set_index("family_name")["holder_id"]
    assert {name: held[names[name]] for name in names.index} == {
        "DURAND": "Lycées", "LEROY": "Lycées", "PETIT": "Achats", "WEBER": "Achats",
    }  # fmt: skip
    assert len(result.ideas) == 3
    assert len(result.idea_holders) == 4


def _merged(made: openpyxl.Workbook) -> None:
    for place in ("A2:A3", "A4:A5", "C4:C5", "D4:D5"):
        made.worksheets[0].merge_cells(place)


@pytest.mark.parametrize("reference", ["A1:A1048576", "A2:XFD1048576", "A2", "A1048576:A1"])
def test_a_merge_of_a_whole_column_is_bounded(reference: str) -> None:
    """Merged cells fill rows that are there, however far they reach; what is none changes nothing."""
    merges = (
        f'</sheetData><mergeCells count="1000">{f"<mergeCell ref={chr(34)}{reference}{chr(34)}/>" * 1000}</mergeCells>'
    )
    result = load(changed(lambda xml: xml.replace("</sheetData>", merges)))
    assert list(result.ideas["idea_id"]) == ["1", "2"]


@pytest.mark.parametrize("reference", ["A0:A4", "hier:demain", "A1:AAAA9"])
def test_a_merge_that_is_none(reference: str) -> None:
    """A merge whose reference is none makes a damaged workbook, in one sentence."""
    merges = f'</sheetData><mergeCells count="1"><mergeCell ref="{reference}"/></mergeCells>'
    assert refused(changed(lambda xml: xml.replace("</sheetData>", merges))) == "ingest.workbook"
