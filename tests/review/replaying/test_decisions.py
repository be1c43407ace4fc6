"""The decisions file: what is read, what is refused and how it is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import MinilabsError
from pipeline.files.csv_file import csv_bytes
from pipeline.messages import sentence
from pipeline.review.replaying.decisions import COLUMNS, Decision, decision_bytes, new_theme_id, read_decisions

WHEN = "2024-03-01T10:00:00"


def _file(*rows: tuple[object, ...]) -> bytes:
    return csv_bytes([COLUMNS, *rows])


def test_empty_file_holds_no_decision() -> None:
    """No file, an empty one and one with its header only are all "no decision"."""
    assert read_decisions(b"", "d.csv") == read_decisions(_file(), "d.csv") == ()


def test_order_is_that_of_numbers() -> None:
    """Decisions come in order of number, whatever the order of lines."""
    content = _file((2, WHEN, "ab", "weak", "I02", "", ""), (1, WHEN, "ab", "weak", "I01", "", ""))
    assert [decision.seq for decision in read_decisions(content, "d.csv")] == [1, 2]


def test_spreadsheet_save_is_read() -> None:
    """Semicolons and cp1252, as a French spreadsheet saves, are read with their accents."""
    content = "seq;when;who;action;target;value;reason\n1;2024-03-01;éa;rename;T01;Ménage à l’heure;vu\n".encode(
        "cp1252"
    )
    (decision,) = read_decisions(content, "d.csv")
    assert (decision.who, decision.value) == ("éa", "Ménage à l’heure")


def test_all_errors_are_told_with_their_line() -> None:
    """Every line that cannot be read is named as a spreadsheet numbers it, after a cell on two lines too."""
    content = _file(
        (1, WHEN, "ab", "rename", "T01", "Titre\nsur deux lignes", ""),
        (1, "hier", "", "déplacer", "I01", "T01", ""),
        (3, WHEN, "ab", "kind", "T01", "club", ""),
        (4, WHEN, "ab", "merge", "T01", "T01", ""),
        (5, WHEN, "ab", "undo", "la dernière", "", ""),
    )
    with pytest.raises(MinilabsError) as raised:
        read_decisions(content, "d.csv")
    told = sentence(raised.value).splitlines()
    assert len(told) == 1 + 4 + 3
    assert "d.csv" in told[1]
    assert "ligne 3" in told[1]
    assert "club" in told[5]


def test_missing_column_is_named() -> None:
    """A file without one of its columns is refused with the header to restore."""
    with pytest.raises(MinilabsError, match=r"sheet\.columns") as raised:
        read_decisions(b"seq,when,who\n", "d.csv")
    assert "action, target, value, reason" in sentence(raised.value)


cells = (
    st.text(st.characters(exclude_categories=["C"], exclude_characters="\x85\u2028\u2029"), min_size=1)
    .map(str.strip)
    .filter(bool)
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(cells, cells, cells, st.one_of(st.just(""), cells)), max_size=6))
def test_what_is_written_is_read_back(rows: list[tuple[str, str, str, str]]) -> None:
    """Any text survives the file: commas, quotes, formulas, accents."""
    decisions = tuple(
        Decision(seq, WHEN, who, "rename", target, value + "!", reason)
        for seq, (who, target, value, reason) in enumerate(rows, start=1)
    )
    assert read_decisions(decision_bytes(decisions), "d.csv") == decisions


def test_made_theme_keeps_its_id_under_another_number() -> None:
    """The id of a split or defined theme depends on the act, not on its number, author or order of ideas."""
    first = Decision(1, WHEN, "ab", "split", "T01", "I02|I01")
    second = Decision(9, "2025-01-01", "cd", "split", "T01", "I01|I02")
    assert new_theme_id(first) == new_theme_id(second)
    assert new_theme_id(Decision(1, WHEN, "a", "define", "Vélo  et train")) == new_theme_id(
        Decision(2, WHEN, "b", "define", "vélo et TRAIN")
    )
