"""The header is found below titles, on two rows, or not at all."""

from __future__ import annotations

import pytest

from pipeline.ingest.cells.header import column_names, find_header

TEXT = "Une proposition assez longue pour être le texte d’une idée, avec des mots et une phrase entière, et encore."


def rows(*lines: str) -> list[list[str]]:
    """Return rows from lines cut at "|"."""
    return [line.split("|") for line in lines]


def test_the_usual_case() -> None:
    """The first row names the columns, data begins below."""
    header = find_header(rows("N°|Titre|Description", f"1|A|{TEXT}"))
    assert (header.cells, header.position, header.after) == (("N°", "Titre", "Description"), 0, 1)


def test_below_titles() -> None:
    """Rows of title above do not hide the header."""
    header = find_header(rows("Concours||", "Exporté hier||", "N°|Titre|Description", f"1|A|{TEXT}"))
    assert (header.position, header.after) == (2, 3)


def test_names_below_their_group() -> None:
    """Where a group stands above two columns, the names come from the row below, the others from the row above."""
    header = find_header(rows("N°|Titre|Porteur|", "||Nom|Prénom", "1|A|Roy|Léa"))
    assert header.cells == ("N°", "Titre", "Nom", "Prénom")
    assert header.after == 2


def test_repeated_names_are_completed_by_their_group() -> None:
    """Two people with the same two names of columns are told apart by the group above."""
    header = find_header(rows("N°|Titre|Porteur 1||Porteur 2|", "||Nom|Prénom|Nom|Prénom", "1|A|Roy|Léa|Klein|Paul"))
    assert header.cells[2:] == ("Nom Porteur 1", "Prénom Porteur 1", "Nom Porteur 2", "Prénom Porteur 2")


def test_names_above_the_fullest_row() -> None:
    """Names that only the upper row gives are kept."""
    header = find_header(rows("N°|||Statut", "|Titre|Description|", f"1|A|{TEXT}|x"))
    assert header.cells == ("N°", "Titre", "Description", "Statut")


@pytest.mark.parametrize("first", [f"1|{TEXT}", "a@exemple.fr|x", "12/03/2020|x"])
def test_no_header(first: str) -> None:
    """A first row that is data, with no known name anywhere, is data."""
    assert find_header(rows(first, first)).position == -1


def test_unknown_names() -> None:
    """Names that say nothing still are a header."""
    assert find_header(rows("c1|c2", f"1|{TEXT}")).after == 1


def test_columns_are_unique() -> None:
    """Empty and repeated names get a number."""
    assert column_names(["Titre", "", "Titre", " a \n b "], 5) == (
        "Titre",
        "colonne 2",
        "Titre (3)",
        "a b",
        "colonne 5",
    )


def test_an_idea_made_of_known_names_is_no_header() -> None:
    """A row of the data with more known names than the header stays data: rows of data are above it."""
    header = find_header(rows("N°|Titre|zzz", f"1|A|{TEXT}", "Nom|Titre|Description"))
    assert (header.cells, header.after) == (("N°", "Titre", "zzz"), 1)


def test_the_last_row_is_not_above_the_first() -> None:
    """A header on the first row takes no name from the end of the file."""
    assert find_header(rows("N°|Titre|", f"1|{TEXT}|", "2|A|Statut")).cells == ("N°", "Titre", "")


def test_a_title_above_names_no_column() -> None:
    """What stands above a column without a name names it only when it is a known name."""
    assert find_header(rows("||2026", "N°|Titre|", f"1|{TEXT}|")).cells == ("N°", "Titre", "")


def test_a_long_notice_above_names_no_column() -> None:
    """A sentence of more than a hundred characters is no name, though it begins like one."""
    notice = (
        "Nom du porteur de l’idée et des personnes qui y ont contribué, avec leur direction, leur service et leur site"
    )
    assert find_header(rows(f"||{notice}", "N°|Titre|", f"1|{TEXT}|Roy")).cells == ("N°", "Titre", "")


def test_names_beyond_a_short_header() -> None:
    """A row above that is longer than the header names the column that the header does not reach."""
    cells = find_header(rows("|||Statut", "N°|Titre|Description", f"1|A|{TEXT}|x")).cells
    assert cells == ("N°", "Titre", "Description", "Statut")


def test_two_groups_above_repeated_names() -> None:
    """Names that stand twice are completed by the group above each, both known names themselves."""
    header = find_header(rows("|Porteur||Co-porteur|", "Titre|Nom|Prénom|Nom|Prénom", "A|Roy|Léa|Klein|Paul"))
    assert header.cells[1:] == ("Nom Porteur", "Prénom Porteur", "Nom Co-porteur", "Prénom Co-porteur")


def test_a_column_with_nothing_below_hinders_nothing() -> None:
    """Unknown names above data are a header, a column that is empty below among them."""
    assert find_header(rows("c1|c2|c3", f"1|{TEXT}|")).after == 1
