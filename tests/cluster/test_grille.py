"""The starting list: what a spreadsheet saves is understood, what is wrong is said, and what is shipped is whole."""

from __future__ import annotations

from importlib.resources import files

import pytest

from pipeline.cluster.grille import read_grille
from pipeline.errors import MinilabsError
from pipeline.messages import sentence

SHIPPED = files("pipeline.cluster").joinpath("grille.csv").read_bytes()


def test_the_shipped_list() -> None:
    """It holds fifteen to twenty subjects that are on, each with a description and a source."""
    subjects = read_grille(SHIPPED, "grille.csv")
    assert 15 <= len(subjects) <= 20
    assert all(theme.description for theme in subjects.values())
    rows = SHIPPED.decode().splitlines()
    assert rows[0] == '"titre","description","active","source","exemples"'
    assert not [row for row in rows if ',""' in row]
    assert {len(theme.examples) for theme in subjects.values()} == {16}
    assert len({text for theme in subjects.values() for text in theme.examples}) == 16 * len(subjects)


def test_examples_stand_between_bars() -> None:
    """A cell holds as many examples as an analyst writes; bars too many, spaces and lines make none."""
    subjects = read_grille("titre;exemples\nUn;un vélo | deux  vélos||\nDeux;\n".encode(), "g")
    assert [theme.examples for theme in subjects.values()] == [("un vélo", "deux vélos"), ()]


def test_a_subject_switched_off_moves_no_other() -> None:
    """Identifiers follow the lines of the file, so that those of the other subjects stay."""
    on = read_grille("titre;description;active\nUn;;oui\nDeux;d;\nTrois;;oui\n".encode("cp1252"), "g")
    off = read_grille("titre;description;active\nUn;;non\nDeux;d;\nTrois;;OUI\n".encode("cp1252"), "g")
    assert list(on) == ["L01", "L02", "L03"]
    assert list(off) == ["L02", "L03"]
    assert off["L02"] == on["L02"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("nom,active\nUn,oui\n", "titre"),
        ("titre,description\n,un\n", "ligne 2"),
        ("titre,active\nUn,peut-être\n", "ligne 2"),
        ("titre,active\nUn,oui\nDeux,oui\nun,non\n", "ligne 4"),
    ],
)
def test_what_is_wrong_is_said(content: str, said: str) -> None:
    """A missing column, a value that is neither yes nor no and a title given twice are named with their line."""
    with pytest.raises(MinilabsError) as caught:
        read_grille(content.encode(), "data/review/grille.csv")
    assert said in sentence(caught.value)
