"""Cells become clean texts, dates and numbers; nothing is guessed where nothing can be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.ingest import SourceFile, ingest
from pipeline.ingest.cells.cleaning import clean, cleaned, shown
from pipeline.ingest.cells.values import integer, is_month_first, iso_date, opened_cells
from pipeline.messages import sentence
from pipeline.params import IngestParams


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("12/03/2020", "2020-03-12"), ("12/03/20", "2020-03-12"), ("2020-03-12T14:05:00", "2020-03-12"),
        ("jeudi 12 mars 2020", "2020-03-12"), ("1er août 2019", "2019-08-01"), ("12 Déc. 2019", "2019-12-12"),
        ("43902", "2020-03-12"), ("43902.5", "2020-03-12"), ("20200312", "2020-03-12"), ("", ""),
        ("31/02/2020", None), ("bientôt", None),
    ],
)  # fmt: skip
def test_dates(cell: str, iso: str | None) -> None:
    """French, ISO and spreadsheet dates are read; an impossible one is not."""
    assert iso_date(cell) == iso


@given(st.dates())
@settings(max_examples=50, deadline=None, derandomize=True)
def test_every_date_comes_back(day: object) -> None:
    """Any date in figures, day first, is read as itself."""
    assert iso_date(f"{day:%d/%m/}{day.year:04d}") == day.isoformat()  # type: ignore[attr-defined]


def test_american_column() -> None:
    """A column where some second number passes 12 writes the month first."""
    assert is_month_first(["03/12/2020", "03/25/2020"])
    assert not is_month_first(["25/03/2020", "03/12/2020"])
    assert iso_date("03/25/2020", month_first=True) == "2020-03-25"


@pytest.mark.parametrize(
    ("cell", "value"), [("1 234", 1234), ("1\u202f234,0", 1234), ("12 votes", 12), ("", None), ("-", None), ("-3", -3)]
)
def test_numbers(cell: str, value: int | None) -> None:
    """Numbers are read with French spaces and commas."""
    assert integer(cell) == value


@pytest.mark.parametrize("cell", ["beaucoup", "12/03", "1,2,3"])
def test_no_number(cell: str) -> None:
    """What is no number is said to be none."""
    with pytest.raises(ValueError, match=cell):
        integer(cell)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("L’idée « simple »", "L’idée « simple »"),
        ("dÃ©chets Ã  trier, câ€™est dit", "déchets à trier, c’est dit"),
        ("<p>Un</p><p>Deux &amp; trois</p>", "Un\nDeux & trois"),
        ("&lt;b&gt;gras&lt;/b&gt;", "gras"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<script>alert(1)</script>texte", "texte"),
        ("a < b et b > c", "a < b et b > c"),
        ("zéro\u200blargeur\x07", "zérolargeur"),
        ("un\r\n\r\n\r\n\r\ndeux", "un\n\ndeux"),
        ("retour_x000D_\nExcel", "retour\nExcel"),
    ],
)
def test_texts(raw: str, text: str) -> None:
    """Texts are repaired, and what was right stays as it was."""
    assert clean(raw) == text


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_cleaning_leaves_no_invisible_character(raw: str) -> None:
    """Whatever comes in, no control or zero-width character comes out, nor more than one blank line."""
    text = clean(raw)
    assert not set(text) & {"\x00", "\x07", "\r", "\u200b", "\ufeff", "\u00ad"}
    assert "\n\n\n" not in text
    assert text == text.strip()


def test_repairs_are_told() -> None:
    """What was done to a text is noted, for the account of the row."""
    assert cleaned("<p>dÃ©chets</p>").notes == ("balises HTML retirées", "encodage réparé")
    assert cleaned("déchets").notes == ()


BAD = "id;titre;description;date;votes\n1;Titre un;Un texte;31/02/2020;12\n2;Titre deux;Un autre;12/03/2020;beaucoup\n"


def test_unreadable_cells_are_listed() -> None:
    """A date or number that cannot be read leaves an empty cell and a line in the report, by row and column."""
    result = ingest([SourceFile("x.csv", BAD.encode())], IngestParams(language_model=False))
    assert [(p["row"], p["column"]) for p in result.report["problems"]] == [(2, "date"), (3, "votes")]
    assert result.ideas["submitted_on"].isna().sum() == 1


def test_strict_refuses_them_all_at_once() -> None:
    """In strict mode every unreadable cell is told in one pass, without its content."""
    with pytest.raises(SeveralErrors) as why:
        ingest([SourceFile("x.csv", BAD.encode())], IngestParams(strict=True))
    said = sentence(why.value).replace("\u202f", " ")
    assert "ligne 2, colonne « date »" in said
    assert "ligne 3, colonne « votes »" in said
    assert "beaucoup" not in said


def test_no_idea_at_all() -> None:
    """A table whose rows say nothing is refused."""
    with pytest.raises(MinilabsError) as why:
        ingest([SourceFile("x.csv", b"titre;description\n;\n ; \n")], IngestParams())
    assert why.value.code == "ingest.no_ideas"


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("a<!-- b --> c", "a c"),
        ("a<SCRIPT type=x>b</script >c<script>d</script>e", "ace"),
        ("a<style>b<!-- c</style>d", "ad"),
        ("a<!-- b<script>c", "a<!-- b<script>c"),
        ("a<script>b<!-- c --><script>d", "a<script>b<script>d"),
    ],
)
def test_what_a_reader_never_sees_goes(page: str, left: str) -> None:
    """Comments, scripts and styles go with what they hold; one that is never closed hides nothing after it."""
    assert shown(page) == left


@pytest.mark.parametrize(
    ("cell", "iso"), [("03/04/69", "2069-04-03"), ("03/04/70", "1970-04-03"), ("03/04/99", "1999-04-03")]
)
def test_the_century_of_two_digits(cell: str, iso: str) -> None:
    """Years of two digits from 70 are of the last century, the others of this one."""
    assert iso_date(cell) == iso


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('{"id": 3, "name": "Anne Durand"}', "Anne Durand"),
        ('{"id": 3, "name": {"en": "Mobility", "fr": "Mobilité"}}', "Mobilité"),
        ('[{"id": 1, "name": "Climat"}, {"id": 2, "name": "Vélos"}]', "Climat, Vélos"),
        ('{"lastName": "Durand", "firstName": "Anne"}', "Anne Durand"),
        ('["Climat", ["Vélos"], ""]', "Climat, Vélos"),
        ('{"x": 1}', '{"x": 1}'),
        ('[{"x": 1}]', '[{"x": 1}]'),
        ("{pas du JSON", "{pas du JSON"),
        ("[]", ""),
    ],
)
def test_json_in_a_cell_is_read(cell: str, said: str) -> None:
    """What is called something is its name, a list its items; what says nothing stays as it is."""
    assert [*opened_cells([cell])] == [said]
