"""A person's coding file, as a spreadsheet saves it."""

from __future__ import annotations

import pytest

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.evaluate.coding import read_coding
from pipeline.messages import sentence

KNOWN = {"G1", "G2"}


@pytest.mark.parametrize(
    "content",
    [
        '"idea_id","theme","theme_secondary"\n"G2","ménage",""\n"G1","self","ménage"\n'.encode(),
        "idea_id;theme;theme_secondary\r\nG1;self;ménage\r\nG2;ménage;\r\n".encode("cp1252"),
        "\ufeffTheme;idea_id;theme_secondary\nself;G1; ménage\nménage;G2;\n".encode(),
    ],
)
def test_read(content: bytes) -> None:
    """Comma or semicolon, UTF-8 or Windows, any order: the same coding."""
    coding = read_coding(content, "c.csv", KNOWN)
    assert coding.to_dict("list") == {
        "idea_id": ["G1", "G2"],
        "theme": ["self", "ménage"],
        "theme_secondary": ["ménage", ""],
    }


def test_wrong_rows_are_all_named() -> None:
    """Unknown and repeated ideas are told together, with their lines."""
    with pytest.raises(SeveralErrors) as caught:
        read_coding(b"idea_id,theme\nG1,a\nG9,a\nG1,b\n", "c.csv", KNOWN)
    text = sentence(caught.value)
    assert "ligne 3" in text
    assert "ligne 4" in text


def test_wrong_columns() -> None:
    """A file without the expected columns is refused with those it has."""
    with pytest.raises(MinilabsError) as caught:
        read_coding(b"idea_id,groupe\n1,2\n", "c.csv", KNOWN)
    assert "idea_id, groupe" in sentence(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told_so(content: bytes) -> None:
    """A file without a line is named in a sentence, not met by an unforeseen error."""
    with pytest.raises(MinilabsError) as error:
        read_coding(content, "vide.csv", KNOWN)
    assert error.value.code == "evaluate.empty"
