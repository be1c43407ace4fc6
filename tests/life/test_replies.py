"""Replies of holders: from the letter that asks, through the table that comes back, to the acts that people confirm."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pipeline.errors import MinilabsError, SeveralErrors
from pipeline.life.replies import HEADS, Reply, read_replies, replies_workbook
from pipeline.messages import sentence
from pipeline.report.papers.slips import Asked, slip
from pipeline.review.replaying.actions import ACTS

THEMES = {"t01": "T01", "transports": "T01", "t02": "T02", "énergie": "T02", "energie": "T02"}
IDEAS = {"I1", "I2", "I3", "I4"}
_PRINTED = st.characters(exclude_categories=["C"])
"""What cells keep of what is typed (see `spreadsheet.printable`)."""


def _line(idea: str, answer: str, rather: str = "", comment: str = "", theme: str = "Transports") -> list[str]:
    return [idea, "Un titre", theme, answer, rather, comment]


def test_a_yes_confirms_a_no_moves_or_is_discussed() -> None:
    """Yes puts the idea where the letter said; no where its holder says; a subject that is not ours is discussed."""
    rows = [
        list(HEADS),
        _line("I1", "Oui"),
        _line("I2", "non", "énergie", "les radiateurs"),
        _line("I3", "NON", "la paie"),
        _line("I4", "", "", "n’a pas répondu"),
    ]
    assert read_replies(rows, "x", IDEAS, THEMES) == (
        Reply("assign", "I1", "T01", "le porteur confirme"),
        Reply("assign", "I2", "T02", "le porteur le dit (les radiateurs)"),
        Reply("discuss", "I3", "", "le porteur dit plutôt : la paie"),
    )


def test_what_cannot_be_read_is_told_line_by_line() -> None:
    """An unknown idea, a word that is neither yes nor no, a theme that is gone: all at once, nothing taken."""
    rows = [list(HEADS), _line("I9", "oui"), _line("I1", "peut-être"), _line("I2", "oui", theme="Disparu")]
    with pytest.raises(SeveralErrors) as told:
        read_replies(rows, "x", IDEAS, THEMES)
    assert [error.code for error in told.value.errors] == ["life.reply_idea", "life.reply_word", "life.reply_theme"]
    assert [f"ligne {line}" in sentence(error) for line, error in enumerate(told.value.errors, 2)] == [True] * 3
    with pytest.raises(MinilabsError, match="reply_word"):
        read_replies([list(HEADS), _line("I1", "oui", "énergie")], "x", IDEAS, THEMES)


def test_the_table_handed_out_is_the_one_read_back() -> None:
    """A line for each idea that a letter asks about, once; filled in, it gives one act an idea."""
    asked = [
        Asked("I2", "=1+1", "Énergie"),
        Asked("I1", "Un titre", "Transports"),
        Asked("I1", "Un titre", "Transports"),
    ]
    book = load_workbook(io.BytesIO(replies_workbook(asked, ["Transports", "Énergie"])))
    rows = [["" if cell is None else str(cell) for cell in row] for row in book.active.iter_rows(values_only=True)]
    assert [row[0] for row in rows[1:]] == ["I1", "I2"]
    assert read_replies(rows, "x", IDEAS, THEMES) == ()
    filled = [rows[0], *([*row[:3], "oui", "", ""] for row in rows[1:])]
    acts = read_replies(filled, "x", IDEAS, THEMES)
    assert [(act.target, act.value) for act in acts] == [("I1", "T01"), ("I2", "T02")]


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(IDEAS)), st.sampled_from(["oui", "non", ""]), st.text(_PRINTED, max_size=20))
    )
)
def test_every_answered_line_gives_one_act(lines: list[tuple[str, str, str]]) -> None:
    """Whatever people write beside a no: as many acts as answers, each one of the review's, for its own idea."""
    cells = [_line(idea, answer, "", " ".join(said.split())) for idea, answer, said in lines]
    acts = read_replies([list(HEADS), *cells], "x", IDEAS, THEMES)
    assert [act.target for act in acts] == [idea for idea, answer, _ in lines if answer]
    assert {act.action for act in acts} <= ACTS.keys()


def test_the_letter_asks_for_what_the_table_holds() -> None:
    """The line to tick bears the number and the theme of the table; nothing is asked where there is no idea."""
    said = slip((Asked("I1", "Un titre", "Transports"),), "dimap@exemple.fr")
    assert "I1, sujet proposé" in said
    assert "Transports" in said
    assert "dimap@exemple.fr" in said
    assert slip((), "dimap@exemple.fr") == ""
